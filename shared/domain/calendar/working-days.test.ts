import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, fromDayNumber } from '../../kernel/civil-date.ts';
import type { CalendarYear } from './calendar-year.ts';
import { describeDay } from './describe-day.ts';
import {
  addWorkingDays,
  builtInCalendar,
  isWorkingDay,
  reminderDate,
  withOverride,
  withYear,
  workingDaysBetween,
} from './working-days.ts';

const calendar = builtInCalendar();
const missing2027 = {
  ok: false,
  error: { code: 'calendar-year-missing', params: { year: 2027 }, errors: [] },
};
const naadam = { date: '2026-07-15', kind: 'holiday', name: '那达慕', source: '示例' } as const;

function loaded(year: CalendarYear) {
  const result = withYear(calendar, year);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('counting working days', () => {
  it.each([
    ['2021-09-23', 1, '2021-09-24'],
    ['2021-09-23', 2, '2021-09-26'],
    ['2021-09-24', 5, '2021-09-30'],
    ['2021-09-27', 5, '2021-10-09'],
    ['2021-09-30', 1, '2021-10-08'],
    ['2021-09-30', 3, '2021-10-11'],
    ['2021-09-23', 20, '2021-10-26'],
    ['2022-01-28', 3, '2022-02-07'],
    ['2024-02-08', 5, '2024-02-21'],
    ['2025-01-24', 10, '2025-02-13'],
    ['2025-09-26', 5, '2025-10-10'],
    ['2026-02-13', 3, '2026-02-25'],
    ['2026-09-18', 20, '2026-10-22'],
    ['2026-09-30', 3, '2026-10-10'],
  ])('%s + %i = %s', (date, n, expected) => {
    expect(addWorkingDays(date, n, calendar)).toEqual({ ok: true, value: expected });
  });

  it('adds nothing to a date that is not worked either', () => {
    expect(addWorkingDays('2021-10-31', 0, calendar)).toEqual({ ok: true, value: '2021-10-31' });
  });

  it.each([-1, 1.5, Number.NaN])('refuses %d days', (n) => {
    expect(addWorkingDays('2021-10-31', n, calendar)).toMatchObject({
      ok: false,
      error: {
        code: 'invalid-request',
        errors: [
          {
            code: 'working-days',
            pointer: '',
            text: {
              zh: '工作日数须为不小于0的整数',
              en: 'The number of working days must be a whole number from 0',
            },
          },
        ],
      },
    });
  });

  it('follows the stages of Yichang, each ending on its last day', () => {
    const ends: string[] = [];
    for (const limit of [5, 15, 5, 3]) {
      const end = addWorkingDays(ends.at(-1) ?? '2021-09-24', limit, calendar);
      ends.push(end.ok ? end.value : end.error.code);
    }
    expect(ends).toEqual(['2021-09-30', '2021-10-27', '2021-11-03', '2021-11-08']);
  });

  it.each([
    [2021, 250],
    [2022, 249],
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i has %i working days', (year, expected) => {
    // The first of January is always a holiday, so that nothing is lost by not counting it.
    expect(workingDaysBetween(`${year}-01-01`, `${year}-12-31`, calendar)).toEqual({
      ok: true,
      value: expected,
    });
  });

  it('counts 23 working days from the notice to its deadline', () => {
    expect(workingDaysBetween('2021-09-23', '2021-10-31', calendar)).toEqual({ ok: true, value: 23 });
    expect(workingDaysBetween('2021-10-31', '2021-10-31', calendar)).toEqual({ ok: true, value: 0 });
    expect(workingDaysBetween('2021-10-31', '2021-10-20', calendar)).toEqual({ ok: true, value: 0 });
  });

  it('gives back the number added, and lands on a working day', () => {
    const days = fc
      .integer({ min: dayNumber('2021-01-01'), max: dayNumber('2026-06-30') })
      .map(fromDayNumber);
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const to = addWorkingDays(from, n, calendar);
        if (!to.ok) throw new Error(to.error.code);
        expect(workingDaysBetween(from, to.value, calendar)).toEqual({ ok: true, value: n });
        expect(isWorkingDay(to.value, calendar)).toEqual({ ok: true, value: true });
      }),
    );
  });
});

