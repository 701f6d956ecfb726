/**
 * A department that has said nothing when its limit is over (逾期未出具意见): its silence goes up to the government that decides,
 * and never agrees by itself, unless the city's rules say so (默认同意, S-11).
 */
import type { EventDraft } from '../../audit/entry.ts';
import { dueOf, statusOf } from '../../calendar/statutory-clock.ts';
import type { WorkingCalendar } from '../../calendar/working-days.ts';
import { platformEventTypes } from '../event-types.ts';
import type { Kind } from '../kind.ts';
import { reviewersOf } from '../parties.ts';
import { clockNamed, endClock, opinionClockOf } from '../stage-clocks.ts';
import type { Head } from '../submission.ts';

/** Departments whose limit is over and of whom nobody was told yet. A clock that stands still has no limit that is over. */
export function silentIn(head: Head, kind: Kind, calendar: WorkingCalendar, now: string): readonly string[] {
  if (head.state !== 'in-review' || !head.terms) return [];
  const told = new Set([...head.opinions.map(({ office }) => office), ...(head.open?.escalated ?? [])]);
  return reviewersOf(head, kind).filter((office) => {
    const clock = clockNamed(head, opinionClockOf(office));
    if (told.has(office) || !clock || statusOf(clock) === 'ended') return false;
    const due = dueOf(clock, calendar);
    return due.ok && due.value.dueBefore !== null && now >= due.value.dueBefore;
  });
}

/** The filing after a department's silence was told, or taken for consent. The audit number is not yet advanced. */
export function afterSilence(
  head: Head,
  office: string,
  now: string,
): { readonly head: Head; readonly event: EventDraft } {
  const { kind, owner, period, state } = head;
  const facts = { kind, owner, period, from: state, to: state, office };
  if (!head.terms?.silence) {
    const open = head.open ?? { prove: 0, close: [], objections: 0, papers: [], escalated: [] };
    return {
      head: { ...head, open: { ...open, escalated: [...open.escalated, office] }, updatedAt: now },
      event: { type: platformEventTypes.escalate, facts },
    };
  }
  const seq = head.seq + 1;
  const opinion = {
    office,
    verdict: 'silent' as const,
    version: head.frozen,
    hash: head.frozenHash ?? '',
    seq,
  };
  return {
    head: {
      ...head,
      opinions: [...head.opinions, opinion],
      clocks: endClock(head.clocks, opinionClockOf(office), 'silence', now, seq),
      updatedAt: now,
    },
    event: { type: platformEventTypes['take-silence'], facts },
  };
}
