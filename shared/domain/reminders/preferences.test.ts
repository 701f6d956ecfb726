import fc from 'fast-check';
import type { Tiding } from './tiding.ts';
import { describe, expect, test } from 'vitest';
import { pointName, type PointName, usualPoints } from './points.ts';
import type { Notice } from './notice.ts';
import type { Person, Snooze } from './person.ts';
import {
  coveredBy,
  coverOf,
  isAway,
  isMinimum,
  legalMinimum,
  putOffOf,
  toldOf,
  whenOf,
} from './preferences.ts';

const day = '2021-10-15';

function person(sub: string, more: Partial<Person> = {}): Person {
  return {
    sub,
    office: '150200',
    roles: ['drafter'],
    locale: 'zh-CN',
    delivery: 'daily',
    seq: 1,
    hash: '',
    ...more,
  };
}
const away = (cover: string): Pick<Person, 'leave'> => ({
  leave: { from: '2021-10-11', to: '2021-10-20', cover },
});

function notice(...points: readonly PointName[]): Notice {
  const lines = points.map((point, index) => ({
    obligation: `o-${index}`,
    point,
    city: '150200',
    notice: '演通〔2021〕1号',
    clause: 'S-06',
    open: [],
    lastDay: '2021-10-31',
    workingDays: 10,
  }));
  return { office: '150200', role: 'drafter', day, lines, at: '', seq: 1, hash: '' };
}
const snooze = (obligation: string, until: string): Snooze => ({
  office: '150200',
  sub: 'a',
  obligation,
  until,
  seq: 1,
  hash: '',
});

describe('the legal minimum', () => {
  test('is the last working day but one and all that follows, the making of a duty, and a call by hand', () => {
    const all: PointName[] = [...[-3, 3, 20, ...usualPoints].map(pointName), 'created', 'nudge'];
    expect(all.filter(isMinimum)).toEqual(['+3', '+20', '-1', '0', '+1', '+5', 'created', 'nudge']);
    expect(Object.keys(legalMinimum).every((point) => isMinimum(point as PointName))).toBe(true);
  });

  test('brings the whole notice at once, whatever the person prefers', () => {
    expect(whenOf('daily', notice('-10', '-5'))).toBe('daily');
    expect(whenOf('daily', notice('-10', '-1'))).toBe('at-once');
    expect(whenOf('at-once', notice('-10'))).toBe('at-once');
    expect(whenOf('daily', { lines: [], tidings: [] })).toBe('daily');
    expect(whenOf('daily', { lines: [], tidings: [{} as Tiding] })).toBe('at-once');
  });

  test('is never put off; the rest is, until its day', () => {
    const until = [snooze('o-0', '2021-10-16'), snooze('o-1', '2021-10-16')];
    const off = (points: readonly PointName[], sub: string, on = day): readonly string[] =>
      putOffOf(notice(...points), sub, until, on);
    expect(off(['-10', '-5'], 'a')).toEqual(['o-0', 'o-1']);
    expect(off(['-10', '-5'], 'b')).toEqual([]);
    expect(off(['-10', '-5'], 'a', '2021-10-16')).toEqual([]);
    expect(off(['-10', '-1'], 'a')).toEqual(['o-0']);
    expect(off(['nudge', '-5', '-20'], 'a')).toEqual(['o-1']);
  });
});

describe('who is told', () => {
  const told = (people: readonly Person[], on = day): string[] =>
    toldOf(people, 'drafter', on).map(({ person: { sub }, coversFor }) =>
      coversFor === undefined ? sub : `${sub} for ${coversFor}`,
    );

  test('all who hold the role; and who covers for them, on the days of the leave alone', () => {
    const people = [person('a', away('c')), person('b'), person('c', { roles: ['checker'] })];
    expect(told(people)).toEqual(['a', 'b', 'c for a']);
    expect(told(people, '2021-10-10')).toEqual(['a', 'b']);
    expect(told(people, '2021-10-11')).toContain('c for a');
    expect(told(people, '2021-10-20')).toContain('c for a');
    expect(told(people, '2021-10-21')).toEqual(['a', 'b']);
    expect(told([person('c', { roles: ['checker'] })])).toEqual([]);
  });

  test('a cover who is away is followed once, and no further', () => {
    const d = person('d', { roles: ['leader'] });
    const c = person('c', { roles: ['checker'], ...away('d') });
    expect(told([person('a', away('c')), c, d])).toEqual(['a', 'd for a']);
    const far = person('d', { roles: ['leader'], ...away('e') });
    expect(told([person('a', away('c')), c, far, person('e', { roles: ['leader'] })])).toEqual(['a']);
  });

  test('who holds the role himself covers for nobody; nobody for himself, nor in a ring', () => {
    expect(told([person('a', away('b')), person('b')])).toEqual(['a', 'b']);
    expect(told([person('a', away('a'))])).toEqual(['a']);
    expect(told([person('a', away('c')), person('c', { roles: ['checker'], ...away('a') })])).toEqual(['a']);
    expect(told([person('a', away('gone'))])).toEqual(['a']);
  });

  const people = fc
    .array(
      fc.record({
        roles: fc.subarray(['drafter', 'checker']),
        cover: fc.option(fc.nat(6), { nil: undefined }),
      }),
      { maxLength: 6 },
    )
    .map((all) =>
      all.map(({ roles, cover }, index) =>
        person(`p${index}`, { roles, ...(cover === undefined ? {} : away(`p${cover}`)) }),
      ),
    );

  test('whatever the leaves: no holder is left out, nobody is told twice, and no cover is away', () => {
    fc.assert(
      fc.property(people, (all) => {
        const found = toldOf(all, 'drafter', day);
        const subs = found.map(({ person: { sub } }) => sub);
        expect(new Set(subs).size).toBe(subs.length);
        for (const { sub, roles } of all) if (roles.includes('drafter')) expect(subs).toContain(sub);
        for (const { person: one, coversFor } of found) {
          if (coversFor === undefined) continue;
          expect(isAway(one, day)).toBe(false);
          expect(one.roles).not.toContain('drafter');
        }
      }),
    );
  });

  test('the list of those one stands in for is the other side of the same', () => {
    fc.assert(
      fc.property(people, (all) => {
        for (const one of all)
          for (const other of coveredBy(all, one.sub, day))
            expect(coverOf(other, all, day)?.sub).toBe(one.sub);
      }),
    );
  });
});
