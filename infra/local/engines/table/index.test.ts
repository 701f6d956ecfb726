/** The engine as the unchanged SDK meets it, over HTTP, on both stores. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryStore, sqliteStore } from './index.ts';
import { filings, startBench, type Bench } from './test-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'table-'));
afterAll(() => rmSync(folder, { recursive: true }));

const stores = {
  memory: () => memoryStore(),
  sqlite: () => sqliteStore(join(folder, 'engine.sqlite')),
};

describe.each(['memory', 'sqlite'] as const)('the engine on the %s store', (kind) => {
  let bench: Bench;
  let tables = 0;
  /** Each test has a table to itself. */
  let TableName: string;

  beforeAll(async () => {
    bench = await startBench({ store: stores[kind]() });
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    TableName = `filings-${++tables}`;
    await bench.client.send(new CreateTableCommand({ ...filings, TableName }));
  });

  const put = (Item: Record<string, unknown>) => bench.documents.send(new PutCommand({ TableName, Item }));
  const get = async (Key: Record<string, unknown>) =>
    (await bench.documents.send(new GetCommand({ TableName, Key }))).Item;

  it('gives back every type of value as it was put', async () => {
    const item = {
      PK: 'a',
      SK: '1',
      text: '保障性租赁住房',
      number: -12.5,
      yes: true,
      nothing: null,
      bytes: new Uint8Array([0, 255, 7]),
      map: { deep: [1, 'two', { three: 3 }] },
      texts: new Set(['x', 'y']),
      numbers: new Set([1, 2]),
    };
    await put(item);
    expect(await get({ PK: 'a', SK: '1' })).toEqual(item);
  });

  it('refuses a put whose condition fails, and shows the item when asked', async () => {
    await put({ PK: 'a', SK: '1', seq: 1 });
    const again = bench.documents.send(
      new PutCommand({
        TableName,
        Item: { PK: 'a', SK: '1', seq: 2 },
        ConditionExpression: 'attribute_not_exists(PK)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    await expect(again).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { seq: { N: '1' } },
    });
    expect(await get({ PK: 'a', SK: '1' })).toMatchObject({ seq: 1 });
  });

  it('updates in place, and returns what was asked for', async () => {
    const update = (ReturnValues: 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW') =>
      bench.documents.send(
        new UpdateCommand({
          TableName,
          Key: { PK: 'a', SK: '1' },
          UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one, tags = :tags',
          ExpressionAttributeNames: { '#n': 'count' },
          ExpressionAttributeValues: { ':zero': 0, ':one': 1, ':tags': ['t'] },
          ReturnValues,
        }),
      );
    expect((await update('ALL_NEW')).Attributes).toEqual({ PK: 'a', SK: '1', count: 1, tags: ['t'] });
    expect((await update('UPDATED_OLD')).Attributes).toEqual({ count: 1, tags: ['t'] });
    expect((await update('UPDATED_NEW')).Attributes).toEqual({ count: 3, tags: ['t'] });
  });

  it('deletes, returns the old item, and does not mind what is not there', async () => {
    await put({ PK: 'a', SK: '1', x: 1 });
    const remove = () =>
      bench.documents.send(
        new DeleteCommand({ TableName, Key: { PK: 'a', SK: '1' }, ReturnValues: 'ALL_OLD' }),
      );
    expect((await remove()).Attributes).toEqual({ PK: 'a', SK: '1', x: 1 });
    expect((await remove()).Attributes).toBeUndefined();
  });

  it('pages through a partition both ways without losing or repeating', async () => {
    const sorts = ['a', 'b', 'c', 'd', 'e'];
    for (const SK of sorts) await put({ PK: 'p', SK });
    await put({ PK: 'q', SK: 'a' });
    for (const forward of [true, false]) {
      const seen: unknown[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await bench.documents.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'PK = :p',
            ExpressionAttributeValues: { ':p': 'p' },
            ScanIndexForward: forward,
            Limit: 2,
            ExclusiveStartKey: from,
          }),
        );
        seen.push(...(page.Items ?? []).map((item) => item['SK'] as unknown));
        from = page.LastEvaluatedKey;
      } while (from);
      expect(seen).toEqual(forward ? sorts : sorts.toReversed());
    }
  });

  it.each([
    ['SK = :a', ['b']],
    ['SK < :a', ['a']],
    ['SK <= :a', ['a', 'b']],
    ['SK > :a', ['b1', 'b2', 'c']],
    ['SK >= :a', ['b', 'b1', 'b2', 'c']],
    ['begins_with(SK, :a)', ['b', 'b1', 'b2']],
    ['SK BETWEEN :a AND :b', ['b', 'b1', 'b2']],
    [':a < SK', ['b1', 'b2', 'c']],
  ])('finds by %s', async (condition, expected) => {
    for (const SK of ['a', 'b', 'b1', 'b2', 'c']) await put({ PK: 'p', SK });
    const { Items } = await bench.documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: `PK = :p AND ${condition}`,
        ExpressionAttributeValues: {
          ':p': 'p',
          ':a': 'b',
          ...(condition.includes(':b') ? { ':b': 'b9' } : {}),
        },
      }),
    );
    expect(Items?.map((item) => item['SK'] as unknown)).toEqual(expected);
  });

  it('keeps an index sparse, in numeric order, with what it projects, and pages through ties', async () => {
    await put({ PK: 'a', SK: '1', ownerPk: 'o', rank: 10, listed: 'x', hidden: 'y' });
    await put({ PK: 'b', SK: '1', ownerPk: 'o', rank: 9 });
    await put({ PK: 'c', SK: '1', ownerPk: 'o', rank: 10 });
    await put({ PK: 'd', SK: '1', ownerPk: 'o' });
    const page = (from?: Record<string, unknown>) =>
      bench.documents.send(
        new QueryCommand({
          TableName,
          IndexName: 'by-owner',
          KeyConditionExpression: 'ownerPk = :o',
          ExpressionAttributeValues: { ':o': 'o' },
          Limit: 2,
          ExclusiveStartKey: from,
        }),
      );
    const first = await page();
    expect(first.Items).toEqual([
      { PK: 'b', SK: '1', ownerPk: 'o', rank: 9 },
      { PK: 'a', SK: '1', ownerPk: 'o', rank: 10, listed: 'x' },
    ]);
    expect(first.LastEvaluatedKey).toEqual({ PK: 'a', SK: '1', ownerPk: 'o', rank: 10 });
    expect((await page(first.LastEvaluatedKey)).Items).toEqual([
      { PK: 'c', SK: '1', ownerPk: 'o', rank: 10 },
    ]);
  });

  it('moves and removes index rows with their items', async () => {
    const owned = async (owner: string) => {
      const { Count } = await bench.documents.send(
        new QueryCommand({
          TableName,
          IndexName: 'everything',
          KeyConditionExpression: 'ownerPk = :o',
          ExpressionAttributeValues: { ':o': owner },
          Select: 'COUNT',
        }),
      );
      return Count;
    };
    await put({ PK: 'a', SK: '1', ownerPk: 'first' });
    await put({ PK: 'a', SK: '1', ownerPk: 'second' });
    expect([await owned('first'), await owned('second')]).toEqual([0, 1]);
    await bench.documents.send(new DeleteCommand({ TableName, Key: { PK: 'a', SK: '1' } }));
    expect(await owned('second')).toBe(0);
  });

  it('ends a page at 1 MB', async () => {
    const filler = 'x'.repeat(300_000);
    for (const SK of ['1', '2', '3', '4', '5']) await put({ PK: 'p', SK, filler });
    const { Items, LastEvaluatedKey } = await bench.documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'PK = :p',
        ExpressionAttributeValues: { ':p': 'p' },
        ProjectionExpression: 'SK',
      }),
    );
    expect(Items).toHaveLength(4);
    expect(LastEvaluatedKey).toEqual({ PK: 'p', SK: '4' });
  });

  it('filters after reading, and counts both', async () => {
    for (const SK of ['1', '2', '3']) await put({ PK: 'p', SK, state: SK === '2' ? 'open' : 'shut' });
    const answer = await bench.documents.send(
      new ScanCommand({
        TableName,
        FilterExpression: '#s = :open',
        ExpressionAttributeNames: { '#s': 'state' },
        ExpressionAttributeValues: { ':open': 'open' },
      }),
    );
    expect(answer).toMatchObject({ Count: 1, ScannedCount: 3, Items: [{ SK: '2' }] });
  });

  it('shares a parallel scan out so that every item is met once', async () => {
    for (let n = 0; n < 40; n++) await put({ PK: `p${n}`, SK: '1' });
    const parts = await Promise.all(
      [0, 1, 2].map((Segment) =>
        bench.documents.send(new ScanCommand({ TableName, Segment, TotalSegments: 3 })),
      ),
    );
    const found = parts.map(({ Items = [] }) => Items.map((item) => String(item['PK'])));
    expect(new Set(found.flat()).size).toBe(40);
    expect(found.flat()).toHaveLength(40);
    expect(found.every((part) => part.length > 0)).toBe(true);
  });

  it('writes and reads batches', async () => {
    await put({ PK: 'old', SK: '1' });
    await bench.documents.send(
      new BatchWriteCommand({
        RequestItems: {
          [TableName]: [
            { PutRequest: { Item: { PK: 'a', SK: '1' } } },
            { DeleteRequest: { Key: { PK: 'old', SK: '1' } } },
          ],
        },
      }),
    );
    const { Responses } = await bench.documents.send(
      new BatchGetCommand({
        RequestItems: {
          [TableName]: {
            Keys: [
              { PK: 'a', SK: '1' },
              { PK: 'old', SK: '1' },
            ],
          },
        },
      }),
    );
    expect(Responses?.[TableName]).toEqual([{ PK: 'a', SK: '1' }]);
  });

  describe('a transaction', () => {
    it('does everything or, with a reason for each item, nothing', async () => {
      await put({ PK: 'a', SK: '1', seq: 4 });
      const run = (expected: number) =>
        bench.documents.send(
          new TransactWriteCommand({
            TransactItems: [
              { Put: { TableName, Item: { PK: 'b', SK: '1' } } },
              {
                Update: {
                  TableName,
                  Key: { PK: 'a', SK: '1' },
                  UpdateExpression: 'SET seq = seq + :one',
                  ConditionExpression: 'seq = :seq',
                  ExpressionAttributeValues: { ':one': 1, ':seq': expected },
                  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
                },
              },
              {
                ConditionCheck: {
                  TableName,
                  Key: { PK: 'c', SK: '1' },
                  ConditionExpression: 'attribute_not_exists(PK)',
                },
              },
            ],
          }),
        );
      await expect(run(5)).rejects.toMatchObject({
        name: 'TransactionCanceledException',
        message:
          'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]',
        CancellationReasons: [
          { Code: 'None' },
          {
            Code: 'ConditionalCheckFailed',
            Message: 'The conditional request failed',
            Item: { seq: { N: '4' } },
          },
          { Code: 'None' },
        ],
      });
      expect(await get({ PK: 'b', SK: '1' })).toBeUndefined();
      await run(4);
      expect(await get({ PK: 'b', SK: '1' })).toEqual({ PK: 'b', SK: '1' });
      expect(await get({ PK: 'a', SK: '1' })).toMatchObject({ seq: 5 });
    });

    it('runs once for one token, and refuses the token for another request', async () => {
      const add = (n: number) =>
        bench.documents.send(
          new TransactWriteCommand({
            ClientRequestToken: `token-${TableName}`,
            TransactItems: [
              {
                Update: {
                  TableName,
                  Key: { PK: 'a', SK: '1' },
                  UpdateExpression: 'ADD n :n',
                  ExpressionAttributeValues: { ':n': n },
                },
              },
            ],
          }),
        );
      await add(1);
      await add(1);
      expect(await get({ PK: 'a', SK: '1' })).toMatchObject({ n: 1 });
      await expect(add(2)).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    });

    it('refuses two operations on one item', async () => {
      const one = { Put: { TableName, Item: { PK: 'a', SK: '1' } } };
      await expect(
        bench.documents.send(new TransactWriteCommand({ TransactItems: [one, one] })),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Transaction request cannot include multiple operations on one item',
      });
    });

    it('takes a hundred items and no more', async () => {
      const run = (count: number) =>
        bench.documents.send(
          new TransactWriteCommand({
            TransactItems: Array.from({ length: count }, (_, n) => ({
              Put: { TableName, Item: { PK: 'a', SK: String(n) } },
            })),
          }),
        );
      await run(100);
      await expect(run(101)).rejects.toMatchObject({ name: 'ValidationException' });
    });

    it('reads several items at once, with nothing where nothing is', async () => {
      await put({ PK: 'a', SK: '1', x: 1 });
      const { Responses } = await bench.documents.send(
        new TransactGetCommand({
          TransactItems: [
            { Get: { TableName, Key: { PK: 'a', SK: '1' } } },
            { Get: { TableName, Key: { PK: 'none', SK: '1' } } },
          ],
        }),
      );
      expect(Responses).toEqual([{ Item: { PK: 'a', SK: '1', x: 1 } }, {}]);
    });
  });
});
