/** The administrators' line to load a year of the calendar: laid down in time, taken away when the year is loaded. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { reachOf, remindDaysAhead } from '../../domain/calendar/reach.ts';
import { leadOffice } from '../../domain/identity/offices.ts';
import type { DeskEntry, Now, Store } from '../ports.ts';

/** Due when the State Council's notice is usually out, on 1 December. */
export function calendarDeskOf(year: number): DeskEntry {
  return {
    office: leadOffice,
    role: 'administrator',
    task: 'load-calendar',
    record: `calendar:${year}`,
    kind: 'calendar',
    owner: leadOffice,
    period: `${year}`,
    due: `${year - 1}-12-01`,
    since: `${year - 1}-11-01T16:00:00.000Z`,
  };
}

/**
 * Puts the line of the year that is missing, when it is time. It is the same line however often it is put.
 * @returns days until the loaded calendar ends
 */
export async function remindOfCalendar({
  store,
  now,
}: {
  readonly store: Pick<Store, 'calendar' | 'commit'>;
  readonly now: Now;
}): Promise<number> {
  const { days, missing } = reachOf(civilDateOf(now()), await store.calendar());
  if (days < remindDaysAhead)
    await store.commit({ changes: [], desks: { remove: [], put: [calendarDeskOf(missing)] } });
  return days;
}
