import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../kernel/civil-date.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import { boxesOf, coveredOn, firstReadAfter, isHidden, maySnooze, readAt } from './inbox.ts';
import type { NoticeLine } from './notice.ts';
import type { Person, ReadMark, Snooze } from './person.ts';
import { isMinimum } from './preferences.ts';
import { pointName, type PointName } from './points.ts';

const calendar = builtInCalendar();
const lastDay = '2021-10-31';
/** T−1 of that deadline. */
const lastButOne = '2021-10-28';

const line = (point: PointName): NoticeLine => ({
  obligation: 'o',
  point,
  city: '150200',
  notice: '',
  clause: '',
  open: [],
  lastDay,
  workingDays: 1,
});
const until = (day: string): Snooze => ({
  office: '150200',
  sub: 'a',
  obligation: 'o',
  until: day,
  seq: 1,
  hash: '',
});

describe('a line that is put off', () => {
  const days = fc.integer({ min: 0, max: 60 }).map((more) => addDays('2021-09-20', more));
  const points = fc.oneof(
    fc.integer({ min: -60, max: 20 }).map(pointName),
    fc.constantFrom<PointName[]>('created', 'nudge'),
  );

  test('is hidden before its day alone; the legal minimum and the last two working days never are', () => {
    fc.assert(
      fc.property(points, days, days, (point, today, day) => {
        const hidden = isHidden(line(point), until(day), today, calendar);
        expect(hidden).toBe(!isMinimum(point) && today < day && today < lastButOne);
      }),
    );
    expect(isHidden(line('-10'), undefined, '2021-10-15', calendar)).toBe(false);
  });

  test('comes back on the very day that was taken, whatever was taken', () => {
    fc.assert(
      fc.property(points, days, days, (point, today, day) => {
        const taken = maySnooze(line(point), lastDay, day, today, calendar).ok;
        expect(taken).toBe(day === today || (day > today && day <= lastButOne && !isMinimum(point)));
        if (taken && day > today) {
          expect(isHidden(line(point), until(day), addDays(day, -1), calendar)).toBe(true);
          expect(isHidden(line(point), until(day), day, calendar)).toBe(false);
        }
      }),
    );
  });

  test('of which the day has come, or T−1, is shown again', () => {
    const hidden = (day: string, today: string) => isHidden(line('-10'), until(day), today, calendar);
    expect([hidden('2021-10-20', '2021-10-19'), hidden('2021-10-20', '2021-10-20')]).toEqual([true, false]);
    // Put off until the end of the month before the deadline moved.
    expect([hidden('2021-10-31', '2021-10-27'), hidden('2021-10-31', lastButOne)]).toEqual([true, false]);
  });

  test('says why it cannot be put off so long, and how long it can', () => {
    const longer = maySnooze(line('-10'), lastDay, '2021-10-29', '2021-10-15', calendar);
    expect(longer).toMatchObject({
      error: {
        code: 'snooze-too-long',
        params: { until: lastButOne, whyZh: '距截止仅一个工作日', why: 'one working day is left' },
      },
    });
    const nudged = maySnooze(line('nudge'), lastDay, '2021-10-20', '2021-10-15', calendar);
    expect(nudged).toMatchObject({
      error: {
        code: 'snooze-too-long',
        params: { until: '2021-10-15', whyZh: '上级催办须即时送达', why: 'a superior asks' },
      },
    });
    const past = maySnooze(line('-10'), lastDay, '2021-10-14', '2021-10-15', calendar);
    expect(past).toMatchObject({
      error: {
        code: 'invalid-request',
        params: { count: 1 },
        errors: [{ code: 'day-past', pointer: '/until', text: { zh: '日期已过', en: 'The day is past' } }],
      },
    });
    // A point that the region added after the last working day but one has no reason of its own.
    expect(maySnooze(line('+3'), lastDay, '2021-11-05', '2021-11-03', calendar)).toMatchObject({
      error: { params: { whyZh: '距截止仅一个工作日' } },
    });
  });

  test('of a year without a calendar is shown, and not put off', () => {
    const far = { ...line('-10'), lastDay: '2028-01-31' };
    expect(isHidden(far, until('2027-12-20'), '2027-12-01', calendar)).toBe(false);
    expect(maySnooze(far, far.lastDay, '2027-12-20', '2027-12-01', calendar)).toMatchObject({
      error: { code: 'calendar-year-missing' },
    });
  });
});

