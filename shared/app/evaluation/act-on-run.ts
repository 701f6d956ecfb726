/** Takes one action on a run; a correction that takes the place of an earlier run ends that one in the same commit. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import {
  changeRun,
  maySeeResult,
  runActions,
  type RunActionName,
  type RunInput,
} from '../../domain/evaluation/actions.ts';
import { periodOf, type EvaluationRun } from '../../domain/evaluation/run.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer, Commit, Store } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';
import { runCommit } from './run-commit.ts';
import { runView } from './run-view.ts';

export async function actOnRun(
  deps: Deps,
  command: CommandRequest,
  id: string,
  action: RunActionName,
  input: RunInput,
): Promise<Result<Answer, Refusal>> {
  // The revision that the caller has seen is the run's.
  const { ifMatch, ...rest } = command;
  const { actor } = command;
  return runCommand(deps, rest, {}, async () => {
    const before = await deps.store.evaluation(id);
    const level = officeOf(actor.office)?.level;
    if (!before || !level || !maySeeResult(level, before)) return refuse(refusal('not-found'));
    if (ifMatch !== undefined && before.seq !== ifMatch) return refuse(refusal('stale-version'));
    if (!mayAct(actor, action)) return refuse(refusal('not-allowed'));
    const now = deps.now();
    const calendar = await deps.store.calendar();
    const changed = changeRun(action, before, input, { actor, now, calendar });
    if (!changed.ok) return changed;
    const role = runActions[action].by.roles.find((one) => actor.roles.includes(one));
    const by = { sub: actor.sub, office: actor.office, ...(role ? { role } : {}) };
    const facts = factsOf(action, changed.value, input, actor);
    const { run, commit } = runCommit({
      before,
      after: changed.value,
      event: runActions[action].event,
      facts,
      by,
      now,
    });
    const replaced = await supersededBy(deps.store, action, run, by, now);
    return ok({
      commit: {
        changes: [...commit.changes, ...replaced.changes],
        desks: {
          remove: [...commit.desks.remove, ...replaced.desks.remove],
          put: [...commit.desks.put, ...replaced.desks.put],
        },
      },
      answer: {
        status: 200,
        body: runView(run, level === 'city' ? actor.office : undefined),
        etag: etagOf(run.seq),
      },
    });
  });
}

/** Never the words of an objection or an answer: those stand in the run. */
function factsOf(
  action: RunActionName,
  run: EvaluationRun,
  input: RunInput,
  { office }: Actor,
): Readonly<Record<string, unknown>> {
  switch (action) {
    case 'object':
      return {
        city: office,
        number: run.objections.length,
        ...(input.indicator === undefined ? {} : { indicator: input.indicator }),
      };
    case 'answer-objection':
      return { number: input.number, upheld: input.upheld };
    case 'approve':
      return { ...run.approval };
    case 'resume':
    case 'circulate':
    case 'publish':
    case 'discard':
      return {};
  }
}

function mayAct(actor: Actor, action: RunActionName): boolean {
  const { office, roles } = runActions[action].by;
  const inPlace = office === 'city' ? officeOf(actor.office)?.level === 'city' : actor.office === office;
  return inPlace && roles.some((role) => actor.roles.includes(role));
}

/** Sent to the cities, a correction ends the run that they had before; published, also the one that the public had. */
async function supersededBy(
  store: Store,
  action: RunActionName,
  run: EvaluationRun,
  by: { readonly sub: string; readonly office: string; readonly role?: string },
  now: string,
): Promise<{ changes: Commit['changes'][number][]; desks: NonNullable<Commit['desks']> }> {
  const ends =
    action === 'circulate' ? ['circulated', 'approved'] : action === 'publish' ? ['published'] : [];
  const all = ends.length > 0 ? await store.evaluationsOf(run.year) : [];
  const others = all.filter(
    (other) => other.id !== run.id && periodOf(other) === periodOf(run) && ends.includes(other.state),
  );
  const commits = others.map((other) =>
    runCommit({
      before: other,
      after: { ...other, state: 'superseded', updatedAt: now },
      event: 'evaluation.superseded',
      facts: { by: run.id },
      by,
      now,
    }),
  );
  const put = commits.flatMap(({ commit }) => commit.desks.put);
  const placeOf = (entry: (typeof put)[number]): string => [entry.office, entry.role, entry.task].join(' ');
  // Lines of the two runs differ by their record: none is put and removed at once.
  return {
    changes: commits.flatMap(({ commit }) => [...commit.changes]),
    desks: {
      remove: commits.flatMap(({ commit }) => commit.desks.remove),
      put: [...new Map(put.map((entry) => [placeOf(entry), entry])).values()],
    },
  };
}
