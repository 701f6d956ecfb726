/**
 * Carries a run out: freeze, compute, make the report. Each step stores its file under its hash and commits before the
 * next begins, so that a job that was killed goes on where it was, and two at once do no harm.
 */
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { systemActor } from '../../domain/audit/entry.ts';
import { evaluate } from '../../domain/evaluation/evaluate.ts';
import type { FrozenInputs } from '../../domain/evaluation/inputs.ts';
import type { EvaluationResult } from '../../domain/evaluation/result.ts';
import { formNames, type EvaluationRun, type FormName } from '../../domain/evaluation/run.ts';
import type { Now } from '../ports.ts';
import { freeze, type FreezeDeps } from './freeze.ts';
import type { EvaluationFiles } from './ports.ts';
import { read, readResult } from './read-result.ts';
import { runCommit } from './run-commit.ts';
import { schemeOf } from './scheme-of.ts';

/** A form of the report, from the result alone: the same bytes every time. */
export interface Form {
  readonly mediaType: string;
  readonly render: (result: EvaluationResult) => Promise<Uint8Array>;
}

export interface CarryOutDeps extends FreezeDeps {
  readonly now: Now;
  readonly files: EvaluationFiles;
  readonly forms: Readonly<Record<FormName, Form>>;
}

interface Step {
  readonly after: EvaluationRun;
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Enough for every step, and for as many that another job did first. */
const most = 30;

/** @returns the run as far as it came: `ready`, or in a state that is none of the job's business */
export async function carryOut(deps: CarryOutDeps, id: string): Promise<EvaluationRun | undefined> {
  for (let count = 0; count < most; count += 1) {
    const run = await deps.store.evaluation(id);
    const step = run && (await nextStep(deps, run));
    if (!run || !step) return run;
    const now = deps.now();
    const { commit } = runCommit({
      before: run,
      after: { ...step.after, updatedAt: now },
      event: step.event,
      facts: step.facts,
      by: systemActor,
      now,
    });
    // Stale: another job, or a person who discarded it, was faster. Busy: once more. Both look at the run again.
    await deps.store.commit(commit);
  }
  throw new Error(`The run ${id} does not come to an end`);
}

async function nextStep(deps: CarryOutDeps, run: EvaluationRun): Promise<Step | undefined> {
  switch (run.state) {
    case 'requested':
      return frozen(deps, run);
    case 'frozen':
      return computed(deps, run);
    case 'computed':
      return reported(deps, run);
    case 'ready':
    case 'circulated':
    case 'approved':
    case 'published':
    case 'discarded':
    case 'superseded':
      return undefined;
  }
}

async function frozen(deps: CarryOutDeps, run: EvaluationRun): Promise<Step> {
  const now = deps.now();
  const scheme = await schemeOf(deps.store, run.year);
  const inputs = await freeze(deps, run, scheme, now);
  const { reportBy, objectionDays, indicators } = scheme;
  const terms = {
    reportBy: `${run.year + 1}-${reportBy}`,
    objectionDays,
    indicators: indicators.map(({ code }) => code),
  };
  const stored = await deps.files.put(`${run.id}/inputs.json`, bytesOf(inputs), json);
  return {
    after: { ...run, state: 'frozen', frozenAt: now, inputs: stored, terms },
    event: 'evaluation.frozen',
    facts: { sha256: stored.sha256 },
  };
}

async function computed(deps: CarryOutDeps, run: EvaluationRun): Promise<Step> {
  const result = await resultOf(deps, run);
  const stored = await deps.files.put(`${run.id}/result.json`, bytesOf(result), json);
  return {
    after: { ...run, state: 'computed', result: stored },
    event: 'evaluation.computed',
    facts: { sha256: stored.sha256 },
  };
}

async function reported(deps: CarryOutDeps, run: EvaluationRun): Promise<Step> {
  const form = formNames.find((name) => !run.forms[name]);
  if (!form)
    return {
      after: { ...run, state: 'ready' },
      event: 'evaluation.ready',
      facts: { forms: formNames.length },
    };
  const result = await readResult(deps.files, run);
  const { mediaType, render } = deps.forms[form];
  const stored = await deps.files.put(`${run.id}/report.${form}`, await render(result), mediaType);
  return {
    after: { ...run, forms: { ...run.forms, [form]: stored } },
    event: 'evaluation.form-made',
    facts: { form, sha256: stored.sha256 },
  };
}

/** The result made anew from the frozen inputs: what verification compares with what is stored. */
export async function resultOf(
  { files, store }: Pick<CarryOutDeps, 'files' | 'store'>,
  run: EvaluationRun,
): Promise<EvaluationResult> {
  const inputs = await read<FrozenInputs>(files, run.inputs, run.id);
  const corrected = inputs.corrects && (await store.evaluation(inputs.corrects.run));
  return evaluate(inputs, corrected && (await readResult(files, corrected)));
}

const json = 'application/json';

export function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${canonicalJson(value)}\n`);
}
