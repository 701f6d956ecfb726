/** How far the loaded calendar reaches, and which year is to be loaded next. */
import { dayNumber, yearOf, type CivilDate } from '../../kernel/civil-date.ts';
import type { WorkingCalendar } from './working-days.ts';

/** From so many days before its end on, the administrators have the next year on their desk: from 2 November. */
export const remindDaysAhead = 60;

export interface Reach {
  /** Days from today to the last day that is loaded without a gap; below 0 when this year is missing itself. */
  readonly days: number;
  /** The first year that is missing. */
  readonly missing: number;
}

export function reachOf(today: CivilDate, calendar: WorkingCalendar): Reach {
  let missing = yearOf(today);
  while (calendar.years.has(missing)) missing += 1;
  return { days: dayNumber(`${missing - 1}-12-31`) - dayNumber(today), missing };
}