describe('a notice that was read', () => {
  const mark: ReadMark = {
    office: '150200',
    role: 'drafter',
    day: '2021-10-15',
    sub: 'a',
    readings: [
      { notice: 1, at: '2021-10-15T01:00:00.000Z' },
      { notice: 3, at: '2021-10-15T03:00:00.000Z' },
    ],
    seq: 2,
    hash: '',
  };

  test('is unread once it has grown', () => {
    expect(readAt({ seq: 3 }, mark)).toBe('2021-10-15T03:00:00.000Z');
    expect(readAt({ seq: 4 }, mark)).toBeNull();
    expect(readAt({ seq: 1 }, undefined)).toBeNull();
    const [first] = mark.readings;
    if (!first) throw new Error('No reading');
    expect(readAt({ seq: first.notice }, { ...mark, readings: [first] })).toBe(first.at);
  });

  test('proves what stood in it then, from the first reading after', () => {
    expect(firstReadAfter(mark, '2021-10-15T00:30:00.000Z')).toBe('2021-10-15T01:00:00.000Z');
    expect(firstReadAfter(mark, '2021-10-15T01:00:00.000Z')).toBe('2021-10-15T01:00:00.000Z');
    expect(firstReadAfter(mark, '2021-10-15T02:00:00.000Z')).toBe('2021-10-15T03:00:00.000Z');
    expect(firstReadAfter(mark, '2021-10-15T04:00:00.000Z')).toBeUndefined();
  });
});

test('a box names for whom of several it is read: those alone who hold its role', () => {
  const leave = { from: '2021-10-11', to: '2021-10-20', cover: 'c' };
  const away = (sub: string, role: string): Person => ({
    sub,
    office: '150200',
    roles: [role],
    locale: 'zh-CN',
    delivery: 'at-once',
    leave,
    seq: 1,
    hash: '',
  });
  const { leave: _none, ...cover } = away('c', 'leader');
  const people = [away('a', 'drafter'), away('b', 'checker'), cover];
  const actor = { sub: 'c', office: '150200', roles: ['leader'] } as const;
  expect(
    boxesOf(actor, people, '2021-10-15').map(({ role, covers }) => [role, covers.map(({ sub }) => sub)]),
  ).toEqual([
    ['leader', []],
    ['drafter', ['a']],
    ['checker', ['b']],
  ]);
});

test('the boxes of a cover are those of the colleague’s roles that he does not hold, for the days of the leave', () => {
  const leave = { from: '2021-10-11', to: '2021-10-20', cover: 'c' };
  const away: Person = {
    sub: 'a',
    office: '150200',
    roles: ['drafter', 'checker'],
    locale: 'zh-CN',
    delivery: 'at-once',
    leave,
    seq: 1,
    hash: '',
  };
  const { leave: _none, ...here } = away;
  const people = [away, { ...here, sub: 'c', roles: ['checker'] }];
  const actor = { sub: 'c', office: '150200', roles: ['checker'] } as const;
  const boxes = boxesOf(actor, people, '2021-10-15');
  expect(boxes.map(({ role, covers }) => [role, covers.map(({ sub }) => sub)])).toEqual([
    ['checker', []],
    ['drafter', ['a']],
  ]);
  const [own, covered] = boxes;
  if (!own || !covered) throw new Error('No boxes');
  expect(coveredOn(own, '2021-01-01')).toBeUndefined();
  expect(
    ['2021-10-10', '2021-10-11', '2021-10-20', '2021-10-21'].map((day) => coveredOn(covered, day)),
  ).toEqual(['nobody', away, away, 'nobody']);
  expect(boxesOf(actor, people, '2021-10-21')).toHaveLength(1);
});
