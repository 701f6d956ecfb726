import { describe, expect, test } from 'vitest';
import { addDays } from '../../kernel/civil-date.ts';
import type { LeaveInput, Person } from './person.ts';
import { leaveDefects } from './preferences.ts';

const today = '2021-10-11';
const colleague: Person = {
  sub: 'p-2',
  office: '150300',
  roles: ['drafter'],
  locale: 'zh-CN',
  delivery: 'daily',
  seq: 1,
  hash: '',
};
const leave: LeaveInput = { from: today, to: '2021-10-20', cover: 'p-2' };

const defects = (change: Partial<LeaveInput>) =>
  leaveDefects({ ...leave, ...change }, 'p-1', [colleague], today);

describe('a leave', () => {
  test('may be covered by any colleague who said how to be told', () => {
    const people = [colleague, { ...colleague, sub: 'p-4' }];
    expect(leaveDefects({ ...leave, cover: 'p-4' }, 'p-1', people, today)).toEqual([]);
    expect(leaveDefects({ ...leave, cover: 'p-5' }, 'p-1', people, today)).toHaveLength(1);
  });

  test('of a day or of a year, covered by a colleague, is as it should be; one that is under way too', () => {
    expect(defects({})).toEqual([]);
    expect(defects({ to: today })).toEqual([]);
    expect(defects({ from: '2021-09-01' })).toEqual([]);
    expect(defects({ to: addDays(today, 366) })).toEqual([]);
  });

  test.each<[string, Partial<LeaveInput>, string, string, string, string]>([
    [
      'ends before it begins',
      { from: '2021-10-22' },
      'leave-range',
      '/to',
      '末日不得早于首日',
      'The last day comes before the first',
    ],
    [
      'is over',
      { from: '2021-10-01', to: '2021-10-10' },
      'leave-past',
      '/to',
      '请假已过',
      'The leave is over',
    ],
    [
      'is longer than a year',
      { to: addDays(today, 367) },
      'leave-too-long',
      '/to',
      '一次最长一年，请分次填写',
      'At most a year at once',
    ],
    [
      'is covered by oneself',
      { cover: 'p-1' },
      'cover-self',
      '/cover',
      '不能由本人代办',
      'Nobody covers for himself',
    ],
    [
      'is covered by nobody known',
      { cover: 'p-3' },
      'cover-unknown',
      '/cover',
      '代办人须为本单位已登记通知方式的人员',
      'Who covers must be of the same office, and must have said how to be told',
    ],
  ])('that %s is told so', (_, change, code, pointer, zh, en) => {
    expect(defects(change)).toEqual([{ code, pointer, text: { zh, en } }]);
  });

  test('is told everything that is wrong with it at once', () => {
    const codes = defects({ from: '2021-10-05', to: '2021-10-01', cover: 'p-1' }).map(({ code }) => code);
    expect(codes).toEqual(['leave-range', 'leave-past', 'cover-self']);
  });
});
