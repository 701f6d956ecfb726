/**
 * What the number of a certificate brings with it, in its own transaction: the filing is granted and leaves the desks, and the
 * project stands as recognised.
 */
import { chain, systemActor } from '../../domain/audit/entry.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { moveProject } from '../../domain/projects/lifecycle.ts';
import { granted } from '../../domain/submissions/joint-review/grant.ts';
import { phaseOf } from '../../domain/projects/project.ts';
import { placeOf } from '../../domain/submissions/kind.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import type { AlsoOnIssue } from '../certificates/issue-next.ts';
import { deskChanges } from '../desk-changes.ts';
import type { Commit, Store } from '../ports.ts';
import { projectChange } from '../registers/changes.ts';

type GrantStore = Pick<Store, 'head' | 'project' | 'calendar' | 'slot'>;

export function grantFiling(store: GrantStore): AlsoOnIssue {
  return async (certificate, number, now) => {
    const filing = await filingGranted(store, certificate, now);
    const project = await projectRecognised(store, certificate, number, now);
    return { ...filing, ...project, changes: [...filing.changes, ...project.changes] };
  };
}

async function filingGranted(
  store: GrantStore,
  { submission, id }: Certificate,
  now: string,
): Promise<Pick<Commit, 'changes' | 'desks' | 'slots'>> {
  const before = submission === undefined ? undefined : await store.head(submission);
  const kind = before && kindOf(before.kind);
  const decided = before && granted(before, id, now);
  if (!before || !kind || !decided) return { changes: [] };
  const [calendar, slot] = await Promise.all([
    store.calendar(),
    store.slot(before.owner, placeOf(kind), before.period),
  ]);
  const { record, entry } = chain(
    `submission:${before.id}`,
    before,
    decided.head,
    decided.event,
    systemActor,
    now,
  );
  const { underWay: _ended, ...kept } = slot ?? {
    owner: before.owner,
    kind: placeOf(kind),
    period: before.period,
    revision: 0,
  };
  // What concerns a project leaves the place to the next: the project itself says what is in force.
  const held = kind.period === 'project' ? kept : { ...kept, inForce: before.id };
  const after = { ...held, revision: kept.revision + 1 };
  return {
    changes: [{ kind: 'submission', before, after: record, entry }],
    desks: deskChanges(before, record, kind, calendar),
    slots: [{ ...(slot ? { before: slot } : {}), after }],
  };
}

async function projectRecognised(
  store: GrantStore,
  certificate: Certificate,
  number: string,
  now: string,
): Promise<Pick<Commit, 'changes' | 'projectVersions'>> {
  const before = await store.project(certificate.project);
  const { id, state, validTo } = certificate;
  // A further version finds it recognised already.
  const event = before && phaseOf(before) === 'recognised' ? 'project.staged' : 'project.recognised';
  const certified = { id, number, state, validTo };
  const next = before && moveProject(event, before, { at: now, certificate: certified });
  // A project that ended meanwhile keeps its end; its certificate goes its own way.
  if (!before || !next?.ok) return { changes: [] };
  const { change, ...versions } = projectChange(event, before, next.value, systemActor, now);
  return { changes: [change], ...versions };
}
