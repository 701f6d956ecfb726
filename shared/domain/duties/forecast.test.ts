import { describe, expect, test } from 'vitest';
import { builtInCalendar } from '../calendar/working-days.ts';
import { forecastOf, outlookOf, workingDaysLeft, type FilingNow } from './forecast.ts';
import type { Obligation, ObligationItem } from './obligation.ts';

const calendar = builtInCalendar();
const item: ObligationItem = { kind: 'annual-plan', period: '2021', state: 'open' };
const duty: Obligation = {
  id: 'o',
  city: '150200',
  notice: 'n',
  clause: 'S-06',
  dueBefore: '2021-10-31T16:00:00.000Z',
  satisfiedBy: 'published',
  items: [item],
  createdAt: '2021-09-23T01:00:00.000Z',
  seq: 1,
  hash: '',
};

test.each([
  ['2021-10-15T01:00:00.000Z', 10],
  ['2021-10-29T01:00:00.000Z', 0],
  ['2021-10-31T15:59:59.999Z', 0],
  ['2021-10-31T16:00:00.000Z', -1],
  ['2021-11-05T01:00:00.000Z', -5],
])('at %s there are %i working days left', (now, left) => {
  expect(workingDaysLeft(duty, calendar, now)).toEqual({ ok: true, value: left });
});

test('the day after a deadline is late even when nobody works on it', () => {
  const friday = { ...duty, dueBefore: '2021-10-29T16:00:00.000Z' };
  expect(workingDaysLeft(friday, calendar, '2021-10-30T01:00:00.000Z')).toEqual({ ok: true, value: -1 });
});

describe('an open item', () => {
  const filing = (state: FilingNow['state']): FilingNow => ({ id: 'f', state });

  test.each([
    [undefined, 20, 'on-track'],
    [undefined, 11, 'at-risk'],
    [filing('draft'), 7, 'on-track'],
    [filing('draft'), 6, 'at-risk'],
    [filing('returned'), 6, 'at-risk'],
    [filing('approved'), 1, 'on-track'],
    [filing('approved'), 0, 'at-risk'],
    [filing('approved'), -1, 'late'],
  ] as const)('with the filing %o and %i days left is %s', (known, left, outlook) => {
    const forecast = forecastOf(item, 'published', known, left);
    expect(forecast.outlook).toBe(outlook);
    expect(forecast.why).toHaveLength(1);
    expect(forecast).toMatchObject({ kind: 'annual-plan', period: '2021' });
    expect(forecast.filing).toEqual(known);
  });

  test('says what is in the way: nothing begun, or where the filing lies', () => {
    expect(forecastOf(item, 'published', undefined, 20).why).toEqual([
      { zh: '尚未开始填报', en: 'no filing was begun' },
    ]);
    expect(forecastOf(item, 'published', filing('checking'), -1).why).toEqual([
      { zh: '待本单位审核', en: 'with the checker of its own office' },
    ]);
  });

  test('whose filing is over and did not count waits for nothing that is known', () => {
    expect(forecastOf(item, 'published', filing('rejected'), 0)).toEqual({
      kind: 'annual-plan',
      period: '2021',
      filing: filing('rejected'),
      outlook: 'on-track',
      why: [],
    });
  });

  test('that wants a submission only is nearer to its end than one that wants a publication', () => {
    expect(forecastOf(item, 'submitted', filing('signing'), 1).outlook).toBe('on-track');
    expect(forecastOf(item, 'published', filing('signing'), 1).outlook).toBe('at-risk');
  });
});

test('an item that is done has nothing in its way, whatever its filing is about', () => {
  const done = forecastOf({ ...item, state: 'fulfilled' }, 'submitted', { id: 'f', state: 'returned' }, -3);
  expect(done).toMatchObject({ outlook: 'done', why: [] });
  const late = forecastOf({ ...item, state: 'fulfilled-late' }, 'submitted', undefined, 5);
  expect(late).toMatchObject({ outlook: 'late', why: [] });
});

test('a forecast is refused when it would have to guess a calendar', () => {
  const far = { ...duty, dueBefore: '2027-03-31T16:00:00.000Z' };
  expect(workingDaysLeft(far, calendar, '2026-12-01T01:00:00.000Z').ok).toBe(false);
  expect(workingDaysLeft(duty, calendar, '2027-03-01T01:00:00.000Z').ok).toBe(false);
});

test('a duty is as its worst item', () => {
  const of = (state: ObligationItem['state'], left: number) =>
    forecastOf({ ...item, state }, 'published', undefined, left);
  expect(outlookOf([of('fulfilled', 3), of('open', 30)])).toBe('on-track');
  expect(outlookOf([of('fulfilled-late', -3), of('fulfilled', 3)])).toBe('late');
  expect(outlookOf([of('open', 5), of('open', 30)])).toBe('at-risk');
  expect(outlookOf([of('closed', 3)])).toBe('done');
  expect(outlookOf([])).toBe('done');
});
