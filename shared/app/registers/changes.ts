/** Changes of the registers, ready for a commit: a step of a filing puts them beside its own into its transaction. */
import { chain, recordHash } from '../../domain/audit/entry.ts';
import { projectFacts, versionMade, type ProjectEventType } from '../../domain/projects/lifecycle.ts';
import { planUseName, type PlanUse, type PlanUseEvent } from '../../domain/projects/plan-use.ts';
import type { Project } from '../../domain/projects/project.ts';
import { resourceActions, resourceFacts, type ResourceActionName } from '../../domain/resources/actions.ts';
import type { Resource } from '../../domain/resources/resource.ts';
import type { Commit } from '../ports.ts';

export type Change = Commit['changes'][number];

/** Who does it, as an audit entry names him. */
export interface By {
  readonly sub: string;
  readonly office: string;
  readonly role?: string | undefined;
}

/**
 * What an action on a resource writes; nothing when it left the resource as it was (`hold` by who holds it already).
 * @param after as the domain's function returned it
 */
export function resourceChange(
  action: ResourceActionName,
  before: Resource | undefined,
  after: Resource,
  by: By,
  now: string,
): readonly (Change & { readonly kind: 'resource' })[] {
  if (before && recordHash(before) === recordHash(after)) return [];
  const { record, entry } = chain(
    `resource:${after.id}`,
    before,
    { ...after, updatedAt: now },
    { type: resourceActions[action].event, facts: resourceFacts(after) },
    by,
    now,
  );
  return [{ kind: 'resource', ...(before ? { before } : {}), after: record, entry }];
}

/**
 * What taking homes of a plan or giving them back writes. The caller's commit names the city's revision among its `unchanged` where
 * the plan's size mattered.
 * @param why which filing or project the homes are for, and the size of the plan that was looked at
 */
export function planUseChange(
  event: PlanUseEvent,
  before: PlanUse,
  after: PlanUse,
  why: { readonly submission?: string; readonly project?: string; readonly planned?: number },
  by: By,
  now: string,
): Change & { readonly kind: 'plan-use' } {
  const { city, year, reserved, projects } = after;
  const facts = { city, year, homes: Math.abs(reserved - before.reserved), reserved, projects, ...why };
  const { record, entry } = chain(planUseName(after), before, after, { type: event, facts }, by, now);
  return { kind: 'plan-use', before, after: record, entry };
}

/**
 * The seam of the review path: what an event of a project writes. Lists, counters and the overview follow from the event.
 * @param after as `projectFrom` or `moveProject` returned it
 */
export function projectChange(
  event: ProjectEventType,
  before: Project | undefined,
  after: Project,
  by: By,
  now: string,
): Pick<Commit, 'projectVersions'> & { readonly change: Change & { readonly kind: 'project' } } {
  const facts = projectFacts(before, after);
  const { record, entry } = chain(`project:${after.id}`, before, after, { type: event, facts }, by, now);
  const version = versionMade(before, record);
  return {
    change: { kind: 'project', ...(before ? { before } : {}), after: record, entry },
    ...(version ? { projectVersions: [{ project: after.id, version }] } : {}),
  };
}
