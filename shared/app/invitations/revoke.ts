/** The lead takes an invitation back: from then on its link says nothing to anybody. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { moveInvitation } from '../../domain/invitations/lifecycle.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';
import { invitationChange } from './change.ts';
import { leads } from './leads.ts';
import { invitationView } from './view.ts';

export async function revokeInvitation(
  deps: Deps,
  command: CommandRequest,
  id: string,
  number: number,
): Promise<Result<Answer, Refusal>> {
  // The revision is the invitation's, not the filing's.
  const { ifMatch, ...rest } = command;
  const { actor } = command;
  return runCommand(deps, rest, { submission: id }, async (head) => {
    if (!head) return refuse(refusal('not-found'));
    if (!leads(actor, head)) return refuse(refusal('not-allowed'));
    const before = await deps.store.invitation(id, number);
    if (!before) return refuse(refusal('not-found'));
    if (ifMatch !== before.seq) return refuse(refusal('stale-version'));
    const now = deps.now();
    const moved = moveInvitation('revoke', before, {}, now);
    if (!moved.ok) return moved;
    const by = { sub: actor.sub, office: actor.office, role: 'lead' };
    const change = invitationChange('revoke', before, moved.value, {}, by, now);
    const body = invitationView(change.after, head, now);
    return ok({
      commit: { changes: [change] },
      answer: { status: 200, body, etag: etagOf(change.after.seq) },
    });
  });
}
