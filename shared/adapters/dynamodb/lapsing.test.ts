import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chain } from '../../domain/audit/entry.ts';
import type { Document } from '../../domain/documents/document.ts';
import { lapsedUploads, oldestChecking } from './lapsing.ts';
import { at, testTable, type TestTable } from '../../../test/support/test-table.ts';

let table: TestTable;
beforeEach(async () => {
  table = await testTable();
});
afterEach(() => table.close());

const by = { sub: 'system', office: 'PLATFORM' };

async function put(expiresAt: string, state: Document['state'] = 'awaiting-upload', before?: Document) {
  const document: Document = {
    id: randomUUID(),
    submission: 's-1',
    owner: '150600',
    paper: 'plan',
    fileName: 'a.pdf',
    type: 'pdf',
    length: 1,
    sha256: '',
    fromVersion: 1,
    requestedAt: at,
    released: false,
    seq: 0,
    hash: '',
    ...before,
    state,
    expiresAt,
  };
  const name = `document:s-1/${document.id}`;
  const { record, entry } = chain(name, before, document, { type: 'document.changed', facts: {} }, by, at);
  const change = { kind: 'document', ...(before ? { before } : {}), after: record, entry } as const;
  expect(await table.store.commit({ changes: [change] })).toEqual({ outcome: 'done' });
  return record;
}

async function lapsed(now: string): Promise<string[]> {
  const found = await lapsedUploads(table.client, table.name, now);
  expect(new Set(found.map(({ submission }) => submission))).toEqual(new Set(['s-1']));
  return found.map(({ document }) => document).toSorted();
}

describe('uploads that lapse', () => {
  it('are found once their time is over, however late they are asked for', async () => {
    const early = await Promise.all(Array.from({ length: 12 }, () => put('2021-11-01T01:30:00.000Z')));
    const exact = await put('2021-11-01T02:00:00.000Z');
    await put('2021-11-01T02:00:00.001Z');
    await put('2021-11-02T00:00:00.000Z');
    const long = await put('2021-10-20T23:59:59.999Z');
    const expected = [...early, exact, long].map(({ id }) => id).toSorted();
    expect(await lapsed('2021-11-01T02:00:00.000Z')).toEqual(expected);
  });

  it('are no longer found once something became of them', async () => {
    const waiting = await put('2021-12-01T01:30:00.000Z');
    const uploaded = await put('2021-12-01T01:30:00.000Z');
    const expired = await put('2021-12-01T01:30:00.000Z');
    await put(uploaded.expiresAt, 'checking', uploaded);
    await put(expired.expiresAt, 'expired', expired);
    expect(await lapsed('2021-12-01T23:00:00.000Z')).toEqual([waiting.id]);
  });

  it('are, once made, found while they wait for their verdict, the oldest first', async () => {
    const until = '2021-12-05T01:30:00.000Z';
    expect(await oldestChecking(table.client, table.name)).toBeUndefined();
    await put(until, 'checking', await put(until));
    expect(await oldestChecking(table.client, table.name)).toBe(at);
    const older = await put(until, 'checking', {
      ...(await put(until)),
      requestedAt: '2021-10-31T23:00:00.000Z',
    });
    expect(await oldestChecking(table.client, table.name)).toBe('2021-10-31T23:00:00.000Z');
    await put(until, 'available', older);
    expect(await oldestChecking(table.client, table.name)).toBe(at);
  });

  it('are found all, when they fill more than one page of the index', async () => {
    // Long names of filings, because only the projected attributes count.
    const long = 's'.repeat(1500);
    for (let n = 0; n < 8; n++) {
      const changes = Array.from({ length: 50 }, () => {
        const id = `${randomUUID().slice(0, -2)}00`;
        const document: Document = {
          id,
          submission: long,
          owner: '150600',
          paper: 'plan',
          fileName: 'a.pdf',
          type: 'pdf',
          length: 1,
          sha256: '',
          state: 'awaiting-upload',
          fromVersion: 1,
          requestedAt: at,
          expiresAt: '2022-01-01T01:00:00.000Z',
          released: false,
          seq: 0,
          hash: '',
        };
        const { record, entry } = chain(
          `document:${long}/${id}`,
          undefined,
          document,
          { type: 'document.requested', facts: {} },
          by,
          at,
        );
        return { kind: 'document', after: record, entry } as const;
      });
      await table.store.commit({ changes });
    }
    const found = await lapsedUploads(table.client, table.name, '2022-01-01T02:00:00.000Z');
    expect(found).toHaveLength(400);
  });
});
