import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Faults } from '../../../infra/local/engines/table/index.ts';
import type { Commit, Slot } from '../../app/ports.ts';
import { chain } from '../../domain/audit/entry.ts';
import type { Obligation } from '../../domain/duties/obligation.ts';
import { keys } from './keys.ts';
import {
  at,
  deskEntry,
  draftHead,
  headChange,
  receiptFor,
  testTable,
  type TestTable,
} from '../../../test/support/test-table.ts';

let table: TestTable;
async function restart(faults?: Omit<Faults, 'seed'>): Promise<void> {
  await table.close();
  table = await testTable({ seed: 5, ...faults });
}
beforeEach(async () => {
  table = await testTable();
});
afterEach(() => table.close());

const version = {
  number: 1,
  content: { homes: 300 },
  filing: { documentNumber: '', issueDate: '' },
  explanations: {},
  savedAt: at,
  hash: 'h',
};
const paper = {
  seq: 1,
  type: 'opinion',
  office: 'R_NDRC',
  role: 'reviewer',
  at,
  version: 1,
  body: {},
} as const;
const slot: Slot = { owner: '150600', kind: 'five-year-target', period: '2021-2025', revision: 1 };

/** A commit with a part of every sort. */
function whole(key = 'k-1'): { unit: Commit; id: string; head: ReturnType<typeof headChange>['head'] } {
  const { change, head } = headChange(draftHead());
  const unit: Commit = {
    changes: [change],
    versions: [{ submission: head.id, version }],
    papers: [{ submission: head.id, paper }],
    slots: [{ after: { ...slot, underWay: head.id } }],
    desks: { remove: [], put: [deskEntry({ record: `submission:${head.id}` })] },
    receipt: receiptFor(key),
  };
  return { unit, id: head.id, head };
}

