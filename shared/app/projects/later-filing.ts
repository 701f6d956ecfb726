/**
 * What a step of a filing about a recognised project means for the registers: change (变更), renewal (续期), cancellation (注销). The
 * project stands all the while; what it is changes with the decision, in the decision's own transaction.
 */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { projectStages, phaseOf, type Project, type ProjectContent } from '../../domain/projects/project.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Store } from '../ports.ts';
import { cancellationDecided, certifiable, nextVersionDecided } from '../certificates/decided.ts';
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

export async function followLaterFiling(
  deps: FollowFilingDeps,
  step: Step,
): Promise<Result<Following, Refusal>> {
  const { kind, before, after } = step;
  const project = await deps.store.project(after.period);
  if (!project) return ok(nothing);
  if (after.state === 'rejected' || after.state === 'withdrawn') return givenUp(deps, step, project);
  if (phaseOf(project) === 'ended') {
    // Sent back to its owner, who may withdraw it: else it would lie on the lead's desk for good.
    if (after.state === 'returned') return ok(nothing);
    if (isOver(project, kind)) return refuse(notStanding(project));
    return after.state === 'decided' || after.state === 'granted'
      ? decided(deps, step, project)
      : ok(nothing);
  }
  if (after.state === 'submitted' && before.state === 'signing') return filed(deps, step, project);
  if (before.state === 'plan-check' && before.state !== after.state) return planned(deps, step, project);
  if (before.state !== after.state && (after.state === 'decided' || after.state === 'granted'))
    return decided(deps, step, project);
  const due = dueIn(step);
  return project.due === due ? ok(nothing) : moved('project.staged', doing(step), project, { due });
}

/** What the project is to be; undefined where a filing says nothing of it. */
function contentOf({ kind, after, context }: Step, standing: ProjectContent): ProjectContent | undefined {
  const { rules, version } = context;
  return kind.project?.(version?.content, { county: after.county ?? '', rules, standing });
}

/** Resources that the version before asked for: a correction may have dropped some. */
async function resourcesAskedFor(
  { store }: FollowFilingDeps,
  { kind, before }: Step,
  project: Project,
): Promise<readonly string[]> {
  const version = before.frozen > 0 ? await store.version(before.id, before.frozen) : undefined;
  if (!version || kind.certificate !== 'amend') return [];
  const asked = kind.project?.(version.content, { county: project.content.county }).resources ?? [];
  return asked.filter((id) => !project.content.resources.includes(id));
}

/** Signed: resources that it adds are held, and the project names the filing that is under way. */
async function filed(
  deps: FollowFilingDeps,
  step: Step,
  project: Project,
): Promise<Result<Following, Refusal>> {
  const { after } = step;
  const { county, resources: own } = project.content;
  const wanted = contentOf(step, project.content)?.resources ?? own;
  const held = await resourcesHeld(
    deps.store,
    { submission: after.id, county, held: own },
    wanted,
    doing(step),
  );
  if (!held.ok) return held;
  const dropped = (await resourcesAskedFor(deps, step, project)).filter((id) => !wanted.includes(id));
  const freed = await resourcesFreed(deps.store, dropped, [`submission:${after.id}`], doing(step));
  const on = moved('project.staged', doing(step), project, { due: dueIn(step), submission: after.id });
  return on.ok ? ok(together({ changes: [...held.value, ...freed] }, on.value)) : on;
}

/** 计划核对: what it grows by is spoken for; what it shrinks by is given back only when that is decided. */
async function planned(
  { store }: FollowFilingDeps,
  step: Step,
  project: Project,
): Promise<Result<Following, Refusal>> {
  const more = (contentOf(step, project.content)?.homes ?? 0) - project.reserved;
  const due = dueIn(step);
  if (more <= 0) return moved('project.staged', doing(step), project, { due });
  const why = { submission: step.after.id, project: project.id };
  const plan = await homesTaken(store, project, more, 0, why, doing(step));
  if (!plan.ok) return plan;
  const on = moved('project.staged', doing(step), project, { due, reserved: project.reserved + more });
  return on.ok ? ok(together(plan.value, on.value)) : on;
}

/** Refused or withdrawn: the project stands as it stood, and what was held for the filing is free again. */
async function givenUp(
  deps: FollowFilingDeps,
  step: Step,
  project: Project,
): Promise<Result<Following, Refusal>> {
  const { after } = step;
  const asked = await resourcesAskedFor(deps, step, project);
  const freed = await resourcesFreed(deps.store, asked, [`submission:${after.id}`], doing(step));
  if (phaseOf(project) === 'ended') return ok({ changes: freed });
  const more = project.reserved - project.content.homes;
  const why = { submission: after.id, project: project.id };
  const returned = await homesGivenBack(deps.store, project, more, 0, why, doing(step));
  if (!returned.ok) return returned;
  const reserved = Math.min(project.reserved, project.content.homes);
  const on = moved('project.staged', doing(step), project, { due: undefined, reserved });
  return on.ok ? ok(together({ changes: [...freed, ...returned.value] }, on.value)) : on;
}

