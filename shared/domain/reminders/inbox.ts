/** What stands in a person's inbox: which boxes are his, whether he has read a notice, and which lines he has put off. */
import type { CivilDate } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { reminderDate, type WorkingCalendar } from '../calendar/working-days.ts';
import type { Actor } from '../identity/roles.ts';
import type { Notice, NoticeLine } from './notice.ts';
import type { Person, ReadMark, Snooze } from './person.ts';
import { coveredBy, isMinimum, legalMinimum } from './preferences.ts';

/** The notices of one role that a person may read: his own, or those of colleagues on leave for whom he stands in. */
export interface Box {
  readonly office: string;
  readonly role: string;
  /** Empty: the role is his own. */
  readonly covers: readonly Person[];
}

/**
 * A cover sees the notices of the roles he stands in for, of the days of the leave, while it lasts; he gains no other right.
 * @param people of his office
 */
export function boxesOf(actor: Actor, people: readonly Person[], today: CivilDate): readonly Box[] {
  const { office, sub } = actor;
  const covered = coveredBy(people, sub, today);
  const own: readonly string[] = actor.roles;
  const roles = new Set(covered.flatMap((person) => person.roles.filter((role) => !own.includes(role))));
  return [
    ...actor.roles.map((role) => ({ office, role, covers: [] })),
    ...[...roles].map((role) => ({
      office,
      role,
      covers: covered.filter((person) => person.roles.includes(role)),
    })),
  ];
}

/** For whom a notice of a box is read: `undefined` where the role is one's own, `nobody` where no leave lasts on its day. */
export function coveredOn({ covers }: Box, day: CivilDate): Person | 'nobody' | undefined {
  if (covers.length === 0) return undefined;
  return covers.find(({ leave }) => leave && leave.from <= day && day <= leave.to) ?? 'nobody';
}

/** When a person read a notice as it now is; null when he has not, or when it has grown since. */
export function readAt(notice: Pick<Notice, 'seq'>, mark: ReadMark | undefined): string | null {
  const last = mark?.readings.at(-1);
  return last && last.notice >= notice.seq ? last.at : null;
}

/** When a person first read a notice after something was told in it. */
export function firstReadAfter(mark: ReadMark, told: string): string | undefined {
  return mark.readings.find(({ at }) => at >= told)?.at;
}

/**
 * Whether a line is hidden from a person's list today. What belongs to the legal minimum is not, nor is any line from the
 * last working day but one on, whatever was put off before the deadline moved.
 */
export function isHidden(
  line: NoticeLine,
  snooze: Snooze | undefined,
  today: CivilDate,
  calendar: WorkingCalendar,
): boolean {
  if (!snooze || today >= snooze.until || isMinimum(line.point)) return false;
  const last = reminderDate(line.lastDay, -1, calendar);
  return last.ok && today < last.value;
}

/**
 * Whether a duty may be put off until a day. Today ends what was put off.
 * @param line as the day's notice has it; @param lastDay of the duty as it now is
 */
export function maySnooze(
  line: Pick<NoticeLine, 'point'>,
  lastDay: CivilDate,
  until: CivilDate,
  today: CivilDate,
  calendar: WorkingCalendar,
): Result<void, Refusal> {
  if (until === today) return ok(undefined);
  if (until < today) {
    const text = { zh: '日期已过', en: 'The day is past' };
    return refuse(refusal('invalid-request', { count: 1 }, [{ code: 'day-past', pointer: '/until', text }]));
  }
  const minimum = legalMinimum[line.point] ?? (isMinimum(line.point) ? legalMinimum['-1'] : undefined);
  if (minimum)
    return refuse(refusal('snooze-too-long', { until: today, whyZh: minimum.zh, why: minimum.en }));
  const last = reminderDate(lastDay, -1, calendar);
  if (!last.ok) return last;
  if (until <= last.value) return ok(undefined);
  const why = legalMinimum['-1'];
  return refuse(refusal('snooze-too-long', { until: last.value, whyZh: why?.zh ?? '', why: why?.en ?? '' }));
}
