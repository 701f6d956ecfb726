import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { cities } from '../cities/divisions.ts';
import { countedIndicators } from './contribution.ts';
import { evaluate } from './evaluate.ts';
import type { FrozenInputs } from './inputs.ts';
import { cityWith, figure, inputs, only, scheme, type Counts } from './sample-inputs.ts';

const best: Counts = { A1: [3, 3], A2: [3, 3], B1: [1, 1], B2: [9, 9], B3: [27, 9], B7: [12, 12] };

describe('one city', () => {
  test('reaches a hundred when everything that can be scored is at its goal', () => {
    const result = evaluate(inputs([cityWith('150100', best)]));
    expect(only(result)).toMatchObject({ total: 100, points: 45, possible: 45, grade: 'excellent', rank: 1 });
    expect(only(result).dimensions).toEqual([
      { dimension: 'A', score: 20, of: 20 },
      { dimension: 'B', score: 25, of: 25 },
      { dimension: 'C', score: null, of: 25 },
      { dimension: 'D', score: null, of: 30 },
    ]);
  });

  test('has its points where the value lies between floor and goal, with the weight of what is left out spread', () => {
    const result = evaluate(inputs([cityWith('150100', { A1: [1, 2], A2: [1, 1] })]));
    // A1 weighs 4 and A2 3, of 20 together: A1 then 80/7, half of it reached.
    expect(figure(result, 'A1')).toMatchObject({ state: 'scored', value: 50, weight: 11.43, score: 5.71 });
    expect(figure(result, 'A2')).toMatchObject({ value: 100, weight: 8.57, score: 8.57 });
    expect(only(result).dimensions[0]).toEqual({ dimension: 'A', score: 14.29, of: 20 });
  });

  test('has more points for fewer days where less is better', () => {
    const mean = (days: number): number | null =>
      figure(evaluate(inputs([cityWith('150100', { ...best, B3: [days, 1] })])), 'B3').score;
    expect(mean(3)).toBeGreaterThan(mean(9) ?? 0);
    expect([mean(15), mean(40)]).toEqual([0, 0]);
    expect(mean(1)).toBe(mean(3));
  });

  test('that must have policy measures and has none scores nothing for them, and is told so', () => {
    const result = evaluate(inputs([cityWith('150100', { A1: [1, 1] })]));
    expect(figure(result, 'B1')).toMatchObject({ state: 'no-data', score: 0, value: null });
    expect(figure(result, 'B7').reason?.zh).toContain('政策措施');
    expect(figure(result, 'B2')).toMatchObject({ state: 'not-applicable', score: null, weight: null });
    expect(only(result).dimensions[1]).toEqual({ dimension: 'B', score: 0, of: 25 });
  });

  test('that does not develop is not measured at all (S-03)', () => {
    const result = evaluate(inputs([cityWith('152900', best, { development: 'not-developing' })]));
    expect(only(result)).toMatchObject({
      total: null,
      grade: null,
      rank: null,
      points: null,
      possible: null,
    });
    expect(figure(result, 'A1')).toMatchObject({ state: 'not-applicable', value: null });
    expect(figure(result, 'A1').reason?.zh).toContain('S-03');
  });

  test('with no duty and no declaration has nothing that applies', () => {
    const result = evaluate(inputs([cityWith('150300', {}, { development: 'undeclared', tier: 'none' })]));
    expect(only(result).total).toBeNull();
    expect(only(result).figures.filter(({ state }) => state === 'no-data')).toEqual([]);
  });

  test('shows all 23 indicators, those without a source as such', () => {
    const { figures } = only(evaluate(inputs([cityWith('150100', best)])));
    expect(figures.map((one) => one.indicator)).toEqual(scheme.indicators.map(({ code }) => code));
    const without = figures.filter(({ state }) => state === 'no-source').map((one) => one.indicator);
    expect(figures.find((one) => one.indicator === 'C2')).toMatchObject({
      evidence: [],
      reason: {
        zh: expect.stringMatching(/^平台尚无\p{Script=Han}/u) as unknown,
        en: expect.stringMatching(/^The platform keeps no such records yet: \w/) as unknown,
      },
    });
    expect(without).toEqual(
      scheme.indicators
        .map(({ code }) => code)
        .filter((code) => !(countedIndicators as readonly string[]).includes(code)),
    );
  });
});

