/** The ledger of a statutory clock (时限): what started, stopped, lengthened and ended it, and which line may follow. */
import { civilDateOf, type Instant } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';

/** One line of the ledger. `seq` is the number of the audit entry that caused it; `ground` is a code. */
export type ClockEntry =
  | { readonly kind: 'started'; readonly at: Instant; readonly seq: number }
  | {
      readonly kind: 'suspended' | 'resumed' | 'ended';
      readonly at: Instant;
      readonly seq: number;
      readonly ground: string;
    }
  | {
      readonly kind: 'extended';
      readonly at: Instant;
      readonly seq: number;
      readonly days: number;
      readonly ground: string;
    };

export interface StatutoryClock {
  readonly name: string;
  /** The office that must act in time. */
  readonly office: string;
  /** Working days, before any extension. */
  readonly limit: number;
  /** Where the limit comes from: a clause such as `S-07`, or `unverified`. */
  readonly basis: string;
  /** In the order in which they happened; the first is the start. */
  readonly entries: readonly ClockEntry[];
}

export type ClockStatus = 'running' | 'suspended' | 'ended';

export function start(terms: Omit<StatutoryClock, 'entries'>, at: Instant, seq: number): StatutoryClock {
  return { ...terms, entries: [{ kind: 'started', at, seq }] };
}

/** Stops the clock on a ground. It may stand on several; the same one twice is refused. */
export function suspend(
  clock: StatutoryClock,
  at: Instant,
  seq: number,
  ground: string,
): Result<StatutoryClock, Refusal> {
  const allowed = statusOf(clock) !== 'ended' && !openGrounds(clock.entries).has(ground);
  return allowed
    ? append(clock, { kind: 'suspended', at, seq, ground })
    : refuse(notPossible(clock, 'suspended'));
}

/** Lifts one ground. The clock runs again when no ground is left. */
export function resume(
  clock: StatutoryClock,
  at: Instant,
  seq: number,
  ground: string,
): Result<StatutoryClock, Refusal> {
  const allowed = statusOf(clock) !== 'ended' && openGrounds(clock.entries).has(ground);
  return allowed
    ? append(clock, { kind: 'resumed', at, seq, ground })
    : refuse(notPossible(clock, 'resumed'));
}

/** Adds working days to the limit, also while the clock stands still or is late. Days that are no positive whole number are refused. */
export function extend(
  clock: StatutoryClock,
  at: Instant,
  seq: number,
  days: number,
  ground: string,
): Result<StatutoryClock, Refusal> {
  const allowed = statusOf(clock) !== 'ended' && Number.isInteger(days) && days > 0;
  return allowed
    ? append(clock, { kind: 'extended', at, seq, days, ground })
    : refuse(notPossible(clock, 'extended'));
}

/** Ends the clock, running or standing: the office has acted, or nothing is left to act on. */
export function end(
  clock: StatutoryClock,
  at: Instant,
  seq: number,
  ground: string,
): Result<StatutoryClock, Refusal> {
  const allowed = statusOf(clock) !== 'ended';
  return allowed ? append(clock, { kind: 'ended', at, seq, ground }) : refuse(notPossible(clock, 'ended'));
}

export function statusOf(clock: StatutoryClock): ClockStatus {
  if (clock.entries.some((entry) => entry.kind === 'ended')) return 'ended';
  return openGrounds(clock.entries).size > 0 ? 'suspended' : 'running';
}

/** The grounds on which the clock stands still after these entries. */
export function openGrounds(entries: readonly ClockEntry[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'suspended') open.add(entry.ground);
    if (entry.kind === 'resumed') open.delete(entry.ground);
  }
  return open;
}

/** The limit with every extension, in working days. */
export function totalLimit(clock: StatutoryClock): number {
  return clock.entries.reduce(
    (sum, entry) => sum + (entry.kind === 'extended' ? entry.days : 0),
    clock.limit,
  );
}

/**
 * The clock as if the step with this audit number had not been taken (a recall). Undefined when its start goes with it.
 */
export function withoutEntriesOf(clock: StatutoryClock, seq: number): StatutoryClock | undefined {
  const entries = clock.entries.filter((entry) => entry.seq !== seq);
  return entries[0]?.kind === 'started' ? { ...clock, entries } : undefined;
}

/** Counting is by days, so days may not go back; within one day the order of the ledger holds, whatever the seconds say. */
function append(
  clock: StatutoryClock,
  entry: Exclude<ClockEntry, { kind: 'started' }>,
): Result<StatutoryClock, Refusal> {
  const last = clock.entries.at(-1);
  if (last && civilDateOf(entry.at) < civilDateOf(last.at)) return refuse(notPossible(clock, entry.kind));
  return ok({ ...clock, entries: [...clock.entries, entry] });
}

const verbs = { suspended: '中止', resumed: '恢复', extended: '延长', ended: '终结' } as const;

function notPossible(clock: StatutoryClock, action: keyof typeof verbs): Refusal {
  return refusal('clock-not-running', { clock: clock.name, actionZh: verbs[action], action });
}
