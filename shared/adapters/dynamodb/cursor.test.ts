import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, InvalidCursor, type Walk } from './cursor.ts';
import { publicReader, publicRecords } from './public-records.ts';
import { tableSchema } from './table.ts';
import { at, draftHead, headChange, testTable, type TestTable } from '../../../test/support/test-table.ts';

const byOwner: Walk = {
  keys: tableSchema.indexes.byOwner,
  partition: 'OWNER#150600',
  prefix: 'five-year-target#',
};
const ours = {
  PK: 'SUB#s',
  SK: 'HEAD',
  ownerPk: 'OWNER#150600',
  ownerSk: 'five-year-target#2021-2025#s',
};

describe('a cursor', () => {
  it('names the key where the next page begins', () => {
    expect(decodeCursor(encodeCursor(ours), byOwner)).toEqual(ours);
    const desk = { PK: 'DESK#150600#drafter', SK: '9999-12-31#submission:s#check' };
    expect(decodeCursor(encodeCursor(desk), { keys: tableSchema, partition: desk.PK })).toEqual(desk);
  });

  it.each<[string, unknown]>([
    ['another partition', { ...ours, ownerPk: 'OWNER#150100' }],
    ['another range of the partition', { ...ours, ownerSk: 'annual-plan#2022#s' }],
    ['no partition', { PK: 'SUB#s', SK: 'HEAD', ownerSk: ours.ownerSk }],
    ['no key of the table', { ownerPk: ours.ownerPk, ownerSk: ours.ownerSk }],
    ['one attribute more', { ...ours, more: 'x' }],
    ['an empty key', { ...ours, SK: '' }],
    ['a key longer than keys can be', { ...ours, PK: 'x'.repeat(1025) }],
    ['a number', { ...ours, SK: 1 }],
    ['an attribute value', { ...ours, SK: { S: 'HEAD' } }],
    ['a name that every object has', { ...ours, SK: undefined, toString: 'x' }],
    ['a list', [ours]],
    ['nothing', null],
  ])('is refused with %s', (_, key) => {
    const cursor = encodeCursor(key as Record<string, unknown>);
    expect(() => decodeCursor(cursor, byOwner)).toThrow(InvalidCursor);
  });

  it('is refused, and nothing else happens, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json()), (text) => {
        for (const cursor of [text, Buffer.from(text).toString('base64url')])
          expect(() => decodeCursor(cursor, byOwner)).toThrow(InvalidCursor);
      }),
    );
  });
});

describe('a list', () => {
  let table: TestTable;
  beforeAll(async () => {
    table = await testTable();
    for (const owner of ['150100', '150600'])
      for (const kind of ['annual-plan', 'five-year-target'])
        for (const period of ['2022', '2023']) {
          const { change } = headChange(draftHead({ owner, kind, period }));
          await table.store.commit({ changes: [change] });
        }
  });
  afterAll(() => table.close());

  const wrongKeys: readonly Record<string, string>[] = [
    { PK: 'SUB#none', SK: 'HEAD', ownerPk: 'OWNER#150600', ownerSk: 'zzz#2022#none' },
    { PK: 'no', SK: 'no' },
    { PK: 'DESK#150100#drafter', SK: '9999' },
    { PK: 'PUBLIC#plans', SK: '150100#' },
    {},
  ];

  it('of filings refuses a cursor of another office, of another kind, of another list', async () => {
    const { store } = table;
    const { cursor: foreign = '' } = await store.submissionsOf('150100', undefined, undefined, 1);
    const { cursor: otherKind = '' } = await store.submissionsOf('150600', 'annual-plan', undefined, 1);
    expect([foreign, otherKind]).not.toContain('');
    for (const cursor of [foreign, otherKind, 'x', ...wrongKeys.map(encodeCursor)]) {
      await expect(store.submissionsOf('150600', 'five-year-target', cursor, 1)).rejects.toThrow(
        InvalidCursor,
      );
    }
    // The same office without a kind walks on from any of its places.
    const { items } = await store.submissionsOf('150600', undefined, otherKind, 9);
    expect(items.map(({ kind, period }) => `${kind} ${period}`)).toEqual([
      'annual-plan 2023',
      'five-year-target 2022',
      'five-year-target 2023',
    ]);
  });

  it('of plans refuses a cursor of another city, and of another partition', async () => {
    const records = publicRecords(table.client, table.name);
    const reader = publicReader(table.client, table.name);
    const name = { zh: '', en: '' };
    for (const city of ['150100', '150600']) {
      await records.putPlan({
        submission: city,
        city,
        cityName: name,
        kind: 'annual-plan',
        kindName: name,
        period: '2022',
        documentNumber: '',
        issueDate: '',
        publishedAt: at,
        edition: 1,
        content: {},
      });
    }
    const { cursor: all = '' } = await reader.plans(undefined, undefined, 1);
    expect((await reader.plans(undefined, all, 9)).items).toMatchObject([{ city: '150600' }]);
    await expect(reader.plans('150600', all, 1)).rejects.toThrow(InvalidCursor);
    for (const key of wrongKeys.filter(({ PK }) => PK !== 'PUBLIC#plans'))
      await expect(reader.plans(undefined, encodeCursor(key), 1)).rejects.toThrow(InvalidCursor);
  });
});
