/** Whose invitations a filing's are. */
import type { Actor } from '../../domain/identity/roles.ts';
import { leadOf } from '../../domain/submissions/parties.ts';
import type { Head } from '../../domain/submissions/submission.ts';

/** Of this filing's county: each lead invites for his own review alone. */
export function leads(actor: Actor, head: Head): boolean {
  return head.path === 'joint-review' && actor.roles.includes('lead') && actor.office === leadOf(head);
}
