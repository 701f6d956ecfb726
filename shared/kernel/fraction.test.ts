import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compare,
  compareToPercent,
  dividedBy,
  fraction,
  fromDecimal,
  minus,
  plus,
  rounded,
  times,
} from './fraction.ts';

const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
const above = fc.integer({ min: 1, max: 1_000_000 });
const any = fc.tuple(whole, above).map(([over, under]) => fraction(over, under));

describe('exact fractions', () => {
  test('are kept in lowest terms, with the sign above', () => {
    expect(fraction(6, -4)).toEqual({ over: -3n, under: 2n });
    expect(fraction(0, 7)).toEqual({ over: 0n, under: 1n });
    expect(() => fraction(1, 0)).toThrow(RangeError);
  });

  test('obey the laws of arithmetic', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(plus(a, b)).toEqual(plus(b, a));
        expect(times(a, plus(b, c))).toEqual(plus(times(a, b), times(a, c)));
        expect(plus(minus(a, b), b)).toEqual(a);
        if (b.over !== 0n) expect(times(dividedBy(a, b), b)).toEqual(a);
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
      }),
    );
  });

  test('are compared by what they are worth, however they are written', () => {
    expect(compare(fraction(1, 3), fraction(1, 2))).toBe(-1);
    expect(compare(fraction(1, 2), fraction(1, 3))).toBe(1);
    expect(compare(fraction(-1, 2), fraction(-1, 3))).toBe(-1);
    expect(compare(fraction(2, 4), fraction(50, 100))).toBe(0);
  });

  test('read decimals as they are written', () => {
    expect(fromDecimal(0.1)).toEqual({ over: 1n, under: 10n });
    expect(fromDecimal(12.345678)).toEqual({ over: 6_172_839n, under: 500_000n });
  });

  test.each([
    [1, 8, 2, 0.13],
    [1, 3, 2, 0.33],
    [2, 3, 2, 0.67],
    [-1, 8, 2, -0.13],
    [2345, 1000, 2, 2.35],
    // 1.005 is less than that as a binary number, and exactly that here.
    [1005, 1000, 2, 1.01],
    [5, 1, 0, 5],
    [-1, 1000, 2, 0],
  ])('round %d/%d to %d places: %d', (over, under, places, expected) => {
    expect(rounded(fraction(over, under), places)).toBe(expected);
  });
});

describe('a part of a whole', () => {
  test.each([
    [57, 100, 57, 0],
    [56, 100, 57, -1],
    [9.63, 10.7, 90, 0],
    [9.64, 10.7, 90, 1],
    [0, 0, 80, 0],
  ])('%d of %d against %d %% is %i', (part, whole, percent, sign) => {
    expect(compareToPercent(part, whole, percent)).toBe(sign);
  });
});
