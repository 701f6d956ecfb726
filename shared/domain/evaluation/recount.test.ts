/** When a record counts otherwise than before: the sums move by the difference, whatever was counted. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Contribution, Counted, countedFor, placeOf, type CountedIndicator } from './contribution.ts';
import { evidenceOf } from './inputs.ts';
import { recount } from './recount.ts';

function one(part: string, changes: Partial<Contribution> = {}): Contribution {
  return {
    indicator: 'A1',
    year: 2021,
    city: '150300',
    office: '150300',
    part,
    day: '2021-10-31',
    numerator: 1,
    denominator: 1,
    says: { zh: '按时', en: 'in time' },
    ...changes,
  };
}
const counted = (...contributions: Contribution[]): Counted => ({ record: 'o-1', seq: 1, contributions });

describe('a record', () => {
  test('that is counted for the first time comes whole', () => {
    const { gone, come, sums } = recount(undefined, counted(one('a'), one('b', { numerator: 0 })));
    expect([gone, come.map(({ part }) => part)]).toEqual([[], ['a', 'b']]);
    expect(sums).toEqual([
      {
        city: '150300',
        year: 2021,
        indicator: 'A1',
        day: '2021-10-31',
        numerator: 1,
        denominator: 2,
        records: 2,
      },
    ]);
  });

  test('that counts as before moves nothing', () => {
    expect(recount(counted(one('a')), counted(one('a')))).toEqual({ gone: [], come: [], sums: [] });
  });

  test('that says the same in other words is written anew, and moves no sum', () => {
    const said = one('a', { says: { zh: '按时履行', en: 'in time' } });
    expect(recount(counted(one('a')), counted(said))).toEqual({ gone: [], come: [said], sums: [] });
  });

  test('that counts later moves from the one day to the other', () => {
    const later = one('a', { day: '2021-11-30' });
    const { gone, come, sums } = recount(counted(one('a')), counted(later));
    expect([gone, come]).toEqual([[], [later]]);
    expect(
      sums.map(({ day, numerator, denominator, records }) => [day, numerator, denominator, records]),
    ).toEqual([
      ['2021-10-31', -1, -1, -1],
      ['2021-11-30', 1, 1, 1],
    ]);
  });

  test('that counts in another year leaves the one and comes to the other', () => {
    const next = one('a', { year: 2022, day: '2022-01-31' });
    const { gone, come } = recount(counted(one('a')), counted(next));
    expect([gone, come]).toEqual([[one('a')], [next]]);
  });

  test('of which a part no longer counts takes that part out, and leaves the other', () => {
    const { gone, come, sums } = recount(counted(one('a'), one('b')), counted(one('b')));
    expect([gone.map(({ part }) => part), come]).toEqual([['a'], []]);
    expect(sums).toMatchObject([{ numerator: -1, denominator: -1, records: -1 }]);
  });

  test.each([
    ['only its numerator', { numerator: 0 }, [-1, 0, 0]],
    ['only its denominator', { denominator: 4 }, [0, 3, 0]],
  ])('of which %s changed moves that alone', (_, change, moved) => {
    const { sums } = recount(counted(one('a')), counted(one('a', change)));
    expect(sums.map(({ numerator, denominator, records }) => [numerator, denominator, records])).toEqual([
      moved,
    ]);
  });

  test('that counts for nothing is a record all the same', () => {
    const { sums } = recount(undefined, counted(one('a', { numerator: 0, denominator: 0 })));
    expect(sums).toMatchObject([{ numerator: 0, denominator: 0, records: 1 }]);
  });
});

test('whatever a record counted and counts: the sums move to what the new count is', () => {
  const indicator = fc.constantFrom<CountedIndicator[]>('A1', 'B2');
  const day = fc.constantFrom('2021-10-31', '2021-11-30');
  const contribution = fc
    .record({
      indicator,
      day,
      numerator: fc.nat(5),
      denominator: fc.nat(5),
      part: fc.constantFrom('a', 'b', 'c'),
    })
    .map(({ part, ...more }) => one(part, more));
  const contributions = fc.uniqueArray(contribution, { selector: placeOf, maxLength: 6 });
  const totals = (all: readonly Contribution[], sign: 1 | -1, into = new Map<string, number[]>()) => {
    for (const { indicator: code, day: on, numerator, denominator } of all) {
      const [n = 0, d = 0, r = 0] = into.get(`${code} ${on}`) ?? [];
      into.set(`${code} ${on}`, [n + sign * numerator, d + sign * denominator, r + sign]);
    }
    return into;
  };
  fc.assert(
    fc.property(contributions, contributions, (was, is) => {
      const { sums, gone, come } = recount(counted(...was), counted(...is));
      const moved = totals(is, 1, totals(was, -1));
      const expected = [...moved].filter(([, all]) => all.some((count) => count !== 0));
      expect(
        sums
          .map((sum) => [`${sum.indicator} ${sum.day}`, [sum.numerator, sum.denominator, sum.records]])
          .sort(),
      ).toEqual(expected.sort());
      // Who takes out what is gone and puts in what came has what is counted now.
      const lines = new Map(was.map((line) => [placeOf(line), line]));
      for (const line of gone) lines.delete(placeOf(line));
      for (const line of come) lines.set(placeOf(line), line);
      expect([...lines.values()].sort(byPlace)).toEqual([...is].sort(byPlace));
    }),
  );
});

function byPlace(a: Contribution, b: Contribution): number {
  return placeOf(a) < placeOf(b) ? -1 : 1;
}

describe('a line that counts', () => {
  test('is read back as it was written, and never counts below nothing', () => {
    const whole = counted(
      one('a', { numerator: 0, denominator: 0 }),
      one('b', { numerator: 7, denominator: 9 }),
    );
    expect(Counted().parse(whole)).toEqual(whole);
    for (const change of [{ numerator: -1 }, { denominator: -1 }, { numerator: 0.5 }, { says: { zh: '一' } }])
      expect(Contribution().safeParse({ ...one('a'), ...change }).success).toBe(false);
    expect(Contribution().safeParse({ ...one('a'), indicator: 'C2' }).success).toBe(false);
    expect(Counted().safeParse({ record: 'o-1', contributions: [] }).success).toBe(false);
  });

  test('has its place by city, year, indicator and part', () => {
    expect(placeOf(one('a'))).toBe('150300 2021 A1 a');
  });

  test('counts for the city that its office rolls up to; an office that is unknown, for itself', () => {
    expect([countedFor('150781'), countedFor('150300'), countedFor('159900')]).toEqual([
      '150700',
      '150300',
      '159900',
    ]);
  });

  test('stands behind a figure with the record and the number that it comes from', () => {
    const { part, office, day, numerator, denominator, says } = one('a');
    expect(evidenceOf('o-1', 4, one('a'))).toEqual({
      record: 'o-1',
      seq: 4,
      part,
      office,
      day,
      numerator,
      denominator,
      says,
    });
  });
});
