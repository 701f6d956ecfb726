/** A project as the lists show it: projected from its record, and searched by name. */
import { phaseOf, type Project, type ProjectCertificate, type ProjectContent } from './project.ts';

export interface ProjectLine {
  readonly id: string;
  readonly city: string;
  readonly county: string;
  readonly name: string;
  readonly owner: Pick<ProjectContent['owner'], 'code' | 'name'>;
  readonly mode: ProjectContent['mode'];
  readonly path: ProjectContent['path'];
  readonly homes: number;
  readonly planYear: number;
  readonly stage: Project['stage'];
  /** Of the running stage; absent: no limit runs. */
  readonly due?: string;
  readonly certificate?: Pick<ProjectCertificate, 'number' | 'state'>;
  readonly updatedAt: string;
}

export function projectLine({ id, city, content, stage, due, certificate, updatedAt }: Project): ProjectLine {
  const { county, name, owner, mode, path, homes, planYear } = content;
  const { number, state } = certificate ?? {};
  return {
    id,
    city,
    county,
    name,
    owner: { code: owner.code, name: owner.name },
    mode,
    path,
    homes,
    planYear,
    stage,
    ...(due === undefined || phaseOf({ stage }) === 'ended' ? {} : { due }),
    ...(state === undefined ? {} : { certificate: { state, ...(number === undefined ? {} : { number }) } }),
    updatedAt,
  };
}

/** A name as it is searched by: full and half width, case, spaces and marks make no difference. */
export function searchable(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{P}\p{S}\s]/gu, '');
}

export function isNamed(line: Pick<ProjectLine, 'name'>, sought: string): boolean {
  return searchable(line.name).includes(searchable(sought));
}
