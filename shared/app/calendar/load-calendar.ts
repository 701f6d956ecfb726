/** Loads a year of the working-day calendar, as the State Council's notice of each November gives it. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain } from '../../domain/audit/entry.ts';
import { warningsAbout } from '../../domain/calendar/calendar-year.ts';
import { builtInCalendar, withOverride, withYear } from '../../domain/calendar/working-days.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer, CalendarRecord } from '../ports.ts';
import { calendarDeskOf } from './calendar-desk.ts';
import { etagOf } from '../submissions/view.ts';

export type LoadCalendarInput = Pick<CalendarRecord, 'source' | 'exceptions' | 'overrides'>;

export async function loadCalendar(
  deps: Deps,
  command: CommandRequest,
  year: number,
  input: LoadCalendarInput,
): Promise<Result<Answer, Refusal>> {
  return runCommand(deps, command, {}, async () => {
    if (!Number.isInteger(year) || year < 2021 || year > 2100) return refuse(refusal('not-found'));
    const before = await deps.store.calendarRecord(year);
    // A year that was loaded is replaced only by who has seen it.
    if (before && command.ifMatch === undefined) return refuse(refusal('precondition-required'));
    if (command.ifMatch !== undefined && command.ifMatch !== (before?.seq ?? 0))
      return refuse(refusal('stale-version'));
    const version = (before?.version ?? 0) + 1;
    const loaded = { year, version, source: input.source, exceptions: input.exceptions };
    const calendar = withYear(builtInCalendar(), loaded);
    if (!calendar.ok) return calendar;
    for (const override of input.overrides) {
      const fits = withOverride(calendar.value, override);
      if (!fits.ok) return fits;
    }
    const now = deps.now();
    const { actor } = command;
    const after: CalendarRecord = { ...loaded, overrides: input.overrides, seq: 0, hash: '' };
    const event = { type: 'calendar.loaded', facts: { year, version, days: input.exceptions.length } };
    const by = { sub: actor.sub, office: actor.office, role: 'administrator' };
    const { record, entry } = chain(`calendar:${year}`, before, after, event, by, now);
    return ok({
      commit: {
        changes: [{ kind: 'calendar', ...(before ? { before } : {}), after: record, entry }],
        desks: { remove: [calendarDeskOf(year)], put: [] },
      },
      answer: {
        status: 200,
        body: { year, version, warnings: warningsAbout(loaded) },
        etag: etagOf(record.seq),
      },
    });
  });
}
