/**
 * The one opinion of an invited official: the step `opine` of his department under the same rules, in one transaction with the end of
 * his invitation. Whoever with an account of that department was faster has ended it.
 */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { invitationName } from '../../domain/invitations/invitation.ts';
import type { Invitation } from '../../domain/invitations/invitation.ts';
import type { AnswerInput } from '../../domain/invitations/inputs.ts';
import { moveInvitation } from '../../domain/invitations/lifecycle.ts';
import { decide, type Decision } from '../../domain/submissions/decide.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import { followFiling } from '../projects/follow-filing.ts';
import { runCommand } from '../command.ts';
import type { Answer } from '../ports.ts';
import { contextFor, written } from '../submissions/act.ts';
import type { LinkRequest } from './ask-code.ts';
import { invitationChange, invitedActor } from './change.ts';
import { foundAgain, inSession, whyNotOpen } from './find.ts';
import type { InviteDeps } from './invite.ts';

export async function answerInvitation(
  deps: InviteDeps,
  request: LinkRequest,
  link: Invitation,
  { session, opinion }: AnswerInput,
): Promise<Result<Answer, Refusal>> {
  const actor = invitedActor(link);
  const command = { ...request, actor };
  return runCommand(deps, command, { submission: link.submission }, async (head) => {
    const found = await foundAgain(deps, link, head);
    if (!found.ok) return found;
    const closed = whyNotOpen(found.value);
    if (closed) return refuse(closed);
    const { invitation, head: before } = found.value;
    if (!inSession(invitation, session, deps.now())) return refuse(refusal('session-ended'));
    const kind = kindOf(before.kind);
    if (!kind) return refuse(refusal('not-found'));

    const context = await contextFor(deps, command, before, kind, 'opine');
    const step = decide('opine', before, opinion, context);
    if (!step.ok) return step;
    const decided = named(step.value, invitation);
    const { head: after, paper } = decided;
    const by = { sub: actor.sub, office: actor.office, role: 'reviewer' };
    const following = await followFiling(deps, { kind, before, after, paper, context, by });
    if (!following.ok) return following;
    const { commit } = await written(deps, command, before, kind, context, decided, {
      following: following.value,
    });
    const seq = before.seq + 1;
    const ended = moveInvitation('answer', invitation, { opinion: seq }, context.now);
    if (!ended.ok) return ended;
    const facts = { verdict: opinion.verdict, opinion: seq };
    const change = invitationChange('answer', invitation, ended.value, facts, by, context.now);
    return ok({
      commit: { ...commit, changes: [...commit.changes, change] },
      answer: {
        status: 201,
        body: {
          number: invitation.number,
          state: ended.value.state,
          verdict: opinion.verdict,
          version: invitation.version,
          at: context.now,
        },
      },
    });
  });
}

/** Entry and paper say which invitation spoke; what the official said is as any department's. */
function named(decision: Decision, { number, official, submission }: Invitation): Decision {
  const { event, paper, head } = decision;
  const { step: _notRecallable, ...rest } = head;
  return {
    ...decision,
    // He has no account to recall it with: the lead returns the filing, or the department speaks to the lead.
    head: rest,
    event: { ...event, facts: { ...event.facts, invitation: invitationName({ submission, number }) } },
    ...(paper
      ? { paper: { ...paper, body: { ...paper.body, invitation: { number, official: official.name } } } }
      : {}),
  };
}