describe('a year that is not loaded', () => {
  it('refuses a day in it, weekend or not', () => {
    expect(isWorkingDay('2027-01-01', calendar)).toEqual(missing2027);
    expect(isWorkingDay('2027-01-02', calendar)).toEqual(missing2027);
    expect(describeDay('2027-01-01', calendar)).toEqual(missing2027);
  });

  it('refuses a count that runs into it, and not one that stops before', () => {
    expect(addWorkingDays('2026-12-30', 1, calendar)).toEqual({ ok: true, value: '2026-12-31' });
    expect(addWorkingDays('2026-12-30', 2, calendar)).toEqual(missing2027);
    expect(workingDaysBetween('2026-12-30', '2027-01-04', calendar)).toEqual(missing2027);
    expect(reminderDate('2026-12-31', 1, calendar)).toEqual(missing2027);
    expect(reminderDate('2021-01-15', -20, calendar)).toMatchObject({ error: { params: { year: 2020 } } });
  });

  it('counts through it once it is loaded', () => {
    const exceptions = [{ date: '2027-01-01', kind: 'holiday', name: '元旦' }] as const;
    const with2027 = loaded({ year: 2027, version: 1, source: '示例', exceptions });
    expect(addWorkingDays('2026-12-30', 2, with2027)).toEqual({ ok: true, value: '2027-01-04' });
    expect(addWorkingDays('2026-12-30', 2, calendar)).toEqual(missing2027);
  });

  it('is refused with all its defects', () => {
    const exceptions = [
      { date: '2027-01-02', kind: 'holiday', name: '元旦' },
      { date: '2028-01-03', kind: 'holiday', name: '元旦' },
    ] as const;
    expect(withYear(calendar, { year: 2027, version: 1, source: '示例', exceptions })).toMatchObject({
      ok: false,
      error: { code: 'invalid-request', params: { count: 2 }, errors: [{}, {}] },
    });
  });

  it('replaces an earlier version of a year', () => {
    const corrected = loaded({ year: 2026, version: 1, source: '示例', exceptions: [] });
    expect(isWorkingDay('2026-10-01', corrected)).toEqual({ ok: true, value: true });
  });
});

describe('regional days', () => {
  it('go before the week and before the national notice', () => {
    const off = withOverride(calendar, naadam);
    const on = withOverride(calendar, { ...naadam, date: '2026-10-01', kind: 'workday' });
    expect(off.ok && isWorkingDay('2026-07-15', off.value)).toEqual({ ok: true, value: false });
    expect(on.ok && isWorkingDay('2026-10-01', on.value)).toEqual({ ok: true, value: true });
    expect(isWorkingDay('2026-07-15', calendar)).toEqual({ ok: true, value: true });
  });

  it('stay when their year is loaded anew', () => {
    const off = withOverride(calendar, naadam);
    const anew = off.ok && withYear(off.value, { year: 2026, version: 2, source: '示例', exceptions: [] });
    expect(anew && anew.ok && isWorkingDay('2026-07-15', anew.value)).toEqual({ ok: true, value: false });
  });

  it('need a date, in a year that is loaded', () => {
    expect(withOverride(calendar, { ...naadam, date: '2026-02-30' })).toMatchObject({
      error: {
        code: 'invalid-request',
        errors: [
          {
            code: 'civil-date',
            pointer: '/date',
            text: { zh: '“2026-02-30”不是有效日期', en: '“2026-02-30” is not a date' },
          },
        ],
      },
    });
    expect(withOverride(calendar, { ...naadam, date: '2027-07-15' })).toEqual(missing2027);
  });
});

describe('reminders', () => {
  it.each([
    ['2021-10-31', '2021-09-27 2021-10-15 2021-10-22 2021-10-28 2021-10-29 2021-11-01 2021-11-05'],
    ['2022-01-31', '2022-01-04 2022-01-18 2022-01-25 2022-01-29 2022-01-30 2022-02-07 2022-02-11'],
    ['2025-10-08', '2025-09-03 2025-09-17 2025-09-24 2025-09-29 2025-09-30 2025-10-09 2025-10-14'],
  ])('before and after %s', (deadline, expected) => {
    const dates = [-20, -10, -5, -1, 0, 1, 5].map((point) => {
      const date = reminderDate(deadline, point, calendar);
      return date.ok ? date.value : date.error.code;
    });
    expect(dates.join(' ')).toBe(expected);
  });

  it('have as many working days after them as they say', () => {
    const days = fc
      .integer({ min: dayNumber('2021-03-01'), max: dayNumber('2026-12-31') })
      .map(fromDayNumber);
    fc.assert(
      fc.property(days, fc.constantFrom(-20, -10, -5, -1, 0), (deadline, point) => {
        const date = reminderDate(deadline, point, calendar);
        if (!date.ok) throw new Error(date.error.code);
        expect(workingDaysBetween(date.value, deadline, calendar)).toEqual({
          ok: true,
          value: Math.abs(point),
        });
        expect(isWorkingDay(date.value, calendar)).toEqual({ ok: true, value: true });
      }),
    );
  });
});
