/**
 * Keeps the counters as events arrive. A record is counted as it is now, not as the event tells: an event that comes twice,
 * late or out of order changes nothing, and counting everything anew gives the same sums.
 */
import type { AuditEntry } from '../../domain/audit/entry.ts';
import type { Contribution, Counted } from '../../domain/evaluation/contribution.ts';
import { countsOfDuty } from '../../domain/evaluation/counts-of-duty.ts';
import { countsOfProject, countsOfRecognition } from '../../domain/evaluation/counts-of-project.ts';
import { countsOfFiling } from '../../domain/evaluation/counts-of-filing.ts';
import { hashOf } from '../../kernel/hash.ts';
import { textOf } from '../../kernel/refusal.ts';
import { eventTypes, otherEventTypes } from '../../domain/submissions/event-types.ts';
import { wholeChain } from '../audit/whole-chain.ts';
import { cityOf } from '../../domain/submissions/parties.ts';
import { stageClocks } from '../../domain/submissions/stage-clocks.ts';
import type { Head, State } from '../../domain/submissions/submission.ts';
import type { Store } from '../ports.ts';
import type { Counters } from './ports.ts';

export interface CountDeps {
  readonly store: Store;
  readonly counters: Counters;
}

/** Steps inside the filer's own office: nothing that is counted comes of them. */
const uncounted: ReadonlySet<string> = new Set([
  otherEventTypes.created,
  eventTypes.save,
  eventTypes['send-to-check'],
  eventTypes['send-back'],
  eventTypes['pass-check'],
  eventTypes['refuse-signature'],
  eventTypes['view-contact'],
]);

export async function countEvent(deps: CountDeps, entry: AuditEntry): Promise<void> {
  if (isCounted(entry.record) && !uncounted.has(entry.type)) await countRecord(deps, entry.record);
}

/** Records of which anything may be counted, by the name of their chain. */
export function isCounted(record: string): boolean {
  return /^(submission|obligation|project):/.test(record);
}

const attempts = 8;

/** @returns whether anything had to be changed */
export async function countRecord(deps: CountDeps, record: string): Promise<boolean> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const [before, after] = await Promise.all([deps.counters.counted(record), countsNow(deps.store, record)]);
    if (!after || (before && before.seq > after.seq) || same(before, after.contributions)) return false;
    if (await deps.counters.replace(before, after)) return true;
  }
  throw new Error(`The counters of ${record} are too busy`);
}

const decided: ReadonlySet<State> = new Set(['approved', 'published', 'superseded']);

/** What a record adds as it is now; undefined when there is no such record. */
export async function countsNow(store: Store, record: string): Promise<Counted | undefined> {
  const id = record.slice(record.indexOf(':') + 1);
  if (record.startsWith('obligation:')) {
    const duty = await store.obligation(id);
    return duty && { record, seq: duty.seq, contributions: [...countsOfDuty(duty)] };
  }
  if (record.startsWith('project:')) {
    const project = await store.project(id);
    return project && { record, seq: project.seq, contributions: [...countsOfProject(project)] };
  }
  const head = await store.head(id);
  if (!head) return undefined;
  if (head.path === 'joint-review') return recognitionCounted(store, head, record);
  // What was approved or published, and when, stands in the chain; before that there is nothing to look for.
  const entries = decided.has(head.state) ? await wholeChain(store, record) : [];
  const measures =
    head.kind === 'policy-measures' ? (await store.version(id, head.frozen))?.content : undefined;
  const counts = countsOfFiling({ head, entries, measures }, await store.calendar());
  // No clock can be set without its calendar, so this is a calendar that was taken away: nothing to guess.
  if (!counts.ok) throw new Error(`${record} cannot be counted: ${textOf(counts.error).en}`);
  return { record, seq: head.seq, contributions: [...counts.value] };
}

const stages: ReadonlySet<string> = new Set(['acceptance', ...stageClocks]);

/** A project's review counts for its city, whoever owns it: B2 and B3 (S-12). */
async function recognitionCounted(store: Store, head: Head, record: string): Promise<Counted> {
  const clocks = head.clocks.filter(({ name }) => stages.has(name));
  const ended = clocks.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'ended'));
  const over = head.state === 'granted' || head.state === 'rejected';
  // The last stage ends with the number, or with the refusal: a condition closed later moves nothing.
  const last = ended
    .map(({ at }) => at)
    .sort()
    .at(-1);
  // By the name that was applied for: the register's may change later, and this count would not.
  const content = (await store.version(head.id, head.frozen))?.content as
    { readonly project?: { readonly name?: string } } | undefined;
  const counts = countsOfRecognition(
    {
      city: cityOf(head),
      name: content?.project?.name ?? head.period,
      clocks,
      ...(over && last !== undefined ? { decidedAt: last } : {}),
      withdrawn: head.state === 'withdrawn',
    },
    await store.calendar(),
  );
  if (!counts.ok) throw new Error(`${record} cannot be counted: ${textOf(counts.error).en}`);
  return { record, seq: head.seq, contributions: [...counts.value] };
}

function same(before: Counted | undefined, contributions: readonly Contribution[]): boolean {
  return hashOf(before?.contributions ?? []) === hashOf(contributions);
}
