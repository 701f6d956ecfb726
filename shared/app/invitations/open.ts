/**
 * Opens the filing with the code. A wrong guess is recorded before it is answered, so that four at once count four times; the right
 * one gives a session. The receipt keeps the session sealed: sent again under its key, the request gets the same one.
 */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { codeHash, sameHash, secretHash } from '../../kernel/secrets.ts';
import { sealContext, type Invitation } from '../../domain/invitations/invitation.ts';
import { codeRefused, codeToTry, opened, triesLeft } from '../../domain/invitations/lifecycle.ts';
import { runCommand, type Decided } from '../command.ts';
import type { LinkRequest } from './ask-code.ts';
import { invitationChange, invitedActor, linkHolder } from './change.ts';
import { foundAgain, whyNotOpen } from './find.ts';
import type { InviteDeps } from './invite.ts';

/** What the receipt keeps: the session lies sealed in it. */
type Outcome =
  | { readonly outcome: 'opened'; readonly session: string; readonly until: string }
  | { readonly outcome: 'wrong'; readonly left: number };

export interface Session {
  readonly secret: string;
  readonly until: string;
}

export async function openWithCode(
  deps: InviteDeps,
  request: LinkRequest,
  link: Invitation,
  code: string,
): Promise<Result<Session, Refusal>> {
  const command = { ...request, actor: invitedActor(link) };
  const done = await runCommand(deps, command, { submission: link.submission }, async (head) => {
    const found = await foundAgain(deps, link, head);
    if (!found.ok) return found;
    const closed = whyNotOpen(found.value);
    if (closed) return refuse(closed);
    return tried(deps, found.value.invitation, code);
  });
  if (!done.ok) return done;
  const outcome = done.value.body as Outcome;
  if (outcome.outcome === 'wrong') return refuse(refusal('code-wrong', { left: outcome.left }));
  const { secret = '' } = await deps.personalData.open(outcome.session, sealContext.session(link));
  return ok({ secret, until: outcome.until });
}

async function tried(
  deps: InviteDeps,
  invitation: Invitation,
  code: string,
): Promise<Result<Decided, Refusal>> {
  const now = deps.now();
  const kept = codeToTry(invitation, now);
  if (!kept.ok) return kept;
  const decided = (change: ReturnType<typeof invitationChange>, body: Outcome): Result<Decided, Refusal> =>
    ok({ commit: { changes: [change] }, answer: { status: 201, body } });

  if (!sameHash(kept.value.hash, codeHash(code, kept.value.salt))) {
    const after = codeRefused(invitation, now);
    if (!after.ok) return after;
    const left = triesLeft(after.value);
    const by = linkHolder(invitation);
    return decided(invitationChange('refuse-code', invitation, after.value, { left }, by, now), {
      outcome: 'wrong',
      left,
    });
  }
  const secret = deps.secrets.secret();
  const after = opened(invitation, secretHash(secret), now);
  if (!after.ok) return after;
  const until = after.value.session?.until ?? now;
  const session = await deps.personalData.seal({ secret }, sealContext.session(invitation));
  const by = { ...linkHolder(invitation), role: 'reviewer' };
  return decided(invitationChange('open', invitation, after.value, { until }, by, now), {
    outcome: 'opened',
    session,
    until,
  });
}
