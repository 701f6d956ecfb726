/** What the tests of duties share: the platform's table, a city of its own for each test, its duty and its filings. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { deskOf } from '../../shared/app/duties/duty-desks.ts';
import { followDuties, type FollowDeps } from '../../shared/app/duties/follow-duties.ts';
import type { DeskEntry } from '../../shared/app/ports.ts';
import { chain, systemActor, type AuditEntry } from '../../shared/domain/audit/entry.ts';
import type { Obligation, SatisfyingEvent } from '../../shared/domain/duties/obligation.ts';
import type { Head } from '../../shared/domain/submissions/submission.ts';
import { Filings, type Told } from './filings.ts';
import { testTable, type TestTable } from './test-table.ts';

export const dueBefore = '2021-10-31T16:00:00.000Z';
export const laidAt = '2021-09-23T01:00:00.000Z';
export const target = { kind: 'five-year-target', period: '2021-2025' };
export const annual = { kind: 'annual-plan', period: '2022' };

/** An instant at nine in the morning of this day. */
export function on(day: string): string {
  return `${day}T01:00:00.000Z`;
}

export class DutyBench {
  /** What another test filed does not count. */
  city = '';
  private opened: TestTable | undefined;

  /** To be made once in a test file. */
  constructor() {
    beforeAll(async () => {
      this.opened = await testTable();
    });
    beforeEach(() => {
      this.city = randomUUID();
    });
    afterAll(() => this.opened?.close());
  }

  get table(): TestTable {
    if (!this.opened) throw new Error('The table is there only in a test');
    return this.opened;
  }

  get filings(): Filings {
    return new Filings(this.table.store);
  }

  get deps(): FollowDeps {
    return { store: this.table.store, now: () => on('2021-10-20') };
  }

  /** A duty as the region lays it down on the city, and the event of it. */
  async lay(
    satisfiedBy: SatisfyingEvent = 'submitted',
    items: readonly { kind: string; period: string }[] = [target],
  ): Promise<AuditEntry> {
    const fresh: Obligation = {
      id: randomUUID(),
      city: this.city,
      notice: '内政办发〔2021〕53号',
      clause: 'S-07',
      dueBefore,
      satisfiedBy,
      items: items.map((item) => ({ ...item, state: 'open' })),
      createdAt: laidAt,
      seq: 0,
      hash: '',
    };
    const event = { type: 'obligation.created', facts: { city: this.city } };
    const { record, entry } = chain(`obligation:${fresh.id}`, undefined, fresh, event, systemActor, laidAt);
    const desks = { remove: [], put: deskOf(record) };
    await this.table.store.commit({ changes: [{ kind: 'obligation', after: record, entry }], desks });
    return entry;
  }

  /** A draft of the city, of the five-year target unless said otherwise. */
  begin(at: string, given: Partial<Head> = {}): Promise<Told> {
    return this.filings.begin(at, { owner: this.city, ...target, ...given });
  }

  async follow(...entries: readonly AuditEntry[]): Promise<void> {
    for (const entry of entries) await followDuties(this.deps, entry);
  }

  /** The city's only duty. */
  async duty(): Promise<Obligation> {
    const [only] = await this.table.store.obligationsOf(this.city);
    if (!only) throw new Error('No duty was laid');
    return only;
  }

  async desk(): Promise<DeskEntry[]> {
    return (await this.table.store.desk(this.city, 'drafter', undefined, 9)).map(({ entry }) => entry);
  }
}
