/** A year of the calendar as it is in force. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Store } from '../ports.ts';

export async function readCalendar(deps: { store: Store }, year: number): Promise<Result<unknown, Refusal>> {
  const calendar = await deps.store.calendar();
  const loaded = calendar.years.get(year);
  if (!loaded)
    return refuse(Number.isInteger(year) ? refusal('calendar-year-missing', { year }) : refusal('not-found'));
  const overrides = [...calendar.overrides.values()].filter((override) =>
    override.date.startsWith(`${year}-`),
  );
  return ok({ ...loaded, overrides });
}
