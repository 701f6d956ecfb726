/**
 * Frozen inputs (冻结数据): everything that a run rests on. The result follows from them alone, today and in ten years.
 */
import { addDays, civilDateOf, type CivilDate } from '../../kernel/civil-date.ts';
import type { Development, Tier } from '../cities/city.ts';
import type { Contribution, CountedIndicator } from './contribution.ts';
import type { EvidenceLine } from './result.ts';
import type { Scheme } from './scheme.ts';

/**
 * How many records of a figure are kept with it; the rest are counted, and stand beside the counters. So few, that freezing
 * a region with ten million homes costs what freezing one with two thousand costs.
 */
export const evidenceKept = 100;

export interface FrozenCount {
  readonly indicator: CountedIndicator;
  readonly numerator: number;
  readonly denominator: number;
  readonly evidence: readonly EvidenceLine[];
  readonly evidenceCount: number;
}

export interface FrozenCity {
  readonly city: string;
  readonly tier: Tier;
  readonly development: Development;
  /** Number of the city record's last audit entry at the freeze. */
  readonly seq: number;
  /** Of the indicators that had anything to count. */
  readonly counts: readonly FrozenCount[];
}

export interface FrozenInputs {
  readonly contract: 1;
  readonly run: string;
  readonly cycle: 'yearly' | 'monthly';
  readonly year: number;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly frozenAt: string;
  readonly scheme: Scheme;
  readonly cities: readonly FrozenCity[];
  readonly corrects?: { readonly run: string; readonly reason: string };
}

export interface Period {
  readonly cycle: 'yearly' | 'monthly';
  readonly year: number;
  /** 1 … 12, of a monthly run. */
  readonly month?: number;
}

/** A month counts from the beginning of its year: what the year has come to by then. */
export function daysOf({ year, month = 12 }: Period): { readonly from: CivilDate; readonly to: CivilDate } {
  const nextMonth = month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`;
  return { from: `${year}-01-01`, to: addDays(nextMonth, -1) };
}

/** The period of the last month, or the last year, that is over. */
export function lastPeriod(cycle: Period['cycle'], now: string): Period {
  const today = civilDateOf(now);
  if (cycle === 'yearly') return { cycle, year: Number(today.slice(0, 4)) - 1 };
  const lastMonth = addDays(`${today.slice(0, 7)}-01`, -1);
  return { cycle, year: Number(lastMonth.slice(0, 4)), month: Number(lastMonth.slice(5, 7)) };
}

/** `2021` or `2021-12`: what the runs of a period have in common. */
export function periodName({ year, month }: Pick<Period, 'year' | 'month'>): string {
  return month === undefined ? String(year) : `${year}-${two(month)}`;
}

/** A record's line behind a figure, as it is frozen. */
export function evidenceOf(record: string, seq: number, contribution: Contribution): EvidenceLine {
  const { part, office, day, numerator, denominator, says } = contribution;
  return { record, seq, part, office, day, numerator, denominator, says };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
