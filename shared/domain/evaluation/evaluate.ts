/**
 * Evaluates frozen inputs by their scheme. Score = weight × how far the value lies from the floor to the goal. What does
 * not apply, or has no source yet, is left out and its weight spread within the dimension; what is required and missing
 * scores 0. Everything is exact until it is printed.
 */
import { hashOf } from '../../kernel/hash.ts';
import type { Text } from '../../kernel/refusal.ts';
import {
  compare,
  dividedBy,
  fraction,
  fromDecimal,
  minus,
  one,
  plus,
  rounded,
  times,
  zero,
  type Fraction,
} from '../../kernel/fraction.ts';
import { officeOf } from '../identity/offices.ts';
import { divisionOf } from '../cities/divisions.ts';
import { countedIndicators, type CountedIndicator } from './contribution.ts';
import { differencesBetween } from './difference.ts';
import type { FrozenCity, FrozenCount, FrozenInputs } from './inputs.ts';
import type { CityResult, DimensionScore, EvaluationResult, Figure, RegionFigure } from './result.ts';
import { indicatorsOf, type Indicator, type Scheme } from './scheme.ts';

/** @param before the result that this run corrects, if it corrects one */
export function evaluate(inputs: FrozenInputs, before?: EvaluationResult): EvaluationResult {
  const { contract, run, cycle, year, from, to, frozenAt, scheme, corrects } = inputs;
  const cities = ranked(inputs.cities.map((city) => cityResult(city, scheme)));
  const result: EvaluationResult = {
    contract,
    run,
    cycle,
    year,
    from,
    to,
    frozenAt,
    inputs: hashOf(inputs),
    scheme,
    cities,
    region: scheme.indicators.map((indicator) => regionFigure(indicator, inputs, cities)),
  };
  if (!corrects) return result;
  return {
    ...result,
    corrects: { ...corrects, differences: before ? differencesBetween(before, result) : [] },
  };
}

interface Judged {
  readonly indicator: Indicator;
  readonly figure: Omit<Figure, 'score' | 'weight'>;
  /** From the floor to the goal, 0 to 1; absent when the figure is left out. */
  readonly reached?: Fraction;
}

function cityResult(city: FrozenCity, scheme: Scheme): Omit<CityResult, 'rank'> {
  const judged = scheme.indicators.map((indicator) => judge(indicator, city));
  const figures = new Map<string, Figure>();
  const dimensions: DimensionScore[] = [];
  let points = zero;
  let possible = zero;
  for (const { code, weight } of scheme.dimensions) {
    const within = judged.filter(({ indicator }) => indicator.code.startsWith(code));
    const applicable = within.filter(({ reached }) => reached);
    const sum = applicable.reduce((all, { indicator }) => plus(all, fromDecimal(indicator.weight)), zero);
    let score = zero;
    for (const { indicator, figure, reached } of within) {
      // The weight of what is left out goes to its neighbours, in proportion to theirs.
      const spread = reached && dividedBy(times(fromDecimal(indicator.weight), fromDecimal(weight)), sum);
      const reachedPoints = reached && spread && times(spread, reached);
      if (reachedPoints) score = plus(score, reachedPoints);
      figures.set(indicator.code, {
        ...figure,
        score: reachedPoints ? rounded(reachedPoints, 2) : null,
        weight: spread ? rounded(spread, 2) : null,
      });
    }
    const scored = applicable.length > 0;
    if (scored) {
      points = plus(points, score);
      possible = plus(possible, fromDecimal(weight));
    }
    dimensions.push({ dimension: code, score: scored ? rounded(score, 2) : null, of: weight });
  }
  const evaluated = compare(possible, zero) > 0;
  const total = evaluated ? rounded(times(dividedBy(points, possible), fraction(100)), 2) : null;
  return {
    city: city.city,
    name: nameOf(city.city),
    tier: city.tier,
    development: city.development,
    figures: scheme.indicators.flatMap(({ code }) => figures.get(code) ?? []),
    dimensions,
    points: evaluated ? rounded(points, 2) : null,
    possible: evaluated ? rounded(possible, 2) : null,
    total,
    grade: total === null ? null : (scheme.grades.find(({ atLeast }) => total >= atLeast)?.code ?? null),
  };
}

function judge(indicator: Indicator, city: FrozenCity): Judged {
  const nothing = { indicator: indicator.code, numerator: null, denominator: null, value: null } as const;
  const without = (state: Figure['state'], reason: Text): Judged => ({
    indicator,
    figure: { ...nothing, state, reason, evidence: [], evidenceCount: 0 },
    ...(state === 'no-data' ? { reached: zero } : {}),
  });
  if (!isCounted(indicator.code))
    return without('no-source', {
      zh: `平台尚无${indicator.records.zh}`,
      en: `The platform keeps no such records yet: ${indicator.records.en}`,
    });
  if (city.development === 'not-developing') return without('not-applicable', notDeveloping);
  const count = city.counts.find((one) => one.indicator === indicator.code);
  if (!count || count.denominator === 0)
    return without(...whenNothingCounted(indicator.code, city.development === 'developing'));
  const value = valueOf(indicator, count);
  return {
    indicator,
    figure: {
      indicator: indicator.code,
      state: 'scored',
      numerator: count.numerator,
      denominator: count.denominator,
      value: rounded(value, 2),
      evidence: count.evidence,
      evidenceCount: count.evidenceCount,
    },
    reached: reach(indicator, value),
  };
}

