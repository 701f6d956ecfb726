import { describe, expect, test } from 'vitest';
import { fiveYearPeriodOf, periodFits, yearsOf } from './periods.ts';

describe('a period', () => {
  test.each([
    ['2021', true],
    ['2099', true],
    ['1999', false],
    ['12021', false],
    ['20211', false],
    ['2021-2025', false],
    ['', false],
  ])('of a year: %j %s', (period, fits) => {
    expect(periodFits('year', period)).toBe(fits);
  });

  test.each([
    // The plans of the state begin in years that end in 1 or 6.
    ['2021-2025', true],
    ['2026-2030', true],
    ['2022-2026', false],
    ['2021-2024', false],
    ['2021-2026', false],
    ['12021-2025', false],
    ['2021-20255', false],
    ['2021', false],
  ])('of five years: %j %s', (period, fits) => {
    expect(periodFits('five-years', period)).toBe(fits);
  });

  test('has its years in order', () => {
    expect(yearsOf('2021-2025')).toEqual(['2021', '2022', '2023', '2024', '2025']);
    expect(yearsOf('2021')).toEqual(['2021']);
  });

  test('of five years holds each of its years, and every year has one', () => {
    for (let year = 2016; year <= 2060; year += 1) {
      const period = fiveYearPeriodOf(String(year));
      expect(periodFits('five-years', period)).toBe(true);
      expect(yearsOf(period)).toContain(String(year));
    }
  });
});

test.each([
  ['017c4df9-5a23-733e-81db-2d00f053b118', true],
  ['filing', true],
  ['a'.repeat(60), true],
  ['a'.repeat(61), false],
  ['', false],
  ['../a', false],
  ['a b', false],
])('the place of a project is its identifier: %s', (period, fits) => {
  for (const form of ['project', 'new-project'] as const) expect(periodFits(form, period)).toBe(fits);
});
