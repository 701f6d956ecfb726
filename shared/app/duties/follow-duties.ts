/** Brings duties up to date with what happened. Idempotent: a repeated or an older event changes nothing. */
import { chain, systemActor, type AuditEntry } from '../../domain/audit/entry.ts';
import { learnOfDuty, type DutyFact, type SatisfyingEvent } from '../../domain/duties/obligation.ts';
import { otherEventTypes } from '../../domain/submissions/event-types.ts';
import type { Head, State } from '../../domain/submissions/submission.ts';
import type { Now, Store } from '../ports.ts';
import { lineageOf, publicationOf } from '../submissions/lineage.ts';
import { desksBetween } from './duty-desks.ts';

export interface FollowDeps {
  readonly store: Store;
  readonly now: Now;
}

export async function followDuties(deps: FollowDeps, entry: AuditEntry): Promise<void> {
  if (entry.type === 'obligation.created') return catchUp(deps, entry.record.slice('obligation:'.length));
  const told = factOf(entry);
  if (!told) return;
  for (const obligation of await deps.store.obligationsOf(told.city)) {
    await learnAndCommit(deps, obligation.id, told.fact);
    // Events of two records come in any order: what is open now may have been fulfilled by one that came too soon.
    if (told.fact.type === 'undone' || told.fact.type === 'developing') await catchUp(deps, obligation.id);
  }
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

/** What is open and yet fulfilled by a filing that is there: made before the duty was laid down, or while it was closed. */
async function catchUp(deps: FollowDeps, id: string): Promise<void> {
  const obligation = await deps.store.obligation(id);
  if (!obligation) return;
  const city = await deps.store.city(obligation.city);
  if (city.development === 'not-developing') await learnAndCommit(deps, id, { type: 'not-developing' });
  for (const item of obligation.items.filter(({ state }) => state === 'open')) {
    const slot = await deps.store.slot(obligation.city, item.kind, item.period);
    for (const filing of [slot?.inForce, slot?.underWay]) {
      const head = filing === undefined ? undefined : await deps.store.head(filing);
      // The first filing first: its receipt counts, not that of its amendment.
      for (const one of head ? await lineageOf(deps.store, head) : []) {
        const fact = await factOfHead(deps, one, obligation.satisfiedBy);
        if (fact) await learnAndCommit(deps, id, fact);
      }
    }
  }
}

/** The states in which a filing has fulfilled a duty, by the event that fulfils it. */
const fulfilling: Readonly<Record<SatisfyingEvent, ReadonlySet<State>>> = {
  submitted: new Set([
    'submitted',
    'in-review',
    'awaiting-consent',
    'approved',
    'published',
    'acknowledged',
    'superseded',
  ]),
  published: new Set(['published', 'superseded']),
};

async function factOfHead(
  deps: FollowDeps,
  head: Head,
  satisfiedBy: SatisfyingEvent,
): Promise<DutyFact | undefined> {
  if (!fulfilling[satisfiedBy].has(head.state)) return undefined;
  const filing = { kind: head.kind, period: head.period, submission: head.id, source: head.seq };
  const at = satisfiedBy === 'submitted' ? head.receivedAt : (await publicationOf(deps.store, head.id))?.at;
  return at === undefined ? undefined : { type: satisfiedBy, ...filing, at };
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
    const desks = desksBetween(before, after);
    const { outcome } = await deps.store.commit({
      changes: [{ kind: 'obligation', before, after: record, entry }],
      desks,
    });
    if (outcome === 'done') return;
  }
  throw new Error(`The obligation ${id} is too busy`);
}
