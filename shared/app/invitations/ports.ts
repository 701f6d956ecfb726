/** What invitations need from outside. */
import type { Invitation } from '../../domain/invitations/invitation.ts';

/** The way from a link to its invitation; it goes by itself some time after the invitation has ended. */
export interface InvitationPlace {
  readonly tokenHash: string;
  readonly submission: string;
  readonly number: number;
  readonly validUntil: string;
}

export interface InvitationReads {
  invitation(submission: string, number: number): Promise<Invitation | undefined>;
  /** All of a filing, by number. */
  invitations(submission: string): Promise<readonly Invitation[]>;
  /** Where the invitation lies whose link has this hash. */
  invitationOfLink(tokenHash: string): Promise<Pick<InvitationPlace, 'submission' | 'number'> | undefined>;
  /** Those that are not ended yet. The index may lag behind the records. */
  openInvitations(): Promise<readonly Pick<Invitation, 'submission' | 'number' | 'validUntil'>[]>;
}

/** Chance, from the system's own source. */
export interface Secrets {
  /** 32 bytes, as 43 letters that a link takes. */
  secret(): string;
  /** Six digits, each code as likely as any other. */
  code(): string;
}
