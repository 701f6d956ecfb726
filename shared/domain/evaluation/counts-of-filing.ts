/**
 * What a filing adds: A2, publication of what was approved; B2 and B3, the departments' reviews; and policy measures in
 * force add B1, the joint-review mechanism, and B7, the completeness of the rules by supply mode.
 */
import { addDays, civilDateOf, yearOf } from '../../kernel/civil-date.ts';
import type { Refusal, Text } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { AuditEntry } from '../audit/entry.ts';
import { dueOf, explain, statusOf } from '../calendar/statutory-clock.ts';
import type { WorkingCalendar } from '../calendar/working-days.ts';
import { officeOf } from '../identity/offices.ts';
import { supplyModeTexts, type SupplyModeName } from '../policies/supply-modes.ts';
import { kindOf } from '../submissions/kinds/index.ts';
import { eventTypes, otherEventTypes } from '../submissions/event-types.ts';
import { yearsOf } from '../submissions/periods.ts';
import { opinionClockOf } from '../submissions/stage-clocks.ts';
import type { Head } from '../submissions/submission.ts';
import { countedFor, type Contribution } from './contribution.ts';

export interface FilingToCount {
  readonly head: Head;
  /** The whole chain of the filing, from the first entry. */
  readonly entries: readonly AuditEntry[];
  /** Content of the frozen version, of policy measures only. */
  readonly measures?: unknown;
}

/** Refused when a clock runs into a calendar year that is not loaded. */
export function countsOfFiling(
  filing: FilingToCount,
  calendar: WorkingCalendar,
): Result<readonly Contribution[], Refusal> {
  const reviews = countsOfReviews(filing.head, calendar);
  if (!reviews.ok) return reviews;
  return ok([...countsOfPublication(filing), ...reviews.value, ...countsOfMeasures(filing)]);
}

function base({ owner }: Head): Pick<Contribution, 'city' | 'office'> {
  return { city: countedFor(owner), office: owner };
}

function nameOf({ kind, period }: Head): { readonly zh: string; readonly en: string } {
  const name = kindOf(kind)?.name ?? { zh: kind, en: kind };
  return { zh: `${name.zh}（${period}）`, en: `${name.en} (${period})` };
}

/** Counted in the year of the approval, so that nothing counts in two years. */
function countsOfPublication({ head, entries }: FilingToCount): readonly Contribution[] {
  if (!kindOf(head.kind)?.published) return [];
  let approved: string | undefined;
  let published: string | undefined;
  for (const { at, facts } of entries) {
    const { from, to } = facts;
    if (to !== from && to === 'approved') approved = civilDateOf(at);
    if (to !== from && to === 'published') published = civilDateOf(at);
    if (to !== from && from === 'approved' && to !== 'published') approved = undefined;
  }
  if (approved === undefined) return [];
  const name = nameOf(head);
  const common = { ...base(head), indicator: 'A2', year: yearOf(approved) } as const;
  const approval: Contribution = {
    ...common,
    part: 'approved',
    day: approved,
    numerator: 0,
    denominator: 1,
    says: { zh: `${name.zh}：${approved}通过`, en: `${name.en}: approved on ${approved}` },
  };
  if (published === undefined) return [approval];
  const publication: Contribution = {
    ...common,
    part: 'published',
    day: published,
    numerator: 1,
    denominator: 0,
    says: { zh: `${name.zh}：${published}公布`, en: `${name.en}: published on ${published}` },
  };
  return [approval, publication];
}

