/** One step of a run as a commit: the record, its entry, and the difference on the desks. */
import { chain } from '../../domain/audit/entry.ts';
import { periodOf, type EvaluationRun } from '../../domain/evaluation/run.ts';
import { runDesk } from '../../domain/evaluation/run-desk.ts';
import { deskDifference } from '../desk-changes.ts';
import type { Commit, DeskEntry } from '../ports.ts';

export interface RunChange {
  readonly before?: EvaluationRun;
  readonly after: EvaluationRun;
  readonly event: string;
  /** What the event says besides the run's period and state. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly by: { readonly sub: string; readonly office: string; readonly role?: string };
  readonly now: string;
}

export function runCommit({ before, after, event, facts, by, now }: RunChange): {
  readonly run: EvaluationRun;
  readonly commit: Pick<Commit, 'changes'> & { readonly desks: NonNullable<Commit['desks']> };
} {
  const told = { period: periodOf(after), cycle: after.cycle, state: after.state, ...facts };
  const { record, entry } = chain(
    `evaluation:${after.id}`,
    before,
    after,
    { type: event, facts: told },
    by,
    now,
  );
  return {
    run: record,
    commit: {
      changes: [{ kind: 'evaluation', ...(before ? { before } : {}), after: record, entry }],
      desks: deskDifference(before ? linesOf(before) : [], linesOf(record)),
    },
  };
}

/** The lines of a run on all desks. */
export function linesOf(run: EvaluationRun): DeskEntry[] {
  return runDesk(run).map((waiting) => ({
    ...waiting,
    record: `evaluation:${run.id}`,
    kind: 'evaluation',
    owner: waiting.office,
    period: periodOf(run),
  }));
}
