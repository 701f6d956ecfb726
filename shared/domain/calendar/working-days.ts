/**
 * Working days (工作日): which days count, and counting them. The day of the event is never counted. A year that is not
 * loaded refuses, also when a count merely runs into it: a guessed due date is worse than none.
 */
import { addDays, isCivilDate, yearOf, type CivilDate } from '../../kernel/civil-date.ts';
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { builtInYears, defectsOf, isWeekend, type CalendarYear, type ExceptionDay } from './calendar-year.ts';

/** A day that the region sets itself (办法 §4: ethnic areas), over whatever the national notice says of it. */
export interface CalendarOverride extends ExceptionDay {
  readonly source: string;
}

export interface WorkingCalendar {
  readonly years: ReadonlyMap<number, CalendarYear>;
  readonly overrides: ReadonlyMap<CivilDate, CalendarOverride>;
}

/** The calendar as shipped: 2021–2026, no regional days. */
export function builtInCalendar(): WorkingCalendar {
  return { years: new Map(builtInYears.map((year) => [year.year, year])), overrides: new Map() };
}

/** Loads a year, in place of any earlier version of it. Refuses one with defects and lists them all. */
export function withYear(calendar: WorkingCalendar, year: CalendarYear): Result<WorkingCalendar, Refusal> {
  const defects = defectsOf(year);
  if (defects.length > 0) return refuse(invalid(defects));
  return ok({ ...calendar, years: new Map(calendar.years).set(year.year, year) });
}

/** Adds a regional day, in place of any earlier one on that date. Refuses a date whose year is not loaded. */
export function withOverride(
  calendar: WorkingCalendar,
  override: CalendarOverride,
): Result<WorkingCalendar, Refusal> {
  const { date } = override;
  if (!isCivilDate(date)) {
    const text = { zh: `“${date}”不是有效日期`, en: `“${date}” is not a date` };
    return refuse(invalid([{ code: 'civil-date', pointer: '/date', text }]));
  }
  if (!calendar.years.has(yearOf(date))) return refuse(yearMissing(date));
  return ok({ ...calendar, overrides: new Map(calendar.overrides).set(date, override) });
}

/** What the calendar says of one day. `exception` is absent on days that are simply what their weekday says. */
export interface CalendarDay {
  readonly date: CivilDate;
  readonly working: boolean;
  readonly exception?: ExceptionDay | CalendarOverride;
}

export function calendarDay(date: CivilDate, calendar: WorkingCalendar): Result<CalendarDay, Refusal> {
  const year = calendar.years.get(yearOf(date));
  if (!year) return refuse(yearMissing(date));
  const exception = calendar.overrides.get(date) ?? year.exceptions.find((day) => day.date === date);
  if (!exception) return ok({ date, working: !isWeekend(date) });
  return ok({ date, working: exception.kind === 'workday', exception });
}

export function isWorkingDay(date: CivilDate, calendar: WorkingCalendar): Result<boolean, Refusal> {
  const day = calendarDay(date, calendar);
  return day.ok ? ok(day.value.working) : day;
}

/** The n-th working day after `date`; `date` itself, worked or not, when n is 0. A negative or broken n is refused. */
export function addWorkingDays(
  date: CivilDate,
  n: number,
  calendar: WorkingCalendar,
): Result<CivilDate, Refusal> {
  if (!Number.isInteger(n) || n < 0) {
    const text = {
      zh: '工作日数须为不小于0的整数',
      en: 'The number of working days must be a whole number from 0',
    };
    return refuse(invalid([{ code: 'working-days', pointer: '', text }]));
  }
  let reached = date;
  for (let left = n; left > 0;) {
    reached = addDays(reached, 1);
    const working = isWorkingDay(reached, calendar);
    if (!working.ok) return working;
    if (working.value) left -= 1;
  }
  return ok(reached);
}

/** How many working days lie after `from`, up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(
  from: CivilDate,
  to: CivilDate,
  calendar: WorkingCalendar,
): Result<number, Refusal> {
  let counted = 0;
  for (let date = from; date < to;) {
    date = addDays(date, 1);
    const working = isWorkingDay(date, calendar);
    if (!working.ok) return working;
    if (working.value) counted += 1;
  }
  return ok(counted);
}

/**
 * The day of a reminder. T−n is the latest working day with n working days after it up to and including the deadline
 * day, so that T−0 is the last working day; +n is the n-th working day after the deadline.
 * @param point a whole number of working days
 */
export function reminderDate(
  deadlineDay: CivilDate,
  point: number,
  calendar: WorkingCalendar,
): Result<CivilDate, Refusal> {
  if (point > 0) return addWorkingDays(deadlineDay, point, calendar);
  let left = -point;
  for (let date = deadlineDay; ; date = addDays(date, -1)) {
    const working = isWorkingDay(date, calendar);
    if (!working.ok) return working;
    if (!working.value) continue;
    if (left === 0) return ok(date);
    left -= 1;
  }
}

function yearMissing(date: CivilDate): Refusal {
  return refusal('calendar-year-missing', { year: yearOf(date) });
}

function invalid(errors: readonly Reason[]): Refusal {
  return refusal('invalid-request', { count: errors.length }, errors);
}
