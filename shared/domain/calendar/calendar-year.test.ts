import { describe, expect, it } from 'vitest';
import { addDays, dayNumber } from '../../kernel/civil-date.ts';
import {
  builtInYears,
  defectsOf,
  isWeekend,
  warningsAbout,
  type CalendarYear,
  type ExceptionDay,
} from './calendar-year.ts';

function year2027(...exceptions: ExceptionDay[]): CalendarYear {
  return { year: 2027, version: 1, source: '国办发明电〔2026〕某号', exceptions };
}

const newYear: ExceptionDay = { date: '2027-01-01', kind: 'holiday', name: '元旦' };

describe('the years that ship', () => {
  it('are 2021 to 2026, each without a defect and with the day count of the law', () => {
    expect(builtInYears.map((year) => year.year)).toEqual([2021, 2022, 2023, 2024, 2025, 2026]);
    for (const year of builtInYears) {
      expect(defectsOf(year)).toEqual([]);
      expect(warningsAbout(year)).toEqual([]);
    }
  });

  it.each([
    [2021, '02-07 02-20 04-25 05-08 09-18 09-26 10-09'],
    [2022, '01-29 01-30 04-02 04-24 05-07 10-08 10-09'],
    [2023, '01-28 01-29 04-23 05-06 06-25 10-07 10-08'],
    [2024, '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12'],
    [2025, '01-26 02-08 04-27 09-28 10-11'],
    [2026, '01-04 02-14 02-28 05-09 09-20 10-10'],
  ])('has the make-up working days of %i', (year, days) => {
    const exceptions = builtInYears.find((candidate) => candidate.year === year)?.exceptions ?? [];
    const worked = exceptions.filter((day) => day.kind === 'workday').map((day) => day.date.slice(5));
    expect(worked.join(' ')).toBe(days);
  });
});

describe('a year to be loaded', () => {
  it('lists every defect with its place', () => {
    const codes = defectsOf(
      year2027(
        newYear,
        newYear,
        { date: '2027-02-30', kind: 'holiday', name: '春节' },
        { date: '2026-12-31', kind: 'holiday', name: '元旦' },
        { date: '2027-01-02', kind: 'holiday', name: '元旦' },
        { date: '2027-01-04', kind: 'workday', name: '元旦' },
      ),
    ).map(({ code, pointer }) => `${pointer} ${code}`);
    expect(codes).toEqual([
      '/exceptions/1/date repeated-day',
      '/exceptions/2/date civil-date',
      '/exceptions/3/date other-year',
      '/exceptions/4/kind holiday-on-weekend',
      '/exceptions/5/kind workday-on-weekday',
    ]);
  });

  it.each<[string, ExceptionDay, string, string]>([
    [
      'no date',
      { date: '2027-02-30', kind: 'holiday', name: '春节' },
      '“2027-02-30”不是有效日期',
      '“2027-02-30” is not a date',
    ],
    [
      'a day of another year',
      { date: '2026-12-31', kind: 'holiday', name: '元旦' },
      '2026-12-31不在2027年',
      '2026-12-31 is not in 2027',
    ],
    ['a day told twice', newYear, '2027-01-01重复', '2027-01-01 is given twice'],
    [
      'a holiday on a Saturday',
      { date: '2027-01-02', kind: 'holiday', name: '元旦' },
      '2027-01-02本是周末，不必列为假日',
      '2027-01-02 is a weekend day and off anyway',
    ],
    [
      'a make-up day on a Monday',
      { date: '2027-01-04', kind: 'workday', name: '元旦' },
      '2027-01-04不是周末，不能列为调休上班日',
      '2027-01-04 is a weekday and worked anyway',
    ],
  ])('says in both languages what is wrong with %s', (_, day, zh, en) => {
    expect(defectsOf(year2027(newYear, day)).map(({ text }) => text)).toEqual([{ zh, en }]);
  });

  it('is held against the weekdays of that very year, leap years and years that begin on a weekend too', () => {
    for (let year = 2021; year <= 2060; year += 1) {
      const days = Array.from(
        { length: dayNumber(`${year + 1}-01-01`) - dayNumber(`${year}-01-01`) },
        (_, index) => addDays(`${year}-01-01`, index),
      );
      const weekdays = days.filter((day) => !isWeekend(day)).length;
      const [warning] = warningsAbout({ year, version: 1, exceptions: [], source: '示例' });
      expect(warning?.text.en).toContain(`has ${weekdays} working days`);
    }
  });

  it('is warned about, not refused, when the day count does not fit', () => {
    const year = year2027(newYear);
    expect(defectsOf(year)).toEqual([]);
    expect(warningsAbout(year).map((warning) => warning.code)).toEqual(['day-count']);
    // 2027 has 261 weekdays.
    expect(warningsAbout(year)[0]?.text.en).toContain('260 working days; 248');
  });

  it('counts a make-up working day against a holiday', () => {
    // Fourteen weekdays of March 2027 off, and one Saturday worked: thirteen in all.
    const off = '01 02 03 04 05 08 09 10 11 12 15 16 17 18'.split(' ');
    const holidays = off.map((day): ExceptionDay => ({
      date: `2027-03-${day}`,
      kind: 'holiday',
      name: '春节',
    }));
    const madeUp: ExceptionDay = { date: '2027-03-06', kind: 'workday', name: '春节' };
    expect(warningsAbout(year2027(...holidays, madeUp))).toEqual([]);
    expect(warningsAbout(year2027(...holidays))).toHaveLength(1);
  });
});
