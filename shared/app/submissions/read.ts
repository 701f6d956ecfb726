/** Reads of a filing: each shows exactly what its reader may see. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal, type Text } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { explain, type Explanation } from '../../domain/calendar/statutory-clock.ts';
import { documentStates, documentsOf, type Document } from '../../domain/documents/document.ts';
import { detailOf, isRejection } from '../../domain/documents/inspection/rejection.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { ruleSetInForce } from '../../domain/policies/rule-set.ts';
import { findingsOf, missingIn } from '../../domain/submissions/completeness.ts';
import { tasks, waitingIn } from '../../domain/submissions/desks.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import { differenceOf, type Change } from '../../domain/submissions/kinds/difference.ts';
import { determiningKinds, kindOf } from '../../domain/submissions/kinds/index.ts';
import { eventText } from '../../domain/submissions/event-types.ts';
import { cityOf } from '../../domain/submissions/parties.ts';
import {
  paperTypes,
  states,
  type Head,
  type Paper,
  type Version,
} from '../../domain/submissions/submission.ts';
import type { Now, Store } from '../ports.ts';
import { reviewView } from './review-view.ts';
import { lastReadable, maySee, summaryOf } from './view.ts';

export interface ReadDeps {
  readonly store: Store;
  readonly now: Now;
}

/** The filing if this person may see it. A filing that they may not see does not exist for them. */
export async function seen(
  deps: ReadDeps,
  actor: Actor,
  id: string,
): Promise<Result<{ head: Head; kind: Kind }, Refusal>> {
  const head = await deps.store.head(id);
  const kind = head && kindOf(head.kind);
  return head && kind && maySee(actor, head) ? ok({ head, kind }) : refuse(refusal('not-found'));
}

/** The whole filing as its reader's page shows it: state, content, papers, documents, what waits where. */
export async function readSubmission(
  deps: ReadDeps,
  actor: Actor,
  id: string,
): Promise<Result<{ head: Head; body: unknown }, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const { head, kind } = found.value;
  const readable = lastReadable(actor, head);
  const [version, papers, documents, calendar, review] = await Promise.all([
    deps.store.version(id, readable),
    deps.store.papers(id),
    deps.store.documents(id),
    deps.store.calendar(),
    head.path === 'joint-review' ? deps.store.review(id) : undefined,
  ]);
  return ok({
    head,
    body: {
      ...summaryOf(head, kind, actor),
      stateText: { zh: states[head.state].zh, en: states[head.state].en },
      kindName: kind.name,
      createdAt: head.createdAt,
      ...(version ? { current: versionView(version, head) } : {}),
      documents: documentsOf(readable, documents).map(documentView),
      opinions: head.opinions.map(({ office, verdict, version: on }) => ({ office, verdict, version: on })),
      openSupplements: head.asked.map(({ office, at }) => ({ office, askedAt: at })),
      openExtensions: head.extensions.map(({ clock, office, days }) => ({ clock, office, days })),
      papers: papers.filter((paper) => paperFor(actor, head, paper)).map(paperView),
      ...reviewView(head, review),
      waitingFor: waitingIn(head, kind, calendar).map((waiting) => ({
        ...waiting,
        taskText: tasks[waiting.task],
      })),
    },
  });
}

/** Internal notes of the filer's own office stay in it; looks at the contact are for the lead's eyes and the office's. */
export function paperFor(actor: Actor, head: Head, paper: Paper): boolean {
  return paper.type === 'sent-back' ? actor.office === head.owner : true;
}

function paperView(paper: Paper): unknown {
  const { seq, type, office, role, at, version, body } = paper;
  return { number: seq, type, name: paperTypes[type], office, role, at, version, body };
}

export function versionView(version: Version, head: Head): unknown {
  const { documentNumber, issueDate, contact } = version.filing;
  return {
    number: version.number,
    frozen: version.number <= head.frozen,
    savedAt: version.savedAt,
    content: version.content,
    filing: {
      documentNumber,
      issueDate,
      ...(contact ? { contact: { name: contact.name, phone: contact.phone } } : {}),
    },
    explanations: version.explanations,
    hash: version.hash,
  };
}

export function documentView(document: Document): unknown {
  const {
    id,
    paper,
    fileName,
    type,
    length,
    sha256,
    state,
    reason,
    fromVersion,
    removedIn,
    replaces,
    requestedAt,
  } = document;
  return {
    id,
    paper,
    fileName,
    type,
    length,
    sha256,
    state,
    stateText: { zh: documentStates[state].zh, en: documentStates[state].en },
    fromVersion,
    requestedAt,
    ...(reason ? { reason } : {}),
    ...(reason && isRejection(reason) ? { reasonText: detailOf(reason, type) } : {}),
    ...(removedIn === undefined ? {} : { removedIn }),
    ...(replaces ? { replaces } : {}),
  };
}

