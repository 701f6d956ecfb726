/**
 * The methodology (评价指标体系) as data: every indicator with its floor, goal, weight, source and clause. A scheme has a
 * year and a version; what the platform ships is a proposal, and the region loads its own in place of it.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';

export const dimensionCodes = ['A', 'B', 'C', 'D'] as const;
export type DimensionCode = (typeof dimensionCodes)[number];

const Words = once(() => z.object({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) }));

export const Indicator = once(() =>
  z.strictObject({
    code: z.string().regex(/^[A-D][1-9]$/),
    name: Words(),
    /** How it is computed, in words. */
    formula: Words(),
    unit: z.enum(['percent', 'ratio', 'yes-no', 'working-days', 'per-thousand']),
    /** Which way is better. */
    better: z.enum(['more', 'less']),
    /** At the floor it scores nothing, at the goal everything; in its unit. */
    floor: z.number(),
    goal: z.number(),
    weight: z.number().positive().max(100),
    /** Clauses of the notice: `S-06`. */
    clauses: z.array(z.string().regex(/^S-\d\d$/)).min(1),
    /** Where floor, goal and weight come from; `unverified` marks a proposal. */
    source: z.string().min(1).max(200),
    /** The records that it counts. */
    records: Words(),
    /** What the counts are of: small counts of persons are not published. */
    about: z.enum(['records', 'persons']),
  }),
);
export type Indicator = z.infer<ReturnType<typeof Indicator>>;

export const Scheme = once(() =>
  z.strictObject({
    year: z.int().min(2021).max(2100),
    /** 0 is what the platform ships. */
    version: z.int().min(0),
    source: z.string().min(1).max(200),
    dimensions: z
      .array(
        z.strictObject({ code: z.enum(dimensionCodes), name: Words(), weight: z.number().positive().max(100) }),
      )
      .length(4),
    indicators: z.array(Indicator()).min(1).max(60),
    /** Best first; the last takes all that is left. */
    grades: z
      .array(z.strictObject({ code: z.string().max(40), name: Words(), atLeast: z.number().min(0).max(100) }))
      .min(1),
    /** Working days in which a city may object after the result was sent to it. */
    objectionDays: z.int().min(1).max(60),
    objectionSource: z.string().min(1).max(200),
  }),
);
export type Scheme = z.infer<ReturnType<typeof Scheme>>;
