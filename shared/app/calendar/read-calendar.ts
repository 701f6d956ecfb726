/** A year of the calendar as it is in force. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Store } from '../ports.ts';

/** The year as it is in force, and the revision to replace it by: 0 for one that came with the platform. */
export async function readCalendar(
  deps: { store: Store },
  year: number,
): Promise<Result<{ body: unknown; revision: number }, Refusal>> {
  const calendar = await deps.store.calendar();
  const loaded = calendar.years.get(year);
  if (!loaded)
    return refuse(Number.isInteger(year) ? refusal('calendar-year-missing', { year }) : refusal('not-found'));
  const overrides = [...calendar.overrides.values()].filter((override) =>
    override.date.startsWith(`${year}-`),
  );
  const record = loaded.version > 0 ? await deps.store.calendarRecord(year) : undefined;
  return ok({ body: { ...loaded, overrides }, revision: record?.seq ?? 0 });
}