function isVersion(number: number, last: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= last;
}

/** A version as it was: reviewers keep what they saw. */
export async function readVersion(
  deps: ReadDeps,
  actor: Actor,
  id: string,
  number: number,
): Promise<Result<unknown, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const { head } = found.value;
  if (!isVersion(number, lastReadable(actor, head))) return refuse(refusal('not-found'));
  const [version, documents] = await Promise.all([deps.store.version(id, number), deps.store.documents(id)]);
  if (!version) return refuse(refusal('not-found'));
  return ok({
    ...(versionView(version, head) as object),
    number,
    documents: documentsOf(number, documents).map(documentView),
  });
}

export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
  readonly documents: { readonly added: readonly unknown[]; readonly removed: readonly unknown[] };
}

/** What changed between two versions, field by field, with the field's name. */
export async function readDifference(
  deps: ReadDeps,
  actor: Actor,
  id: string,
  from: number,
  to: number,
): Promise<Result<Difference, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const { head, kind } = found.value;
  const last = lastReadable(actor, head);
  if (!isVersion(from, last) || !isVersion(to, last)) return refuse(refusal('not-found'));
  const [before, after, documents] = await Promise.all([
    deps.store.version(id, from),
    deps.store.version(id, to),
    deps.store.documents(id),
  ]);
  const had = documentsOf(from, documents);
  const has = documentsOf(to, documents);
  return ok({
    from,
    to,
    changes: differenceOf(kind, before?.content, after?.content),
    documents: {
      added: has.filter((document) => !had.includes(document)).map(documentView),
      removed: had.filter((document) => !has.includes(document)).map(documentView),
    },
  });
}

/** Everything that still stops the filing, and what wants an explanation: asked for while drafting. */
export async function readChecks(
  deps: ReadDeps,
  actor: Actor,
  id: string,
): Promise<Result<unknown, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const { head, kind } = found.value;
  const readable = lastReadable(actor, head);
  const joint = head.path === 'joint-review';
  const [city, version, documents, calendar, ruleSets, project] = await Promise.all([
    deps.store.city(cityOf(head)),
    deps.store.version(id, readable),
    deps.store.documents(id),
    deps.store.calendar(),
    joint ? deps.store.ruleSetsOf(cityOf(head)) : undefined,
    kind.period === 'project' ? deps.store.project(head.period) : undefined,
  ]);
  const now = deps.now();
  const context = {
    actor,
    now,
    kind,
    calendar,
    city,
    documents,
    determining: determiningKinds,
    ...(version ? { version } : {}),
    ...(ruleSets ? { rules: ruleSetInForce(ruleSets, civilDateOf(now)) } : {}),
    ...(project ? { project } : {}),
  };
  return ok({
    missing: missingIn({ ...head, version: readable }, context),
    soft: version ? findingsOf(version, context, head).filter((finding) => finding.level === 'soft') : [],
  });
}

/** The clocks with every day counted, skipped or suspended, and why. */
export async function readClock(
  deps: ReadDeps,
  actor: Actor,
  id: string,
): Promise<Result<{ asOf: string; clocks: readonly Explanation[] }, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const calendar = await deps.store.calendar();
  const asOf = deps.now();
  const clocks: Explanation[] = [];
  for (const clock of found.value.head.clocks) {
    const explained = explain(clock, calendar, asOf);
    if (!explained.ok) return explained;
    clocks.push(explained.value);
  }
  return ok({ asOf, clocks });
}

export interface HistoryLine {
  readonly number: number;
  readonly at: string;
  readonly type: string;
  readonly typeText: Text;
  readonly office: string;
  readonly role?: string;
  readonly facts: unknown;
  readonly hash: string;
  /** 追踪号 of the request or run that it comes from; entries of before have none. */
  readonly correlationId?: string;
}

/** The audit entries of a record in order. The region sees a city's internal steps only once it was submitted. */
export async function readHistory(
  deps: ReadDeps,
  record: string,
  after: number,
  limit: number,
): Promise<{ items: readonly HistoryLine[]; after?: number }> {
  const entries = await deps.store.entries(record, after, limit);
  const items = entries.map(({ seq, at, type, by, facts, hash, correlationId }) => ({
    number: seq,
    at,
    type,
    typeText: eventText(type),
    by: by.sub,
    office: by.office,
    ...(by.role ? { role: by.role } : {}),
    facts,
    hash,
    ...(correlationId === undefined ? {} : { correlationId }),
  }));
  const last = entries.at(-1);
  return { items, ...(entries.length === limit && last ? { after: last.seq } : {}) };
}