/** S-03: 没有需求的城市不要盲目发展. Such a city is not measured by what it rightly leaves undone. */
const notDeveloping: Text = {
  zh: '已申报不发展保障性租赁住房（S-03），不适用',
  en: 'The city has declared that it does not develop affordable rental housing (S-03)',
};

const nothingCounted: Readonly<Record<CountedIndicator, Text>> = {
  A1: { zh: '期内无到期报送事项', en: 'Nothing was due in the period' },
  A2: { zh: '期内无已通过的申报件', en: 'Nothing was approved in the period' },
  B1: { zh: '未见已公布的政策措施', en: 'No policy measures were published' },
  B2: { zh: '期内无部门审查', en: 'No reviews in the period' },
  B3: { zh: '期内无办结的部门审查', en: 'No reviews were decided in the period' },
  B7: { zh: '未见已公布的政策措施', en: 'No policy measures were published' },
  C1: { zh: '期内无认定项目', en: 'No project was recognised in the period' },
};

/** Of every developing city measures are required (S-11, S-12); of the other indicators nothing counted means nothing due. */
function whenNothingCounted(code: CountedIndicator, developing: boolean): [Figure['state'], Text] {
  const required = developing && (code === 'B1' || code === 'B7');
  return [required ? 'no-data' : 'not-applicable', nothingCounted[code]];
}

function valueOf({ unit }: Pick<Indicator, 'unit'>, { numerator, denominator }: FrozenCount): Fraction {
  const ratio = fraction(numerator, denominator);
  switch (unit) {
    case 'percent':
      return times(ratio, fraction(100));
    case 'per-thousand':
      return times(ratio, fraction(1000));
    case 'ratio':
    case 'yes-no':
    case 'working-days':
      return ratio;
  }
}

/** The goal lies below the floor where less is better: the same formula serves. */
function reach({ floor, goal }: Indicator, value: Fraction): Fraction {
  const way = minus(fromDecimal(goal), fromDecimal(floor));
  const reached = dividedBy(minus(value, fromDecimal(floor)), way);
  if (compare(reached, zero) < 0) return zero;
  return compare(reached, one) > 0 ? one : reached;
}

/** Equal totals share a rank, as they are printed; cities without a total have none. */
function ranked(cities: readonly Omit<CityResult, 'rank'>[]): readonly CityResult[] {
  return cities.map((city) => ({
    ...city,
    rank:
      city.total === null
        ? null
        : 1 +
          cities.filter(({ total }) => total !== null && city.total !== null && total > city.total).length,
  }));
}

function regionFigure(
  indicator: Indicator,
  inputs: FrozenInputs,
  cities: readonly CityResult[],
): RegionFigure {
  const of = cities.flatMap(({ figures }) => figures.filter((figure) => figure.indicator === indicator.code));
  const scored = of.filter(({ state }) => state === 'scored');
  const numerator = scored.reduce((sum, figure) => sum + (figure.numerator ?? 0), 0);
  const denominator = scored.reduce((sum, figure) => sum + (figure.denominator ?? 0), 0);
  const sums = { indicator: indicator.code as CountedIndicator, numerator, denominator };
  const value =
    denominator > 0 ? rounded(valueOf(indicator, { ...sums, evidence: [], evidenceCount: 0 }), 2) : null;
  const noData = of.filter(({ state }) => state === 'no-data').length;
  return {
    indicator: indicator.code,
    numerator: scored.length > 0 ? numerator : null,
    denominator: scored.length > 0 ? denominator : null,
    value,
    scored: scored.length,
    noData,
    leftOut: inputs.cities.length - scored.length - noData,
  };
}

function isCounted(code: string): code is CountedIndicator {
  return (countedIndicators as readonly string[]).includes(code);
}

/** The league or city itself, not its government: it is the place that is evaluated. */
function nameOf(city: string): Text {
  const division = divisionOf(city);
  return { zh: division?.name ?? city, en: division?.nameEn ?? officeOf(city)?.en ?? city };
}

/** Indicators of a dimension that cannot be scored for anyone yet: shown, so that nobody takes a part for the whole. */
export function weightWithSource(scheme: Scheme): number {
  const counted = scheme.dimensions.flatMap(({ code }) =>
    indicatorsOf(scheme, code).filter((indicator) => isCounted(indicator.code)),
  );
  return rounded(
    counted.reduce((sum, { weight }) => plus(sum, fromDecimal(weight)), zero),
    2,
  );
}
