/**
 * The methodology (评价指标体系) as data: every indicator with its floor, goal, weight, source and clause. A scheme has a
 * year and a version; what the platform ships is a proposal, and the region loads its own in place of it.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import type { Reason } from '../../kernel/refusal.ts';

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
        z.strictObject({
          code: z.enum(dimensionCodes),
          name: Words(),
          weight: z.number().positive().max(100),
        }),
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
    /** Month and day of the year after by which the region reports to the ministries: `01-31`. */
    reportBy: z.string().regex(/^\d\d-\d\d$/),
    reportSource: z.string().min(1).max(200),
  }),
);
export type Scheme = z.infer<ReturnType<typeof Scheme>>;

/** A scheme as it was loaded, with its chain. */
export const SchemeRecord = once(() => Scheme().extend({ seq: z.int(), hash: z.string() }));
export type SchemeRecord = z.infer<ReturnType<typeof SchemeRecord>>;

/** What would make a scheme unusable: weights that do not add up, codes twice, an indicator whose floor is its goal. */
export function defectsOf(scheme: Scheme): readonly Reason[] {
  const defects: Reason[] = [];
  const defect = (code: string, pointer: string, zh: string, en: string): number =>
    defects.push({ code, pointer, text: { zh, en } });
  const total = scheme.dimensions.reduce((sum, { weight }) => sum + weight, 0);
  if (Math.abs(total - 100) > tolerance)
    defect(
      'weights',
      '/dimensions',
      `各维度权重之和须为100，现为${total}`,
      `The weights must add up to 100, not ${total}`,
    );
  for (const [index, { code, weight }] of scheme.dimensions.entries()) {
    if (scheme.dimensions.findIndex((one) => one.code === code) !== index)
      defect('twice', `/dimensions/${index}/code`, `维度${code}重复`, `Dimension ${code} stands there twice`);
    const within = indicatorsOf(scheme, code).reduce((sum, indicator) => sum + indicator.weight, 0);
    if (Math.abs(within - weight) > tolerance)
      defect(
        'weights',
        `/dimensions/${index}/weight`,
        `维度${code}的权重为${weight}，其指标权重之和为${within}`,
        `Dimension ${code} weighs ${weight}, its indicators together ${within}`,
      );
  }
  for (const [index, { code, floor, goal, better }] of scheme.indicators.entries()) {
    if (scheme.indicators.findIndex((one) => one.code === code) !== index)
      defect('twice', `/indicators/${index}/code`, `指标${code}重复`, `Indicator ${code} stands there twice`);
    if (better === 'more' ? goal <= floor : goal >= floor)
      defect(
        'direction',
        `/indicators/${index}/goal`,
        `指标${code}的满分值须${better === 'more' ? '高于' : '低于'}起分值`,
        `The goal of ${code} must lie ${better === 'more' ? 'above' : 'below'} its floor`,
      );
  }
  for (const [index, { atLeast }] of scheme.grades.entries()) {
    const before = scheme.grades[index - 1];
    if (before && before.atLeast <= atLeast)
      defect('order', `/grades/${index}/atLeast`, '等次须由高到低', 'Grades go from the best to the last');
  }
  if (scheme.grades.at(-1)?.atLeast !== 0)
    defect('order', '/grades', '最后一等须自0分起', 'The last grade begins at 0');
  return defects;
}

export function indicatorsOf(scheme: Scheme, dimension: string): readonly Indicator[] {
  return scheme.indicators.filter(({ code }) => code.startsWith(dimension));
}

/** Weights are written with decimals, whose sum may be off by a hair. */
const tolerance = 1e-9;
