/**
 * The result of an evaluation run (监测评价结果): all that the report, the public view and an objection speak of. It is made
 * from the frozen inputs alone, so that it can be made again to the same bytes.
 */
import type { CivilDate, Instant } from '../../kernel/civil-date.ts';
import type { Text } from '../../kernel/refusal.ts';
import type { Development, Tier } from '../cities/city.ts';
import type { Scheme } from './scheme.ts';

export const figureStates = {
  scored: { zh: '已计分', en: 'scored' },
  'not-applicable': { zh: '不适用', en: 'not applicable' },
  'no-data': { zh: '应有而缺（计0分）', en: 'required but missing (scores 0)' },
  'no-source': { zh: '平台尚无此类记录', en: 'the platform has no such records yet' },
} as const satisfies Record<string, Text>;
export type FigureState = keyof typeof figureStates;

/** A record behind a figure: which, at which number of its chain, and what it adds. */
export interface EvidenceLine {
  /** The record's chain: `obligation:<id>` or `submission:<id>`. */
  readonly record: string;
  /** Number of the audit entry up to which the record was read. */
  readonly seq: number;
  /** Which part of the record: an item of a duty, a clock, a supply mode. */
  readonly part: string;
  /** The reporting office, which may be a sub-reporter of the city. */
  readonly office: string;
  /** The civil day from which it counts. */
  readonly day: CivilDate;
  readonly numerator: number;
  readonly denominator: number;
  /** What it is and what happened, in words. */
  readonly says: Text;
}

export interface Figure {
  /** Code of the indicator: `A1`. */
  readonly indicator: string;
  readonly state: FigureState;
  /** What was counted; null where nothing was. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** In the indicator's unit, two decimals; null where there is none. */
  readonly value: number | null;
  /** Points, two decimals, out of `weight`; null where the figure is left out. */
  readonly score: number | null;
  /** Weight after the weights of what is left out were spread within the dimension, two decimals; null where left out. */
  readonly weight: number | null;
  /** Why it is not scored. */
  readonly reason?: Text;
  /** The records behind it, in a fixed order; the first hundred. */
  readonly evidence: readonly EvidenceLine[];
  /** How many there are. */
  readonly evidenceCount: number;
}

export interface DimensionScore {
  /** `A` … `D`. */
  readonly dimension: string;
  /** Null when nothing in it could be scored. */
  readonly score: number | null;
  /** The dimension's weight in the scheme. */
  readonly of: number;
}

export interface CityResult {
  readonly city: string;
  readonly name: Text;
  readonly tier: Tier;
  readonly development: Development;
  /** In the scheme's order, all of them. */
  readonly figures: readonly Figure[];
  readonly dimensions: readonly DimensionScore[];
  /** Points reached, and points that could be reached in the dimensions that could be scored. */
  readonly points: number | null;
  readonly possible: number | null;
  /** Points over possible, of a hundred (折算百分制), two decimals; null when nothing could be scored. */
  readonly total: number | null;
  /** Code of the grade in the scheme. */
  readonly grade: string | null;
  /** 1 is best; equal totals share a rank and the next is skipped. */
  readonly rank: number | null;
}

/** The whole region: sums of the twelve, not their mean. */
export interface RegionFigure {
  readonly indicator: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  /** How many cities were scored, had no data, or were left out. */
  readonly scored: number;
  readonly noData: number;
  readonly leftOut: number;
}

/** What a run says otherwise than the one that it corrects. */
export interface Difference {
  readonly city: string;
  /** Code of an indicator, or `total`, `grade`, `rank`. */
  readonly of: string;
  readonly before: number | string | null;
  readonly after: number | string | null;
}

export interface EvaluationResult {
  readonly contract: 1;
  /** `2021-12.1`: year, month of a monthly run, number of the run. A yearly run is `2021.1`. */
  readonly run: string;
  readonly cycle: 'yearly' | 'monthly';
  readonly year: number;
  /** The first and the last civil day that count. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly frozenAt: Instant;
  /** SHA-256 of the frozen inputs. */
  readonly inputs: string;
  /** Whole, as it was: a later version changes no past run. */
  readonly scheme: Scheme;
  /** The twelve leagues and cities, by code. */
  readonly cities: readonly CityResult[];
  readonly region: readonly RegionFigure[];
  readonly corrects?: {
    readonly run: string;
    readonly reason: string;
    readonly differences: readonly Difference[];
  };
}
