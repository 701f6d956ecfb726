import { expect, test } from 'vitest';
import { countedIndicators } from './contribution.ts';
import { evaluate, weightWithSource } from './evaluate.ts';
import { cityWith, figure, inputs, only, scheme } from './sample-inputs.ts';

test('names the place that is evaluated in both languages, and one that is unknown by its code', () => {
  const result = evaluate(inputs([cityWith('150100', {}), cityWith('159900', {})]));
  expect(result.cities.map(({ name }) => name)).toEqual([
    { zh: '呼和浩特市', en: 'Hohhot' },
    { zh: '159900', en: '159900' },
  ]);
});

test('a count of nothing is no count: it is left out, not nought', () => {
  const result = evaluate(inputs([cityWith('150300', { A1: [0, 0] }, { development: 'undeclared' })]));
  expect(figure(result, 'A1')).toMatchObject({ state: 'not-applicable', numerator: null, value: null });
});

test('a grade begins at its very number', () => {
  const grades = scheme.grades.map((grade, index) => ({ ...grade, atLeast: [50, 20, 10, 0][index] ?? 0 }));
  const half = inputs([cityWith('150100', { A1: [1, 2] }, { development: 'undeclared' })]);
  const result = evaluate({ ...half, scheme: { ...scheme, grades } });
  expect(only(result)).toMatchObject({ total: 50, grade: grades[0]?.code });
});

test('of the shipped scheme 45 of 100 points can be scored today', () => {
  expect(weightWithSource(scheme)).toBe(
    scheme.indicators
      .filter(({ code }) => (countedIndicators as readonly string[]).includes(code))
      .reduce((sum, { weight }) => sum + weight, 0),
  );
});

test('the region tells how many cities have no data and how many are left out, and no sum where none is scored', () => {
  const result = evaluate(
    inputs([
      cityWith('150100', { A1: [1, 1], B1: [1, 1] }),
      cityWith('150200', { A1: [1, 1] }),
      cityWith('152900', {}, { development: 'not-developing' }),
    ]),
  );
  const of = (code: string) => result.region.find(({ indicator }) => indicator === code);
  expect(of('B1')).toMatchObject({ numerator: 1, denominator: 1, scored: 1, noData: 1, leftOut: 1 });
  expect(of('B2')).toEqual({
    indicator: 'B2',
    numerator: null,
    denominator: null,
    value: null,
    scored: 0,
    noData: 0,
    leftOut: 3,
  });
});

test('sums the region from its cities, which is not their mean', () => {
  const result = evaluate(inputs([cityWith('150100', { A1: [9, 10] }), cityWith('150200', { A1: [0, 2] })]));
  expect(result.region[0]).toEqual({
    indicator: 'A1',
    numerator: 9,
    denominator: 12,
    value: 75,
    scored: 2,
    noData: 0,
    leftOut: 0,
  });
});
