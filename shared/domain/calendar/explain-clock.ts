/** A clock told day by day, in words that a citizen and a court can follow. */
import { civilDateOf, endOfDayExclusive, type CivilDate, type Instant } from '../../kernel/civil-date.ts';
import type { Refusal, Text } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { clockDays, type ClockDay } from './clock-days.ts';
import {
  statusOf,
  totalLimit,
  type ClockEntry,
  type ClockStatus,
  type StatutoryClock,
} from './clock-ledger.ts';
import { whyOf, wordsOf } from './clock-texts.ts';
import type { WorkingCalendar } from './working-days.ts';

export interface ExplainedDay {
  readonly date: CivilDate;
  readonly counted: boolean;
  /** Which day of the limit this is, from 1; only on counted days. */
  readonly number?: number;
  readonly why: Text;
}

export interface Explanation {
  readonly name: string;
  readonly office: string;
  readonly basis: string;
  readonly status: ClockStatus;
  /** Working days as first set, and as extended. */
  readonly limit: number;
  readonly extended: number;
  /** As in `dueOf`. */
  readonly due: CivilDate | null;
  readonly dueBefore: Instant | null;
  /** Working days of the limit used, still left, and late, on the day asked about or on the day it ended. */
  readonly used: number;
  readonly remaining: number;
  readonly late: number;
  /**
   * From the start to the due day, or further to the day asked about when late or standing still; an ended clock to
   * the day it ended. Days after the day asked about are what will be if nothing happens.
   */
  readonly days: readonly ExplainedDay[];
  readonly entries: readonly (ClockEntry & { readonly text: Text })[];
}

/**
 * Explains the clock as it stands at `asOf`, which should not lie before its last entry; if it does, the last entry's
 * day is taken. Refused when a day to be told lies in a year that is not loaded.
 */
export function explain(
  clock: StatutoryClock,
  calendar: WorkingCalendar,
  asOf: Instant,
): Result<Explanation, Refusal> {
  const status = statusOf(clock);
  const today = todayOf(clock, status, asOf);
  const days: ClockDay[] = [];
  let due: CivilDate | null = null;
  for (const step of clockDays(clock, calendar)) {
    if (!step.ok) return step;
    const day = step.value;
    days.push(day);
    if (day.isDue) due = day.date;
    if (day.date >= today && (due !== null || day.stoppedForGood)) break;
  }
  const standing = days.findLast((day) => day.date <= today);
  const used = standing?.used ?? 0;
  const total = totalLimit(clock);
  const told = status === 'ended' ? days.filter((day) => day.date <= today) : days;
  return ok({
    name: clock.name,
    office: clock.office,
    basis: clock.basis,
    status,
    limit: clock.limit,
    extended: total - clock.limit,
    due,
    dueBefore: due === null ? null : endOfDayExclusive(due),
    used,
    remaining: total - used,
    late: standing?.late ?? 0,
    days: told.map(explained),
    entries: clock.entries.map((entry) => ({ ...entry, text: wordsOf(entry) })),
  });
}

function todayOf(clock: StatutoryClock, status: ClockStatus, asOf: Instant): CivilDate {
  const last = clock.entries.at(-1);
  const lastDay = last ? civilDateOf(last.at) : '';
  const asked = civilDateOf(asOf);
  return status === 'ended' || asked < lastDay ? lastDay : asked;
}

function explained(day: ClockDay): ExplainedDay {
  const counted = day.role === 'counted';
  return { date: day.date, counted, ...(counted ? { number: day.used } : {}), why: whyOf(day) };
}
