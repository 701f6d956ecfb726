/** What a person is shown of a filing, and whether they are shown it at all. */
import { holdsCounty, officePlaceOf } from '../../domain/identity/office-place.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { possibleActions } from '../../domain/submissions/decide.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Answer } from '../ports.ts';

/** The filer's office sees its own; the region sees what was submitted to it, never a draft. */
export function maySee(actor: Actor, head: Head): boolean {
  if (actor.office === head.owner) return true;
  if (head.frozen === 0) return false;
  return officeOf(actor.office)?.level === 'region' || takesPart(actor.office, head);
}

/** The county of the project with all its departments, and its city's (S-12). */
function takesPart(office: string, { county, path }: Head): boolean {
  const place = officePlaceOf(office);
  if (path !== 'joint-review' || county === undefined || place === undefined) return false;
  return holdsCounty(place, county);
}

/** The last version that this person may read: the filer also the draft under way. */
export function lastReadable(actor: Actor, head: Head): number {
  return actor.office === head.owner ? head.version : head.frozen;
}

export interface Summary {
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly period: string;
  readonly path: string;
  readonly state: string;
  readonly version: number;
  readonly amends?: string;
  readonly receivedAt?: string;
  /** The county of the project, on the joint review. */
  readonly county?: string;
  readonly updatedAt: string;
  readonly revision: number;
  /** What this person can do now. */
  readonly actions: readonly string[];
}

export function summaryOf(head: Head, kind: Kind, actor: Actor): Summary {
  return {
    id: head.id,
    kind: head.kind,
    owner: head.owner,
    period: head.period,
    path: head.path,
    state: head.state,
    version: lastReadable(actor, head),
    ...(head.county ? { county: head.county } : {}),
    ...(head.amends ? { amends: head.amends } : {}),
    ...(head.receivedAt ? { receivedAt: head.receivedAt } : {}),
    updatedAt: head.updatedAt,
    revision: head.seq,
    actions: possibleActions(head, kind, actor),
  };
}

export function etagOf(seq: number): string {
  return `"${seq}"`;
}

export function answerWith(head: Head, kind: Kind, actor: Actor, status = 200): Answer {
  return {
    status,
    body: summaryOf(head, kind, actor),
    etag: etagOf(head.seq),
    ...(status === 201 ? { location: `/submissions/${head.id}` } : {}),
  };
}
