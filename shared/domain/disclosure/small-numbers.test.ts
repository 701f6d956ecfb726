import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewestPersons, publishable, type Count } from './small-numbers.ts';

const persons = (numerator: number | null, denominator: number | null): Count => ({
  numerator,
  denominator,
  about: 'persons',
});
const kept = (rows: readonly Count[], summed = false): boolean[] =>
  publishable(rows, summed).map(({ suppressed }) => !suppressed);

describe('counts of persons', () => {
  test('below five are withheld, above and below the line, and so is their difference', () => {
    expect(kept([persons(4, 40), persons(10, 12), persons(3, 3), persons(20, 40)])).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('of exactly five are published, on either side', () => {
    expect(kept([persons(5, 10), persons(5, 9), persons(5, 5)])).toEqual([true, false, true]);
  });

  test('are as they were where they are published, with a word that they are', () => {
    expect(publishable([persons(20, 40)], false)).toEqual([{ ...persons(20, 40), suppressed: false }]);
  });

  test('take no row with them that has nobody in it or was not counted, though it be smaller', () => {
    const rows = [persons(2, 20), persons(0, 0), persons(null, null), persons(30, 60)];
    expect(kept(rows, true)).toEqual([false, true, true, false]);
    expect(kept([persons(2, 20), persons(0, 0), persons(null, null)], true)).toEqual([false, true, true]);
  });

  test('take the smallest of the others, wherever it stands', () => {
    expect(kept([persons(30, 60), persons(2, 20), persons(20, 40), persons(50, 90)], true)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('of nobody, and what was not counted, are published as they are', () => {
    expect(kept([persons(0, 40), persons(40, 40), persons(null, null)])).toEqual([true, true, true]);
  });

  test('of records are never withheld', () => {
    expect(kept([{ numerator: 1, denominator: 3, about: 'records' }])).toEqual([true]);
  });

  test('withheld alone beside a sum take the smallest other with them', () => {
    expect(kept([persons(2, 20), persons(30, 60), persons(20, 40)], true)).toEqual([false, true, false]);
    expect(kept([persons(2, 20), persons(30, 60)], false)).toEqual([false, true]);
  });

  test('leave no single row to be computed from the sum', () => {
    const row = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => persons(Math.min(a, b), Math.max(a, b)));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 14 }), (rows) => {
        const open = publishable(rows, true);
        const withheld = rows.filter((_, index) => open[index]?.suppressed);
        for (const [index, { numerator, denominator, suppressed }] of open.entries()) {
          if (suppressed) expect([numerator, denominator]).toEqual([null, null]);
          else {
            const { numerator: n, denominator: d } = rows[index] ?? {};
            const shown = [n ?? 0, d ?? 0, (d ?? 0) - (n ?? 0)];
            expect(shown.every((count) => count === 0 || count >= fewestPersons)).toBe(true);
          }
        }
        // One alone could be had by subtraction, unless there is no other row with anybody in it.
        if (withheld.length === 1)
          expect(rows.filter(({ denominator }) => (denominator ?? 0) > 0)).toHaveLength(1);
      }),
    );
  });
});
