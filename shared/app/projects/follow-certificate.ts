/**
 * What becomes of a project when its certificate is suspended, resumed, revoked or runs out, in that step's own transaction.
 * Revoked, it gives back what it held. What ran out keeps it, as long as it may still be renewed.
 */
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { phaseOf, type ProjectStage } from '../../domain/projects/project.ts';
import type { Store } from '../ports.ts';
import { moved } from './following-step.ts';
import { homesGivenBack, nothing, resourcesFreed, together, type Doing, type Following } from './holdings.ts';

type FollowStore = Pick<Store, 'project' | 'resource' | 'planUse'>;

/** States of a certificate that end its project. */
const endsAs: Readonly<Partial<Record<Certificate['state'], ProjectStage>>> = {
  expired: 'expired',
  revoked: 'revoked',
  cancelled: 'cancelled',
};

export async function followCertificate(
  store: FollowStore,
  { id, project: ofProject, state }: Certificate,
  doing: Doing,
): Promise<Result<Following, Refusal>> {
  const project = await store.project(ofProject);
  // What came in on paper has no project here.
  if (project?.certificate?.id !== id || project.certificate.state === state) return ok(nothing);
  const certificate = { ...project.certificate, state };
  const stage = endsAs[state];
  if (stage === undefined) {
    if (phaseOf(project) === 'ended') return ok(nothing);
    return moved('project.staged', doing, project, { certificate, due: project.due });
  }
  if (stage === 'expired') return moved('project.ended', doing, project, { stage, certificate });
  const { resources } = project.content;
  const freed = await resourcesFreed(store, resources, [`project:${project.id}`], doing);
  const why = { project: project.id };
  const returned = await homesGivenBack(store, project, project.reserved, 1, why, doing);
  if (!returned.ok) return returned;
  const on = moved('project.ended', doing, project, { stage, certificate, reserved: 0 });
  return on.ok ? ok(together({ changes: [...freed, ...returned.value] }, on.value)) : on;
}
