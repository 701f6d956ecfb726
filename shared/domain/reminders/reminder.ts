/**
 * Reminders (催报) of a duty: when they go out, to whom, and what is still to be recorded. A reminder is recorded once for
 * a duty, a point and a recipient, however often and however late the job runs.
 */
import * as z from 'zod';
import { civilDateOf, type CivilDate } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import type { Reason, Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { reminderDate, type WorkingCalendar } from '../calendar/working-days.ts';
import { lastDayOf } from '../duties/duty-desk.ts';
import { isOpen, type Obligation } from '../duties/obligation.ts';
import type { Role } from '../identity/roles.ts';
import { leadOffice } from '../identity/offices.ts';
import { escalationFrom, PointName, pointName, pointsOf } from './points.ts';

export interface Recipient {
  readonly office: string;
  readonly role: Role;
}

export const Reminder = once(() =>
  z.object({
    obligation: z.string(),
    /** The last day of the duty at the time: a duty with a new deadline is reminded of anew. */
    due: z.string(),
    point: PointName(),
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
  return Number(point) >= escalationFrom
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
  for (const point of pointsOf(obligation)) {
    const day = reminderDate(lastDayOf(obligation), point, calendar);
    if (!day.ok) return day;
    days.push({ point: pointName(point), day: day.value });
  }
  return ok(days);
}

/**
 * Which points a change adds on days that are past: a day that is gone is no day to be told on. By their place in the form.
 * @param points as the form has them
 */
export function pastPoints(
  before: Obligation,
  points: readonly number[],
  calendar: WorkingCalendar,
  today: CivilDate,
): Result<readonly Reason[], Refusal> {
  const known = pointsOf(before);
  const reasons: Reason[] = [];
  for (const [index, point] of points.entries()) {
    const day = reminderDate(lastDayOf(before), point, calendar);
    if (!day.ok) return day;
    if (known.includes(point) || day.value >= today) continue;
    reasons.push({
      code: 'point-past',
      pointer: `/points/${index}`,
      text: { zh: `该节点为${day.value}，已过`, en: `This point was on ${day.value}` },
    });
  }
  return ok(reasons);
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
