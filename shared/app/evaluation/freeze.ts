/** Freezes what a run rests on: the counters of the twelve with the records behind them, and the scheme as it is now. */
import { cities } from '../../domain/cities/divisions.ts';
import { countedIndicators, type CountedIndicator } from '../../domain/evaluation/contribution.ts';
import {
  evidenceKept,
  evidenceOf,
  type FrozenCity,
  type FrozenCount,
  type FrozenInputs,
} from '../../domain/evaluation/inputs.ts';
import type { EvaluationRun } from '../../domain/evaluation/run.ts';
import type { Scheme } from '../../domain/evaluation/scheme.ts';
import type { Store } from '../ports.ts';
import type { Counters, Sum } from './ports.ts';

export interface FreezeDeps {
  readonly store: Store;
  readonly counters: Counters;
}

export async function freeze(
  deps: FreezeDeps,
  run: EvaluationRun,
  scheme: Scheme,
  now: string,
): Promise<FrozenInputs> {
  const { id, cycle, year, from, to, corrects } = run;
  const frozen: FrozenCity[] = [];
  for (const { code } of cities) {
    const { tier, development, seq } = await deps.store.city(code);
    frozen.push({ city: code, tier, development, seq, counts: await countsOf(deps.counters, code, run) });
  }
  return {
    contract: 1,
    run: id,
    cycle,
    year,
    from,
    to,
    frozenAt: now,
    scheme,
    cities: frozen,
    ...(corrects ? { corrects } : {}),
  };
}

const attempts = 5;

/**
 * Sums and lines are two reads: a record that is counted between them is waited for.
 * @throws Error when the sums never are those of their lines: the counters are to be checked (`npm run counters:check`)
 */
async function countsOf(
  counters: Counters,
  city: string,
  { year, to }: EvaluationRun,
): Promise<readonly FrozenCount[]> {
  for (let attempt = 1; ; attempt += 1) {
    const sums = (await counters.sums(city, year)).filter(({ day, records }) => day <= to && records > 0);
    const counts: FrozenCount[] = [];
    for (const indicator of countedIndicators) {
      const of = sums.filter((sum) => sum.indicator === indicator);
      if (of.length > 0) counts.push(await countOf(counters, city, year, to, indicator, of));
    }
    const disagreeing = counts.filter((count) => !agrees(count));
    if (disagreeing.length === 0) return counts;
    if (attempt === attempts)
      throw new Error(
        `The counters of ${city} in ${year} disagree with their records: ${disagreeing.map(({ indicator }) => indicator).join(', ')}`,
      );
  }
}

async function countOf(
  counters: Counters,
  city: string,
  year: number,
  to: string,
  indicator: CountedIndicator,
  sums: readonly Sum[],
): Promise<FrozenCount> {
  const total = (what: 'numerator' | 'denominator' | 'records'): number =>
    sums.reduce((sum, one) => sum + one[what], 0);
  const lines = await counters.evidence(city, year, indicator, evidenceKept);
  const evidence = lines
    .filter(({ contribution }) => contribution.day <= to)
    .map(({ record, seq, contribution }) => evidenceOf(record, seq, contribution));
  return {
    indicator,
    numerator: total('numerator'),
    denominator: total('denominator'),
    evidence,
    evidenceCount: total('records'),
  };
}

/** Only where all lines are kept can they be added up. */
function agrees({ numerator, denominator, evidence, evidenceCount }: FrozenCount): boolean {
  if (evidenceCount > evidenceKept) return true;
  const added = (what: 'numerator' | 'denominator'): number =>
    evidence.reduce((sum, line) => sum + line[what], 0);
  return (
    evidence.length === evidenceCount &&
    added('numerator') === numerator &&
    added('denominator') === denominator
  );
}
