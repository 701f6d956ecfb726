/** Filings as their events leave them in the table, without the rules of the steps: for tests of what follows from events. */
import type { Commit, Store } from '../../shared/app/ports.ts';
import { chain, type AuditEntry } from '../../shared/domain/audit/entry.ts';
import type { City } from '../../shared/domain/cities/city.ts';
import { eventTypes, otherEventTypes } from '../../shared/domain/submissions/event-types.ts';
import type { Action } from '../../shared/domain/submissions/lifecycle.ts';
import type { Head } from '../../shared/domain/submissions/submission.ts';
import { draftHead } from './test-table.ts';

/** A filing after an event of it, and the event. */
export interface Told {
  readonly head: Head;
  readonly entry: AuditEntry;
}

type Change = Commit['changes'][number];

export class Filings {
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** A draft that holds the place of its city, kind and period. */
  async begin(at: string, given: Partial<Head> = {}): Promise<Told> {
    const fresh = draftHead({ createdAt: at, updatedAt: at, ...given });
    const told = next(undefined, fresh, otherEventTypes.created, {}, at);
    await this.commit([changeOf(undefined, told)], [await this.slot(fresh, { underWay: fresh.id })]);
    return told;
  }

  /** One step of a filing, with what it changes. A step into `withdrawn` or `rejected` frees its place. */
  async step(
    before: Head,
    action: Action,
    at: string,
    change: Partial<Head> = {},
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<Told> {
    const told = next(before, { ...before, ...change, updatedAt: at }, eventTypes[action], facts, at);
    const frees = change.state === 'withdrawn' || change.state === 'rejected';
    await this.commit([changeOf(before, told)], frees ? [await this.slot(before, {})] : []);
    return told;
  }

  /** Signed, and received at the same moment unless an earlier receipt counts. `city` changes in the same commit. */
  async sign(before: Head, at: string, receivedAt = at, city?: Change): Promise<Told> {
    const state = before.path === 'own-decision' ? 'approved' : 'submitted';
    const after: Head = { ...before, state, frozen: before.version, receivedAt, updatedAt: at };
    const told = next(before, after, eventTypes.sign, { version: before.version, receivedAt }, at);
    await this.commit([changeOf(before, told), ...(city ? [city] : [])]);
    return told;
  }

  /** Published: it holds its place for good, and supersedes what it amends. */
  async publish(before: Head, at: string): Promise<Told & { readonly superseded?: Told }> {
    const told = next(before, { ...before, state: 'published', updatedAt: at }, eventTypes.publish, {}, at);
    const old = before.amends === undefined ? undefined : await this.store.head(before.amends);
    const superseded =
      old &&
      next(
        old,
        { ...old, state: 'superseded', updatedAt: at },
        otherEventTypes.superseded,
        { by: before.id },
        at,
      );
    await this.commit(
      [changeOf(before, told), ...(old && superseded ? [changeOf(old, superseded)] : [])],
      [await this.slot(before, { inForce: before.id })],
    );
    return { ...told, ...(superseded ? { superseded } : {}) };
  }

  /** The city's record turned to this state of development; not yet committed. */
  async turned(code: string, development: City['development'], at: string): Promise<Change> {
    const before = await this.store.city(code);
    const facts = { city: code, development, developmentBefore: before.development };
    const { record, entry } = chain(
      `city:${code}`,
      before.seq > 0 ? before : undefined,
      { ...before, development },
      { type: 'city.changed', facts },
      by,
      at,
    );
    return { kind: 'city', before, after: record, entry };
  }

  async turn(code: string, development: City['development'], at: string): Promise<AuditEntry> {
    const change = await this.turned(code, development, at);
    await this.commit([change]);
    return change.entry;
  }

  private async slot(
    { owner, kind, period }: Head,
    held: { readonly underWay?: string; readonly inForce?: string },
  ): Promise<NonNullable<Commit['slots']>[number]> {
    const before = await this.store.slot(owner, kind, period);
    const inForce = held.inForce ?? before?.inForce;
    const after = {
      owner,
      kind,
      period,
      ...(held.underWay ? { underWay: held.underWay } : {}),
      ...(inForce ? { inForce } : {}),
      revision: (before?.revision ?? 0) + 1,
    };
    return { ...(before ? { before } : {}), after };
  }

  private async commit(changes: readonly Change[], slots: Commit['slots'] = []): Promise<void> {
    const { outcome } = await this.store.commit({ changes, slots });
    if (outcome !== 'done') throw new Error(`The filing was not committed: ${outcome}`);
  }
}

const by = { sub: 'p-1', office: '150600', role: 'drafter' };

function next(
  before: Head | undefined,
  after: Head,
  type: string,
  facts: Readonly<Record<string, unknown>>,
  at: string,
): Told {
  const { kind, owner, period } = after;
  const event = { type, facts: { kind, owner, period, ...facts } };
  const { record, entry } = chain(`submission:${after.id}`, before, after, event, by, at);
  return { head: record, entry };
}

function changeOf(before: Head | undefined, { head, entry }: Told): Change {
  return { kind: 'submission', ...(before ? { before } : {}), after: head, entry };
}