async function decided(
  deps: FollowFilingDeps,
  step: Step,
  project: Project,
): Promise<Result<Following, Refusal>> {
  const certificate = project.certificate && (await deps.store.certificate(project.certificate.id));
  if (!certificate) return refuse(notStanding(project));
  return step.kind.certificate === 'cancel'
    ? cancelled(deps, step, project, certificate)
    : furtherVersion(deps, step, project, certificate);
}

/** Change or renewal: the project is what was decided; the certificate's next version waits for its signature. */
async function furtherVersion(
  { store }: FollowFilingDeps,
  step: Step,
  project: Project,
  certificate: Certificate,
): Promise<Result<Following, Refusal>> {
  const { kind, after, context } = step;
  const { now, rules, review, version } = context;
  const content = contentOf(step, project.content) ?? project.content;
  const standing = await store.certificateVersion(certificate.id, certificate.version);
  const approved = { head: after, rules, review, now, standing: standing?.content };
  const said = kind.certifies?.(version?.content, approved);
  if (!said) throw new Error(`${kind.code} certifies nothing`);
  const fit = certifiable(said);
  if (!fit.ok) return fit;
  const terms = fit.value;
  const action = kind.certificate === 'renew' ? 'renew' : 'amend';
  const by = issuedBy(step);
  const drafted = nextVersionDecided(action, certificate, { submission: after.id, terms, now, by });
  if (!drafted.ok) return drafted;
  const own = project.content.resources;
  const used = await resourcesUsed(
    store,
    content.resources.filter((id) => !own.includes(id)),
    after.id,
    project.id,
    doing(step),
  );
  const freed = await resourcesFreed(
    store,
    own.filter((id) => !content.resources.includes(id)),
    [`project:${project.id}`],
    doing(step),
  );
  const fewer = project.reserved - content.homes;
  const why = { submission: after.id, project: project.id };
  const returned = await homesGivenBack(store, project, fewer, 0, why, doing(step));
  if (!returned.ok) return returned;
  const on = moved(action === 'renew' ? 'project.renewed' : 'project.changed', doing(step), project, {
    content,
    ruleSet: after.terms?.rules ?? project.ruleSet,
    stage: 'recognised',
    due: dueIn(step),
    submission: after.id,
    reserved: Math.min(project.reserved, content.homes),
  });
  if (!on.ok) return on;
  return ok(together({ changes: [...used, ...freed, ...returned.value] }, on.value, drafted.value.commit));
}

/** 注销: nothing waits for a signature; what the project held is free with the decision. */
async function cancelled(
  { store }: FollowFilingDeps,
  step: Step,
  project: Project,
  certificate: Certificate,
): Promise<Result<Following, Refusal>> {
  const { after, context, paper } = step;
  const { now, version } = context;
  const document = paper?.body['documentNumber'];
  const ended = cancellationDecided(certificate, {
    submission: after.id,
    // The form asks for it.
    reason: (version?.content as { readonly reason: string } | undefined)?.reason ?? '',
    ...(typeof document === 'string' ? { document } : {}),
    now,
    by: issuedBy(step),
  });
  if (!ended.ok) return ended;
  const why = { submission: after.id, project: project.id };
  const { resources } = project.content;
  const freed = await resourcesFreed(store, resources, [`project:${project.id}`], doing(step));
  const returned = await homesGivenBack(store, project, project.reserved, 1, why, doing(step));
  if (!returned.ok) return returned;
  const on = moved('project.ended', doing(step), project, {
    stage: 'cancelled',
    submission: after.id,
    reserved: 0,
    ...(project.certificate
      ? { certificate: { ...project.certificate, state: ended.value.certificate.state } }
      : {}),
  });
  return on.ok ? ok(together({ changes: [...freed, ...returned.value] }, on.value, ended.value.commit)) : on;
}

function issuedBy({ by }: Step): { sub: string; office: string; role?: string } {
  return { sub: by.sub, office: by.office, ...(by.role ? { role: by.role } : {}) };
}

/** What ran out meanwhile may still be renewed or cancelled; until then it stays as it is. */
function isOver(project: Project, kind: Kind): boolean {
  return phaseOf(project) === 'ended' && (project.stage !== 'expired' || kind.certificate === 'amend');
}

/** Why nothing that is still missing would help: the project that the filing is about has ended. */
export async function projectOver(
  store: Pick<Store, 'project'>,
  kind: Kind,
  { period }: Head,
): Promise<Refusal | undefined> {
  const project = kind.period === 'project' ? await store.project(period) : undefined;
  return project && isOver(project, kind) ? notStanding(project) : undefined;
}

function notStanding({ stage }: Project): Refusal {
  const { zh, en } = projectStages[stage];
  return refusal('project-not-in-stage', { stageZh: zh, stage: en });
}
