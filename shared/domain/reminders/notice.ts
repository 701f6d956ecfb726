/**
 * A notice (催报通知): what one recipient is told on one day, all duties together. It stands in the recipient's inbox; later
 * reminders of the same day are added to it.
 */
import * as z from 'zod';
import { civilDateOf } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import type { Refusal, Text } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { WorkingCalendar } from '../calendar/working-days.ts';
import { lastDayOf } from '../duties/duty-desk.ts';
import { workingDaysLeft } from '../duties/forecast.ts';
import type { Obligation } from '../duties/obligation.ts';
import { officeOf } from '../identity/offices.ts';
import { kindOf } from '../submissions/kinds/index.ts';
import { PointName } from './points.ts';
import type { Recipient } from './reminder.ts';
import { Tiding } from './tiding.ts';

const Line = once(() =>
  z.object({
    obligation: z.string(),
    point: PointName(),
    city: z.string(),
    /** 文号 of the notice that lays the duty down, and its clause. */
    notice: z.string(),
    clause: z.string(),
    /** What is still open. */
    open: z.array(z.object({ kind: z.string(), period: z.string() })),
    lastDay: z.string(),
    /** Working days left up to and including the last day; below 0: how many it is late. */
    workingDays: z.int(),
  }),
);
export type NoticeLine = z.infer<ReturnType<typeof Line>>;

export const Notice = once(() =>
  z.object({
    office: z.string(),
    role: z.string(),
    /** Civil day on which it was made. */
    day: z.string(),
    lines: z.array(Line()),
    /** What became of certificates that this recipient relies on. */
    tidings: z.array(Tiding()).optional(),
    at: z.string(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Notice = z.infer<ReturnType<typeof Notice>>;

/** What a recipient is told of a duty at a moment. Refused when a year of the calendar is not loaded. */
export function lineOf(
  obligation: Obligation,
  point: PointName,
  calendar: WorkingCalendar,
  now: string,
): Result<NoticeLine, Refusal> {
  const days = workingDaysLeft(obligation, calendar, now);
  if (!days.ok) return days;
  return ok({
    obligation: obligation.id,
    point,
    city: obligation.city,
    notice: obligation.notice,
    clause: obligation.clause,
    open: obligation.items
      .filter(({ state }) => state === 'open')
      .map(({ kind, period }) => ({ kind, period })),
    lastDay: lastDayOf(obligation),
    workingDays: days.value,
  });
}

/** The notice with these lines; a duty that it told of already is told of anew, not twice. */
export function noticeWith(
  before: Notice | undefined,
  { office, role }: Recipient,
  lines: readonly NoticeLine[],
  now: string,
): Notice {
  const fresh = new Set(lines.map(({ obligation }) => obligation));
  const kept = before?.lines.filter(({ obligation }) => !fresh.has(obligation)) ?? [];
  const { tidings } = before ?? {};
  return {
    office,
    role,
    day: before?.day ?? civilDateOf(now),
    lines: [...kept, ...lines],
    ...(tidings ? { tidings } : {}),
    at: now,
    seq: before?.seq ?? 0,
    hash: before?.hash ?? '',
  };
}

/** The notice of a day with this tiding. */
export function noticeTelling(
  before: Notice | undefined,
  { office, role }: { readonly office: string; readonly role: string },
  tiding: Tiding,
  day: string,
  now: string,
): Notice {
  return {
    office,
    role,
    day,
    lines: before?.lines ?? [],
    tidings: [...(before?.tidings ?? []), tiding],
    at: now,
    seq: before?.seq ?? 0,
    hash: before?.hash ?? '',
  };
}

/** A line in words: what, by whom, until when, how long that is. */
export function wordsOf(line: NoticeLine): Text {
  const office = officeOf(line.city);
  const kinds = line.open.map(({ kind, period }) => ({
    ...(kindOf(kind)?.name ?? { zh: kind, en: kind }),
    period,
  }));
  const zhWhat = kinds.map(({ zh, period }) => `${zh}（${period}）`).join('、');
  const enWhat = kinds.map(({ en, period }) => `${en} (${period})`).join(', ');
  const [zhWhen, enWhen] = whenOf(line.workingDays);
  return {
    zh: `${office?.zh ?? line.city}：${zhWhat}须于${line.lastDay}前（含当日）完成，${zhWhen}。依据${line.notice}（${line.clause}）。`,
    en: `${office?.en ?? line.city}: ${enWhat} due by the end of ${line.lastDay}, ${enWhen}. Under ${line.notice} (${line.clause}).`,
  };
}

function whenOf(days: number): readonly [string, string] {
  if (days < 0) return [`已逾期${-days}个工作日`, `${-days} working day(s) late`];
  if (days === 0) return ['其间已无工作日', 'with no working day left'];
  return [`还有${days}个工作日`, `${days} working day(s) left`];
}
