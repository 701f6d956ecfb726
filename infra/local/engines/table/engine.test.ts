/** What the engine refuses, counts and streams, asked directly, on both stores. */
import { describe, expect, it } from 'vitest';
import { filings } from './test-bench.ts';
import { DirectEngine, key } from './test-direct.ts';

describe.each(['memory', 'sqlite'] as const)('the engine on the %s store', (kind) => {
  const bench = new DirectEngine(kind);

  it('keeps an attribute named __proto__ as any other', () => {
    bench.put({ ['__proto__']: { S: 'own' } });
    bench.run('UpdateItem', {
      Key: key('a'),
      UpdateExpression: 'SET x = :v',
      ExpressionAttributeValues: { ':v': { S: 'y' } },
    });
    const { Item } = bench.run('GetItem', { Key: key('a') }) as { Item: object };
    expect(Object.getOwnPropertyDescriptor(Item, '__proto__')?.value).toEqual({ S: 'own' });
    expect(bench.run('Scan', { FilterExpression: 'attribute_exists(valueOf)' })).toMatchObject({
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
      expect(units(bench.put({ x: { S: 'x'.repeat(1500) } }, asked))).toEqual({
        TableName: 'filings',
        CapacityUnits: 2,
        Table: { CapacityUnits: 2 },
      });
      expect(units(bench.put({ ownerPk: { S: 'o' }, rank: { N: '1' } }, asked))).toMatchObject({
        CapacityUnits: 5,
        Table: { CapacityUnits: 2 },
        GlobalSecondaryIndexes: index({ 'by-owner': 1, 'by-rank': 1, everything: 1 }),
      });
      // The rank moves the item in two indexes, and changes it in the third.
      expect(units(bench.put({ ownerPk: { S: 'o' }, rank: { N: '2' } }, asked))).toMatchObject({
        CapacityUnits: 6,
        GlobalSecondaryIndexes: index({ 'by-owner': 2, 'by-rank': 2, everything: 1 }),
      });
      // What is not projected costs only the index that has everything.
      expect(units(bench.put({ ownerPk: { S: 'o' }, rank: { N: '2' }, x: { S: 'y' } }, asked))).toEqual({
        TableName: 'filings',
        CapacityUnits: 2,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: index({ everything: 1 }),
      });
    });

    it('counts reads by 4 KB: half, whole and double', () => {
      bench.put({ x: { S: 'x'.repeat(5000) } });
      const get = (more: object) =>
        units(bench.run('GetItem', { Key: key('a'), ReturnConsumedCapacity: 'TOTAL', ...more }));
      expect(get({})).toEqual({ TableName: 'filings', CapacityUnits: 1 });
      expect(get({ ConsistentRead: true })).toEqual({ TableName: 'filings', CapacityUnits: 2 });
      const transaction = bench.run('TransactGetItems', {
        TransactItems: [{ Get: { TableName: 'filings', Key: key('a') } }],
        ReturnConsumedCapacity: 'TOTAL',
      });
      expect(units(transaction)).toEqual([{ TableName: 'filings', CapacityUnits: 4, ReadCapacityUnits: 4 }]);
    });

    it('counts a transaction of two small puts as four', () => {
      const answer = bench.run('TransactWriteItems', {
        TransactItems: ['a', 'b'].map((PK) => ({ Put: { TableName: 'filings', Item: key(PK) } })),
        ReturnConsumedCapacity: 'TOTAL',
      });
      expect(units(answer)).toEqual([{ TableName: 'filings', CapacityUnits: 4, WriteCapacityUnits: 4 }]);
    });
  });

  describe('the stream', () => {
    const names = (after = 0) =>
      bench.engine.readStream('filings', after, 100).map(({ record }) => record.eventName);

    it('tells of what changed with both images, and not of what stayed the same', () => {
      let woken = 0;
      bench.engine.onStream(() => woken++);
      bench.put({ x: { N: '1' } });
      bench.put({ x: { N: '1.0' } });
      bench.put({ x: { N: '2' } });
      bench.run('DeleteItem', { Key: key('a') });
      bench.run('DeleteItem', { Key: key('a') });
      expect(names()).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
      expect(woken).toBe(3);
      const [, modified] = bench.engine.readStream('filings', 0, 100);
      expect(modified?.record.dynamodb).toMatchObject({
        Keys: key('a'),
        OldImage: { x: { N: '1' } },
        NewImage: { x: { N: '2' } },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        ApproximateCreationDateTime: bench.now / 1000,
      });
      expect(modified?.record.eventSourceARN).toMatch(
        /^arn:aws-cn:dynamodb:cn-north-1:000000000000:table\/filings\/stream\//,
      );
      expect(bench.engine.readStream('filings', modified?.sequence ?? 0, 100)).toHaveLength(1);
    });

    it('is read by its own protocol, and trimmed after a day', () => {
      bench.put({});
      const { Streams } = bench.engine.execute('ListStreams', {}) as { Streams: { StreamArn: string }[] };
      const StreamArn = Streams[0]?.StreamArn;
      const { StreamDescription } = bench.engine.execute('DescribeStream', { StreamArn }) as {
        StreamDescription: { Shards: { ShardId: string }[] };
      };
      const read = () => {
        const iterator = bench.engine.execute('GetShardIterator', {
          StreamArn,
          ShardId: StreamDescription.Shards[0]?.ShardId,
          ShardIteratorType: 'TRIM_HORIZON',
        });
        return bench.engine.execute('GetRecords', iterator) as { Records: { eventName: string }[] };
      };
      expect(read().Records.map(({ eventName }) => eventName)).toEqual(['INSERT']);
      bench.now += 24 * 3600 * 1000 + 1;
      expect(read().Records).toEqual([]);
      const last = bench.engine.lastSequence();
      bench.put({ x: { S: 'new' } });
      expect(bench.engine.readStream('filings', 0, 1).map(({ sequence }) => sequence)).toEqual([last + 1]);
    });

    it('keeps what nobody has read yet beyond its day, where that is asked for, and lets go of it then', () => {
      let read = 0;
      bench.engine.keepUndelivered(() => read);
      bench.put({ x: { S: 'friday' } });
      bench.now += 3 * 24 * 3600 * 1000;
      bench.put({ x: { S: 'monday' } });
      const undelivered = () => bench.engine.readStream('filings', read, 10).length;
      expect(undelivered()).toBe(2);
      read = bench.engine.lastSequence() - 1;
      expect(undelivered()).toBe(1);
      bench.now += 60 * 1000;
      bench.put({ x: { S: 'later' } });
      expect(bench.engine.readStream('filings', 0, 10)).toHaveLength(2);
    });

    it('carries nothing of a transaction that failed', () => {
      bench.put({});
      bench.refusal('TransactWriteItems', {
        TransactItems: [
          { Put: { TableName: 'filings', Item: key('b') } },
          { Put: { TableName: 'filings', Item: key('a'), ConditionExpression: 'attribute_not_exists(PK)' } },
        ],
      });
      expect(names()).toEqual(['INSERT']);
      expect(bench.run('GetItem', { Key: key('b') })).toEqual({});
    });
  });

  describe('time to live', () => {
    it('removes what is over, and the stream says that the service did it', () => {
      const seconds = bench.now / 1000;
      bench.put({ over: { N: String(seconds - 1) } });
      bench.run('UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName: 'over', Enabled: true } });
      const items = {
        b: { N: String(seconds - 5) },
        c: { N: String(seconds + 5) },
        d: { N: '1' },
        e: { S: String(seconds - 1) },
      };
      for (const [PK, over] of Object.entries(items)) bench.run('PutItem', { Item: { ...key(PK), over } });
      const before = bench.engine.lastSequence();
      expect(bench.engine.expire(bench.now)).toBe(2);
      expect(bench.engine.expire(bench.now)).toBe(0);
      expect(bench.engine.readStream('filings', before, 10).map(({ record }) => record)).toEqual(
        ['b', 'a'].map((PK): unknown =>
          expect.objectContaining({
            eventName: 'REMOVE',
            dynamodb: expect.objectContaining({ Keys: key(PK) }) as unknown,
            userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
          }),
        ),
      );
      expect((bench.run('Scan', {}) as { Count: number }).Count).toBe(3);
    });
  });

  describe('a token', () => {
    it('is forgotten after ten minutes', () => {
      const add = () =>
        bench.run('TransactWriteItems', {
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
      bench.now += 10 * 60 * 1000 - 1;
      add();
      expect(bench.run('GetItem', { Key: key('a') })).toMatchObject({ Item: { n: { N: '1' } } });
      bench.now += 1;
      add();
      expect(bench.run('GetItem', { Key: key('a') })).toMatchObject({ Item: { n: { N: '2' } } });
    });
  });

  describe('a table', () => {
    it('is described, changed and removed', () => {
      expect(bench.run('DescribeTable', {})).toMatchObject({
        Table: {
          TableStatus: 'ACTIVE',
          ItemCount: 0,
          GlobalSecondaryIndexes: [{ IndexName: 'by-owner' }, {}, {}],
        },
      });
      bench.put({ late: { S: 'l' } });
      bench.run('UpdateTable', {
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
      expect(bench.run('Scan', { IndexName: 'by-late' })).toMatchObject({
        Items: [{ ...key('a'), late: { S: 'l' } }],
      });
      expect(bench.refusal('Scan', { IndexName: 'by-rank' })).toMatchObject({ name: 'ValidationException' });
      expect(bench.refusal('DeleteTable', {})).toMatchObject({
        message: expect.stringContaining('protected against deletion') as unknown,
      });
      bench.run('UpdateTable', { DeletionProtectionEnabled: false });
      bench.run('DeleteTable', {});
      expect(bench.engine.execute('ListTables', {})).toEqual({ TableNames: [] });
      bench.start();
      expect(bench.run('Scan', {})).toMatchObject({ Count: 0 });
    });

    it('is made once', () => {
      expect(bench.refusal('CreateTable', structuredClone(filings))).toMatchObject({
        name: 'ResourceInUseException',
      });
    });
  });
});
