/** A run as officials see it: how far it is, what can be read already, what was objected. */
import type { Text } from '../../kernel/refusal.ts';
import { formNames, progressOf, runStates, type EvaluationRun } from '../../domain/evaluation/run.ts';

export interface RunView {
  readonly id: string;
  readonly cycle: EvaluationRun['cycle'];
  readonly year: number;
  readonly month?: number;
  readonly from: string;
  readonly to: string;
  readonly state: EvaluationRun['state'];
  readonly stateText: Text;
  readonly progress: { readonly done: number; readonly of: number };
  readonly requestedAt: string;
  readonly frozenAt?: string;
  readonly corrects?: EvaluationRun['corrects'];
  readonly inputs?: string;
  readonly result?: string;
  readonly forms: readonly { readonly form: string; readonly sha256: string; readonly bytes: number }[];
  readonly objectUntil?: string;
  readonly objections: EvaluationRun['objections'];
  readonly approval?: EvaluationRun['approval'];
  readonly discardedBecause?: string;
  readonly updatedAt: string;
  readonly seq: number;
}

/** @param city a city sees its own objections only */
export function runView(run: EvaluationRun, city?: string): RunView {
  const { id, cycle, year, month, from, to, state, requestedAt, updatedAt, seq } = run;
  const { frozenAt, corrects, inputs, result, objectUntil, approval, discardedBecause } = run;
  return {
    id,
    cycle,
    year,
    ...(month === undefined ? {} : { month }),
    from,
    to,
    state,
    stateText: { zh: runStates[state].zh, en: runStates[state].en },
    progress: progressOf(run),
    requestedAt,
    ...(frozenAt === undefined ? {} : { frozenAt }),
    ...(corrects ? { corrects } : {}),
    ...(inputs ? { inputs: inputs.sha256 } : {}),
    ...(result ? { result: result.sha256 } : {}),
    forms: formNames.flatMap((form) => {
      const stored = run.forms[form];
      return stored ? [{ form, sha256: stored.sha256, bytes: stored.bytes }] : [];
    }),
    ...(objectUntil === undefined ? {} : { objectUntil }),
    objections: run.objections.filter((one) => city === undefined || one.city === city),
    ...(approval ? { approval } : {}),
    ...(discardedBecause === undefined ? {} : { discardedBecause }),
    updatedAt,
    seq,
  };
}
