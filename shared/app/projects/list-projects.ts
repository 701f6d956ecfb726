/** Keeps the lists of projects as events arrive: a project is listed as it is now, so an event that comes twice or late changes nothing. */
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { projectLine } from '../../domain/projects/line.ts';
import type { Store } from '../ports.ts';
import type { ProjectLines } from '../registers/ports.ts';

export interface ListDeps {
  readonly store: Pick<Store, 'project'>;
  readonly projectLines: ProjectLines;
}

export async function listProject({ store, projectLines }: ListDeps, { record }: AuditEntry): Promise<void> {
  if (!record.startsWith('project:')) return;
  const project = await store.project(record.slice('project:'.length));
  if (project) await projectLines.put(projectLine(project), project.seq);
}
