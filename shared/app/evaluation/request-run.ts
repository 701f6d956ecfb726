/** Asks for a run: an official for any period that is over, or the schedule for the last one. The job does the rest. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { systemActor } from '../../domain/audit/entry.ts';
import { daysOf, lastPeriod, periodName, type Period } from '../../domain/evaluation/inputs.ts';
import { periodOf, type EvaluationRun, type RunState } from '../../domain/evaluation/run.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer, Now, Store } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';
import { runCommit } from './run-commit.ts';
import { runView } from './run-view.ts';

export interface RequestRunInput {
  readonly year: number;
  readonly month?: number | undefined;
  readonly corrects?: string | undefined;
  readonly reason?: string | undefined;
}

export async function requestRun(
  deps: Deps,
  command: CommandRequest,
  input: RequestRunInput,
): Promise<Result<Answer, Refusal>> {
  const { actor } = command;
  return runCommand(deps, command, {}, async () => {
    const now = deps.now();
    const period: Period =
      input.month === undefined
        ? { cycle: 'yearly', year: input.year }
        : { cycle: 'monthly', year: input.year, month: input.month };
    const runs = (await deps.store.evaluationsOf(input.year)).filter(
      (run) => periodOf(run) === periodName(period),
    );
    const allowed = mayAsk(period, runs, input, now);
    if (!allowed.ok) return allowed;
    const corrects =
      input.corrects === undefined ? undefined : { run: input.corrects, reason: input.reason ?? '' };
    const by = { sub: actor.sub, office: actor.office, role: 'supervisor' };
    const fresh = newRun(period, { number: nextNumber(runs), requestedBy: by.sub, now, corrects });
    const { run, commit } = runCommit({
      after: fresh,
      event: 'evaluation.requested',
      facts: corrects ? { corrects: corrects.run } : {},
      by,
      now,
    });
    return ok({
      commit,
      answer: {
        status: 201,
        body: runView(run),
        etag: etagOf(run.seq),
        location: `/evaluations/${run.id}`,
      },
    });
  });
}

/**
 * The schedule's request, once for a period: a second run of the schedule, or an official who was faster, leaves nothing
 * to do. A period whose only runs were discarded on purpose is left alone, too.
 * @returns the run's id when one was asked for
 */
export async function requestScheduledRun(
  deps: { store: Store; now: Now },
  cycle: Period['cycle'],
): Promise<string | undefined> {
  const now = deps.now();
  const period = lastPeriod(cycle, now);
  const runs = await deps.store.evaluationsOf(period.year);
  if (runs.some((run) => periodOf(run) === periodName(period))) return undefined;
  const { run, commit } = runCommit({
    after: newRun(period, { number: 1, requestedBy: systemActor.sub, now, corrects: undefined }),
    event: 'evaluation.requested',
    by: systemActor,
    now,
  });
  const { outcome } = await deps.store.commit(commit);
  if (outcome === 'busy') throw new Error(`The run ${run.id} could not be asked for: the table is busy`);
  return outcome === 'done' ? run.id : undefined;
}

const correctable: ReadonlySet<RunState> = new Set(['circulated', 'approved', 'published']);
const gone: ReadonlySet<RunState> = new Set(['discarded', 'superseded']);

function mayAsk(
  period: Period,
  runs: readonly EvaluationRun[],
  { corrects, reason }: RequestRunInput,
  now: string,
): Result<true, Refusal> {
  const { to } = daysOf(period);
  if (civilDateOf(now) <= to) return refuse(refusal('period-not-over', { day: to }));
  if (corrects === undefined) {
    const live = runs.find(({ state }) => !gone.has(state));
    return live ? refuse(refusal('run-exists', { run: live.id })) : ok(true);
  }
  const corrected = runs.find(({ id }) => id === corrects);
  if (!corrected || !correctable.has(corrected.state)) return refuse(refusal('run-not-correctable'));
  const underWay = runs.find((run) => run.corrects && !gone.has(run.state) && !correctable.has(run.state));
  if (underWay) return refuse(refusal('run-exists', { run: underWay.id }));
  if (reason === undefined) {
    const text = { zh: '更正须说明理由', en: 'A correction says why' };
    return refuse(refusal('invalid-request', { count: 1 }, [{ code: 'required', pointer: '/reason', text }]));
  }
  return ok(true);
}

function nextNumber(runs: readonly EvaluationRun[]): number {
  return 1 + Math.max(0, ...runs.map(({ number }) => number));
}

function newRun(
  period: Period,
  asked: {
    readonly number: number;
    readonly requestedBy: string;
    readonly now: string;
    readonly corrects: EvaluationRun['corrects'];
  },
): EvaluationRun {
  const { number, requestedBy, now, corrects } = asked;
  return {
    id: `${periodName(period)}.${number}`,
    ...period,
    number,
    ...daysOf(period),
    state: 'requested',
    requestedBy,
    requestedAt: now,
    ...(corrects ? { corrects } : {}),
    forms: {},
    objections: [],
    updatedAt: now,
    seq: 0,
    hash: '',
  };
}
