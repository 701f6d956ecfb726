/**
 * Reminders (催报) of a duty: when they go out, to whom, and what is still to be recorded. A reminder is recorded once for
 * a duty, a point and a recipient, however often and however late the job runs.
 */
import * as z from 'zod';
import { civilDateOf, type CivilDate } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { reminderDate, reminderPoints, type WorkingCalendar } from '../calendar/working-days.ts';
import { lastDayOf } from '../duties/duty-desk.ts';
import { isOpen, type Obligation } from '../duties/obligation.ts';
import type { Role } from '../identity/roles.ts';
import { leadOffice } from '../submissions/parties.ts';

/** `0` is the last working day before the deadline, `-5` five working days earlier, `+5` five working days after it. */
export const pointNames = ['-20', '-10', '-5', '-1', '0', '+1', '+5', 'created', 'nudge'] as const;
export type PointName = (typeof pointNames)[number];

export interface Recipient {
  readonly office: string;
  readonly role: Role;
}

export const Reminder = once(() =>
  z.object({
    obligation: z.string(),
    /** The last day of the duty at the time: a duty with a new deadline is reminded of anew. */
    due: z.string(),
    point: z.enum(pointNames),
    office: z.string(),
    role: z.string(),
    /** The day that the point falls on; the day it was recorded may be later, if the job did not run. */
    day: z.string(),
    outcome: z.enum(['noticed', 'skipped']),
    /** Why it was skipped. */
    reason: z.string().optional(),
    at: z.string(),
  }),
);
export type Reminder = z.infer<ReturnType<typeof Reminder>>;

/** After five working days the matter goes to the city's leader and to the region (S-20); until then to the drafter. */
export function recipientsOf(point: PointName, { city }: Obligation): readonly Recipient[] {
  return point === '+5'
    ? [
        { office: city, role: 'leader' },
        { office: leadOffice, role: 'supervisor' },
      ]
    : [{ office: city, role: 'drafter' }];
}

export interface PointDay {
  readonly point: PointName;
  readonly day: CivilDate;
}

/** The days of a duty's points, in order. Refused when the calendar of a year is not loaded. */
export function pointDays(
  obligation: Obligation,
  calendar: WorkingCalendar,
): Result<readonly PointDay[], Refusal> {
  const days: PointDay[] = [];
  for (const point of reminderPoints) {
    const day = reminderDate(lastDayOf(obligation), point, calendar);
    if (!day.ok) return day;
    days.push({ point: (point > 0 ? `+${point}` : String(point)) as PointName, day: day.value });
  }
  return ok(days);
}

export type Wanted = Omit<Reminder, 'at'>;

/**
 * What is to be recorded now: every point whose day has come and that is not recorded yet. Points that were past when the
 * duty was laid down are skipped, with one notice at once in their place.
 * @param recorded what is recorded of this duty already
 */
export function remindersDue(
  obligation: Obligation,
  calendar: WorkingCalendar,
  now: string,
  recorded: readonly Pick<Reminder, 'due' | 'point' | 'office' | 'role'>[],
): Result<readonly Wanted[], Refusal> {
  if (!isOpen(obligation)) return ok([]);
  const points = pointDays(obligation, calendar);
  if (!points.ok) return points;
  const made = civilDateOf(obligation.createdAt);
  const today = civilDateOf(now);
  const past = points.value.filter(({ day }) => day < made);
  const come = points.value.filter(({ day }) => day >= made && day <= today);
  const known = new Set(recorded.map(keyOf));
  const wanted: Wanted[] = [
    ...past.flatMap((point) =>
      each(point, obligation, { outcome: 'skipped', reason: 'created-later' } as const),
    ),
    // On a day that is itself a point the usual notice serves.
    ...(past.length > 0 && !points.value.some(({ day }) => day === made)
      ? each({ point: 'created', day: made }, obligation, { outcome: 'noticed' } as const)
      : []),
    ...come.flatMap((point) => each(point, obligation, { outcome: 'noticed' } as const)),
  ];
  return ok(wanted.filter((reminder) => !known.has(keyOf(reminder))));
}

function each(
  { point, day }: PointDay,
  obligation: Obligation,
  what: Pick<Wanted, 'outcome' | 'reason'>,
): Wanted[] {
  return recipientsOf(point, obligation).map(({ office, role }) => ({
    obligation: obligation.id,
    due: lastDayOf(obligation),
    point,
    office,
    role,
    day,
    ...what,
  }));
}

function keyOf({ due, point, office, role }: Pick<Reminder, 'due' | 'point' | 'office' | 'role'>): string {
  return `${due} ${point} ${office} ${role}`;
}
