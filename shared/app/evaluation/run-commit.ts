/** One step of a run as a commit: the record, its entry, and the difference on the desks. */
import { chain } from '../../domain/audit/entry.ts';
import type { EvaluationRun } from '../../domain/evaluation/run.ts';
import { runDesk } from '../../domain/evaluation/run-desk.ts';
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
  const told = { period: after.id.split('.')[0], cycle: after.cycle, state: after.state, ...facts };
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
      desks: desksBetween(before, record),
    },
  };
}

function desksBetween(before: EvaluationRun | undefined, after: EvaluationRun): NonNullable<Commit['desks']> {
  const [was, is] = [before ? linesOf(before) : [], linesOf(after)];
  const place = ({ office, role, task, due }: DeskEntry): string => [office, role, task, due].join(' ');
  const [wasAt, isAt] = [new Set(was.map(place)), new Set(is.map(place))];
  return {
    remove: was.filter((entry) => !isAt.has(place(entry))),
    put: is.filter((entry) => !wasAt.has(place(entry))),
  };
}

function linesOf(run: EvaluationRun): DeskEntry[] {
  return runDesk(run).map((waiting) => ({
    ...waiting,
    record: `evaluation:${run.id}`,
    kind: 'evaluation',
    owner: waiting.office,
    period: run.id.split('.')[0] ?? run.id,
  }));
}
