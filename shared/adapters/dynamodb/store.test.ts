import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarRecord, DeskEntry } from '../../app/ports.ts';
import { chain, type AuditEntry } from '../../domain/audit/entry.ts';
import { cityAtFirst, type City } from '../../domain/cities/city.ts';
import type { Document } from '../../domain/documents/document.ts';
import { entryKey, keys } from './keys.ts';
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
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const system = { sub: 'system', office: 'PLATFORM' };
const changed = { type: 'changed', facts: {} };

function documentOf(submission: string): Document {
  return {
    id: randomUUID(),
    submission,
    owner: '150600',
    paper: 'plan',
    fileName: '发展规划.pdf',
    type: 'pdf',
    length: 3,
    sha256: '',
    state: 'awaiting-upload',
    fromVersion: 1,
    requestedAt: at,
    expiresAt: at,
    released: false,
    seq: 0,
    hash: '',
  };
}

async function putDocument(document: Document): Promise<{ record: Document; entry: AuditEntry }> {
  const name = `document:${document.submission}/${document.id}`;
  const made = chain(name, undefined, document, changed, system, at);
  await table.store.commit({ changes: [{ kind: 'document', after: made.record, entry: made.entry }] });
  return made;
}

describe('a filing', () => {
  it('is read with its receipt in one look', async () => {
    const { change, head } = headChange(draftHead());
    const receipt = receiptFor('k-1', { answer: { status: 201, body: { a: [1, null] }, etag: '"1"' } });
    await table.store.commit({ changes: [change], receipt });
    expect(await table.store.loadForCommand('p-1', 'k-1', { submission: head.id })).toEqual({
      receipt,
      head,
    });
    expect(await table.store.loadForCommand('p-2', 'k-1', { submission: head.id })).toEqual({ head });
    expect(await table.store.loadForCommand('p-1', 'k-1')).toEqual({ receipt });
    expect(await table.store.loadForCommand('p-1', 'none', { submission: 'none' })).toEqual({});
  });

  it('is not taken for a receipt, whatever key the caller chose', async () => {
    const { change, head } = headChange(draftHead());
    await table.store.commit({ changes: [change], receipt: receiptFor('HEAD') });
    expect(await table.store.loadForCommand('p-1', 'HEAD')).toEqual({ receipt: receiptFor('HEAD') });
    expect(await table.store.loadForCommand('p-1', 'HEAD', { submission: head.id })).toEqual({
      receipt: receiptFor('HEAD'),
      head,
    });
  });

  it('does not exist under a name that is longer than a key', async () => {
    const long = '安'.repeat(1000);
    expect(await table.store.head(long)).toBeUndefined();
    expect(await table.store.loadForCommand('p-1', 'k', { submission: long })).toEqual({});
    expect(await table.store.document('s', long)).toBeUndefined();
    expect(await table.store.obligation(long)).toBeUndefined();
  });

  it('shows the version asked for, or the last before it', async () => {
    const id = randomUUID();
    const version = (number: number) => ({
      number,
      content: { number },
      filing: { documentNumber: '', issueDate: '' },
      explanations: {},
      savedAt: at,
      hash: '',
    });
    const versions = [1, 2, 5].map((number) => ({ submission: id, version: version(number) }));
    await table.store.commit({ changes: [], versions });
    const seen = await Promise.all([0, 1, 2, 3, 4, 5, 999_999].map((n) => table.store.version(id, n)));
    expect(seen.map((one) => one?.number)).toEqual([undefined, 1, 2, 2, 2, 5, 5]);
  });

  it.each([Number.NaN, -1, 1.5, Infinity, 1e6])('shows no version %d', async (number) => {
    const { change, head } = headChange(draftHead());
    const version = {
      number: 1,
      content: {},
      filing: { documentNumber: '', issueDate: '' },
      explanations: {},
      savedAt: at,
      hash: '',
    };
    await table.store.commit({ changes: [change], versions: [{ submission: head.id, version }] });
    expect(await table.store.version(head.id, number)).toBeUndefined();
  });

  it('lists its documents and papers, and nothing else of its partition', async () => {
    const { change, head } = headChange(draftHead());
    const paper = (seq: number) =>
      ({ seq, type: 'opinion', office: 'o', role: 'r', at, version: 1, body: { text: '同意' } }) as const;
    await table.store.commit({
      changes: [change],
      papers: [10, 9, 2].map((seq) => ({ submission: head.id, paper: paper(seq) })),
    });
    const { record, entry } = await putDocument(documentOf(head.id));
    expect(await table.store.documents(head.id)).toEqual([record]);
    expect(await table.store.document(head.id, record.id)).toEqual(record);
    expect(await table.store.document('other', record.id)).toBeUndefined();
    expect((await table.store.papers(head.id)).map(({ seq }) => seq)).toEqual([2, 9, 10]);
    expect(await table.store.entries(`submission:${head.id}`, 0, 9)).toEqual([change.entry]);
    expect(await table.store.entries(entry.record, 0, 9)).toEqual([entry]);
  });

  it('is read whole when its papers fill more than one page of the table', async () => {
    const id = randomUUID();
    const text = '同意'.repeat(25_000);
    for (const seq of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const paper = { seq, type: 'opinion', office: 'o', role: 'r', at, version: 1, body: { text } } as const;
      await table.store.commit({ changes: [], papers: [{ submission: id, paper }] });
    }
    expect((await table.store.papers(id)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('a chain', () => {
  it('is read in order, from any place, so many at a time', async () => {
    let { change, head } = headChange(draftHead());
    await table.store.commit({ changes: [change] });
    for (let n = 2; n <= 12; n++) {
      ({ change, head } = headChange({ ...head, corrections: n }, head));
      await table.store.commit({ changes: [change] });
    }
    const read = async (after: number, limit: number): Promise<number[]> =>
      (await table.store.entries(`submission:${head.id}`, after, limit)).map(({ seq }) => seq);
    expect(await read(0, 3)).toEqual([1, 2, 3]);
    expect(await read(8, 10)).toEqual([9, 10, 11, 12]);
    expect(await read(12, 10)).toEqual([]);
    // An entry whose number begins with a higher digit than the numbers asked for.
    const far = entryKey(`submission:${head.id}`, 200_000);
    const entry = { ...change.entry, seq: 200_000 };
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...far, v: 1, entry } }));
    expect(await read(12, 10)).toEqual([200_000]);
    for (const beyond of [999_999, 1e6, 1e300]) expect(await read(beyond, 10)).toEqual([]);
  });
});

describe('a city', () => {
  it('stands as the notice names it until something is decided', async () => {
    expect(await table.store.city('150100')).toEqual(cityAtFirst('150100'));
    const after: City = { ...cityAtFirst('150600'), tier: 'determined', passed: { 'annual-plan': 's' } };
    const { record, entry } = chain('city:150600', undefined, after, changed, system, at);
    const change = { kind: 'city', before: cityAtFirst('150600'), after: record, entry } as const;
    expect(await table.store.commit({ changes: [change] })).toEqual({ outcome: 'done' });
    expect(await table.store.city('150600')).toEqual(record);
  });
});

describe('a calendar year', () => {
  it('is read as it was loaded', async () => {
    const year: CalendarRecord = {
      year: 2090,
      version: 1,
      source: '国办发明电〔2089〕1号',
      exceptions: [{ date: '2090-01-02', kind: 'holiday', name: '元旦' }],
      overrides: [],
      seq: 0,
      hash: '',
    };
    const { record, entry } = chain('calendar:2090', undefined, year, changed, system, at);
    await table.store.commit({ changes: [{ kind: 'calendar', after: record, entry }] });
    expect(await table.store.calendarRecord(2090)).toEqual(record);
    expect(await table.store.calendarRecord(2089)).toBeUndefined();
    expect((await table.store.calendar()).years.get(2090)).toMatchObject({ source: record.source });
  });
});

describe('the list of an office', () => {
  it('neither loses nor repeats a filing, whatever the size of its pages', async () => {
    const sizes = fc.integer({ min: 1, max: 7 });
    const kinds = fc.array(fc.constantFrom('annual-plan', 'five-year-target', 'demand-survey'), {
      maxLength: 12,
    });
    const property = fc.asyncProperty(kinds, sizes, async (list, limit) => {
      const owner = randomUUID();
      const heads = list.map((kind) => headChange(draftHead({ owner, kind })));
      if (heads.length > 0) await table.store.commit({ changes: heads.map(({ change }) => change) });
      for (const wanted of [undefined, 'annual-plan']) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await table.store.submissionsOf(owner, wanted, cursor, limit);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.cursor;
        } while (cursor);
        const expected = heads.map(({ head }) => head).filter(({ kind }) => !wanted || kind === wanted);
        expect(seen.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
      }
    });
    await fc.assert(property, { numRuns: 15 });
  });

  it('shows what the list needs', async () => {
    const { change, head } = headChange(draftHead({ owner: 'X', state: 'checking', frozen: 3 }));
    await table.store.commit({ changes: [change] });
    const { id, kind, owner, period, path, state, frozen, updatedAt } = head;
    expect((await table.store.submissionsOf('X', undefined, undefined, 5)).items).toEqual([
      { id, kind, owner, period, path, state, frozen, updatedAt },
    ]);
  });
});

describe('a desk', () => {
  it('is read by due date, and neither loses nor repeats a line', async () => {
    const due = fc.option(fc.constantFrom('2021-10-31', '2021-11-01', '2022-01-01'), { nil: undefined });
    const property = fc.asyncProperty(
      fc.array(due, { maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (dues, limit) => {
        const office = randomUUID();
        const put = dues.map((one) => deskEntry({ office, ...(one ? { due: one } : {}) }));
        await table.store.commit({ changes: [], desks: { remove: [], put }, receipt: receiptFor(office) });
        const seen: DeskEntry[] = [];
        for (let after: string | undefined; ;) {
          const page = await table.store.desk(office, 'drafter', after, limit);
          seen.push(...page.map(({ entry }) => entry));
          after = page.at(-1)?.place;
          if (page.length < limit) break;
        }
        const order = ({ due: one = '9999', record }: DeskEntry): string => `${one} ${record}`;
        expect(seen.map(order)).toEqual(put.map(order).toSorted());
      },
    );
    await fc.assert(property, { numRuns: 15 });
  });

  it('forgets what is removed, and nothing of another role', async () => {
    const [mine, other] = [deskEntry({ office: 'D' }), deskEntry({ office: 'D', role: 'checker' })];
    await table.store.commit({ changes: [], desks: { remove: [], put: [mine, other] } });
    await table.store.commit({ changes: [], desks: { remove: [mine], put: [] } });
    expect(await table.store.desk('D', 'drafter', undefined, 9)).toEqual([]);
    expect(await table.store.desk('D', 'checker', undefined, 9)).toMatchObject([{ entry: other }]);
  });
});

describe('a damaged item', () => {
  it('is found where it is read', async () => {
    const item = { ...keys.document('damaged', 'd'), v: 1, data: { id: 'd' } };
    await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
    await expect(table.store.document('damaged', 'd')).rejects.toThrow(/submission/);
  });
});
