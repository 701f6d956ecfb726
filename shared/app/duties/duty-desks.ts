/** A duty's lines on the desks, and the difference that a change makes. */
import { dutyDesk } from '../../domain/duties/duty-desk.ts';
import type { Obligation } from '../../domain/duties/obligation.ts';
import { deskDifference } from '../desk-changes.ts';
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

export function desksBetween(before: Obligation, after: Obligation): NonNullable<Commit['desks']> {
  return deskDifference(deskOf(before), deskOf(after));
}
