/** A duty's lines on the desks, and the difference that a change makes. */
import { dutyDesk } from '../../domain/duties/duty-desk.ts';
import type { Obligation } from '../../domain/duties/obligation.ts';
import type { Commit, DeskEntry } from '../ports.ts';

/** The desk line of a duty, with the civil date of its last day. */
export function deskOf(obligation: Obligation): DeskEntry[] {
  return dutyDesk(obligation).map((waiting) => ({
    ...waiting,
    record: `obligation:${obligation.id}`,
    kind: obligation.items.map((item) => item.kind).join(','),
    owner: obligation.city,
    period: obligation.items[0]?.period ?? '',
  }));
}

/** Lines that stay where they are are not written again. */
export function desksBetween(before: Obligation, after: Obligation): NonNullable<Commit['desks']> {
  const place = (entry: DeskEntry): string =>
    [entry.office, entry.role, entry.task, entry.due ?? ''].join(' ');
  const [was, is] = [deskOf(before), deskOf(after)];
  const [wasAt, isAt] = [new Set(was.map(place)), new Set(is.map(place))];
  return {
    remove: was.filter((entry) => !isAt.has(place(entry))),
    put: is.filter((entry) => !wasAt.has(place(entry))),
  };
}
