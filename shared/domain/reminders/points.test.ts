import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PointName, pointName, pointsOf, PointsInput, usualPoints } from './points.ts';

describe('the points of a duty', () => {
  test('are the usual ones unless it says otherwise, and come in order', () => {
    expect(pointsOf({})).toEqual([-20, -10, -5, -1, 0, 1, 5]);
    expect(pointsOf({ points: [5, 0, -3, 1] })).toEqual([-3, 0, 1, 5]);
    expect(PointsInput().safeParse([...usualPoints]).success).toBe(true);
  });

  test.each([
    [[-3, 0, 1, 5], []],
    [[-60, 20, 0, 1, 5], []],
    [[-3, 0, 1], ['points-needed']],
    [[-3, 1, 5], ['points-needed']],
    [[0, 5, 10], ['points-needed']],
    [[0, 1, 5, 5], ['points-repeated']],
    [
      [0, 0, 1, 1],
      ['points-repeated', 'points-needed'],
    ],
  ])('%j is %j', (points, wrong) => {
    const parsed = PointsInput().safeParse(points);
    expect(parsed.error?.issues.map(({ message }) => message) ?? []).toEqual(wrong);
  });

  test.each([
    [[-61, 0, 1, 5]],
    [[0, 1, 5, 21]],
    [[0, 1, 1.5, 5]],
    [[]],
    ['0, 1, 5'],
    [Array.from({ length: 21 }, (_, n) => n)],
  ])('%j is none', (points) => {
    expect(PointsInput().safeParse(points).success).toBe(false);
  });

  test('have a name each, from which the number comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 20 }), (point) => {
        const name = pointName(point);
        expect(PointName().safeParse(name).success).toBe(true);
        expect(Number(name)).toBe(point);
      }),
    );
    expect([-20, 0, 5].map(pointName)).toEqual(['-20', '0', '+5']);
  });

  test.each(['5', '-0', '+0', '--1', '-01', '-1.5', '-100', '', 'never', '−1'])('%j names none', (name) => {
    expect(PointName().safeParse(name).success).toBe(false);
  });
});
