/**
 * The register of cities (城市名录): tier, whether the city develops such housing, and the figures of its plans in force.
 * Nothing enters it but through a decision (S-02, S-03, S-04, S-07).
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';

/** `bottom-line` 底线城市 (also key), `key` 重点城市, `determined` 省级人民政府确定的城市, `none`. S-04, S-07 */
export const tiers = ['bottom-line', 'key', 'determined', 'none'] as const;
export type Tier = (typeof tiers)[number];

export const developmentStates = ['undeclared', 'developing', 'not-developing'] as const;
export type Development = (typeof developmentStates)[number];

/** A figure of a plan in force and the submission that it comes from. */
const homesOf = once(() => z.object({ homes: z.int().min(0), submission: z.string() }));

export const CityFigures = once(() =>
  z.object({
    /** Homes that new residents and young people lack, from the survey in force (S-08), by survey year. */
    demand: z.record(z.string(), homesOf()),
    /** Homes of the five-year target, by period ("2021-2025"), with the homes of each year. */
    target: z.record(z.string(), homesOf().extend({ years: z.record(z.string(), z.int().min(0)) })),
    /** Homes of the annual plan, by year. */
    annual: z.record(z.string(), homesOf()),
  }),
);
export type CityFigures = z.infer<ReturnType<typeof CityFigures>>;

export const City = once(() =>
  z.object({
    code: z.string(),
    tier: z.enum(tiers),
    development: z.enum(developmentStates),
    figures: CityFigures(),
    /** The documents of S-07 that have passed, kind → submission; three of them make a determined city. */
    passed: z.record(z.string(), z.string()),
    /** Number of the last audit entry of this record; 0 before the first. */
    seq: z.int(),
    hash: z.string(),
  }),
);
export type City = z.infer<ReturnType<typeof City>>;

/** S-04: 呼和浩特、包头 (底线) and 赤峰 are the key cities. */
const namedByTheNotice: Readonly<Record<string, Tier>> = {
  '150100': 'bottom-line',
  '150200': 'bottom-line',
  '150400': 'key',
};

/** The record of a city before anything was decided about it. */
export function cityAtFirst(code: string): City {
  return {
    code,
    tier: namedByTheNotice[code] ?? 'none',
    development: code in namedByTheNotice ? 'developing' : 'undeclared',
    figures: { demand: {}, target: {}, annual: {} },
    passed: {},
    seq: 0,
    hash: '',
  };
}

/** Key and bottom-line cities decide and publish themselves (S-06). */
export function decidesItself(city: City): boolean {
  return city.tier === 'bottom-line' || city.tier === 'key';
}
