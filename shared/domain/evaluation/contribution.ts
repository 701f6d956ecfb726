/**
 * Contributions (计数来源): what one record adds to the figures of a city and year. They follow from the record alone, so that
 * counters can be kept as events arrive, made anew at any time, and compared.
 */
import { once } from '../../kernel/once.ts';
import * as z from 'zod';
import { officeOf } from '../identity/offices.ts';

/** The indicators that are computed from real records today. The others have no source yet. */
export const countedIndicators = ['A1', 'A2', 'B1', 'B2', 'B3', 'B7', 'C1'] as const;
export type CountedIndicator = (typeof countedIndicators)[number];

/** Figures of the overview by city and plan year, kept beside the indicators; the numerator is the figure. */
export const overviewFigures = [
  'project-applied',
  'project-applied-homes',
  'project-recognised',
  'project-recognised-homes',
] as const;
export type OverviewFigure = (typeof overviewFigures)[number];
export type CountedFigure = CountedIndicator | OverviewFigure;

export const Contribution = once(() =>
  z.object({
    indicator: z.enum([...countedIndicators, ...overviewFigures]),
    /** The year that it is counted in. */
    year: z.int(),
    /** One of the twelve: a sub-reporter counts for the city that it rolls up to, and nowhere else. */
    city: z.string(),
    office: z.string(),
    /** Which part of the record. */
    part: z.string(),
    /** The civil day from which it counts. */
    day: z.string(),
    numerator: z.int().min(0),
    denominator: z.int().min(0),
    says: z.object({ zh: z.string(), en: z.string() }),
  }),
);
export type Contribution = z.infer<ReturnType<typeof Contribution>>;

/** All that a record adds, as of one number of its chain. */
export const Counted = once(() =>
  z.object({ record: z.string(), seq: z.int(), contributions: z.array(Contribution()) }),
);
export type Counted = z.infer<ReturnType<typeof Counted>>;

/** The city whose figures an office's records enter. */
export function countedFor(office: string): string {
  return officeOf(office)?.rollsUpTo ?? office;
}

export function placeOf({ indicator, year, city, part }: Contribution): string {
  return `${city} ${year} ${indicator} ${part}`;
}
