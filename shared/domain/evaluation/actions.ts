/**
 * What people do with a run, as a table: send it to the cities (征求意见), object (申诉), answer, approve (同意), publish (公布),
 * discard (作废), go on after a failure. The steps of the job itself are in `steps-of-job.ts`.
 */
import * as z from 'zod';
import { civilDateOf } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { addWorkingDays, type WorkingCalendar } from '../calendar/working-days.ts';
import type { OfficeLevel } from '../identity/offices.ts';
import type { Actor, Role } from '../identity/roles.ts';
import { civilDate } from '../submissions/inputs.ts';
import { governmentOffice, leadOffice } from '../identity/offices.ts';
import { runStates, type EvaluationRun, type RunState } from './run.ts';

const words = (says: string) => z.string().trim().min(1).max(1000).describe(says);

interface RunAction {
  readonly zh: string;
  readonly en: string;
  readonly clause?: string;
  readonly event: string;
  readonly from: readonly RunState[];
  /** The region's office, or the city that the result is about. */
  readonly by: { readonly office: string; readonly roles: readonly Role[] };
  readonly input: () => z.ZodType;
}

const city = 'city';
const objections = 30;
/** Open objections of one city at a time; answered ones make room. */
const objectionsOfOneCity = 3;

export const runActions = {
  resume: {
    zh: '继续编制（中断后）',
    en: 'go on after a failure',
    event: 'evaluation.resumed',
    from: ['requested', 'frozen', 'computed'],
    by: { office: leadOffice, roles: ['supervisor'] },
    input: once(() => z.strictObject({})),
  },
  circulate: {
    zh: '送各盟市征求意见',
    en: 'send to the cities',
    clause: 'S-21',
    event: 'evaluation.circulated',
    from: ['ready'],
    by: { office: leadOffice, roles: ['supervisor'] },
    input: once(() => z.strictObject({})),
  },
  object: {
    zh: '提出异议',
    en: 'object',
    event: 'evaluation.objected',
    from: ['circulated'],
    by: { office: city, roles: ['leader', 'signatory'] },
    input: once(() =>
      z.strictObject({
        indicator: z.string().max(10).optional().describe('所涉指标|The indicator that it is about'),
        text: words('异议及理由|The objection and its reasons'),
      }),
    ),
  },
  'answer-objection': {
    zh: '答复异议',
    en: 'answer an objection',
    event: 'evaluation.objection-answered',
    from: ['circulated'],
    by: { office: leadOffice, roles: ['supervisor'] },
    input: once(() =>
      z.strictObject({
        number: z.int().min(1).describe('异议序号|Number of the objection'),
        upheld: z
          .boolean()
          .describe('是否采纳（采纳的须另行更正）|Whether it is upheld: a correction follows'),
        text: words('答复|Answer'),
      }),
    ),
  },
  approve: {
    zh: '同意评价结果',
    en: 'approve',
    clause: 'S-20, S-21',
    event: 'evaluation.approved',
    from: ['circulated'],
    by: { office: governmentOffice, roles: ['consenter'] },
    input: once(() =>
      z.strictObject({
        documentNumber: z.string().trim().min(1).max(100).describe('文号|Document number'),
        date: civilDate(),
      }),
    ),
  },
  publish: {
    zh: '公布评价结果',
    en: 'publish',
    event: 'evaluation.published',
    from: ['approved'],
    by: { office: leadOffice, roles: ['publisher'] },
    input: once(() => z.strictObject({})),
  },
  discard: {
    zh: '作废',
    en: 'discard',
    event: 'evaluation.discarded',
    from: ['requested', 'frozen', 'computed', 'ready', 'circulated'],
    by: { office: leadOffice, roles: ['supervisor'] },
    input: once(() => z.strictObject({ reason: words('理由|Reason') })),
  },
} as const satisfies Record<string, RunAction>;

export type RunActionName = keyof typeof runActions;
export const runActionNames = Object.keys(runActions) as RunActionName[];

