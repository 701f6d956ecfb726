/** What a run left in the ledger. Apart from the job that makes it: those who only read load nothing of the computing. */
import type { EvaluationResult } from '../../domain/evaluation/result.ts';
import type { EvaluationRun, Stored } from '../../domain/evaluation/run.ts';
import type { EvaluationFiles } from './ports.ts';

/** The stored result of a run that was computed. */
export async function readResult(
  files: Pick<EvaluationFiles, 'get'>,
  run: EvaluationRun,
): Promise<EvaluationResult> {
  return read<EvaluationResult>(files, run.result, run.id);
}

/** @throws Error when the run has no such file yet */
export async function read<T>(
  files: Pick<EvaluationFiles, 'get'>,
  stored: Stored | undefined,
  id: string,
): Promise<T> {
  if (!stored) throw new Error(`The run ${id} has no such file yet`);
  return JSON.parse(new TextDecoder().decode(await files.get(stored))) as T;
}
