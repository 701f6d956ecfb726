/** How a duty stands: how many working days are left, what is in the way, and whether it is likely to be late (预警). */
import { civilDateOf } from '../../kernel/civil-date.ts';
import type { Refusal, Text } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { workingDaysBetween, type WorkingCalendar } from '../calendar/working-days.ts';
import type { State } from '../submissions/submission.ts';
import { lastDayOf } from './duty-desk.ts';
import type { Obligation, ObligationItem } from './obligation.ts';

export const outlooks = {
  done: { zh: '已履行', en: 'done' },
  'on-track': { zh: '正常', en: 'on track' },
  'at-risk': { zh: '有逾期风险', en: 'at risk' },
  late: { zh: '已逾期', en: 'late' },
} as const;
export type Outlook = keyof typeof outlooks;

/** What is known of the filing that is to fulfil an item; absent: none was begun. */
export interface FilingNow {
  readonly id: string;
  readonly state: State;
}

export interface ItemForecast {
  readonly kind: string;
  readonly period: string;
  readonly outlook: Outlook;
  readonly filing?: FilingNow;
  /** What is in the way; empty when nothing is. */
  readonly why: readonly Text[];
}

/**
 * How many working days a filing in each state usually still wants until it counts, by what the item is satisfied by. The
 * platform's own estimate from the steps that lie ahead, `unverified` until a year of cases shows better.
 */
const stepsAhead: Readonly<Record<'submitted' | 'published', Partial<Record<State | 'none', number>>>> = {
  submitted: { none: 10, draft: 5, returned: 5, checking: 2, signing: 1 },
  published: {
    none: 12,
    draft: 7,
    returned: 7,
    checking: 4,
    signing: 3,
    submitted: 12,
    'in-review': 8,
    'awaiting-consent': 4,
    approved: 1,
  },
};

const standing: Partial<Record<State | 'none', Text>> = {
  none: { zh: '尚未开始填报', en: 'no filing was begun' },
  draft: { zh: '仍在拟稿', en: 'still being drafted' },
  returned: { zh: '退回补正，尚未重新报送', en: 'returned for correction and not yet submitted again' },
  checking: { zh: '待本单位审核', en: 'with the checker of its own office' },
  signing: { zh: '待本单位签发', en: 'awaiting signature in its own office' },
  submitted: { zh: '已报送，待受理', en: 'submitted, awaiting acceptance' },
  'in-review': { zh: '部门审查中', en: 'under departmental review' },
  'awaiting-consent': { zh: '待自治区人民政府同意', en: "awaiting the government's consent" },
  approved: { zh: '已通过，尚未公布', en: 'approved and not yet published' },
};

/** Working days left up to and including the last day; below 0: how many it is late. */
export function workingDaysLeft(
  obligation: Obligation,
  calendar: WorkingCalendar,
  now: string,
): Result<number, Refusal> {
  const lastDay = lastDayOf(obligation);
  const today = civilDateOf(now);
  if (today <= lastDay) return workingDaysBetween(today, lastDay, calendar);
  const late = workingDaysBetween(lastDay, today, calendar);
  // On a weekend right after the last day it is late by no working day yet, and late all the same.
  return late.ok ? ok(-Math.max(late.value, 1)) : late;
}

/** How an item stands. `left` as of `workingDaysLeft`. */
export function forecastOf(
  item: ObligationItem,
  satisfiedBy: Obligation['satisfiedBy'],
  filing: FilingNow | undefined,
  left: number,
): ItemForecast {
  const { kind, period } = item;
  const common = { kind, period, ...(filing ? { filing } : {}) };
  if (item.state !== 'open')
    return { ...common, outlook: item.state === 'fulfilled-late' ? 'late' : 'done', why: [] };
  const state = filing?.state ?? 'none';
  const said = standing[state];
  const why = said ? [said] : [];
  if (left < 0) return { ...common, outlook: 'late', why };
  const ahead = stepsAhead[satisfiedBy][state] ?? 0;
  return { ...common, outlook: ahead > left ? 'at-risk' : 'on-track', why };
}

const worst: readonly Outlook[] = ['late', 'at-risk', 'on-track', 'done'];

/** The worst of its items. */
export function outlookOf(items: readonly ItemForecast[]): Outlook {
  return worst.find((outlook) => items.some((item) => item.outlook === outlook)) ?? 'done';
}
