/**
 * The statutory clock (时限). Its due date is never stored; it is computed from the ledger over the working-day
 * calendar, so that it can always be explained.
 */
import { endOfDayExclusive, type CivilDate, type Instant } from '../../kernel/civil-date.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { clockDays } from './clock-days.ts';
import type { StatutoryClock } from './clock-ledger.ts';
import type { WorkingCalendar } from './working-days.ts';

export { end, extend, resume, start, statusOf, suspend, withoutEntriesOf } from './clock-ledger.ts';
export type { ClockEntry, ClockStatus, StatutoryClock } from './clock-ledger.ts';
export { explain } from './explain-clock.ts';
export type { ExplainedDay, Explanation } from './explain-clock.ts';

export interface Due {
  /** The last day in time; null while the clock stands still. */
  readonly due: CivilDate | null;
  /** Exclusive: in time means before this instant. */
  readonly dueBefore: Instant | null;
}

/**
 * When the clock is due. Null while it stands still, unless it was late already when it stopped: no suspension mends
 * that. An ended clock keeps the date that it had. Refused when the count meets a year that is not loaded.
 */
export function dueOf(clock: StatutoryClock, calendar: WorkingCalendar): Result<Due, Refusal> {
  for (const step of clockDays(clock, calendar)) {
    if (!step.ok) return step;
    const { date, isDue, stoppedForGood } = step.value;
    if (isDue) return ok({ due: date, dueBefore: endOfDayExclusive(date) });
    if (stoppedForGood) break;
  }
  return ok({ due: null, dueBefore: null });
}
