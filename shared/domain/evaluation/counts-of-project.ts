/**
 * What a project adds: C1, platform coverage, from the day of its recognition; and the figures of the overview, by the year of the plan
 * that it stands in. What its filing adds is beside: B2, whether all of its stages were on time, and B3, the mean of its stages, so that
 * the figure is of one scale with a department's review.
 */
import { addDays, civilDateOf, yearOf } from '../../kernel/civil-date.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { dueOf, explain, statusOf, type StatutoryClock } from '../calendar/statutory-clock.ts';
import type { WorkingCalendar } from '../calendar/working-days.ts';
import { phaseOf, projectStages, type Project } from '../projects/project.ts';
import { countedFor, type Contribution, type OverviewFigure } from './contribution.ts';

export function countsOfProject(project: Project): readonly Contribution[] {
  const { city, content, stage, appliedAt, recognisedAt } = project;
  const place = { city: countedFor(city), office: city };
  const applied = civilDateOf(appliedAt);
  const says = {
    zh: `${content.name}：${applied}申请，${content.homes}套（间），${projectStages[stage].zh}`,
    en: `${content.name}: applied for on ${applied}, ${content.homes} homes, ${projectStages[stage].en}`,
  };
  // The overview of a plan year is not asked as of a day: one sum a figure and year, however many projects.
  const figure = (indicator: OverviewFigure, numerator: number): Contribution => ({
    ...place,
    indicator,
    year: content.planYear,
    part: 'project',
    day: `${content.planYear}-01-01`,
    numerator,
    denominator: 1,
    says,
  });
  // Withdrawn by its owner, it was nobody's to decide.
  const overview =
    stage === 'withdrawn'
      ? []
      : [figure('project-applied', 1), figure('project-applied-homes', content.homes)];
  if (recognisedAt === undefined || phaseOf(project) !== 'recognised') return overview;
  const day = civilDateOf(recognisedAt);
  return [
    ...overview,
    figure('project-recognised', 1),
    figure('project-recognised-homes', content.homes),
    {
      ...place,
      indicator: 'C1',
      year: yearOf(day),
      part: 'recognised',
      day,
      numerator: 1,
      denominator: 1,
      says: {
        zh: `${content.name}：${day}认定，已纳入平台管理`,
        en: `${content.name}: recognised on ${day}, managed on the platform`,
      },
    },
  ];
}

export interface RecognitionToCount {
  /** The reporting city whose project it is: the filing's owner is a company. */
  readonly city: string;
  /** The project's name, for the words of the evidence. */
  readonly name: string;
  /** The clocks of the offices on its way: acceptance, joint review, plan check, decision. Not those of corrections. */
  readonly clocks: readonly StatutoryClock[];
  /** Instant of the decision, whichever way it went; absent while it is open, and when the filing was withdrawn. */
  readonly decidedAt?: string;
  /** Withdrawn before the decision: nothing was decided, in time or late. */
  readonly withdrawn?: boolean;
}

/**
 * Decided: on time when no office was late, and so many net working days over so many stages. Open: it counts, against its city, from the day after the
 * first of its clocks was due. Refused when a clock runs into a calendar year that is not loaded.
 */
export function countsOfRecognition(
  recognition: RecognitionToCount,
  calendar: WorkingCalendar,
): Result<readonly Contribution[], Refusal> {
  const { city, name, clocks, decidedAt, withdrawn = false } = recognition;
  const place = { city: countedFor(city), office: city, part: 'recognition' };
  if (withdrawn) return ok([]);
  if (decidedAt === undefined) {
    const due = firstDue(clocks, calendar);
    if (!due.ok) return due;
    if (due.value === undefined) return ok([]);
    const day = addDays(due.value, 1);
    const says = {
      zh: `${name}：认定审查应于${due.value}前办结本环节，尚未办结`,
      en: `${name}: a stage of its review was due on ${due.value}, still open`,
    };
    return ok([{ ...place, indicator: 'B2', year: yearOf(day), day, numerator: 0, denominator: 1, says }]);
  }
  let days = 0;
  let late = 0;
  for (const clock of clocks) {
    const told = explain(clock, calendar, decidedAt);
    if (!told.ok) return told;
    days += told.value.used + told.value.late;
    late += told.value.late;
  }
  const day = civilDateOf(decidedAt);
  const says = {
    zh: `${name}：${day}办结认定，${clocks.length}个环节共用时${days}个工作日${late > 0 ? `，逾期${late}个工作日` : ''}`,
    en: `${name}: decided on ${day}, ${days} working day(s) over ${clocks.length} stage(s)${late > 0 ? `, ${late} late` : ''}`,
  };
  const dated = { ...place, year: yearOf(day), day, denominator: 1, says };
  return ok([
    { ...dated, indicator: 'B2', numerator: late > 0 ? 0 : 1 },
    ...(clocks.length === 0
      ? []
      : [{ ...dated, indicator: 'B3' as const, numerator: days, denominator: clocks.length }]),
  ]);
}

/** The earliest day on which a clock that still runs is, or was, due. */
function firstDue(
  clocks: readonly StatutoryClock[],
  calendar: WorkingCalendar,
): Result<string | undefined, Refusal> {
  const days: string[] = [];
  for (const clock of clocks) {
    if (statusOf(clock) === 'ended') continue;
    const due = dueOf(clock, calendar);
    if (!due.ok) return due;
    if (due.value.due !== null) days.push(due.value.due);
  }
  return ok(days.sort()[0]);
}
