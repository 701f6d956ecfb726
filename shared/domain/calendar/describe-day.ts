/** Why a day is or is not a working day, in words. */
import { weekday, type CivilDate } from '../../kernel/civil-date.ts';
import type { Refusal, Text } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { calendarDay, type CalendarDay, type WorkingCalendar } from './working-days.ts';

export interface DescribedDay {
  readonly date: CivilDate;
  readonly working: boolean;
  readonly why: Text;
}

const weekdays = [
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
  { zh: '周日', en: 'Sunday' },
] as const;

const holidayNames: Readonly<Record<string, string>> = {
  元旦: "New Year's Day",
  春节: 'Spring Festival',
  清明: 'Qingming Festival',
  劳动节: 'Labour Day',
  端午: 'Dragon Boat Festival',
  中秋: 'Mid-Autumn Festival',
  国庆节: 'National Day',
};

/** What the day is, and why. Refused when its year is not loaded. */
export function describeDay(date: CivilDate, calendar: WorkingCalendar): Result<DescribedDay, Refusal> {
  const day = calendarDay(date, calendar);
  return day.ok ? ok({ date, working: day.value.working, why: describe(day.value) }) : day;
}

/** The words for a day that was already looked up. */
export function describe({ date, working, exception }: CalendarDay): Text {
  if (!exception) return working ? { zh: '工作日', en: 'working day' } : { zh: '周末', en: 'weekend' };
  const { name } = exception;
  const nameEn = holidayNames[name] ?? name;
  if ('source' in exception) {
    const { source } = exception;
    return working
      ? { zh: `自治区规定上班（${name}，${source}）`, en: `regional working day (${nameEn}, ${source})` }
      : { zh: `自治区规定放假（${name}，${source}）`, en: `regional holiday (${nameEn}, ${source})` };
  }
  const { zh, en } = weekdays[weekday(date) - 1] ?? { zh: '', en: '' };
  return working
    ? { zh: `${zh}调休上班（${name}）`, en: `make-up working ${en} (${nameEn})` }
    : { zh: `法定节假日（${name}）`, en: `public holiday (${nameEn})` };
}
