/** A step of an invitation as a change of a commit, with its entry in the invitation's own chain. */
import { chain } from '../../domain/audit/entry.ts';
import { invitationName, type Invitation } from '../../domain/invitations/invitation.ts';
import { invitationEvent, type InvitationActionName } from '../../domain/invitations/lifecycle.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import type { Commit } from '../ports.ts';
import type { By } from '../registers/changes.ts';

export type InvitationChange = Commit['changes'][number] & { readonly kind: 'invitation' };

export function invitationChange(
  action: InvitationActionName,
  before: Invitation | undefined,
  after: Invitation,
  facts: Readonly<Record<string, unknown>>,
  by: By,
  now: string,
): InvitationChange {
  const event = invitationEvent(action, after, facts);
  const { record, entry } = chain(invitationName(after), before, after, event, by, now);
  return { kind: 'invitation', ...(before ? { before } : {}), after: record, entry };
}

/** Who opens a link has no account: the invitation itself stands in the record as the one who acts. */
export function invitedActor(invitation: Invitation): Actor {
  return { sub: invitationName(invitation), office: invitation.office, roles: ['reviewer'] };
}

/** Before the code was given, nobody knows who holds the link. */
export function linkHolder(invitation: Invitation): By {
  return { sub: invitationName(invitation), office: invitation.office };
}
