/** Brings duties up to date with what happened. Idempotent: a repeated or an older event changes nothing. */
import { chain, systemActor, type AuditEntry } from '../../domain/audit/entry.ts';
import { learnOfDuty, type DutyFact, type Obligation } from '../../domain/duties/obligation.ts';
import { otherEventTypes } from '../../domain/submissions/event-types.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Now, Store } from '../ports.ts';
import { deskOf } from './create-obligations.ts';

export interface FollowDeps {
  readonly store: Store;
  readonly now: Now;
}

export async function followDuties(deps: FollowDeps, entry: AuditEntry): Promise<void> {
  if (entry.type === 'obligation.created') return catchUp(deps, entry.record.slice('obligation:'.length));
  const told = factOf(entry);
  if (!told) return;
  for (const obligation of await deps.store.obligationsOf(told.city))
    await learnAndCommit(deps, obligation.id, told.fact);
}

const undoing = new Set([
  'submission.returned',
  'submission.withdrawn',
  'submission.rejected',
  'submission.consent-refused',
]);

/** What an event means for the duties of which city; undefined when it means nothing. */
export function factOf(entry: AuditEntry): { city: string; fact: DutyFact } | undefined {
  const { facts, type, seq } = entry;
  if (type === 'city.changed' && facts['development'] !== facts['developmentBefore']) {
    const development = facts['development'];
    if (development !== 'developing' && development !== 'not-developing') return undefined;
    return { city: String(facts['city']), fact: { type: development } };
  }
  if (!type.startsWith('submission.') || type === otherEventTypes.created) return undefined;
  const filing = {
    kind: String(facts['kind']),
    period: String(facts['period']),
    submission: entry.record.slice('submission:'.length),
    source: seq,
  };
  const city = String(facts['owner']);
  if (type === 'submission.signed')
    return { city, fact: { type: 'submitted', ...filing, at: String(facts['receivedAt']) } };
  if (type === 'submission.published') return { city, fact: { type: 'published', ...filing, at: entry.at } };
  const recalledSignature = type === 'submission.step-recalled' && facts['recalled'] === 'sign';
  return undoing.has(type) || recalledSignature ? { city, fact: { type: 'undone', ...filing } } : undefined;
}

/** A duty laid down after the filing was made is fulfilled by it all the same. */
async function catchUp(deps: FollowDeps, id: string): Promise<void> {
  const obligation = await deps.store.obligation(id);
  if (!obligation) return;
  const city = await deps.store.city(obligation.city);
  if (city.development === 'not-developing') await learnAndCommit(deps, id, { type: 'not-developing' });
  for (const item of obligation.items) {
    const slot = await deps.store.slot(obligation.city, item.kind, item.period);
    const filings = [slot?.inForce, slot?.underWay].filter((one) => one !== undefined);
    for (const filing of filings) {
      const head = await deps.store.head(filing);
      const fact = head && factOfHead(head, obligation);
      if (fact) await learnAndCommit(deps, id, fact);
    }
  }
}

const counted = new Set([
  'submitted',
  'in-review',
  'awaiting-consent',
  'approved',
  'published',
  'acknowledged',
]);

function factOfHead(head: Head, obligation: Obligation): DutyFact | undefined {
  const filing = { kind: head.kind, period: head.period, submission: head.id, source: head.seq };
  if (obligation.satisfiedBy === 'published') {
    return head.state === 'published' ? { type: 'published', ...filing, at: head.updatedAt } : undefined;
  }
  return counted.has(head.state) && head.receivedAt
    ? { type: 'submitted', ...filing, at: head.receivedAt }
    : undefined;
}

const attempts = 6;

async function learnAndCommit(deps: FollowDeps, id: string, fact: DutyFact): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const before = await deps.store.obligation(id);
    const after = before && learnOfDuty(before, fact);
    if (!before || !after || after === before) return;
    const now = deps.now();
    const facts = {
      city: before.city,
      cause: fact.type,
      ...('submission' in fact ? { submission: fact.submission, kind: fact.kind, period: fact.period } : {}),
    };
    const { record, entry } = chain(
      `obligation:${id}`,
      before,
      after,
      { type: 'obligation.updated', facts },
      systemActor,
      now,
    );
    const was = deskOf(before);
    const is = deskOf(after);
    const desks = { remove: is.length === 0 ? was : [], put: was.length === 0 ? is : [] };
    const { outcome } = await deps.store.commit({
      changes: [{ kind: 'obligation', before, after: record, entry }],
      desks,
    });
    if (outcome === 'done') return;
  }
  throw new Error(`The obligation ${id} is too busy`);
}
