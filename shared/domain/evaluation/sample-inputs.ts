/** Frozen inputs of cities, and runs, for tests to change. */
import type { CountedIndicator } from './contribution.ts';
import type { FrozenCity, FrozenCount, FrozenInputs } from './inputs.ts';
import type { CityResult, EvaluationResult, Figure } from './result.ts';
import type { EvaluationRun } from './run.ts';
import { proposedScheme } from './schemes/proposal.ts';

export const scheme = proposedScheme(2021);

export type Counts = Partial<Record<CountedIndicator, readonly [number, number]>>;

export function cityWith(city: string, counts: Counts, given: Partial<FrozenCity> = {}): FrozenCity {
  return {
    city,
    tier: 'key',
    development: 'developing',
    seq: 1,
    counts: Object.entries(counts).map(([indicator, [numerator, denominator]]): FrozenCount => ({
      indicator: indicator as CountedIndicator,
      numerator,
      denominator,
      evidence: [],
      evidenceCount: 0,
    })),
    ...given,
  };
}

export function inputs(frozen: readonly FrozenCity[], given: Partial<FrozenInputs> = {}): FrozenInputs {
  return {
    contract: 1,
    run: '2021.1',
    cycle: 'yearly',
    year: 2021,
    from: '2021-01-01',
    to: '2021-12-31',
    frozenAt: '2022-01-05T01:00:00.000Z',
    scheme,
    cities: frozen,
    ...given,
  };
}

export function only(result: EvaluationResult): CityResult {
  const [city] = result.cities;
  if (!city) throw new Error('No city');
  return city;
}

export function figure(result: EvaluationResult, indicator: string): Figure {
  const found = only(result).figures.find((one) => one.indicator === indicator);
  if (!found) throw new Error(`No ${indicator}`);
  return found;
}

export const askedAt = '2022-01-06T01:00:00.000Z';

/** A run that was sent to the cities. */
export function circulatedRun(given: Partial<EvaluationRun> = {}): EvaluationRun {
  return {
    id: '2021.1',
    cycle: 'yearly',
    year: 2021,
    number: 1,
    from: '2021-01-01',
    to: '2021-12-31',
    state: 'circulated',
    requestedBy: 'system',
    requestedAt: askedAt,
    forms: {},
    objectUntil: '2022-01-12',
    objections: [],
    terms: { reportBy: '2022-01-31', objectionDays: 5, indicators: ['A1'] },
    updatedAt: askedAt,
    seq: 8,
    hash: '',
    ...given,
  };
}
