/** Reads of projects: the list of an area or an owner, one project with all that hangs on it, as it was on a day, and what changed. */
import { civilDateOf, endOfDayExclusive } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import {
  isRegional,
  officePlaceOf,
  registersIn,
  reportingCityOf,
} from '../../domain/identity/office-place.ts';
import { reportingCities } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { projectDifference } from '../../domain/projects/difference.ts';
import { isNamed, searchable, type ProjectLine } from '../../domain/projects/line.ts';
import { maySeeProject } from '../../domain/projects/may-see.ts';
import {
  isLate,
  ProjectCertificate,
  projectStageNames,
  type Project,
  type ProjectStage,
} from '../../domain/projects/project.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import { resourceLine } from '../../domain/resources/resource.ts';
import { states } from '../../domain/submissions/submission.ts';
import { wholeChain } from '../audit/whole-chain.ts';
import type { Now, Page, Store } from '../ports.ts';
import { walk } from '../registers/walk.ts';
import { resourceLineView } from '../resources/view.ts';
import { lineView, stateView, type ProjectState } from './view.ts';

export interface ProjectDeps {
  readonly store: Store;
  readonly now: Now;
}

export interface ProjectQuery {
  readonly city?: string | undefined;
  readonly county?: string | undefined;
  readonly mode?: string | undefined;
  readonly stage?: ProjectStage | undefined;
  readonly late?: 'true' | 'false' | undefined;
  /** State of the certificate. */
  readonly certificate?: string | undefined;
  /** Part of the name. */
  readonly name?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const ownPlace = 'own';

export async function listProjects(
  { store, now }: ProjectDeps,
  actor: Actor,
  asked: ProjectQuery,
): Promise<Result<Page<object>, Refusal>> {
  const today = civilDateOf(now());
  const keep = (line: ProjectLine): boolean => fits(line, asked, today);
  const place = officePlaceOf(actor.office);
  const own = place?.level === 'county' ? place.place : undefined;
  const county = own ?? asked.county;
  if (own !== undefined && asked.county !== undefined && asked.county !== own) return ok({ items: [] });
  const wanted = asked.city ?? (county === undefined ? undefined : reportingCityOf(county));
  const all = isRegional(actor.office) ? reportingCities : registersIn(actor.office);
  const page =
    place || isRegional(actor.office)
      ? await walk(
          wanted === undefined && county === undefined ? all : all.filter((city) => city === wanted),
          asked,
          (city, cursor, limit) => store.projectsOf(city, county, cursor, limit),
          keep,
        )
      : await walk(
          [ownPlace],
          asked,
          (_own, cursor, limit) => store.projectsOfOwner(actor.office, cursor, limit),
          keep,
        );
  return page.ok ? ok({ ...page.value, items: page.value.items.map((line) => lineView(line, today)) }) : page;
}

function fits(line: ProjectLine, asked: ProjectQuery, today: string): boolean {
  const { city, county, mode, stage, late, certificate, name } = asked;
  return (
    (city === undefined || line.city === city) &&
    (county === undefined || line.county === county) &&
    (mode === undefined || line.mode === mode) &&
    (stage === undefined || line.stage === stage) &&
    (late === undefined || String(isLate(line, today)) === late) &&
    (certificate === undefined || line.certificate?.state === certificate) &&
    // Nothing but marks names nothing: the list is not answered as if it had not been asked.
    (name === undefined || (searchable(name) !== '' && isNamed(line, name)))
  );
}

/** The project if this person may see it; to others it does not exist. */
export async function seenProject(
  { store }: Pick<ProjectDeps, 'store'>,
  actor: Actor,
  id: string,
): Promise<Result<Project, Refusal>> {
  const project = await store.project(id);
  const sees =
    project && maySeeProject(actor, { county: project.content.county, owner: project.content.owner.code });
  return sees ? ok(project) : refuse(refusal('not-found'));
}

export async function readProject(
  deps: ProjectDeps,
  actor: Actor,
  id: string,
  asOf: string | undefined,
): Promise<Result<{ readonly body: object; readonly revision: number }, Refusal>> {
  const found = await seenProject(deps, actor, id);
  if (!found.ok) return found;
  const project = found.value;
  if (asOf !== undefined) {
    const then = await projectOn(deps, project, asOf);
    return then.ok ? ok({ body: { asOf, ...stateView(then.value, asOf) }, revision: project.seq }) : then;
  }
  const { appliedAt, recognisedAt, endedAt, updatedAt, seq } = project;
  const today = civilDateOf(deps.now());
  const [submissions, resources, plan] = await Promise.all([
    submissionsOf(deps.store, project),
    resourcesOf(deps.store, project),
    planOf(deps.store, actor, project),
  ]);
  return ok({
    body: {
      asOf: today,
      ...stateView(project, today),
      submissions,
      registeredResources: resources,
      plan,
      appliedAt,
      ...(recognisedAt === undefined ? {} : { recognisedAt }),
      ...(endedAt === undefined ? {} : { endedAt }),
      updatedAt,
      revision: seq,
    },
    revision: seq,
  });
}

/** How it stood at the end of a civil day: its last event until then says so, and the version that was in force. */
async function projectOn(
  { store }: Pick<ProjectDeps, 'store'>,
  project: Project,
  day: string,
): Promise<Result<ProjectState, Refusal>> {
  const until = endOfDayExclusive(day);
  const entries = await wholeChain(store, `project:${project.id}`);
  const last = entries.findLast(({ at }) => at < until);
  const version = last && (await store.projectVersion(project.id, Number(last.facts['version'])));
  const stage = projectStageNames.find((one) => one === last?.facts['stage']);
  if (!last || !version || !stage) return refuse(refusal('not-found'));
  const { due, certificate, submission, reserved } = last.facts;
  return ok({
    id: project.id,
    city: project.city,
    content: version.content,
    version: version.number,
    ruleSet: version.ruleSet,
    stage,
    ...(typeof due === 'string' ? { due } : {}),
    submission: String(submission),
    ...(certificate === undefined ? {} : { certificate: ProjectCertificate().parse(certificate) }),
    reserved: Number(reserved),
  });
}

async function submissionsOf(store: Store, { submissions }: Project): Promise<readonly object[]> {
  const heads = await Promise.all(submissions.map((id) => store.head(id)));
  return heads.flatMap((head) => {
    if (!head) return [];
    const { id, kind, period, state, receivedAt } = head;
    const { zh, en } = states[state];
    return [
      {
        id,
        kind,
        kindName: kindOf(kind)?.name ?? { zh: kind, en: kind },
        period,
        state,
        stateText: { zh, en },
        ...(receivedAt === undefined ? {} : { receivedAt }),
      },
    ];
  });
}

async function resourcesOf(store: Store, { content }: Project): Promise<readonly object[]> {
  const found = await Promise.all(content.resources.map((id) => store.resource(id)));
  return found.flatMap((resource) => (resource ? [resourceLineView(resourceLine(resource))] : []));
}

/** What others have taken of the plan is the offices' business. */
async function planOf(store: Store, { office }: Actor, project: Project): Promise<object> {
  const year = project.content.planYear;
  const own = { year, own: project.reserved };
  if (!isRegional(office) && !officePlaceOf(office)) return own;
  const [city, use] = await Promise.all([store.city(project.city), store.planUse(project.city, year)]);
  return {
    ...own,
    planned: city.figures.annual[String(year)]?.homes ?? 0,
    reserved: use.reserved,
    projects: use.projects,
  };
}

/** What changed between two versions, in plain words. */
export async function readProjectDifference(
  deps: ProjectDeps,
  actor: Actor,
  id: string,
  from: number,
  to: number,
): Promise<Result<object, Refusal>> {
  const found = await seenProject(deps, actor, id);
  if (!found.ok) return found;
  const [before, after] = await Promise.all([
    deps.store.projectVersion(id, from),
    deps.store.projectVersion(id, to),
  ]);
  if (!before || !after) return refuse(refusal('not-found'));
  const versionView = ({ number, at, submission, ruleSet }: typeof before): object => ({
    number,
    at,
    submission,
    ruleSet,
  });
  return ok({
    from: versionView(before),
    to: versionView(after),
    changes: projectDifference(before.content, after.content),
  });
}
