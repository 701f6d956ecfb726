/** Sends the code to the official's own number. How often is counted in the record, under its own condition. */
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { codeHash } from '../../kernel/secrets.ts';
import { sealContext, type Invitation } from '../../domain/invitations/invitation.ts';
import { codeAsked, triesLeft } from '../../domain/invitations/lifecycle.ts';
import { runCommand, type CommandRequest } from '../command.ts';
import type { Answer } from '../ports.ts';
import { invitationChange, invitedActor, linkHolder } from './change.ts';
import { foundAgain, whyNotOpen } from './find.ts';
import type { InviteDeps } from './invite.ts';

export type LinkRequest = Omit<CommandRequest, 'actor' | 'ifMatch'>;

export async function askCode(
  deps: InviteDeps,
  request: LinkRequest,
  link: Invitation,
): Promise<Result<Answer, Refusal>> {
  const command = { ...request, actor: invitedActor(link) };
  return runCommand(deps, command, { submission: link.submission }, async (head) => {
    const found = await foundAgain(deps, link, head);
    if (!found.ok) return found;
    const closed = whyNotOpen(found.value);
    if (closed) return refuse(closed);
    const { invitation } = found.value;
    const now = deps.now();
    const code = deps.secrets.code();
    const salt = deps.secrets.secret();
    const sealed = await deps.personalData.seal({ code }, sealContext.code(invitation));
    const asked = codeAsked(invitation, { salt, hash: codeHash(code, salt), sealed }, now);
    if (!asked.ok) return asked;
    const count = asked.value.codes.length;
    const change = invitationChange(
      'ask-code',
      invitation,
      asked.value,
      { codes: count },
      linkHolder(link),
      now,
    );
    const body = {
      phone: invitation.official.phone,
      validUntil: asked.value.code?.until,
      tries: triesLeft(asked.value),
    };
    return ok({ commit: { changes: [change] }, answer: { status: 201, body } });
  });
}
