/** Periods of filings: a year, or the five years of a state plan (十四五 is 2021-2025). */
import type { PeriodForm } from './kind.ts';

/** Whether a period is written as its kind wants it: "2021", or "2021-2025" beginning in a year ending in 1 or 6. */
export function periodFits(form: PeriodForm, period: string): boolean {
  if (form === 'new-project' || form === 'project') return /^[\w-]{1,60}$/.test(period);
  if (form === 'year') return /^20\d\d$/.test(period);
  const match = /^(20\d[16])-(20\d\d)$/.exec(period);
  return match !== null && Number(match[2]) === Number(match[1]) + 4;
}

/** The years of a period, in order: "2021-2025" → five, "2021" → one. */
export function yearsOf(period: string): readonly string[] {
  const [first = '', last = first] = period.split('-');
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) =>
    String(Number(first) + index),
  );
}

/** The five-year period in which a year lies: "2021" and "2025" → "2021-2025". */
export function fiveYearPeriodOf(year: string): string {
  const first = Number(year) - ((Number(year) - 1) % 5);
  return `${first}-${first + 4}`;
}