describe('a commit', () => {
  it('writes every part, and says that it is done', async () => {
    const { unit, id, head } = whole();
    expect(await table.store.commit(unit)).toEqual({ outcome: 'done' });
    const { store } = table;
    expect(await store.head(id)).toEqual(head);
    expect(await store.version(id, 1)).toEqual(version);
    expect(await store.papers(id)).toEqual([paper]);
    expect(await store.slot(slot.owner, slot.kind, slot.period)).toEqual({ ...slot, underWay: id });
    const desk = await store.desk('150600', 'drafter', undefined, 9);
    expect(desk.map(({ entry }) => entry)).toEqual(unit.desks?.put);
    expect(await store.entries(`submission:${id}`, 0, 9)).toEqual([unit.changes[0]?.entry]);
    expect(await store.loadForCommand('p-1', 'k-1')).toEqual({ receipt: unit.receipt });
    expect(await table.count()).toBe(7);
  });

  it('keeps a receipt for seven days', async () => {
    await table.store.commit({ changes: [], receipt: receiptFor('k') });
    const { Item: item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: { ...keys.receipt('p-1', 'k') } }),
    );
    expect(item?.['ttl']).toBe(Math.floor(Date.parse('2021-11-08T01:02:03.000Z') / 1000));
  });

  it('made before is replayed, and writes nothing', async () => {
    const first = whole();
    await table.store.commit(first.unit);
    const count = await table.count();
    // The same key again, for the same and for another record.
    expect(await table.store.commit(first.unit)).toEqual({ outcome: 'replayed' });
    expect(await table.store.commit(whole().unit)).toEqual({ outcome: 'replayed' });
    expect(await table.count()).toBe(count);
  });

  it('on a record that has changed is stale, and writes nothing', async () => {
    const { unit, head } = whole();
    await table.store.commit(unit);
    const one = headChange({ ...head, corrections: 1 }, head);
    expect(await table.store.commit({ changes: [one.change], receipt: receiptFor('k-2') })).toEqual({
      outcome: 'done',
    });
    const count = await table.count();
    const twin = headChange({ ...head, corrections: 2 }, head);
    const late: Commit = {
      changes: [twin.change],
      receipt: receiptFor('k-3'),
      desks: { remove: [], put: [deskEntry()] },
    };
    expect(await table.store.commit(late)).toEqual({ outcome: 'stale' });
    expect(await table.count()).toBe(count);
    expect(await table.store.head(head.id)).toEqual(one.head);
    expect(await table.store.loadForCommand('p-1', 'k-3')).toEqual({});
  });

  it('is stale when another filing took the place, and when the place changed', async () => {
    await table.store.commit(whole('k-1').unit);
    expect(await table.store.commit(whole('k-2').unit)).toEqual({ outcome: 'stale' });
    const freed: Commit = { changes: [], slots: [{ before: slot, after: undefined }] };
    const moved: Commit = { changes: [], slots: [{ before: slot, after: { ...slot, revision: 2 } }] };
    expect(await table.store.commit(moved)).toEqual({ outcome: 'done' });
    expect(await table.store.commit(freed)).toEqual({ outcome: 'stale' });
    const now: Commit = { changes: [], slots: [{ before: { ...slot, revision: 2 }, after: undefined }] };
    expect(await table.store.commit(now)).toEqual({ outcome: 'done' });
    expect(await table.store.slot(slot.owner, slot.kind, slot.period)).toBeUndefined();
  });

  it('refuses a second entry under one number, and a second paper', async () => {
    const { unit, head } = whole();
    await table.store.commit(unit);
    expect(await table.store.commit({ changes: [], papers: [{ submission: head.id, paper }] })).toEqual({
      outcome: 'stale',
    });
    const { change } = headChange(head, { seq: 0, hash: '' });
    const forged = { ...change, before: head, after: { ...change.after, seq: 2 } };
    expect(await table.store.commit({ changes: [forged] })).toEqual({ outcome: 'stale' });
  });

  it('of a new duty lists it for its city', async () => {
    const fresh: Obligation = {
      id: 'o-1',
      city: '150600',
      notice: '',
      clause: 'S-07',
      dueBefore: at,
      satisfiedBy: 'submitted',
      items: [],
      createdAt: at,
      seq: 0,
      hash: '',
    };
    const event = { type: 'obligation.created', facts: {} };
    const { record, entry } = chain('obligation:o-1', undefined, fresh, event, { sub: 's', office: 'o' }, at);
    await table.store.commit({ changes: [{ kind: 'obligation', after: record, entry }] });
    expect(await table.store.obligationsOf('150600')).toEqual([record]);
    expect(await table.store.obligationsOf('150100')).toEqual([]);
  });

  it('is busy when another transaction is in the way, and writes nothing', async () => {
    await restart({ conflict: 1 });
    expect(await table.store.commit(whole().unit)).toEqual({ outcome: 'busy' });
    expect(await table.count()).toBe(0);
  });

  it('is busy when the table is throttled', async () => {
    await restart({ throttle: 1 });
    expect(await table.store.commit(whole().unit)).toEqual({ outcome: 'busy' });
  });

  it('is done, busy or replayed under random trouble, and whole each time', async () => {
    await restart({ conflict: 0.4 });
    const met = new Set<string>();
    for (let n = 0; n < 40; n++) {
      const { change } = headChange(draftHead());
      const unit: Commit = { changes: [change], receipt: receiptFor(`k-${n % 20}`) };
      const before = await table.count();
      const { outcome } = await table.store.commit(unit);
      met.add(outcome);
      expect(await table.count()).toBe(before + (outcome === 'done' ? 3 : 0));
    }
    expect(met).toEqual(new Set(['done', 'busy', 'replayed']));
  });

  it('whose answer is lost was done, and is replayed', async () => {
    await restart({ lostAnswer: 1 });
    const { unit } = whole();
    await expect(table.store.commit(unit)).rejects.toThrow();
    expect(await table.store.loadForCommand('p-1', 'k-1')).toEqual({ receipt: unit.receipt });
  });

  it('that no record can be is a bug, and is thrown', async () => {
    const { change } = headChange(draftHead());
    await expect(table.store.commit({ changes: [change, change] })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(table.store.commit({ changes: [], slots: [{ after: undefined }] })).rejects.toThrow(
      'before or an after',
    );
  });
});
