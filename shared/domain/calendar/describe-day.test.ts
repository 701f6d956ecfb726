import { describe, expect, it } from 'vitest';
import { addDays, weekday } from '../../kernel/civil-date.ts';
import { describeDay } from './describe-day.ts';
import { builtInCalendar, isWorkingDay, withOverride } from './working-days.ts';

const calendar = builtInCalendar();
const naadam = { date: '2026-07-15', kind: 'holiday', name: '那达慕', source: '示例' } as const;

describe('a day in words', () => {
  it.each([
    ['2021-10-29', true, '工作日', 'working day'],
    ['2021-10-31', false, '周末', 'weekend'],
    ['2021-10-09', true, '周六调休上班（国庆节）', 'make-up working Saturday (National Day)'],
    ['2021-09-26', true, '周日调休上班（国庆节）', 'make-up working Sunday (National Day)'],
    ['2021-09-20', false, '法定节假日（中秋）', 'public holiday (Mid-Autumn Festival)'],
  ])('%s', (date, working, zh, en) => {
    expect(describeDay(date, calendar)).toEqual({ ok: true, value: { date, working, why: { zh, en } } });
  });

  it('names a regional day that is worked', () => {
    const saturday = { date: '2026-07-18', kind: 'workday', name: '那达慕', source: '示例' } as const;
    const made = withOverride(calendar, saturday);
    expect(made.ok && describeDay('2026-07-18', made.value)).toMatchObject({
      value: {
        working: true,
        why: { zh: '自治区规定上班（那达慕，示例）', en: 'regional working day (那达慕, 示例)' },
      },
    });
  });

  it('names the source of a regional day', () => {
    const off = withOverride(calendar, naadam);
    const day = off.ok && describeDay('2026-07-15', off.value);
    expect(day).toMatchObject({
      value: {
        working: false,
        why: { zh: '自治区规定放假（那达慕，示例）', en: 'regional holiday (那达慕, 示例)' },
      },
    });
  });

  it('has English for every holiday that ships', () => {
    for (const { exceptions } of calendar.years.values()) {
      for (const { date } of exceptions) {
        const day = describeDay(date, calendar);
        expect(day.ok && day.value.why.en).toMatch(/^[A-Za-z' ()-]+$/);
      }
    }
  });

  it('agrees with the week wherever the calendar is silent', () => {
    for (let date = '2021-01-01'; date < '2027-01-01'; date = addDays(date, 1)) {
      const exception = calendar.years
        .get(Number(date.slice(0, 4)))
        ?.exceptions.some((day) => day.date === date);
      const working = isWorkingDay(date, calendar);
      expect(working.ok && working.value !== weekday(date) < 6, date).toBe(exception);
    }
  });
});
