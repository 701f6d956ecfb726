/** Projects a published result for the public: the figures without the records behind them, small numbers withheld. */
import type { Text } from '../../kernel/refusal.ts';
import type { CityResult, EvaluationResult, FigureState } from '../../domain/evaluation/result.ts';
import type { Indicator } from '../../domain/evaluation/scheme.ts';
import { publishable } from '../../domain/disclosure/small-numbers.ts';
import type { Store } from '../ports.ts';
import { readResult } from './read-result.ts';
import type { EvaluationFiles } from './ports.ts';

export interface PublicFigure {
  readonly indicator: string;
  readonly state: FigureState;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** So few persons that the figure would point at them. */
  readonly suppressed: boolean;
}

export interface PublicEvaluation {
  readonly year: number;
  readonly run: string;
  readonly from: string;
  readonly to: string;
  readonly publishedAt: string;
  readonly approval: string;
  /** Hashes by which anyone can tell that a report is the one that was approved. */
  readonly inputs: string;
  readonly report: string;
  readonly corrects: string | null;
  readonly scheme: {
    readonly version: number;
    readonly source: string;
    readonly grades: EvaluationResult['scheme']['grades'];
    readonly dimensions: EvaluationResult['scheme']['dimensions'];
    readonly indicators: readonly Pick<
      Indicator,
      'code' | 'name' | 'formula' | 'unit' | 'better' | 'floor' | 'goal' | 'weight' | 'clauses' | 'source'
    >[];
  };
  readonly cities: readonly (Pick<
    CityResult,
    'city' | 'name' | 'tier' | 'development' | 'points' | 'possible' | 'total' | 'grade' | 'rank'
  > & { readonly figures: readonly PublicFigure[] })[];
  readonly region: readonly (PublicFigure & { readonly name: Text })[];
}

export interface PublicEvaluations {
  /** Puts the year's evaluation unless that of a later run stands there. */
  putEvaluation(evaluation: PublicEvaluation, number: number): Promise<void>;
}

export async function publishRun(
  deps: {
    readonly store: Store;
    readonly files: Pick<EvaluationFiles, 'get'>;
    readonly publicEvaluations: PublicEvaluations;
  },
  id: string,
): Promise<void> {
  const run = await deps.store.evaluation(id);
  // Superseded since: the correction has an event of its own.
  if (run?.state !== 'published') return;
  const result = await readResult(deps.files, run);
  await deps.publicEvaluations.putEvaluation(
    publicView(result, {
      publishedAt: run.updatedAt,
      approval: run.approval?.documentNumber ?? '',
      report: run.forms.pdf?.sha256 ?? '',
    }),
    run.number,
  );
}

export function publicView(
  result: EvaluationResult,
  about: { readonly publishedAt: string; readonly approval: string; readonly report: string },
): PublicEvaluation {
  const { year, run, from, to, inputs, scheme, corrects } = result;
  const open = publicFigures(result);
  return {
    year,
    run,
    from,
    to,
    ...about,
    inputs,
    corrects: corrects?.run ?? null,
    scheme: {
      version: scheme.version,
      source: scheme.source,
      grades: scheme.grades,
      dimensions: scheme.dimensions,
      indicators: scheme.indicators.map(
        ({ code, name, formula, unit, better, floor, goal, weight, clauses, source }) => ({
          code,
          name,
          formula,
          unit,
          better,
          floor,
          goal,
          weight,
          clauses,
          source,
        }),
      ),
    },
    cities: result.cities.map(({ city, name, tier, development, points, possible, total, grade, rank }) => ({
      city,
      name,
      tier,
      development,
      points,
      possible,
      total,
      grade,
      rank,
      figures: open.get(city) ?? [],
    })),
    region: result.region.map(({ indicator, value, numerator, denominator }) => ({
      indicator,
      name: scheme.indicators.find(({ code }) => code === indicator)?.name ?? {
        zh: indicator,
        en: indicator,
      },
      state: value === null ? 'not-applicable' : 'scored',
      value,
      numerator,
      denominator,
      suppressed: false,
    })),
  };
}

/** Of indicators that count persons, what points at few of them is withheld, in the rows as against the region's sum. */
function publicFigures({ cities, scheme }: EvaluationResult): ReadonlyMap<string, readonly PublicFigure[]> {
  const byCity = new Map<string, PublicFigure[]>(cities.map(({ city }) => [city, []]));
  for (const { code, about } of scheme.indicators) {
    const rows = cities.flatMap(({ city, figures }) =>
      figures
        .filter(({ indicator }) => indicator === code)
        .map(({ state, value, numerator, denominator }) => ({
          city,
          state,
          value,
          numerator,
          denominator,
          about,
        })),
    );
    for (const { city, state, value, numerator, denominator, suppressed } of publishable(rows, true)) {
      byCity.get(city)?.push({
        indicator: code,
        state,
        value: suppressed ? null : value,
        numerator,
        denominator,
        suppressed,
      });
    }
  }
  return byCity;
}
