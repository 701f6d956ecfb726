/**
 * What a person may choose about being told, and what not: who hears of a notice, at once or gathered, who covers during a
 * leave. The legal minimum (法定最低) goes out at once and is never put off.
 */
import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import type { Reason, Text } from '../../kernel/refusal.ts';
import type { Notice } from './notice.ts';
import type { AddressBook, Delivery, LeaveInput, Person } from './person.ts';
import type { PointName } from './points.ts';

/** The points that no preference holds back, each with its reason. */
export const legalMinimum: Readonly<Partial<Record<PointName, Text>>> = {
  created: { zh: '新下达的义务须即时告知', en: 'a duty newly laid down is told at once' },
  nudge: { zh: '上级催办须即时送达', en: 'a superior asks' },
  '-1': { zh: '距截止仅一个工作日', en: 'one working day is left' },
  '0': { zh: '截止前最后一个工作日', en: 'it is the last working day' },
  '+1': { zh: '已逾期', en: 'it is late' },
  '+5': { zh: '逾期升级上报', en: 'it is escalated' },
};

/** Whether a point belongs to the legal minimum. Points that a notice adds at or after T−1 do so as well. */
export function isMinimum(point: PointName): boolean {
  return point in legalMinimum || Number(point) >= -1;
}

/** One line of the legal minimum, or a tiding, brings the whole notice at once: it is not torn apart. */
export function whenOf(
  delivery: Delivery,
  { lines, tidings = [] }: Pick<Notice, 'lines' | 'tidings'>,
): Delivery {
  return tidings.length > 0 || lines.some(({ point }) => isMinimum(point)) ? 'at-once' : delivery;
}

/** Whether a person is away on this civil day (Asia/Shanghai). */
export function isAway({ leave }: Person, day: CivilDate): boolean {
  return leave !== undefined && leave.from <= day && day <= leave.to;
}

/**
 * Who covers for a person on this day: the colleague he named; if that one is away too, the one whom the colleague named,
 * and no further. Undefined when he is here, or when nobody is left.
 */
export function coverOf(person: Person, people: readonly Person[], day: CivilDate): Person | undefined {
  if (!isAway(person, day)) return undefined;
  const first = people.find(({ sub }) => sub === person.leave?.cover);
  const cover = first && isAway(first, day) ? people.find(({ sub }) => sub === first.leave?.cover) : first;
  return cover && cover.sub !== person.sub && !isAway(cover, day) ? cover : undefined;
}

/** The longest leave that can be entered. */
const longestLeave = 366;

/** Everything that is wrong with a leave, as the person's own colleagues and today are. */
export function leaveDefects(
  { from, to, cover }: LeaveInput,
  sub: string,
  people: readonly Person[],
  today: CivilDate,
): readonly Reason[] {
  const wrong = (pointer: string, code: string, zh: string, en: string): Reason[] => [
    { pointer, code, text: { zh, en } },
  ];
  return [
    ...(to < from
      ? wrong('/to', 'leave-range', '末日不得早于首日', 'The last day comes before the first')
      : []),
    ...(to < today ? wrong('/to', 'leave-past', '请假已过', 'The leave is over') : []),
    ...(to > addDays(from, longestLeave)
      ? wrong('/to', 'leave-too-long', '一次最长一年，请分次填写', 'At most a year at once')
      : []),
    ...(cover === sub ? wrong('/cover', 'cover-self', '不能由本人代办', 'Nobody covers for himself') : []),
    ...(cover !== sub && !people.some((one) => one.sub === cover)
      ? wrong(
          '/cover',
          'cover-unknown',
          '代办人须为本单位已登记通知方式的人员',
          'Who covers must be of the same office, and must have said how to be told',
        )
      : []),
  ];
}

export interface Told {
  readonly person: Person;
  /** The subject of the colleague for whom he stands in. */
  readonly coversFor?: string;
}

/**
 * Who hears of the notices of a role on this day: all who hold it, away or not, since a notice never vanishes; and who covers
 * for them. Each once: who holds the role himself covers for nobody.
 */
export function toldOf(people: readonly Person[], role: string, day: CivilDate): readonly Told[] {
  const holders = people.filter(({ roles }) => roles.includes(role));
  const told = new Map<string, Told>(holders.map((person) => [person.sub, { person }]));
  for (const holder of holders) {
    const cover = coverOf(holder, people, day);
    if (cover && !told.has(cover.sub)) told.set(cover.sub, { person: cover, coversFor: holder.sub });
  }
  return [...told.values()];
}

/** For whom a person stands in on this day. */
export function coveredBy(people: readonly Person[], sub: string, day: CivilDate): readonly Person[] {
  return people.filter((person) => coverOf(person, people, day)?.sub === sub);
}

/**
 * The duties of a notice that a person has put off, as far as that is his; by their ids. Nothing is sent of them later: the
 * list shows them again on the day, and the next point tells of them anew, T−1 at the latest.
 */
export function putOffOf(
  notice: Notice,
  sub: string,
  snoozes: AddressBook['snoozes'],
  day: CivilDate,
): readonly string[] {
  return notice.lines
    .filter(({ obligation, point }) => !isMinimum(point) && isSnoozed(obligation, sub, snoozes, day))
    .map(({ obligation }) => obligation);
}

function isSnoozed(
  obligation: string,
  sub: string,
  snoozes: AddressBook['snoozes'],
  day: CivilDate,
): boolean {
  return snoozes.some((one) => one.sub === sub && one.obligation === obligation && day < one.until);
}
