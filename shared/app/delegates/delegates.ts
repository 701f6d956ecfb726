/** 授权台账: whom an office has authorised in writing to sign for it, set by who answers for the office, read by it and the region. */
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain } from '../../domain/audit/entry.ts';
import { answersFor, seesOffice } from '../../domain/identity/answers-for.ts';
import type { Delegates, DelegatesInput } from '../../domain/identity/delegates.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer, Store } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';

/** The whole list, said anew: who is left out is authorised no longer. */
export async function setDelegates(
  deps: Deps,
  command: CommandRequest,
  office: string,
  { delegates }: DelegatesInput,
): Promise<Result<Answer, Refusal>> {
  const { ifMatch, ...rest } = command;
  const { actor } = command;
  return runCommand(deps, rest, {}, async () => {
    if (!seesOffice(actor, office)) return refuse(refusal('not-found'));
    const role = roleToSet(actor, office);
    if (!role) return refuse(refusal('not-allowed'));
    const wrong = delegates.flatMap(({ from, to }, index) => (to < from ? [reversed(index)] : []));
    if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
    const before = await deps.store.delegates(office);
    if (before && ifMatch === undefined) return refuse(refusal('precondition-required'));
    if (ifMatch !== undefined && ifMatch !== (before?.seq ?? 0)) return refuse(refusal('stale-version'));
    const after: Delegates = { office, delegates, seq: before?.seq ?? 0, hash: '' };
    const { record, entry } = chain(
      `delegates:${office}`,
      before,
      after,
      { type: 'delegates.set', facts: { office, documents: delegates.map(({ document }) => document) } },
      { sub: actor.sub, office: actor.office, role },
      deps.now(),
    );
    return ok({
      commit: { changes: [{ kind: 'delegates', ...(before ? { before } : {}), after: record, entry }] },
      answer: { status: 200, body: viewOf(record), etag: etagOf(record.seq) },
    });
  });
}

export async function readDelegates(
  { store }: { readonly store: Pick<Store, 'delegates'> },
  actor: Actor,
  office: string,
): Promise<Result<{ readonly body: unknown; readonly revision: number }, Refusal>> {
  if (!seesOffice(actor, office)) return refuse(refusal('not-found'));
  const record = (await store.delegates(office)) ?? { office, delegates: [], seq: 0, hash: '' };
  return ok({ body: viewOf(record), revision: record.seq });
}

/** An organisation has nobody but its signatory to answer for it. */
function roleToSet(actor: Actor, office: string): 'administrator' | 'leader' | 'signatory' | undefined {
  const signs = actor.office === office && actor.roles.includes('signatory');
  return (
    answersFor(actor, office) ??
    (signs && officeOf(office)?.level === 'organisation' ? 'signatory' : undefined)
  );
}

function reversed(index: number): Reason {
  const text = { zh: '授权止早于授权起', en: 'It ends before it begins' };
  return { code: 'term-reversed', pointer: `/delegates/${index}/to`, text };
}

function viewOf({ office, delegates, seq }: Delegates): unknown {
  const named = officeOf(office);
  return { office, name: { zh: named?.zh ?? office, en: named?.en ?? office }, delegates, revision: seq };
}