/** What an action takes, as far as it takes it. */
export interface RunInput {
  readonly indicator?: string;
  readonly text?: string;
  readonly number?: number;
  readonly upheld?: boolean;
  readonly documentNumber?: string;
  readonly date?: string;
  readonly reason?: string;
}

export interface RunContext {
  readonly actor: Pick<Actor, 'office'>;
  readonly now: string;
  readonly calendar: WorkingCalendar;
}

/** The run after the action, or why not. Who may act is asked before. */
export function changeRun(
  action: RunActionName,
  before: EvaluationRun,
  input: RunInput,
  { actor, now, calendar }: RunContext,
): Result<EvaluationRun, Refusal> {
  if (!(runActions[action].from as readonly RunState[]).includes(before.state))
    return refuse(
      refusal('run-not-in-state', { state: runStates[before.state].en, stateZh: runStates[before.state].zh }),
    );
  const run = { ...before, updatedAt: now };
  const today = civilDateOf(now);
  switch (action) {
    case 'resume':
      return ok(run);
    case 'circulate': {
      if (run.cycle === 'monthly') return refuse(refusal('run-is-monthly'));
      const until = addWorkingDays(today, before.terms?.objectionDays ?? 0, calendar);
      return until.ok ? ok({ ...run, state: 'circulated', objectUntil: until.value }) : until;
    }
    case 'object': {
      if (today > (run.objectUntil ?? ''))
        return refuse(refusal('objection-too-late', { day: run.objectUntil ?? '' }));
      if (input.indicator !== undefined && !before.terms?.indicators.includes(input.indicator))
        return refuse(noSuch('/indicator', '没有这个指标', 'There is no such indicator'));
      const mine = run.objections.filter((one) => one.city === actor.office && !one.answer);
      if (mine.length >= objectionsOfOneCity || run.objections.length >= objections)
        return refuse(refusal('too-many-objections', { most: objectionsOfOneCity }));
      const objection = {
        number: run.objections.length + 1,
        city: actor.office,
        ...(input.indicator === undefined ? {} : { indicator: input.indicator }),
        text: input.text ?? '',
        at: now,
      };
      return ok({ ...run, objections: [...run.objections, objection] });
    }
    case 'answer-objection': {
      const asked = run.objections.find(({ number }) => number === input.number);
      if (!asked) return refuse(noSuch('/number', '没有这条异议', 'There is no such objection'));
      if (asked.answer) return refuse(refusal('objection-answered'));
      const answer = { upheld: input.upheld ?? false, text: input.text ?? '', at: now };
      return ok({
        ...run,
        objections: run.objections.map((one) => (one === asked ? { ...one, answer } : one)),
      });
    }
    case 'approve': {
      if (today <= (run.objectUntil ?? ''))
        return refuse(refusal('objections-still-possible', { day: run.objectUntil ?? '' }));
      if (run.objections.some(({ answer }) => !answer)) return refuse(refusal('objections-open'));
      // A result that is known to be wrong in a point is corrected, not approved.
      if (run.objections.some(({ answer }) => answer?.upheld)) return refuse(refusal('objection-upheld'));
      if ((input.date ?? '') > today)
        return refuse(noSuch('/date', '成文日期不得晚于今日', 'The date lies in the future'));
      const approval = { documentNumber: input.documentNumber ?? '', date: input.date ?? '' };
      return ok({ ...run, state: 'approved', approval });
    }
    case 'publish':
      return ok({ ...run, state: 'published' });
    case 'discard':
      return ok({ ...run, state: 'discarded', discardedBecause: input.reason ?? '' });
  }
}

/** Whether an office may see what a run found: the region from the start, a city once it was sent to it, others with the public. */
export function maySeeResult(level: OfficeLevel, { state }: Pick<EvaluationRun, 'state'>): boolean {
  const sent = level === 'city' && (state === 'circulated' || state === 'approved');
  return level === 'region' || sent || state === 'published';
}

function noSuch(pointer: string, zh: string, en: string): Refusal {
  return refusal('invalid-request', { count: 1 }, [{ code: 'unknown', pointer, text: { zh, en } }]);
}
