/**
 * The calendar in force: the built-in years, with what administrators loaded on top. Kept for a minute per function
 * instance, because every command needs it and it changes once a year; a newly loaded year is seen within that minute.
 */
import type { CalendarRecord } from '../../app/ports.ts';
import {
  builtInCalendar,
  withOverride,
  withYear,
  type WorkingCalendar,
} from '../../domain/calendar/working-days.ts';

const keptMs = 60_000;

export function calendarSource(
  load: () => Promise<readonly CalendarRecord[]>,
  now: () => string,
): () => Promise<WorkingCalendar> {
  let kept: { readonly calendar: WorkingCalendar; readonly until: number } | undefined;
  return async function calendar() {
    const time = Date.parse(now());
    if (kept && time < kept.until && time > kept.until - 2 * keptMs) return kept.calendar;
    const records = await load();
    const fresh = records.reduce(withRecord, builtInCalendar());
    kept = { calendar: fresh, until: time + keptMs };
    return fresh;
  };
}

function withRecord(calendar: WorkingCalendar, record: CalendarRecord): WorkingCalendar {
  const { year, exceptions, source, version } = record;
  const loaded = withYear(calendar, { year, exceptions, source, version });
  // What was accepted when it was loaded is accepted now; if a rule has become stricter since, the record says which year.
  if (!loaded.ok) throw new Error(`The calendar of ${year} in the table is refused: ${loaded.error.code}`);
  return record.overrides.reduce((sum, override) => {
    const one = withOverride(sum, override);
    if (!one.ok) throw new Error(`An override of ${year} in the table is refused: ${one.error.code}`);
    return one.value;
  }, loaded.value);
}
