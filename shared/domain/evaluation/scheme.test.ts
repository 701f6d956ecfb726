import { describe, expect, test } from 'vitest';
import { proposedScheme } from './schemes/proposal.ts';
import { defectsOf, indicatorsOf, Scheme, SchemeRecord, type Scheme as SchemeOf } from './scheme.ts';

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

  test('is told in both languages what is wrong, and how it would be right', () => {
    const words = (changed: SchemeOf) => defectsOf(changed).map(({ text }) => text);
    expect(words(with_('A1', { goal: 0 }))).toEqual([
      { zh: '指标A1的满分值须高于起分值', en: 'The goal of A1 must lie above its floor' },
    ]);
    const b3 = scheme.indicators.find(({ code }) => code === 'B3');
    expect(words(with_('B3', { goal: b3?.floor ?? 0 }))).toEqual([
      { zh: '指标B3的满分值须低于起分值', en: 'The goal of B3 must lie below its floor' },
    ]);
    expect(words(with_('A1', { weight: 5 }))).toEqual([
      { zh: '维度A的权重为20，其指标权重之和为21', en: 'Dimension A weighs 20, its indicators together 21' },
    ]);
  });

  test('names each dimension once', () => {
    const [first, , ...rest] = scheme.dimensions;
    const twice = { ...scheme, dimensions: [first!, first!, ...rest] };
    expect(codesOf(twice)).toContain('twice /dimensions/1/code');
  });

  test.each<[string, object]>([
    ['a year before the notice', { year: 2020 }],
    ['a version below the shipped one', { version: -1 }],
    ['a day of the report that is none', { reportBy: '1-31' }],
    ['a day of the report with its year', { reportBy: '2022-01-31' }],
    ['a day of the report and more', { reportBy: '01-31日' }],
    ['an indicator of a longer code', { indicators: [{ ...scheme.indicators[0], code: 'A10' }] }],
    [
      'an indicator of a code with more before it',
      { indicators: [{ ...scheme.indicators[0], code: 'AA1' }] },
    ],
    ['an indicator under no clause', { indicators: [{ ...scheme.indicators[0], clauses: [] }] }],
    ['a clause with more before it', { indicators: [{ ...scheme.indicators[0], clauses: ['见S-06'] }] }],
    ['a clause with more behind it', { indicators: [{ ...scheme.indicators[0], clauses: ['S-061'] }] }],
  ])('is not taken with %s', (_, change) => {
    expect(Scheme().safeParse({ ...scheme, ...change }).success).toBe(false);
  });

  test('may be of any later year and version, and is kept with its chain', () => {
    const loaded = { ...scheme, year: 2022, version: 3, seq: 4, hash: 'h' };
    expect(SchemeRecord().parse(loaded)).toEqual(loaded);
    expect(SchemeRecord().safeParse({ ...scheme, hash: 'h' }).success).toBe(false);
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
