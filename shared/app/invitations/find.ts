/** From a link to its invitation and filing. A link that is wrong, revoked or over finds nothing, and all three alike. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { sameHash, secretHash } from '../../kernel/secrets.ts';
import { standingOf, type Invitation, type Standing } from '../../domain/invitations/invitation.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Now, Store } from '../ports.ts';

export interface FindDeps {
  readonly store: Store;
  readonly now: Now;
}

export interface Found {
  readonly invitation: Invitation;
  readonly head: Head;
  readonly standing: Exclude<Standing, 'gone'>;
}

export async function invitationOfLink(deps: FindDeps, token: string): Promise<Result<Found, Refusal>> {
  const nothing = refuse(refusal('not-found'));
  if (!/^[\w-]{43}$/.test(token)) return nothing;
  const hash = secretHash(token);
  const place = await deps.store.invitationOfLink(hash);
  const invitation = place && (await deps.store.invitation(place.submission, place.number));
  if (!invitation || !sameHash(invitation.tokenHash, hash)) return nothing;
  const head = await deps.store.head(invitation.submission);
  return head ? found(invitation, head, deps.now()) : nothing;
}

/** The same as it is now: what was looked up before a command may have changed since. */
export async function foundAgain(
  deps: FindDeps,
  { submission, number }: Invitation,
  head: Head | undefined,
): Promise<Result<Found, Refusal>> {
  const invitation = await deps.store.invitation(submission, number);
  return invitation && head ? found(invitation, head, deps.now()) : refuse(refusal('not-found'));
}

function found(invitation: Invitation, head: Head, now: string): Result<Found, Refusal> {
  const standing = standingOf(invitation, head, now);
  return standing === 'gone' ? refuse(refusal('not-found')) : ok({ invitation, head, standing });
}

/** Why it cannot be used, told to who holds a link that was good. */
export function whyNotOpen({ standing }: Found): Refusal | undefined {
  switch (standing) {
    case 'open':
      return undefined;
    case 'answered':
      return refusal('invitation-answered');
    case 'outdated':
      return refusal('invitation-outdated');
    case 'overtaken':
      return refusal('opinion-not-asked');
  }
}

/** The session that the code opened, with its time not over. */
export function inSession({ session }: Invitation, secret: string, now: string): boolean {
  return session !== undefined && now < session.until && sameHash(session.hash, secretHash(secret));
}
