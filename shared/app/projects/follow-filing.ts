/**
 * What a step of a project's filing means for the registers: resources held and given back, homes of the plan taken and given
 * back, the project's stage, the certificate. All of it goes into the step's own transaction.
 */
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { dueOf, statusOf } from '../../domain/calendar/statutory-clock.ts';
import { giveBack, reserve } from '../../domain/projects/plan-use.ts';
import { moveProject, projectFrom, type ProjectMove } from '../../domain/projects/lifecycle.ts';
import { stageOf, type Project } from '../../domain/projects/project.ts';
import { hold, release, use } from '../../domain/resources/actions.ts';
import type { Context } from '../../domain/submissions/context.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import { cityOf } from '../../domain/submissions/parties.ts';
import { clockNamed } from '../../domain/submissions/stage-clocks.ts';
import type { Head, State } from '../../domain/submissions/submission.ts';
import { certificateDecided } from '../certificates/decided.ts';
import type { Commit, NewId, Store } from '../ports.ts';
import { planUseChange, projectChange, resourceChange, type By, type Change } from '../registers/changes.ts';

/** What goes into the step's transaction beside the filing. */
export type Following = Pick<Commit, 'projectVersions' | 'certificates' | 'unchanged'> & {
  readonly changes: readonly Change[];
};

export interface FollowFilingDeps {
  readonly store: Pick<Store, 'project' | 'resource' | 'planUse' | 'city'>;
  readonly newId: NewId;
}

export interface Step {
  readonly kind: Kind;
  readonly before: Head;
  /** After the step. */
  readonly after: Head;
  readonly context: Context;
  readonly by: By;
}

const nothing: Following = { changes: [] };

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

export async function followFiling(deps: FollowFilingDeps, step: Step): Promise<Result<Following, Refusal>> {
  const { kind, before, after } = step;
  if (!kind.project || stageOf(after.state) === undefined) return ok(nothing);
  const project = await deps.store.project(after.period);
  if (after.state === 'submitted' && before.state === 'signing') return applied(deps, step, project);
  if (!project) return ok(nothing);
  const due = dueIn(step);
  const stands = before.state === after.state && project.due === due;
  if (stands) return ok(nothing);
  if (after.state === 'rejected' || after.state === 'withdrawn') return ended(deps, step, project);
  const planned = before.state === 'plan-check' && before.state !== after.state;
  if (planned) return taken(deps, step, project, due);
  if (after.state === 'decided') return decided(deps, step, project, due);
  return moved(step, project, { stage: stageOf(after.state) ?? project.stage, due, at: step.context.now });
}

function dueIn({ after, context }: Step): string | undefined {
  const clock = clockNamed(after, clockOf[after.state] ?? '');
  const due = clock && statusOf(clock) !== 'ended' ? dueOf(clock, context.calendar) : undefined;
  return due?.ok ? (due.value.due ?? undefined) : undefined;
}

function moved(
  { by, context }: Step,
  project: Project,
  move: Omit<ProjectMove, 'at'> & { at: string },
): Result<Following, Refusal> {
  const next = moveProject('project.staged', project, move);
  if (!next.ok) return next;
  const { change, ...versions } = projectChange('project.staged', project, next.value, by, context.now);
  return ok({ changes: [change], ...versions });
}

/** Signed: the resources are held, and the project stands in the register as it is applied for. */
async function applied(
  deps: FollowFilingDeps,
  step: Step,
  project: Project | undefined,
): Promise<Result<Following, Refusal>> {
  const { kind, after, context, by } = step;
  const { now, rules, version } = context;
  const content = kind.project?.(version?.content, { county: after.county ?? '', rules });
  if (!content) return ok(nothing);
  const holder = `submission:${after.id}` as const;
  const held = await resourcesHeld(deps, step, content.resources);
  if (!held.ok) return held;
  const dropped = (project?.content.resources ?? []).filter((id) => !content.resources.includes(id));
  const freed = await resourcesFreed(deps, step, dropped, holder);
  const due = dueIn(step);
  const ruleSet = after.terms?.rules ?? '';
  const next = project
    ? moveProject('project.changed', project, { at: now, content, stage: 'applied', due, ruleSet })
    : ok(
        projectFrom({
          id: after.period,
          submission: after.id,
          content,
          ruleSet,
          due,
          at: after.receivedAt ?? now,
        }),
      );
  if (!next.ok) return next;
  const event = project ? 'project.changed' : 'project.applied';
  const { change, ...versions } = projectChange(event, project, next.value, by, now);
  return ok({ changes: [...held.value, ...freed, change], ...versions });
}

