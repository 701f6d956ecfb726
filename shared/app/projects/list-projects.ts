/** Keeps the lists of projects as events arrive: a project is listed as it is now, so an event that comes twice or late changes nothing. */
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { projectLine } from '../../domain/projects/line.ts';
import type { Store } from '../ports.ts';
import type { ProjectLines } from '../registers/ports.ts';
import { eventTypes } from '../../domain/submissions/event-types.ts';
import { cityOf } from '../../domain/submissions/parties.ts';

export interface ListDeps {
  readonly store: Pick<Store, 'project' | 'head'>;
  readonly projectLines: ProjectLines;
}

export async function listProject(
  { store, projectLines }: ListDeps,
  { record, type }: AuditEntry,
): Promise<void> {
  if (type === eventTypes.sign) await listFiling({ store, projectLines }, record);
  if (!record.startsWith('project:')) return;
  const project = await store.project(record.slice('project:'.length));
  if (project) await projectLines.put(projectLine(project), project.seq);
}

/** A filing about a project is in the list of its city from its first signature on. */
async function listFiling({ store, projectLines }: ListDeps, record: string): Promise<void> {
  const head = await store.head(record.slice('submission:'.length));
  if (head?.path !== 'joint-review' || head.county === undefined) return;
  await projectLines.putFiling(cityOf(head), head.county, head.id);
}
