import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  civilDateOf,
  dayNumber,
  endOfDayExclusive,
  fromDayNumber,
  isCivilDate,
  isInstant,
  lastDayOfYears,
  startOfDay,
  weekday,
  yearOf,
} from './civil-date.ts';

const dayNumbers = fc.integer({ min: dayNumber('0000-01-01'), max: dayNumber('9999-12-31') - 1 });

describe('civil dates', () => {
  it.each(['2021-10-31', '2024-02-29', '0001-01-01', '9999-12-31'])('takes %s', (text) => {
    expect(isCivilDate(text)).toBe(true);
  });

  it.each([
    '2021-02-29',
    '2021-02-30',
    '2021-13-01',
    '2021-00-10',
    '2021-10-32',
    '2021-1-1',
    '20211031',
    '2021-10',
    '2021',
    '+010000-01',
    '+010000-01-01',
    '',
    ' 2021-10-31',
    '2021-10-31\n',
  ])('does not take %j', (text) => {
    expect(isCivilDate(text)).toBe(false);
  });

  it('numbers days from 1970 and back', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1969-12-31')).toBe(-1);
    fc.assert(fc.property(dayNumbers, (day) => dayNumber(fromDayNumber(day)) === day));
  });

  it('adds days across leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01');
    expect(addDays('2022-01-01', -1)).toBe('2021-12-31');
  });

  it('knows weekdays, also before 1970', () => {
    expect(weekday('2021-10-31')).toBe(7);
    expect(weekday('2021-11-01')).toBe(1);
    expect(weekday('1949-10-01')).toBe(6);
    fc.assert(
      fc.property(
        dayNumbers,
        (day) => weekday(fromDayNumber(day + 1)) === (weekday(fromDayNumber(day)) % 7) + 1,
      ),
    );
  });

  it('reads the year', () => {
    expect(yearOf('2021-12-31')).toBe(2021);
  });

  it('throws on what is no date, because callers parse first', () => {
    expect(() => dayNumber('2021-02-30')).toThrow(RangeError);
    expect(() => fromDayNumber(0.5)).toThrow(RangeError);
    expect(() => fromDayNumber(dayNumber('9999-12-31') + 1)).toThrow(RangeError);
  });
});

describe('instants', () => {
  it.each([
    '2021-10-31T16:00:00Z',
    '2021-10-31T16:00:00.000+08:00',
    '2021-02-30T00:00:00.000Z',
    '2021-10-31T24:00:00.000Z',
    '2021-10-31',
    '+010000-01-01T00:00:00.000Z',
  ])('does not take %s', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  it('puts an instant on its day in Shanghai', () => {
    expect(isInstant('2021-10-31T15:59:59.999Z')).toBe(true);
    expect(civilDateOf('2021-10-31T15:59:59.999Z')).toBe('2021-10-31');
    expect(civilDateOf('2021-10-31T16:00:00.000Z')).toBe('2021-11-01');
    expect(() => civilDateOf('2021-10-31')).toThrow(RangeError);
  });

  it('ends October 2021 before the first instant of November', () => {
    expect(endOfDayExclusive('2021-10-31')).toBe('2021-10-31T16:00:00.000Z');
    expect(startOfDay('2021-11-01')).toBe('2021-10-31T16:00:00.000Z');
  });

  it('keeps every day between its start and its end', () => {
    fc.assert(
      fc.property(
        dayNumbers.filter((day) => day > dayNumber('0000-01-02')),
        fc.integer({ min: 0, max: 86_399_999 }),
        (day, ms) => {
          const date = fromDayNumber(day);
          const instant = new Date(Date.parse(startOfDay(date)) + ms).toISOString();
          expect(civilDateOf(instant)).toBe(date);
          expect(instant >= startOfDay(date) && instant < endOfDayExclusive(date)).toBe(true);
        },
      ),
    );
  });
});

describe('a term of years', () => {
  it.each([
    ['2021-10-12', 10, '2031-10-11'],
    ['2021-01-01', 1, '2021-12-31'],
    ['2021-03-01', 3, '2024-02-29'],
    ['2021-03-01', 4, '2025-02-28'],
    // From a day that its last year does not have.
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-28'],
  ])('that begins on %s and lasts %d years ends on %s', (first, years, last) => {
    expect(lastDayOfYears(first, years)).toBe(last);
  });
});