/** Every resource that cannot be held is told, each at its place. */
async function resourcesHeld(
  { store }: FollowFilingDeps,
  { after, by, context }: Step,
  ids: readonly string[],
): Promise<Result<readonly Change[], Refusal>> {
  const found = await Promise.all([...new Set(ids)].map((id) => store.resource(id)));
  const reasons: Reason[] = [];
  const changes = found.flatMap((resource, index) => {
    const pointer = `/content/resources/${index}`;
    if (!resource || resource.details.county !== after.county) {
      const text = {
        zh: '台账中没有该旗县区的这项资源',
        en: 'The register of the county has no such resource',
      };
      reasons.push({ code: 'resource-unknown', pointer, text });
      return [];
    }
    const next = hold(resource, `submission:${after.id}`);
    if (next.ok) return resourceChange('hold', resource, next.value, by, context.now);
    const text = { zh: '这项资源已列入其他申请或项目', en: 'Another filing or project holds this resource' };
    reasons.push({ code: next.error.code, pointer, text });
    return [];
  });
  return reasons.length > 0 ? refuse(refusal('incomplete', { count: reasons.length }, reasons)) : ok(changes);
}

async function resourcesFreed(
  { store }: FollowFilingDeps,
  { by, context }: Step,
  ids: readonly string[],
  ...holders: readonly `${'submission' | 'project'}:${string}`[]
): Promise<readonly Change[]> {
  const found = await Promise.all(ids.map((id) => store.resource(id)));
  return found.flatMap((resource) => {
    const holder = holders.find((one) => resource?.heldBy === one);
    if (!resource || !holder) return [];
    const next = release(resource, holder);
    return next.ok ? resourceChange('release', resource, next.value, by, context.now) : [];
  });
}

/** 计划核对: the homes are spoken for, as long as the city's plan in force has them. */
async function taken(
  { store }: FollowFilingDeps,
  step: Step,
  project: Project,
  due: string | undefined,
): Promise<Result<Following, Refusal>> {
  const { after, by, context } = step;
  const { homes, planYear } = project.content;
  const [city, before] = await Promise.all([
    store.city(cityOf(after)),
    store.planUse(cityOf(after), planYear),
  ]);
  const planned = city.figures.annual[String(planYear)]?.homes ?? 0;
  const used = reserve(before, homes, planned);
  if (!used.ok) return used;
  const why = { submission: after.id, project: project.id, planned };
  const change = planUseChange('plan-use.reserved', before, used.value, why, by, context.now);
  const on = moved(step, project, {
    stage: stageOf(after.state) ?? project.stage,
    due,
    reserved: homes,
    at: context.now,
  });
  if (!on.ok) return on;
  // A smaller plan published meanwhile makes this stale.
  return ok({
    ...on.value,
    changes: [change, ...on.value.changes],
    unchanged: [{ record: `city:${city.code}`, seq: city.seq }],
  });
}

/** Approved: the resources are the project's, and the certificate waits for its number. */
async function decided(
  deps: FollowFilingDeps,
  step: Step,
  project: Project,
  due: string | undefined,
): Promise<Result<Following, Refusal>> {
  const { kind, after, by, context } = step;
  const { now, rules, review, version } = context;
  const found = await Promise.all(project.content.resources.map((id) => deps.store.resource(id)));
  const used = found.flatMap((resource) => {
    const next = resource && use(resource, `submission:${after.id}`, `project:${project.id}`);
    return resource && next?.ok ? resourceChange('use', resource, next.value, by, now) : [];
  });
  const terms = kind.certifies?.(version?.content, { head: after, rules, review, now });
  if (!terms) return moved(step, project, { stage: 'decided', due, at: now });
  const id = deps.newId();
  const { commit } = certificateDecided({
    id,
    project: project.id,
    submission: after.id,
    city: project.city,
    county: project.content.county,
    terms,
    decidedAt: now,
    by: { sub: by.sub, office: by.office, ...(by.role ? { role: by.role } : {}) },
  });
  const on = moved(step, project, { stage: 'decided', due, at: now, certificate: { id, state: 'pending' } });
  if (!on.ok) return on;
  return ok({
    ...on.value,
    changes: [...used, ...on.value.changes, ...commit.changes],
    certificates: commit.certificates,
  });
}

/** Refused or withdrawn: what was held for it is free again. */
async function ended(
  deps: FollowFilingDeps,
  step: Step,
  project: Project,
): Promise<Result<Following, Refusal>> {
  const { after, by, context } = step;
  const { now } = context;
  const { resources, planYear } = project.content;
  const freed = await resourcesFreed(
    deps,
    step,
    resources,
    `submission:${after.id}`,
    `project:${project.id}`,
  );
  const returned = project.reserved > 0 ? [await planReturned(deps, step, project, planYear)] : [];
  const move = { at: now, stage: stageOf(after.state) ?? 'withdrawn', reserved: 0 };
  const next = moveProject('project.ended', project, move);
  if (!next.ok) return next;
  const { change, ...versions } = projectChange('project.ended', project, next.value, by, now);
  return ok({ changes: [...freed, ...returned, change], ...versions });
}

async function planReturned(
  { store }: FollowFilingDeps,
  { after, by, context }: Step,
  project: Project,
  year: number,
): Promise<Change> {
  const before = await store.planUse(project.city, year);
  const why = { submission: after.id, project: project.id };
  return planUseChange('plan-use.released', before, giveBack(before, project.reserved), why, by, context.now);
}
