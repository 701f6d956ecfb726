/**
 * What can happen to a project, as a table, and what each makes of the record. The steps of its filings call these in their own
 * transactions; nothing else changes a project.
 */
import { refusal, type Refusal, type Text } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { reportingCityOf } from '../identity/office-place.ts';
import {
  phaseOf,
  projectStages,
  type Project,
  type ProjectCertificate,
  type ProjectContent,
  type ProjectPhase,
  type ProjectStage,
  type ProjectVersion,
} from './project.ts';

interface ProjectEventRow extends Text {
  /** Empty: it makes the record. */
  readonly from: readonly ProjectPhase[];
  readonly to: readonly ProjectPhase[];
  /** What it makes of a project whose certificate ran out. Absent: nothing. */
  readonly fromExpired?: readonly ProjectStage[];
}

export const projectEvents = {
  'project.applied': { zh: '申请项目认定', en: 'recognition applied for', from: [], to: ['under-way'] },
  'project.staged': {
    zh: '办理阶段变动',
    en: 'stage of the review',
    from: ['under-way', 'recognised'],
    to: ['under-way', 'recognised'],
  },
  'project.recognised': { zh: '项目认定', en: 'recognised', from: ['under-way'], to: ['recognised'] },
  'project.changed': {
    zh: '项目内容变更',
    en: 'changed',
    from: ['under-way', 'recognised'],
    to: ['under-way', 'recognised'],
  },
  'project.renewed': {
    zh: '项目续期',
    en: 'renewed',
    from: ['recognised'],
    to: ['recognised'],
    // Asked for in time and decided late: what ran out meanwhile stands again.
    fromExpired: ['recognised'],
  },
  'project.ended': {
    zh: '项目终止',
    en: 'ended',
    from: ['under-way', 'recognised'],
    to: ['ended'],
    // What ran out may still be cancelled or revoked.
    fromExpired: ['cancelled', 'revoked'],
  },
} as const satisfies Record<string, ProjectEventRow>;
export type ProjectEventType = keyof typeof projectEvents;

export interface Application {
  readonly id: string;
  readonly submission: string;
  readonly content: ProjectContent;
  readonly ruleSet: string;
  readonly due?: string | undefined;
  /** Instant of the receipt. */
  readonly at: string;
}

/** The project as its first filing asks for it. @throws RangeError for a county that is none: the filing was checked */
export function projectFrom({ id, submission, content, ruleSet, due, at }: Application): Project {
  const city = reportingCityOf(content.county);
  if (city === undefined) throw new RangeError(`No county: ${content.county}`);
  return {
    id,
    city,
    content,
    version: 1,
    ruleSet,
    stage: 'applied',
    ...(due === undefined ? {} : { due }),
    submission,
    submissions: [submission],
    reserved: 0,
    appliedAt: at,
    updatedAt: at,
    seq: 0,
    hash: '',
  };
}

/** Everything that a later event may say; what it does not say stays, but for `due`, which is the new stage's own. */
export interface ProjectMove {
  readonly at: string;
  readonly stage?: ProjectStage;
  readonly due?: string | undefined;
  /** A further filing about the project. */
  readonly submission?: string;
  readonly certificate?: ProjectCertificate;
  readonly reserved?: number;
  readonly ruleSet?: string;
  /** With `project.changed` and `project.renewed` only. */
  readonly content?: ProjectContent;
}

/**
 * The project after an event of its life. Refused in a phase in which the table does not know the event, or when what it would be
 * is none of the event's phases: a step of a filing then has come too late.
 */
export function moveProject(
  type: Exclude<ProjectEventType, 'project.applied'>,
  before: Project,
  move: ProjectMove,
): Result<Project, Refusal> {
  const row: ProjectEventRow = projectEvents[type];
  const stage = move.stage ?? (type === 'project.recognised' ? 'recognised' : before.stage);
  const moved =
    move.content !== undefined && move.content.county !== before.content.county ? 'county' : undefined;
  const happens =
    before.stage === 'expired'
      ? row.fromExpired?.includes(stage)
      : row.from.includes(phaseOf(before)) && row.to.includes(projectStages[stage].phase);
  if (!happens) return refuse(notInStage(before));
  // What stands does not fall back to the review; a change of it is reviewed while it stands.
  if (phaseOf(before) === 'recognised' && projectStages[stage].phase === 'under-way')
    return refuse(notInStage(before));
  if (moved !== undefined) {
    const said = { zh: '项目不得改列其他旗县区', en: 'A project does not move to another county' };
    return refuse(
      refusal('invalid-request', { count: 1 }, [{ code: 'county-fixed', pointer: `/${moved}`, text: said }]),
    );
  }
  const { due: _due, endedAt: _ended, ...rest } = before;
  const phase = projectStages[stage].phase;
  const submission = move.submission ?? before.submission;
  return ok({
    ...rest,
    stage,
    ...(move.due === undefined || phase === 'ended' ? {} : { due: move.due }),
    ...(move.content ? { content: move.content, version: before.version + 1 } : {}),
    ruleSet: move.ruleSet ?? before.ruleSet,
    submission,
    submissions: before.submissions.includes(submission)
      ? before.submissions
      : [...before.submissions, submission],
    ...(move.certificate ? { certificate: move.certificate } : {}),
    reserved: move.reserved ?? before.reserved,
    ...(type === 'project.recognised' ? { recognisedAt: move.at } : {}),
    ...(phase === 'ended' ? { endedAt: move.at } : {}),
    updatedAt: move.at,
  });
}

/** The version that an event has made, to be kept; undefined when what the project is has not changed. */
export function versionMade(before: Project | undefined, after: Project): ProjectVersion | undefined {
  if (before?.version === after.version) return undefined;
  const { version: number, content, ruleSet, submission, updatedAt: at } = after;
  return { number, content, ruleSet, submission, at };
}

/** What the events of a project say: enough to tell how it stood on any day, and nothing of its people. */
export function projectFacts(before: Project | undefined, after: Project): Readonly<Record<string, unknown>> {
  const { city, content, stage, version, submission, reserved, due, certificate } = after;
  return {
    city,
    county: content.county,
    ...(before ? { stageBefore: before.stage } : {}),
    stage,
    version,
    homes: content.homes,
    planYear: content.planYear,
    reserved,
    submission,
    ...(due === undefined ? {} : { due }),
    ...(certificate ? { certificate } : {}),
  };
}

function notInStage({ stage }: Project): Refusal {
  const { zh, en } = projectStages[stage];
  return refusal('project-not-in-stage', { stageZh: zh, stage: en });
}
