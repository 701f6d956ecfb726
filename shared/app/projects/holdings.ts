/** What a project holds besides itself: resources of the register (S-08), homes of a city's annual plan (S-06). */
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { giveBack, reserve } from '../../domain/projects/plan-use.ts';
import type { Project } from '../../domain/projects/project.ts';
import { hold, release, use } from '../../domain/resources/actions.ts';
import type { Holder } from '../../domain/resources/resource.ts';
import type { Commit, Store } from '../ports.ts';
import { planUseChange, resourceChange, type By, type Change } from '../registers/changes.ts';

/** What goes into the step's transaction beside the filing. */
export type Following = Pick<Commit, 'projectVersions' | 'certificates' | 'unchanged'> & {
  readonly changes: readonly Change[];
};

export const nothing: Following = { changes: [] };

/** Who does it, and when. */
export interface Doing {
  readonly by: By;
  readonly now: string;
}

type Resources = Pick<Store, 'resource'>;

/** Every resource that cannot be held is told, each at its place in the content. `held` are the project's already. */
export async function resourcesHeld(
  store: Resources,
  { submission, county, held = [] }: { submission: string; county: string; held?: readonly string[] },
  ids: readonly string[],
  { by, now }: Doing,
): Promise<Result<readonly Change[], Refusal>> {
  const wanted = [...new Set(ids)].filter((id) => !held.includes(id));
  const found = await Promise.all(wanted.map((id) => store.resource(id)));
  const reasons: Reason[] = [];
  const changes = found.flatMap((resource, index) => {
    const pointer = `/content/resources/${ids.indexOf(wanted[index] ?? '')}`;
    if (!resource || resource.details.county !== county) {
      const text = {
        zh: '台账中没有该旗县区的这项资源',
        en: 'The register of the county has no such resource',
      };
      reasons.push({ code: 'resource-unknown', pointer, text });
      return [];
    }
    const next = hold(resource, `submission:${submission}`);
    if (next.ok) return resourceChange('hold', resource, next.value, by, now);
    const text = { zh: '这项资源已列入其他申请或项目', en: 'Another filing or project holds this resource' };
    reasons.push({ code: next.error.code, pointer, text });
    return [];
  });
  return reasons.length > 0 ? refuse(refusal('incomplete', { count: reasons.length }, reasons)) : ok(changes);
}

/** Approved: what the filing held is the project's. */
export async function resourcesUsed(
  store: Resources,
  ids: readonly string[],
  submission: string,
  project: string,
  { by, now }: Doing,
): Promise<readonly Change[]> {
  const found = await Promise.all(ids.map((id) => store.resource(id)));
  return found.flatMap((resource) => {
    const next = resource && use(resource, `submission:${submission}`, `project:${project}`);
    return resource && next?.ok ? resourceChange('use', resource, next.value, by, now) : [];
  });
}

/** Of these resources, what one of the holders holds is free again. */
export async function resourcesFreed(
  store: Resources,
  ids: readonly string[],
  holders: readonly Holder[],
  { by, now }: Doing,
): Promise<readonly Change[]> {
  const found = await Promise.all(ids.map((id) => store.resource(id)));
  return found.flatMap((resource) => {
    const holder = holders.find((one) => resource?.heldBy === one);
    if (!resource || !holder) return [];
    const next = release(resource, holder);
    return next.ok ? resourceChange('release', resource, next.value, by, now) : [];
  });
}

interface Why {
  readonly submission?: string;
  readonly project: string;
}

/**
 * Homes of the plan, as long as the city's plan in force has them.
 * @param projects 1 for a project that enters the plan, 0 for one that grows
 */
export async function homesTaken(
  store: Pick<Store, 'planUse' | 'city'>,
  { city: code, content: { planYear } }: Pick<Project, 'city' | 'content'>,
  homes: number,
  projects: 0 | 1,
  why: Why,
  { by, now }: Doing,
): Promise<Result<Following, Refusal>> {
  const [city, before] = await Promise.all([store.city(code), store.planUse(code, planYear)]);
  const planned = city.figures.annual[String(planYear)]?.homes ?? 0;
  const used = reserve(before, homes, planned, projects);
  if (!used.ok) return used;
  return ok({
    changes: [planUseChange('plan-use.reserved', before, used.value, { ...why, planned }, by, now)],
    // A smaller plan published meanwhile makes this stale.
    unchanged: [{ record: `city:${city.code}`, seq: city.seq }],
  });
}

/**
 * @param homes 0: there is nothing to give back
 * @returns `busy` when fewer are taken: the project was read before a step that gave them back, and the use of the plan after it
 */
export async function homesGivenBack(
  store: Pick<Store, 'planUse'>,
  { city, content: { planYear } }: Pick<Project, 'city' | 'content'>,
  homes: number,
  projects: 0 | 1,
  why: Why,
  { by, now }: Doing,
): Promise<Result<readonly Change[], Refusal>> {
  if (homes <= 0) return ok([]);
  const before = await store.planUse(city, planYear);
  if (before.reserved < homes || before.projects < projects) return refuse(refusal('busy'));
  return ok([planUseChange('plan-use.released', before, giveBack(before, homes, projects), why, by, now)]);
}

/** Several parts of one commit as one. */
export function together(...parts: readonly Following[]): Following {
  const versions = parts.flatMap((part) => part.projectVersions ?? []);
  const unchanged = parts.flatMap((part) => part.unchanged ?? []);
  const certificates = parts.find((part) => part.certificates)?.certificates;
  return {
    changes: parts.flatMap(({ changes }) => changes),
    ...(versions.length > 0 ? { projectVersions: versions } : {}),
    ...(unchanged.length > 0 ? { unchanged } : {}),
    ...(certificates ? { certificates } : {}),
  };
}
