/** 单位公共邮箱、值班电话: where an office hears of everything at once, also when nobody of it said how to be told. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain } from '../../domain/audit/entry.ts';
import { answersFor, seesOffice } from '../../domain/identity/answers-for.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { nameOf, type Mailbox, type MailboxInput } from '../../domain/reminders/person.ts';
import { runCommand, type CommandRequest, type SealingDeps } from '../command.ts';
import type { Answer, Store } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';
import { contactContext, contactWith } from './contact.ts';

export async function setMailbox(
  deps: SealingDeps,
  command: CommandRequest,
  office: string,
  input: MailboxInput,
): Promise<Result<Answer, Refusal>> {
  const { ifMatch, ...rest } = command;
  const { actor } = command;
  return runCommand(deps, rest, {}, async () => {
    if (!seesOffice(actor, office)) return refuse(refusal('not-found'));
    const role = answersFor(actor, office);
    if (!role) return refuse(refusal('not-allowed'));
    const before = await deps.store.mailbox(office);
    if (before && ifMatch === undefined) return refuse(refusal('precondition-required'));
    if (ifMatch !== undefined && ifMatch !== (before?.seq ?? 0)) return refuse(refusal('stale-version'));
    const context = contactContext.mailbox(office);
    const { contact, fields } = await contactWith(deps, before?.contact, input, context);
    const after: Mailbox = { office, ...(contact ? { contact } : {}), seq: before?.seq ?? 0, hash: '' };
    if (fields.length === 0) return ok({ commit: { changes: [] }, answer: answerOf(before ?? after) });
    const { record, entry } = chain(
      nameOf.mailbox(office),
      before,
      after,
      { type: 'mailbox.set', facts: { office, fields } },
      { sub: actor.sub, office: actor.office, role },
      deps.now(),
    );
    return ok({
      commit: { changes: [{ kind: 'mailbox', ...(before ? { before } : {}), after: record, entry }] },
      answer: answerOf(record),
    });
  });
}

/** To the office itself and to the region, masked. */
export async function readMailbox(
  deps: { store: Store },
  actor: Actor,
  office: string,
): Promise<Result<{ body: unknown; revision: number }, Refusal>> {
  if (!seesOffice(actor, office)) return refuse(refusal('not-found'));
  const mailbox = (await deps.store.mailbox(office)) ?? { office, seq: 0, hash: '' };
  return ok({ body: viewOf(mailbox), revision: mailbox.seq });
}

function answerOf(mailbox: Mailbox): Answer {
  return { status: 200, body: viewOf(mailbox), etag: etagOf(mailbox.seq) };
}

function viewOf({ office, contact, seq }: Mailbox): unknown {
  const named = officeOf(office);
  return {
    office,
    name: { zh: named?.zh ?? office, en: named?.en ?? office },
    ...(contact?.mail === undefined ? {} : { mail: contact.mail }),
    ...(contact?.phone === undefined ? {} : { phone: contact.phone }),
    revision: seq,
  };
}
