/**
 * Civil dates and instants. A civil date is a day of the calendar in Asia/Shanghai, which has kept +08:00 without
 * summer time since 1992; days of the summers 1986–1991 are outside what this file can tell. Arithmetic is on whole
 * day numbers, so no time zone of the machine enters it.
 */

/** `YYYY-MM-DD`, a day that exists. Sorts as text. */
export type CivilDate = string;

/** ISO 8601 in UTC with milliseconds, `2021-10-31T16:00:00.000Z`. Sorts as text. */
export type Instant = string;

const msPerDay = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

export function isCivilDate(text: string): boolean {
  return isInstant(`${text}T00:00:00.000Z`);
}

export function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  // Date.parse rolls 30 February into March and takes shorter spellings, too; a year beyond 9999 is longer.
  return text.length === 24 && !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}

/** Days since 1970-01-01, which is 0. Throws a RangeError for a text that is no civil date: callers parse first. */
export function dayNumber(date: CivilDate): number {
  if (!isCivilDate(date)) throw new RangeError(`Not a civil date: ${date}`);
  return Date.parse(`${date}T00:00:00.000Z`) / msPerDay;
}

/** The day with this number; inverse of `dayNumber`. Throws a RangeError outside the years 0000–9999. */
export function fromDayNumber(day: number): CivilDate {
  const text = new Date(day * msPerDay).toISOString();
  if (!Number.isInteger(day) || text.length !== 24)
    throw new RangeError(`Not the number of a civil date: ${day}`);
  return text.slice(0, 10);
}

/** The date `days` later, or earlier when negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return fromDayNumber(dayNumber(date) + days);
}

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** 1 is Monday, 7 is Sunday, as in ISO 8601. */
export function weekday(date: CivilDate): Weekday {
  // Day 0 was a Thursday.
  const sinceMonday = (((dayNumber(date) + 3) % 7) + 7) % 7;
  return (sinceMonday + 1) as Weekday;
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}

/** The day in Shanghai on which this instant falls. Throws a RangeError for a text that is no instant. */
export function civilDateOf(instant: Instant): CivilDate {
  if (!isInstant(instant)) throw new RangeError(`Not an instant: ${instant}`);
  return fromDayNumber(Math.floor((Date.parse(instant) + shanghaiOffsetMs) / msPerDay));
}

/** 00:00 of this day in Shanghai, as an instant in UTC. */
export function startOfDay(date: CivilDate): Instant {
  return new Date(dayNumber(date) * msPerDay - shanghaiOffsetMs).toISOString();
}

/** The first instant after this day: what is received before it is received on the day. */
export function endOfDayExclusive(date: CivilDate): Instant {
  return startOfDay(addDays(date, 1));
}

/**
 * The last day of so many years that begin with this day: the one before the same day of the last year. From 29 February to a
 * year without one it is 28 February (民法典第二百零二条).
 */
export function lastDayOfYears(first: CivilDate, years: number): CivilDate {
  const year = String(yearOf(first) + years).padStart(4, '0');
  const same = `${year}${first.slice(4)}`;
  return addDays(isCivilDate(same) ? same : `${year}-03-01`, -1);
}
