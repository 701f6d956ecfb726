/**
 * A clock's ledger read day by day. One rule makes every count: a working day after the start counts when the clock is
 * running as the day opens. So the day on which a suspension begins counts, the day of resumption does not, and a
 * clock stopped and resumed on one day loses nothing.
 */
import { addDays, civilDateOf, type CivilDate } from '../../kernel/civil-date.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { openGrounds, totalLimit, type StatutoryClock } from './clock-ledger.ts';
import { calendarDay, type CalendarDay, type WorkingCalendar } from './working-days.ts';

export type DayRole =
  /** The day of the event. */
  | 'start'
  /** Stopped all day. */
  | 'stopped'
  /** Stopped as it opened, running as it closed. */
  | 'resumption'
  /** Runs, but nobody works. */
  | 'off'
  | 'counted'
  /** Every day of the limit is used, and the clock was stopped before the due day was over. */
  | 'used-up'
  | 'late';

export interface ClockDay {
  readonly date: CivilDate;
  readonly role: DayRole;
  /** How many days of the limit are used when this day closes. */
  readonly used: number;
  /** How many working days the clock is late when this day closes. */
  readonly late: number;
  readonly isDue: boolean;
  /** The grounds on which the clock stood when the day opened. */
  readonly stoppedBy: ReadonlySet<string>;
  /** A suspension begins on this day. */
  readonly stops: boolean;
  /** The clock stands as the day closes, and no later entry is known. */
  readonly stoppedForGood: boolean;
  /** What the calendar says; absent on days when the clock stands, where nobody needs to ask. */
  readonly calendar?: CalendarDay;
}

/**
 * Every day from the start, without end: the caller stops. An `ended` entry does not stop the count, so that the due
 * date of an ended clock stays what it was.
 *
 * A clock that stops on its last day is not late while it stands: its due day is then the day of resumption, or the
 * first working day after it. The due day is always a working day.
 */
export function* clockDays(
  clock: StatutoryClock,
  calendar: WorkingCalendar,
): Generator<Result<ClockDay, Refusal>> {
  const total = totalLimit(clock);
  const entryDays = clock.entries.map((entry) => civilDateOf(entry.at));
  const first = entryDays[0];
  if (first === undefined) throw new Error('A clock without entries has never started');
  const last = entryDays.at(-1) ?? first;
  const entriesBefore = (date: CivilDate) =>
    clock.entries.filter((_, index) => (entryDays[index] ?? last) < date);
  let used = 0;
  let late = 0;
  let wasDue = false;
  for (let date = first; ; date = addDays(date, 1)) {
    const stoppedBy = openGrounds(entriesBefore(date));
    const standsAtOpen = stoppedBy.size > 0;
    const standsAtClose = openGrounds(entriesBefore(addDays(date, 1))).size > 0;
    const looked = standsAtOpen && standsAtClose ? undefined : calendarDay(date, calendar);
    if (looked && !looked.ok) {
      yield looked;
      return;
    }
    const working = looked?.value.working ?? false;
    const phase = wasDue ? 'late' : used < total ? 'counted' : 'used-up';
    const role =
      date === first ? 'start' : roleAfterStart(standsAtOpen, standsAtClose, working ? phase : 'off');
    if (role === 'counted') used += 1;
    if (role === 'late') late += 1;
    const isDue: boolean = !wasDue && used >= total && working && !standsAtClose;
    wasDue ||= isDue;
    yield ok({
      date,
      role,
      used,
      late,
      isDue,
      stoppedBy,
      stops: !standsAtOpen && standsAtClose,
      stoppedForGood: standsAtClose && date >= last,
      ...(looked ? { calendar: looked.value } : {}),
    });
  }
}

function roleAfterStart(standsAtOpen: boolean, standsAtClose: boolean, whenRunning: DayRole): DayRole {
  if (!standsAtOpen) return whenRunning;
  return standsAtClose ? 'stopped' : 'resumption';
}
