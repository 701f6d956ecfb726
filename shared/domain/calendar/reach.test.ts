import { expect, test } from 'vitest';
import { reachOf } from './reach.ts';
import { builtInCalendar, type WorkingCalendar } from './working-days.ts';

const built = builtInCalendar();
const without = (gone: number): WorkingCalendar => ({
  ...built,
  years: new Map([...built.years].filter(([year]) => year !== gone)),
});

test.each([
  ['2026-01-01', built, { days: 364, missing: 2027 }],
  ['2026-11-02', built, { days: 59, missing: 2027 }],
  ['2026-12-31', built, { days: 0, missing: 2027 }],
  // A gap ends it: what lies behind helps nobody to count through.
  ['2024-12-31', without(2025), { days: 0, missing: 2025 }],
  ['2025-01-02', without(2025), { days: -2, missing: 2025 }],
])('on %s it reaches as far as no year is missing', (today, calendar, reach) => {
  expect(reachOf(today, calendar)).toEqual(reach);
});
