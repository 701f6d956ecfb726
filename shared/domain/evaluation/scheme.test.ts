import { describe, expect, test } from 'vitest';
import { proposedScheme } from './schemes/proposal.ts';
import { defectsOf, indicatorsOf, Scheme, type Scheme as SchemeOf } from './scheme.ts';

const scheme = proposedScheme(2021);

function with_(code: string, changes: Partial<SchemeOf['indicators'][number]>): SchemeOf {
  return {
    ...scheme,
    indicators: scheme.indicators.map((one) => (one.code === code ? { ...one, ...changes } : one)),
  };
}

const codesOf = (changed: SchemeOf): string[] =>
  defectsOf(changed).map(({ code, pointer }) => `${code} ${pointer}`);

describe('the scheme that is shipped', () => {
  test('declares the 23 indicators of four dimensions, and is sound', () => {
    expect(Scheme().parse(scheme)).toEqual(scheme);
    expect(defectsOf(scheme)).toEqual([]);
    expect(scheme.dimensions.map(({ code }) => indicatorsOf(scheme, code).length)).toEqual([4, 7, 6, 6]);
    expect(scheme.indicators.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  });

  test('says of every number that it is a proposal', () => {
    expect(scheme.indicators.every(({ source }) => source.includes('unverified'))).toBe(true);
  });

  test('gives the results the largest weight (S-21)', () => {
    const weights = scheme.dimensions.map(({ weight }) => weight);
    expect(Math.max(...weights)).toBe(scheme.dimensions.find(({ code }) => code === 'D')?.weight);
  });
});

describe('a scheme that is loaded', () => {
  test('is told where its weights do not add up', () => {
    expect(codesOf(with_('A1', { weight: 5 }))).toEqual(['weights /dimensions/0/weight']);
    const heavier = { ...scheme, dimensions: scheme.dimensions.map((one) => ({ ...one, weight: 26 })) };
    expect(codesOf(heavier)).toContain('weights /dimensions');
  });

  test('is told which goal lies on the wrong side of its floor', () => {
    expect(codesOf(with_('B3', { better: 'more' }))).toEqual(['direction /indicators/6/goal']);
    expect(codesOf(with_('A1', { goal: 0 }))).toEqual(['direction /indicators/0/goal']);
  });

  test('names each indicator once', () => {
    expect(codesOf(with_('A2', { code: 'A1' }))).toEqual(['twice /indicators/1/code']);
  });

  test('has grades from the best down to nought', () => {
    const grades = scheme.grades.map((grade) => ({ ...grade, atLeast: 50 }));
    expect(codesOf({ ...scheme, grades })).toEqual([
      'order /grades/1/atLeast',
      'order /grades/2/atLeast',
      'order /grades/3/atLeast',
      'order /grades',
    ]);
  });
});
