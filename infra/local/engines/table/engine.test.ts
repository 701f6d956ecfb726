/** What the engine refuses, counts and streams, asked directly, on both stores. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryStore, sqliteStore, TableEngine, type Faults } from './index.ts';
import { filings } from './test-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'table-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

describe.each(['memory', 'sqlite'])('the engine on the %s store', (kind) => {
  let engine: TableEngine;
  let now: number;

  const start = (faults?: Faults) => {
    now = Date.parse('2026-11-23T08:00:00Z');
    engine = new TableEngine({
      store: kind === 'memory' ? memoryStore() : sqliteStore(join(folder, `${++files}.sqlite`)),
      now: () => now,
      ...(faults ? { faults } : {}),
    });
    engine.execute('CreateTable', structuredClone(filings));
  };
  beforeEach(() => start());
  afterEach(() => engine.close());

  const run = (operation: string, input: object) =>
    engine.execute(operation, { TableName: 'filings', ...input });
  const key = (PK: string, SK = '1') => ({ PK: { S: PK }, SK: { S: SK } });
  const put = (item: object, more: object = {}) =>
    run('PutItem', { Item: { ...key('a'), ...item }, ...more });
  const refusal = (operation: string, input: object): unknown => {
    try {
      run(operation, input);
    } catch (error) {
      return error;
    }
    throw new Error('Nothing was refused');
  };

  const refused: [string, object, string][] = [
    [
      'PutItem',
      { Item: { PK: { S: 'a' } } },
      'One or more parameter values were invalid: Missing the key SK in the item',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), SK: { N: '1' } } },
      'One or more parameter values were invalid: Type mismatch for key SK expected: S actual: N',
    ],
    [
      'PutItem',
      { Item: key('') },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: PK',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), ownerPk: { N: '1' } } },
      'One or more parameter values were invalid: Type mismatch for Index Key ownerPk Expected: S Actual: N IndexName: by-owner',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), ownerPk: { S: '' } } },
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-owner, IndexKey: ownerPk',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), x: { S: 'x'.repeat(400 * 1024) } } },
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), x: { SS: [] } } },
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), x: { SS: ['a', 'a'] } } },
      'One or more parameter values were invalid: Input collection [a, a] contains duplicates.',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), x: {} } },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'PutItem',
      { Item: key('p'.repeat(2049)) },
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
    ['PutItem', { Item: key('a'), ReturnValues: 'ALL_NEW' }, 'Return values set to invalid value'],
    [
      'PutItem',
      { Item: key('a'), Expected: {} },
      'The legacy parameter Expected is not supported here: use an expression',
    ],
    ['GetItem', { Key: { PK: { S: 'a' } } }, 'The provided key element does not match the schema'],
    [
      'GetItem',
      { Key: { ...key('a'), more: { S: 'x' } } },
      'The provided key element does not match the schema',
    ],
    [
      'UpdateItem',
      { Key: key('a'), UpdateExpression: 'SET SK = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      'One or more parameter values were invalid: Cannot update attribute SK. This attribute is part of the key',
    ],
    [
      'Query',
      { KeyConditionExpression: 'SK = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      'Query condition missed key schema element: PK',
    ],
    [
      'Query',
      { KeyConditionExpression: 'PK > :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      'Query key condition not supported',
    ],
    [
      'Query',
      { KeyConditionExpression: 'PK = :v', ExpressionAttributeValues: { ':v': { N: '1' } } },
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    [
      'Query',
      {
        KeyConditionExpression: 'PK = :v',
        FilterExpression: 'SK = :v',
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: SK',
    ],
    [
      'Query',
      {
        IndexName: 'by-owner',
        ConsistentRead: true,
        KeyConditionExpression: 'ownerPk = :v',
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      'Query',
      {
        IndexName: 'other',
        KeyConditionExpression: 'ownerPk = :v',
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
      'The table does not have the specified index: other',
    ],
    [
      'Query',
      {
        IndexName: 'by-owner',
        Select: 'ALL_ATTRIBUTES',
        KeyConditionExpression: 'ownerPk = :v',
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index by-owner because its projection type is not ALL',
    ],
    [
      'Scan',
      { ExclusiveStartKey: { PK: { S: 'a' } } },
      'The provided starting key is invalid: The provided key element does not match the schema',
    ],
  ];
  it.each(refused.map(([operation, input, message]) => ({ operation, input, message })))(
    '$operation: $message',
    ({ operation, input, message }) => {
      expect(refusal(operation, input)).toMatchObject({
        name: 'ValidationException',
        statusCode: 400,
        message,
      });
    },
  );

  it('knows no other table and no other operation', () => {
    expect(refusal('GetItem', { TableName: 'other', Key: key('a') })).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(refusal('ExecuteStatement', {})).toMatchObject({ name: 'UnknownOperationException' });
    expect(refusal('toString', {})).toMatchObject({ name: 'UnknownOperationException' });
  });

  it('keeps an attribute named __proto__ as any other', () => {
    put({ ['__proto__']: { S: 'own' } });
    run('UpdateItem', {
      Key: key('a'),
      UpdateExpression: 'SET x = :v',
      ExpressionAttributeValues: { ':v': { S: 'y' } },
    });
    const { Item } = run('GetItem', { Key: key('a') }) as { Item: object };
    expect(Object.getOwnPropertyDescriptor(Item, '__proto__')?.value).toEqual({ S: 'own' });
    expect(run('Scan', { FilterExpression: 'attribute_exists(valueOf)' })).toMatchObject({
      Count: 0,
      ScannedCount: 1,
    });
  });

  describe('capacity', () => {
    const units = (answer: unknown) => (answer as { ConsumedCapacity: unknown }).ConsumedCapacity;
    const asked = { ReturnConsumedCapacity: 'INDEXES' };

    it('counts a write by the larger of before and after, and each index row written, moved or left', () => {
      const index = (rows: Record<string, number>) =>
        Object.fromEntries(Object.entries(rows).map(([name, CapacityUnits]) => [name, { CapacityUnits }]));
      expect(units(put({ x: { S: 'x'.repeat(1500) } }, asked))).toEqual({
        TableName: 'filings',
        CapacityUnits: 2,
        Table: { CapacityUnits: 2 },
      });
      expect(units(put({ ownerPk: { S: 'o' }, rank: { N: '1' } }, asked))).toMatchObject({
        CapacityUnits: 5,
        Table: { CapacityUnits: 2 },
        GlobalSecondaryIndexes: index({ 'by-owner': 1, 'by-rank': 1, everything: 1 }),
      });
      // The rank moves the item in two indexes, and changes it in the third.
      expect(units(put({ ownerPk: { S: 'o' }, rank: { N: '2' } }, asked))).toMatchObject({
        CapacityUnits: 6,
        GlobalSecondaryIndexes: index({ 'by-owner': 2, 'by-rank': 2, everything: 1 }),
      });
      // What is not projected costs only the index that has everything.
      expect(units(put({ ownerPk: { S: 'o' }, rank: { N: '2' }, x: { S: 'y' } }, asked))).toEqual({
        TableName: 'filings',
        CapacityUnits: 2,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: index({ everything: 1 }),
      });
    });

    it('counts reads by 4 KB: half, whole and double', () => {
      put({ x: { S: 'x'.repeat(5000) } });
      const get = (more: object) =>
        units(run('GetItem', { Key: key('a'), ReturnConsumedCapacity: 'TOTAL', ...more }));
      expect(get({})).toEqual({ TableName: 'filings', CapacityUnits: 1 });
      expect(get({ ConsistentRead: true })).toEqual({ TableName: 'filings', CapacityUnits: 2 });
      const transaction = run('TransactGetItems', {
        TransactItems: [{ Get: { TableName: 'filings', Key: key('a') } }],
        ReturnConsumedCapacity: 'TOTAL',
      });
      expect(units(transaction)).toEqual([{ TableName: 'filings', CapacityUnits: 4, ReadCapacityUnits: 4 }]);
    });

    it('counts a transaction of two small puts as four', () => {
      const answer = run('TransactWriteItems', {
        TransactItems: ['a', 'b'].map((PK) => ({ Put: { TableName: 'filings', Item: key(PK) } })),
        ReturnConsumedCapacity: 'TOTAL',
      });
      expect(units(answer)).toEqual([{ TableName: 'filings', CapacityUnits: 4, WriteCapacityUnits: 4 }]);
    });
  });

  describe('the stream', () => {
    const names = (after = 0) =>
      engine.readStream('filings', after, 100).map(({ record }) => record.eventName);

    it('tells of what changed with both images, and not of what stayed the same', () => {
      let woken = 0;
      engine.onStream(() => woken++);
      put({ x: { N: '1' } });
      put({ x: { N: '1.0' } });
      put({ x: { N: '2' } });
      run('DeleteItem', { Key: key('a') });
      run('DeleteItem', { Key: key('a') });
      expect(names()).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
      expect(woken).toBe(3);
      const [, modified] = engine.readStream('filings', 0, 100);
      expect(modified?.record.dynamodb).toMatchObject({
        Keys: key('a'),
        OldImage: { x: { N: '1' } },
        NewImage: { x: { N: '2' } },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        ApproximateCreationDateTime: now / 1000,
      });
      expect(modified?.record.eventSourceARN).toMatch(
        /^arn:aws-cn:dynamodb:cn-north-1:000000000000:table\/filings\/stream\//,
      );
      expect(engine.readStream('filings', modified?.sequence ?? 0, 100)).toHaveLength(1);
    });

    it('is read by its own protocol, and trimmed after a day', () => {
      put({});
      const { Streams } = engine.execute('ListStreams', {}) as { Streams: { StreamArn: string }[] };
      const StreamArn = Streams[0]?.StreamArn;
      const { StreamDescription } = engine.execute('DescribeStream', { StreamArn }) as {
        StreamDescription: { Shards: { ShardId: string }[] };
      };
      const read = () => {
        const iterator = engine.execute('GetShardIterator', {
          StreamArn,
          ShardId: StreamDescription.Shards[0]?.ShardId,
          ShardIteratorType: 'TRIM_HORIZON',
        });
        return engine.execute('GetRecords', iterator) as { Records: { eventName: string }[] };
      };
      expect(read().Records.map(({ eventName }) => eventName)).toEqual(['INSERT']);
      now += 24 * 3600 * 1000 + 1;
      expect(read().Records).toEqual([]);
      const last = engine.lastSequence();
      put({ x: { S: 'new' } });
      expect(engine.readStream('filings', 0, 1).map(({ sequence }) => sequence)).toEqual([last + 1]);
    });

    it('carries nothing of a transaction that failed', () => {
      put({});
      refusal('TransactWriteItems', {
        TransactItems: [
          { Put: { TableName: 'filings', Item: key('b') } },
          { Put: { TableName: 'filings', Item: key('a'), ConditionExpression: 'attribute_not_exists(PK)' } },
        ],
      });
      expect(names()).toEqual(['INSERT']);
      expect(run('GetItem', { Key: key('b') })).toEqual({});
    });
  });

  describe('time to live', () => {
    it('removes what is over, and the stream says that the service did it', () => {
      const seconds = now / 1000;
      put({ over: { N: String(seconds - 1) } });
      run('UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName: 'over', Enabled: true } });
      const items = {
        b: { N: String(seconds - 5) },
        c: { N: String(seconds + 5) },
        d: { N: '1' },
        e: { S: String(seconds - 1) },
      };
      for (const [PK, over] of Object.entries(items)) run('PutItem', { Item: { ...key(PK), over } });
      const before = engine.lastSequence();
      expect(engine.expire(now)).toBe(2);
      expect(engine.expire(now)).toBe(0);
      expect(engine.readStream('filings', before, 10).map(({ record }) => record)).toEqual(
        ['b', 'a'].map((PK): unknown =>
          expect.objectContaining({
            eventName: 'REMOVE',
            dynamodb: expect.objectContaining({ Keys: key(PK) }) as unknown,
            userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
          }),
        ),
      );
      expect((run('Scan', {}) as { Count: number }).Count).toBe(3);
    });
  });

  describe('a token', () => {
    it('is forgotten after ten minutes', () => {
      const add = () =>
        run('TransactWriteItems', {
          ClientRequestToken: 'once',
          TransactItems: [
            {
              Update: {
                TableName: 'filings',
                Key: key('a'),
                UpdateExpression: 'ADD n :one',
                ExpressionAttributeValues: { ':one': { N: '1' } },
              },
            },
          ],
        });
      add();
      now += 10 * 60 * 1000 - 1;
      add();
      expect(run('GetItem', { Key: key('a') })).toMatchObject({ Item: { n: { N: '1' } } });
      now += 1;
      add();
      expect(run('GetItem', { Key: key('a') })).toMatchObject({ Item: { n: { N: '2' } } });
    });
  });

  describe('a table', () => {
    it('is described, changed and removed', () => {
      expect(run('DescribeTable', {})).toMatchObject({
        Table: {
          TableStatus: 'ACTIVE',
          ItemCount: 0,
          GlobalSecondaryIndexes: [{ IndexName: 'by-owner' }, {}, {}],
        },
      });
      put({ late: { S: 'l' } });
      run('UpdateTable', {
        DeletionProtectionEnabled: true,
        AttributeDefinitions: [{ AttributeName: 'late', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'by-late',
              KeySchema: [{ AttributeName: 'late', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          },
          { Delete: { IndexName: 'by-rank' } },
        ],
      });
      expect(run('Scan', { IndexName: 'by-late' })).toMatchObject({
        Items: [{ ...key('a'), late: { S: 'l' } }],
      });
      expect(refusal('Scan', { IndexName: 'by-rank' })).toMatchObject({ name: 'ValidationException' });
      expect(refusal('DeleteTable', {})).toMatchObject({
        message: expect.stringContaining('protected against deletion') as unknown,
      });
      run('UpdateTable', { DeletionProtectionEnabled: false });
      run('DeleteTable', {});
      expect(engine.execute('ListTables', {})).toEqual({ TableNames: [] });
      start();
      expect(run('Scan', {})).toMatchObject({ Count: 0 });
    });

    it('is made once', () => {
      expect(refusal('CreateTable', structuredClone(filings))).toMatchObject({
        name: 'ResourceInUseException',
      });
    });
  });

  describe('faults, when asked for,', () => {
    const restart = (faults: Omit<Faults, 'seed'>) => {
      engine.close();
      start({ seed: 7, ...faults });
    };

    it('throttle, the same for the same seed', () => {
      const history = () => {
        restart({ throttle: 0.5 });
        return Array.from({ length: 40 }, (_, n) => {
          try {
            run('PutItem', { Item: key(`p${n}`) });
            return 'done';
          } catch (error) {
            return (error as Error).name;
          }
        });
      };
      const first = history();
      expect(new Set(first)).toEqual(new Set(['done', 'ProvisionedThroughputExceededException']));
      expect(history()).toEqual(first);
    });

    it('cancel a transaction by a conflict at one of its items', () => {
      restart({ conflict: 1 });
      expect(
        refusal('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'filings', Item: key('a') } }] }),
      ).toMatchObject({ body: { CancellationReasons: [{ Code: 'TransactionConflict' }] } });
      expect(refusal('PutItem', { Item: key('a') })).toMatchObject({ name: 'TransactionConflictException' });
      expect(run('GetItem', { Key: key('a') })).toEqual({});
    });

    it('show an index late, as it was, and in the end as it is', () => {
      restart({ lateIndexes: 5 });
      const seen = (): unknown =>
        (
          run('Query', {
            IndexName: 'everything',
            KeyConditionExpression: 'ownerPk = :o',
            ExpressionAttributeValues: { ':o': { S: 'o' } },
          }) as { Items: { x: { N: string } }[] }
        ).Items.map(({ x }) => Number(x.N));
      const histories = Array.from({ length: 12 }, (_, n) => {
        put({ ownerPk: { S: 'o' }, x: { N: String(n) } });
        const at = [seen(), seen(), seen(), seen(), seen(), seen()];
        expect(at.at(-1)).toEqual([n]);
        for (const found of at) expect([n > 0 ? [n - 1] : [], [n]]).toContainEqual(found);
        return JSON.stringify(at[0]) === JSON.stringify([n]);
      });
      expect(new Set(histories)).toEqual(new Set([true, false]));
    });
  });
});
