/** A step of a filing that concerns a project, and what every such step says of it. */
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { dueOf, statusOf } from '../../domain/calendar/statutory-clock.ts';
import { moveProject, type ProjectEventType, type ProjectMove } from '../../domain/projects/lifecycle.ts';
import type { Project } from '../../domain/projects/project.ts';
import type { Context } from '../../domain/submissions/context.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import { clockNamed } from '../../domain/submissions/stage-clocks.ts';
import type { Head, Paper, State } from '../../domain/submissions/submission.ts';
import type { NewId, Store } from '../ports.ts';
import { projectChange, type By } from '../registers/changes.ts';
import type { Doing, Following } from './holdings.ts';

export interface FollowFilingDeps {
  readonly store: Pick<
    Store,
    'project' | 'resource' | 'planUse' | 'city' | 'version' | 'certificate' | 'certificateVersion'
  >;
  readonly newId: NewId;
}

export interface Step {
  readonly kind: Kind;
  readonly before: Head;
  /** After the step. */
  readonly after: Head;
  /** That the step left behind. */
  readonly paper?: Paper | undefined;
  readonly context: Context;
  readonly by: By;
}

/** The clock of a filing's state: its limit is the project's. */
const clockOf: Partial<Record<State, string>> = {
  submitted: 'acceptance',
  returned: 'correction',
  'in-review': 'review',
  'plan-check': 'plan-check',
  'public-notice': 'notice',
  deciding: 'decision',
  decided: 'decision',
};

/** By when the stage should be over; undefined when no limit runs, or its clock stands still. */
export function dueIn({ after, context }: Step): string | undefined {
  const clock = clockNamed(after, clockOf[after.state] ?? '');
  const due = clock && statusOf(clock) !== 'ended' ? dueOf(clock, context.calendar) : undefined;
  return due?.ok ? (due.value.due ?? undefined) : undefined;
}

export function doing({ by, context }: Step): Doing {
  return { by, now: context.now };
}

/** One event of the project. */
export function moved(
  event: Exclude<ProjectEventType, 'project.applied'>,
  { by, now }: Doing,
  project: Project,
  move: Omit<ProjectMove, 'at'>,
): Result<Following, Refusal> {
  const next = moveProject(event, project, { ...move, at: now });
  if (!next.ok) return next;
  const { change, ...versions } = projectChange(event, project, next.value, by, now);
  return ok({ changes: [change], ...versions });
}