/** A review counts on the day of its opinion, or, open, from the day after it was due. */
function countsOfReviews(head: Head, calendar: WorkingCalendar): Result<readonly Contribution[], Refusal> {
  const counts: Contribution[] = [];
  for (const clock of head.clocks) {
    if (clock.name !== opinionClockOf(clock.office)) continue;
    const end = clock.entries.find((entry) => entry.kind === 'ended');
    const office = officeOf(clock.office) ?? { zh: clock.office, en: clock.office };
    const name = nameOf(head);
    const common = { ...base(head), part: clock.name };
    if (statusOf(clock) !== 'ended') {
      const due = dueOf(clock, calendar);
      if (!due.ok) return due;
      if (due.value.due === null) continue;
      const day = addDays(due.value.due, 1);
      const says = {
        zh: `${name.zh}：${office.zh}应于${due.value.due}前出具审查意见，尚未出具`,
        en: `${name.en}: opinion of ${office.en} due on ${due.value.due}, still open`,
      };
      counts.push({ ...common, indicator: 'B2', year: yearOf(day), day, numerator: 0, denominator: 1, says });
      continue;
    }
    // Returned, withdrawn or rejected before the opinion: nothing was decided, in time or late.
    if (end?.kind !== 'ended' || end.ground !== 'given') continue;
    const told = explain(clock, calendar, end.at);
    if (!told.ok) return told;
    const day = civilDateOf(end.at);
    const { used, late } = told.value;
    const days = used + late;
    const says = {
      zh: `${name.zh}：${office.zh}${day}出具审查意见，用时${days}个工作日${late > 0 ? `，逾期${late}个工作日` : ''}`,
      en: `${name.en}: opinion of ${office.en} on ${day}, after ${days} working day(s)${late > 0 ? `, ${late} late` : ''}`,
    };
    const dated = { ...common, year: yearOf(day), day, denominator: 1, says };
    counts.push({ ...dated, indicator: 'B2', numerator: late > 0 ? 0 : 1 });
    counts.push({ ...dated, indicator: 'B3', numerator: days });
  }
  return ok(counts);
}

const cells = ['entry', 'exit', 'smallUnitArea', 'workflow'] as const;

interface Measures {
  readonly matrix?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  readonly jointReview?: { readonly mechanism?: string } | null;
}

/** Measures count in every year of their period, from the day of their publication. */
function countsOfMeasures({ head, entries, measures }: FilingToCount): readonly Contribution[] {
  if (head.kind !== 'policy-measures' || (head.state !== 'published' && head.state !== 'superseded'))
    return [];
  const publication = entries.findLast(({ type }) => type === eventTypes.publish);
  if (!publication) return [];
  const published = civilDateOf(publication.at);
  const superseded = entries.find(({ type }) => type === otherEventTypes.superseded);
  const lastYear = superseded ? yearOf(civilDateOf(superseded.at)) - 1 : Number.POSITIVE_INFINITY;
  const { matrix = {}, jointReview } = measures as Measures;
  const name = nameOf(head);
  const modes = Object.entries(matrix).flatMap(([mode, rules]) => (rules ? [{ mode, rules }] : []));
  return yearsOf(head.period).flatMap((year): Contribution[] => {
    const first = `${year}-01-01`;
    const day = published > first ? published : first;
    // Published after the year, the year had none; amended, the amendment counts from its own year on.
    if (yearOf(day) > Number(year) || Number(year) > lastYear) return [];
    const common = { ...base(head), year: Number(year), day };
    const mechanism = jointReview?.mechanism ? 1 : 0;
    return [
      {
        ...common,
        indicator: 'B1',
        part: 'joint-review',
        numerator: mechanism,
        denominator: 1,
        says: {
          zh: `${name.zh}：${mechanism ? '已建立部门联审机制' : '未规定部门联审机制'}`,
          en: `${name.en}: joint review ${mechanism ? 'laid down' : 'not laid down'}`,
        },
      },
      ...modes.map(({ mode, rules }): Contribution => {
        const filled = cells.filter((cell) => rules[cell] !== null && rules[cell] !== '').length;
        return {
          ...common,
          indicator: 'B7',
          part: mode,
          numerator: filled,
          denominator: cells.length,
          says: {
            zh: `${name.zh}：${modeName(mode).zh}已规定${filled}项，应规定${cells.length}项`,
            en: `${name.en}: ${filled} of ${cells.length} rules for ${modeName(mode).en}`,
          },
        };
      }),
    ];
  });
}

function modeName(mode: string): Text {
  return Object.hasOwn(supplyModeTexts, mode)
    ? supplyModeTexts[mode as SupplyModeName]
    : { zh: mode, en: mode };
}
