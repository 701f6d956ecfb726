/** One year of the working-day calendar: the days on which it differs from the week, and what can be wrong with it. */
import { dayNumber, isCivilDate, weekday, yearOf, type CivilDate } from '../../kernel/civil-date.ts';
import type { Reason } from '../../kernel/refusal.ts';
import { exceptions2021To2026Csv } from './data/exceptions-2021-2026.ts';

/** A day that is not what its weekday says: a weekday off (放假) or a weekend day at work (调休上班). */
export interface ExceptionDay {
  readonly date: CivilDate;
  readonly kind: 'holiday' | 'workday';
  /** The holiday it belongs to, in Chinese as the notice prints it. */
  readonly name: string;
}

export interface CalendarYear {
  readonly year: number;
  /** 0 is what the platform ships with; what administrators load counts from 1. */
  readonly version: number;
  readonly exceptions: readonly ExceptionDay[];
  /** The notice (文号) or data set that this year was taken from. */
  readonly source: string;
}

/** The years 2021–2026, as shipped. Marked as pure, so that the bundle of a function that counts no days leaves them out. */
export const builtInYears: readonly CalendarYear[] = /* @__PURE__ */ readYears(exceptions2021To2026Csv);

function readYears(csv: string): readonly CalendarYear[] {
  const days = csv.trim().split('\n').slice(1).map(readDay);
  const years = [...new Set(days.map((day) => yearOf(day.date)))];
  return years.map((year) => ({
    year,
    version: 0,
    exceptions: days.filter((day) => yearOf(day.date) === year),
    source: 'chinese-days 1.5.7',
  }));
}

function readDay(line: string): ExceptionDay {
  const [date, kind, name] = line.split(',');
  if (!date || !name || (kind !== 'holiday' && kind !== 'workday'))
    throw new Error(`Not a day of the calendar: ${line}`);
  return { date, kind, name };
}

/** Everything that makes the year unusable, each with its place. Empty when it can be loaded. */
export function defectsOf(calendarYear: CalendarYear): readonly Reason[] {
  const seen = new Set<CivilDate>();
  return calendarYear.exceptions.flatMap((day, index) => {
    const defect = defectOf(day, calendarYear.year, seen.has(day.date));
    seen.add(day.date);
    return defect ? [{ ...defect, pointer: `/exceptions/${index}/${defect.field}` }].map(withoutField) : [];
  });
}

interface Defect extends Omit<Reason, 'pointer'> {
  readonly field: 'date' | 'kind';
}

function withoutField({ code, pointer, text }: Reason): Reason {
  return { code, pointer, text };
}

function defectOf({ date, kind }: ExceptionDay, year: number, repeated: boolean): Defect | undefined {
  if (!isCivilDate(date)) {
    return {
      code: 'civil-date',
      field: 'date',
      text: { zh: `“${date}”不是有效日期`, en: `“${date}” is not a date` },
    };
  }
  if (yearOf(date) !== year) {
    return {
      code: 'other-year',
      field: 'date',
      text: { zh: `${date}不在${year}年`, en: `${date} is not in ${year}` },
    };
  }
  if (repeated) {
    return { code: 'repeated-day', field: 'date', text: { zh: `${date}重复`, en: `${date} is given twice` } };
  }
  if (kind === 'holiday' && isWeekend(date)) {
    return {
      code: 'holiday-on-weekend',
      field: 'kind',
      text: { zh: `${date}本是周末，不必列为假日`, en: `${date} is a weekend day and off anyway` },
    };
  }
  if (kind === 'workday' && !isWeekend(date)) {
    return {
      code: 'workday-on-weekday',
      field: 'kind',
      text: { zh: `${date}不是周末，不能列为调休上班日`, en: `${date} is a weekday and worked anyway` },
    };
  }
  return undefined;
}

/** What looks wrong but may be right: the day count does not fit the number of statutory holidays (办法 §2). */
export function warningsAbout({ year, exceptions }: CalendarYear): readonly Reason[] {
  const worked = weekdaysIn(year) + count(exceptions, 'workday') - count(exceptions, 'holiday');
  const expected = weekdaysIn(year) - statutoryHolidaysIn(year);
  if (worked === expected) return [];
  return [
    {
      code: 'day-count',
      pointer: '/exceptions',
      text: {
        zh: `全年工作日为${worked}天，按法定节假日天数应为${expected}天，请核对`,
        en: `The year has ${worked} working days; ${expected} would fit the statutory holidays. Please check`,
      },
    },
  ];
}

/** 11 days a year, 13 since the 办法 was revised on 2024-11-10. */
function statutoryHolidaysIn(year: number): number {
  return year >= 2025 ? 13 : 11;
}

function count(exceptions: readonly ExceptionDay[], kind: ExceptionDay['kind']): number {
  return exceptions.filter((day) => day.kind === kind).length;
}

function weekdaysIn(year: number): number {
  const first = `${year}-01-01`;
  const length = dayNumber(`${year + 1}-01-01`) - dayNumber(first);
  const beyondWeeks = Array.from(
    { length: length % 7 },
    (_, index) => ((weekday(first) - 1 + index) % 7) + 1,
  );
  return Math.floor(length / 7) * 5 + beyondWeeks.filter((day) => day < 6).length;
}

/** Saturday or Sunday, whatever the calendar makes of it. */
export function isWeekend(date: CivilDate): boolean {
  return weekday(date) > 5;
}