test('ranks by total; equal totals share a rank and the next is skipped', () => {
  const result = evaluate(
    inputs([
      cityWith('150100', { A1: [1, 1], B1: [1, 1], B7: [4, 4] }),
      cityWith('150200', { A1: [0, 1], B1: [1, 1], B7: [4, 4] }),
      cityWith('150400', { A1: [1, 1], B1: [1, 1], B7: [4, 4] }),
      cityWith('152900', {}, { development: 'not-developing' }),
    ]),
  );
  expect(result.cities.map(({ rank }) => rank)).toEqual([1, 3, 1, null]);
});

const count = fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 500 }));
const anyCity = fc.record({
  counts: fc.dictionary(fc.constantFrom(...countedIndicators), count, { noNullPrototype: true }),
  development: fc.constantFrom('developing' as const, 'undeclared' as const, 'not-developing' as const),
});

test('whatever was counted: the same bytes twice, points within what is possible, weights that add up', () => {
  fc.assert(
    fc.property(fc.array(anyCity, { maxLength: 12 }), (all) => {
      const frozen = all.map(({ counts, development }, index) =>
        cityWith(cities[index]?.code ?? '', counts, { development }),
      );
      const result = evaluate(inputs(frozen));
      const again = JSON.parse(JSON.stringify(inputs(frozen))) as FrozenInputs;
      expect(canonicalJson(evaluate(again))).toBe(canonicalJson(result));
      for (const { total, dimensions, figures } of result.cities) {
        if (total !== null) expect(total >= 0 && total <= 100).toBe(true);
        for (const { dimension, score, of } of dimensions) {
          if (score === null) continue;
          expect(score >= 0 && score <= of).toBe(true);
          const spread = figures
            .filter((one) => one.indicator.startsWith(dimension))
            .map(({ weight }) => weight ?? 0);
          expect(spread.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(of, 1);
        }
      }
    }),
  );
});

describe('a correction', () => {
  const before = evaluate(inputs([cityWith('150100', { A1: [0, 1] }), cityWith('150200', { A1: [1, 1] })]));
  const corrected = inputs([cityWith('150100', { A1: [1, 1] }), cityWith('150200', { A1: [1, 1] })], {
    run: '2021.2',
    corrects: { run: '2021.1', reason: '签收时间有误' },
  });

  test('of a run whose result is not at hand names no difference, and a run that corrects nothing none', () => {
    expect(evaluate(corrected).corrects).toEqual({ run: '2021.1', reason: '签收时间有误', differences: [] });
    expect(evaluate(inputs([cityWith('150100', { A1: [0, 1] })]))).not.toHaveProperty('corrects');
  });

  test('tells a figure that is scored now by the state that it was in', () => {
    const was = evaluate(inputs([cityWith('150100', { A1: [1, 1] }), cityWith('150200', { A1: [1, 1] })]));
    const more = inputs(
      [cityWith('150100', { A1: [1, 1], B2: [1, 2] }), cityWith('150200', { A1: [1, 1] })],
      {
        run: '2021.2',
        corrects: { run: '2021.1', reason: '补录' },
      },
    );
    const differences = evaluate(more, was).corrects?.differences ?? [];
    expect(differences.find(({ of }) => of === 'B2')).toMatchObject({ before: 'not-applicable', after: 50 });
  });

  test('names every figure, total, grade and rank that changed, and no other', () => {
    const { corrects } = evaluate(corrected, before);
    expect(corrects).toMatchObject({ run: '2021.1', reason: '签收时间有误' });
    expect(corrects?.differences.map(({ city, of, before: was, after }) => [city, of, was, after])).toEqual([
      ['150100', 'A1', 0, 100],
      ['150100', 'total', 0, 44.44],
      ['150100', 'rank', 2, 1],
    ]);
  });
});
