/**
 * The points at which a duty is told of (催报节点): working days around its last day. Usually seven; the region may choose
 * others for a duty, but not leave out those that the notice itself asks for.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';

/** When reminders go out unless the duty says otherwise; after the deadline come the escalations. */
export const usualPoints: readonly number[] = [-20, -10, -5, -1, 0, 1, 5];

/** The last working day, the first day late, and the escalation (S-20): no duty is without them. */
export const neededPoints: readonly number[] = [0, 1, 5];

const earliest = -60;
const latest = 20;
const most = 20;

/** From this point on the matter goes to the city's leader and to the region. */
export const escalationFrom = 5;

const sign = once(() => z.enum(['-', '+']));
const firstDigit = once(() => z.enum(['1', '2', '3', '4', '5', '6', '7', '8', '9']));
const digit = once(() => z.enum(['0', ...firstDigit().options]));

/**
 * `0` is the last working day before the deadline, `-5` five working days earlier, `+5` five working days after it;
 * `created`: laid down when earlier points were past; `nudge`: by hand.
 */
export const PointName = once(() =>
  z.union([
    z.enum(['0', 'created', 'nudge']),
    z.templateLiteral([sign(), firstDigit()]),
    z.templateLiteral([sign(), firstDigit(), digit()]),
  ]),
);
export type PointName = z.infer<ReturnType<typeof PointName>>;

/** @param point a whole number from -99 to 99 */
export function pointName(point: number): PointName {
  return (point > 0 ? `+${point}` : String(point)) as PointName;
}

/** The points of a duty, in order. */
export function pointsOf(duty: { readonly points?: readonly number[] | undefined }): readonly number[] {
  return [...(duty.points ?? usualPoints)].sort((a, b) => a - b);
}

/** What a form says of a duty's points; absent: the usual ones. */
export const PointsInput = once(() =>
  z
    .array(z.int().min(earliest).max(latest))
    .min(neededPoints.length)
    .max(most)
    .refine((points) => new Set(points).size === points.length, { error: 'points-repeated' })
    .refine((points) => neededPoints.every((needed) => points.includes(needed)), { error: 'points-needed' })
    .describe(
      '催报节点：距截止的工作日数，负数为截止前；0、1、5 不得省略|Working days around the deadline; below 0 before it; 0, 1 and 5 are needed',
    ),
);
