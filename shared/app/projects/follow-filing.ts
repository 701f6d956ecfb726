/**
 * What a step of a project's filing means for the registers: resources held and given back, homes of the plan taken and given
 * back, the project's stage, the certificate. All of it goes into the step's own transaction.
 */
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { projectFrom } from '../../domain/projects/lifecycle.ts';
import { stageOf, type Project } from '../../domain/projects/project.ts';
import { certifiable, certificateDecided } from '../certificates/decided.ts';
import { projectChange } from '../registers/changes.ts';
import { doing, dueIn, moved, type FollowFilingDeps, type Step } from './following-step.ts';
import {
  homesGivenBack,
  homesTaken,
  nothing,
  resourcesFreed,
  resourcesHeld,
  resourcesUsed,
  together,
  type Following,
} from './holdings.ts';
import { followLaterFiling } from './later-filing.ts';

export async function followFiling(deps: FollowFilingDeps, step: Step): Promise<Result<Following, Refusal>> {
  const { kind, before, after } = step;
  if (!kind.certificate || stageOf(after.state) === undefined) return ok(nothing);
  if (kind.certificate !== 'issue') return followLaterFiling(deps, step);
  const project = await deps.store.project(after.period);
  if (after.state === 'submitted' && before.state === 'signing') return applied(deps, step, project);
  if (!project) return ok(nothing);
  const due = dueIn(step);
  if (before.state === after.state && project.due === due) return ok(nothing);
  if (after.state === 'rejected' || after.state === 'withdrawn') return ended(deps, step, project);
  if (before.state === 'plan-check' && before.state !== after.state) return taken(deps, step, project, due);
  if (after.state === 'decided') return decided(deps, step, project, due);
  return moved('project.staged', doing(step), project, {
    stage: stageOf(after.state) ?? project.stage,
    due,
  });
}

/** Signed: the resources are held, and the project stands in the register as it is applied for. */
async function applied(
  { store }: FollowFilingDeps,
  step: Step,
  project: Project | undefined,
): Promise<Result<Following, Refusal>> {
  const { kind, after, context, by } = step;
  const { now, rules, version } = context;
  const county = after.county ?? '';
  const content = kind.project?.(version?.content, { county, rules });
  if (!content) return ok(nothing);
  const held = await resourcesHeld(store, { submission: after.id, county }, content.resources, doing(step));
  if (!held.ok) return held;
  const dropped = (project?.content.resources ?? []).filter((id) => !content.resources.includes(id));
  const freed = await resourcesFreed(store, dropped, [`submission:${after.id}`], doing(step));
  const due = dueIn(step);
  const ruleSet = after.terms?.rules ?? '';
  const changes = [...held.value, ...freed];
  if (project) {
    const on = moved('project.changed', doing(step), project, { content, stage: 'applied', due, ruleSet });
    return on.ok ? ok(together({ changes }, on.value)) : on;
  }
  const at = after.receivedAt ?? now;
  const first = projectFrom({ id: after.period, submission: after.id, content, ruleSet, due, at });
  const { change, ...versions } = projectChange('project.applied', undefined, first, by, now);
  return ok({ changes: [...changes, change], ...versions });
}

/** 计划核对: the homes are spoken for, as long as the city's plan in force has them. */
async function taken(
  { store }: FollowFilingDeps,
  step: Step,
  project: Project,
  due: string | undefined,
): Promise<Result<Following, Refusal>> {
  const { after } = step;
  const { homes } = project.content;
  const why = { submission: after.id, project: project.id };
  const plan = await homesTaken(store, project, homes, 1, why, doing(step));
  if (!plan.ok) return plan;
  const stage = stageOf(after.state) ?? project.stage;
  const on = moved('project.staged', doing(step), project, { stage, due, reserved: homes });
  return on.ok ? ok(together(plan.value, on.value)) : on;
}

/** Approved: the resources are the project's, and the certificate waits for its number. */
async function decided(
  { store, newId }: FollowFilingDeps,
  step: Step,
  project: Project,
  due: string | undefined,
): Promise<Result<Following, Refusal>> {
  const { kind, after, by, context } = step;
  const { now, rules, review, version } = context;
  const { resources, county } = project.content;
  const used = await resourcesUsed(store, resources, after.id, project.id, doing(step));
  const said = kind.certifies?.(version?.content, { head: after, rules, review, now });
  if (!said) return moved('project.staged', doing(step), project, { stage: 'decided', due });
  const fit = certifiable(said);
  if (!fit.ok) return fit;
  const terms = fit.value;
  const id = newId();
  const { commit } = certificateDecided({
    id,
    project: project.id,
    submission: after.id,
    city: project.city,
    county,
    terms,
    decidedAt: now,
    by: { sub: by.sub, office: by.office, ...(by.role ? { role: by.role } : {}) },
  });
  const certificate = { id, state: 'pending', validTo: terms.validTo };
  const on = moved('project.staged', doing(step), project, { stage: 'decided', due, certificate });
  return on.ok ? ok(together({ changes: used }, on.value, commit)) : on;
}

/** Refused or withdrawn: what was held for it is free again. */
async function ended(
  { store }: FollowFilingDeps,
  step: Step,
  project: Project,
): Promise<Result<Following, Refusal>> {
  const { after } = step;
  const holders = [`submission:${after.id}`, `project:${project.id}`] as const;
  const freed = await resourcesFreed(store, project.content.resources, holders, doing(step));
  const why = { submission: after.id, project: project.id };
  const returned = await homesGivenBack(store, project, project.reserved, 1, why, doing(step));
  if (!returned.ok) return returned;
  const on = moved('project.ended', doing(step), project, {
    stage: stageOf(after.state) ?? 'withdrawn',
    reserved: 0,
  });
  return on.ok ? ok(together({ changes: [...freed, ...returned.value] }, on.value)) : on;
}
