import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNumbers, canonicalNumber, compareNumbers, numberSize, orderedNumber } from './decimal.ts';

describe('numbers', () => {
  it.each([
    ['1.0', '1'],
    ['-0', '0'],
    ['+007.50', '7.5'],
    ['1e3', '1000'],
    ['1.5E-3', '0.0015'],
    ['.5', '0.5'],
    ['9.9999999999999999999999999999999999999E+125', `${'9'.repeat(38)}${'0'.repeat(88)}`],
    ['1E-130', `0.${'0'.repeat(129)}1`],
  ])('writes %s as %s', (given, kept) => {
    expect(canonicalNumber(given)).toBe(kept);
  });

  it.each([
    ['x', 'cannot be converted to a numeric value: x'],
    ['', 'cannot be converted'],
    ['1'.repeat(39), 'more than 38 significant digits'],
    ['1E+126', 'Number overflow'],
    ['1E-131', 'Number underflow'],
  ])('refuses %s', (given, reason) => {
    expect(() => canonicalNumber(given)).toThrow(reason);
  });

  it('adds and subtracts exactly', () => {
    expect(addNumbers('0.1', '0.2')).toBe('0.3');
    expect(addNumbers('99999999999999999999', '1')).toBe('100000000000000000000');
    expect(addNumbers('1', '1.5', -1)).toBe('-0.5');
    expect(addNumbers('0.5', '0.5', -1)).toBe('0');
    expect(() => addNumbers('1E+37', '0.01')).toThrow('38 significant digits');
  });

  it('counts a size by digits and sign', () => {
    expect(['0', '1', '100', '-12345'].map(numberSize)).toEqual([1, 2, 2, 5]);
  });

  const number = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -30, max: 30 }))
    .map(([digits, exponent]) => canonicalNumber(`${digits}e${exponent}`));

  it('are ordered as their ordered texts are, and as subtraction says', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [first, second] = [orderedNumber(a), orderedNumber(b)];
        const order = first < second ? -1 : first > second ? 1 : 0;
        expect(Math.sign(compareNumbers(a, b))).toBe(order);
        const exact = exactOrder(a, b);
        expect(order).toBe(exact);
      }),
      { numRuns: 500 },
    );
  });
});

/** Compares by scaling both to whole numbers. */
function exactOrder(a: string, b: string): number {
  const places = 60;
  const scaled = (text: string) => {
    const [whole = '', fraction = ''] = text.replace('-', '').split('.');
    return BigInt(whole + fraction.padEnd(places, '0')) * (text.startsWith('-') ? -1n : 1n);
  };
  const difference = scaled(a) - scaled(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
