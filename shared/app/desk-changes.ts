/** The difference between what a filing waited for and what it waits for now, as desk entries to remove and to put. */
import type { WorkingCalendar } from '../domain/calendar/working-days.ts';
import { waitingIn, type Waiting } from '../domain/submissions/desks.ts';
import type { Kind } from '../domain/submissions/kind.ts';
import type { Head } from '../domain/submissions/submission.ts';
import type { Commit, DeskEntry } from './ports.ts';

function entryOf(head: Head, waiting: Waiting): DeskEntry {
  return {
    ...waiting,
    record: `submission:${head.id}`,
    kind: head.kind,
    owner: head.owner,
    period: head.period,
  };
}

/** A line is the same wherever its office, role, task and due day are; of one record, that is. */
function placeOf(entry: DeskEntry): string {
  return [entry.office, entry.role, entry.task, entry.due ?? ''].join(' ');
}

/** From what waited to what waits now. Lines that stay where they are are not written again: they keep since when they wait. */
export function deskDifference(
  was: readonly DeskEntry[],
  is: readonly DeskEntry[],
): NonNullable<Commit['desks']> {
  const wasAt = new Set(was.map(placeOf));
  const isAt = new Set(is.map(placeOf));
  return {
    remove: was.filter((entry) => !isAt.has(placeOf(entry))),
    put: is.filter((entry) => !wasAt.has(placeOf(entry))),
  };
}

export function deskChanges(
  before: Head | undefined,
  after: Head,
  kind: Kind,
  calendar: WorkingCalendar,
): NonNullable<Commit['desks']> {
  return deskDifference(before ? desksOf(before, kind, calendar) : [], desksOf(after, kind, calendar));
}

/** The lines of a filing on all desks: they follow from its head alone. */
export function desksOf(head: Head, kind: Kind, calendar: WorkingCalendar): readonly DeskEntry[] {
  return waitingIn(head, kind, calendar).map((waiting) => entryOf(head, waiting));
}
