import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber, fullNumber, numberInPath, parseNumber, shortNumber } from './number.ts';

const anyNumber = fc.record({
  county: fc.integer({ min: 150102, max: 152999 }).map(String),
  year: fc.integer({ min: 2021, max: 2100 }),
  sequence: fc.integer({ min: 1, max: 20_000 }),
});

test('the number of the notice’s own form', () => {
  const number = { county: '150102', year: 2021, sequence: 1 };
  expect(formatNumber(number)).toBe('保租认字〔2021〕150102-0001号');
  expect(shortNumber(number)).toBe('150102-2021-0001');
  expect(numberInPath('保租认字〔2021〕150102-0001号')).toBe('150102-2021-0001');
  expect(numberInPath('呼房租证（2020）7号')).toBe(encodeURIComponent('呼房租证（2020）7号'));
});

test('both forms are read back, and name the same number', () => {
  fc.assert(
    fc.property(anyNumber, (number) => {
      expect(parseNumber(formatNumber(number))).toEqual(number);
      expect(parseNumber(shortNumber(number))).toEqual(number);
      expect(fullNumber(shortNumber(number))).toBe(formatNumber(number));
    }),
  );
});

test('numbers of one county and year sort as text up to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9999 }), (a, b) => {
      const of = (sequence: number) => formatNumber({ county: '150102', year: 2021, sequence });
      expect(Math.sign(of(a).localeCompare(of(b), 'en'))).toBe(Math.sign(a - b));
    }),
  );
});

test.each([
  '',
  '150102-2021-1',
  '150102-2021-0000',
  '150102-2021-00001',
  '15010-2021-0001',
  '保租认字[2021]150102-0001号',
  ' 150102-2021-0001',
  '保租认字〔2021〕150102-0001',
])('%j is none of our numbers', (text) => {
  expect(parseNumber(text)).toBeUndefined();
});
