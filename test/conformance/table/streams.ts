import { randomUUID } from 'node:crypto';
import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { holds, same, type Theme } from '../check.ts';
import { a1, withTable } from './bench.ts';
import { ask, iterators, records, type Page } from './stream-reader.ts';
import type { TableTarget } from './target.ts';

const guide = 'Developer Guide, Change data capture for DynamoDB Streams';
const hour = 3600_000;

const streaming = (StreamViewType: 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY') => ({
  StreamSpecification: { StreamEnabled: true, StreamViewType },
});
const both = streaming('NEW_AND_OLD_IMAGES');
const wired = (n?: number) => ({
  PK: { S: 'a' },
  SK: { S: '1' },
  ...(n === undefined ? {} : { n: { N: String(n) } }),
});

export const streams: Theme<TableTarget> = {
  title: 'Streams',
  checks: [
    {
      name: 'insert, modify and remove each leave one record, in order, with both images',
      source: 'API Reference, DynamoDB Streams Record',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        await bench.update('SET n = :n', { ':n': 2 });
        await bench.remove();
        const seen = (await records(bench, 3)).map(({ eventName, dynamodb }) => ({
          eventName,
          old: dynamodb.OldImage,
          new: dynamodb.NewImage,
          keys: dynamodb.Keys,
          view: dynamodb.StreamViewType,
        }));
        const keys = { keys: wired(), view: 'NEW_AND_OLD_IMAGES' };
        same('records', seen, [
          { eventName: 'INSERT', new: wired(1), ...keys },
          { eventName: 'MODIFY', old: wired(1), new: wired(2), ...keys },
          { eventName: 'REMOVE', old: wired(2), ...keys },
        ]);
      }, both),
    },
    ...(['NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY'] as const).map((view) => ({
      name: `a stream of ${view} carries that and no more`,
      source: 'API Reference, StreamSpecification, StreamViewType',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        await bench.put({ ...a1, n: 2 });
        const last = (await records(bench, 2)).at(-1)?.dynamodb;
        same('keys', last?.Keys, wired());
        same('new', last?.NewImage, view === 'NEW_IMAGE' ? wired(2) : undefined);
        same('old', last?.OldImage, view === 'OLD_IMAGE' ? wired(1) : undefined);
      }, streaming(view)),
    })),
    {
      name: 'a write that changes nothing leaves no record',
      source: `${guide}: a PutItem or UpdateItem that does not change any data`,
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        await bench.put({ ...a1, n: 1 });
        await bench.update('SET n = :n', { ':n': 1 });
        await bench.remove({ PK: 'absent', SK: '1' });
        same(
          'records',
          (await records(bench, 1)).map(({ eventName }) => eventName),
          ['INSERT'],
        );
      }, both),
    },
    {
      name: 'a refused write leaves no record',
      source: guide,
      run: withTable(async (bench) => {
        const condition = { ConditionExpression: 'attribute_exists(PK)' };
        await bench.put(a1, condition).catch(() => undefined);
        await bench
          .transact([bench.putting({ PK: 'b', SK: '1' }), bench.putting(a1, condition)])
          .catch(() => undefined);
        await bench.put({ PK: 'c', SK: '1' });
        same(
          'keys',
          (await records(bench, 1)).map(({ dynamodb }) => dynamodb.Keys),
          [{ PK: { S: 'c' }, SK: { S: '1' } }],
        );
      }, both),
    },
    {
      name: 'each write of a transaction and of a batch leaves its record; a check leaves none',
      source: guide,
      run: withTable(async (bench) => {
        const { TableName } = bench;
        await bench.put(a1);
        await bench.transact([
          bench.putting({ PK: 'b', SK: '1' }),
          { ConditionCheck: { TableName, Key: a1, ConditionExpression: 'attribute_exists(PK)' } },
          { Delete: { TableName, Key: { PK: 'absent', SK: '1' } } },
        ]);
        const RequestItems = {
          [TableName]: [{ PutRequest: { Item: { PK: 'c', SK: '1' } } }, { DeleteRequest: { Key: a1 } }],
        };
        await bench.target.documents.send(new BatchWriteCommand({ RequestItems }));
        const seen = (await records(bench, 4)).map(
          ({ eventName, dynamodb }) => `${eventName} ${String(dynamodb.Keys?.['PK']?.S)}`,
        );
        same('records', seen.sort(), ['INSERT a', 'INSERT b', 'INSERT c', 'REMOVE a']);
      }, both),
    },
    {
      name: 'a transaction sent again under its token leaves no second record',
      source: 'API Reference, TransactWriteItems, ClientRequestToken',
      run: withTable(async (bench) => {
        const token = { ClientRequestToken: randomUUID() };
        await bench.transact([bench.putting({ ...a1, n: 1 })], token);
        await bench.transact([bench.putting({ ...a1, n: 1 })], token);
        same('records', (await records(bench, 1)).length, 1);
      }, both),
    },
    {
      name: 'records of one item come in the order of its changes, with rising numbers',
      source: guide,
      run: withTable(async (bench) => {
        for (let n = 1; n <= 12; n++) await bench.update('SET n = :n', { ':n': n });
        const seen = await records(bench, 12);
        same(
          'images',
          seen.map(({ dynamodb }) => dynamodb.NewImage),
          Array.from({ length: 12 }, (_, at) => wired(at + 1)),
        );
        const numbers = seen.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
        holds(
          'numbers rise',
          numbers.every((number, at) => at === 0 || number > (numbers[at - 1] as bigint)),
        );
      }, both),
    },
    {
      name: 'reading goes on at or after a sequence number',
      source: 'API Reference, GetShardIterator, ShardIteratorType',
      run: withTable(async (bench) => {
        for (let n = 1; n <= 4; n++) await bench.update('SET n = :n', { ':n': n });
        const SequenceNumber = (await records(bench, 4))[1]?.dynamodb.SequenceNumber;
        const from = async (ShardIteratorType: string, expected: number) =>
          (await records(bench, expected, { ShardIteratorType, SequenceNumber })).map(
            ({ dynamodb }) => dynamodb.NewImage,
          );
        same('at', await from('AT_SEQUENCE_NUMBER', 3), [wired(2), wired(3), wired(4)]);
        same('after', await from('AFTER_SEQUENCE_NUMBER', 2), [wired(3), wired(4)]);
      }, both),
    },
    {
      name: 'LATEST shows only what comes after the iterator',
      source: 'API Reference, GetShardIterator, ShardIteratorType',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        await records(bench, 1);
        const [ShardIterator] = await iterators(bench, { ShardIteratorType: 'LATEST' });
        await bench.put({ ...a1, n: 2 });
        const { Records } = await ask<Page>(bench, 'GetRecords', { ShardIterator });
        same(
          'records',
          Records.map(({ dynamodb }) => dynamodb.NewImage),
          [wired(2)],
        );
      }, both),
    },
    {
      name: 'a page of records is as long as asked and says where to go on',
      source: 'API Reference, GetRecords, Limit',
      run: withTable(async (bench) => {
        for (let n = 1; n <= 3; n++) await bench.update('SET n = :n', { ':n': n });
        await records(bench, 3);
        const [ShardIterator] = await iterators(bench);
        const first = await ask<Page>(bench, 'GetRecords', { ShardIterator, Limit: 2 });
        const second = await ask<Page>(bench, 'GetRecords', {
          ShardIterator: first.NextShardIterator,
          Limit: 2,
        });
        same('lengths', [first.Records.length, second.Records.length], [2, 1]);
      }, both),
    },
    {
      name: 'what the service removes in time is marked as its doing',
      source: 'Developer Guide, DynamoDB Streams and Time to Live',
      needs: ['expiry'],
      run: withTable(async (bench) => {
        const TimeToLiveSpecification = { AttributeName: 'over', Enabled: true };
        const { TableName } = bench;
        await bench.target.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
        await bench.put({ ...a1, over: Math.floor(bench.handles().now() / 1000) - 1 });
        bench.handles().expire();
        const last = (await records(bench, 2)).at(-1);
        same(
          'record',
          [last?.eventName, last?.userIdentity],
          ['REMOVE', { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' }],
        );
      }, both),
    },
    {
      name: 'records are forgotten after 24 hours, iterators after 15 minutes',
      source: `${guide}: Data retention limit; API Reference, GetShardIterator`,
      needs: ['clock'],
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        const [ShardIterator] = await iterators(bench);
        bench.handles().advance(hour);
        const type = await ask<Page>(bench, 'GetRecords', { ShardIterator }).catch(
          (error: Error) => error.message,
        );
        same('an old iterator', type, 'GetRecords: ExpiredIteratorException');
        same('within the day', (await records(bench, 1)).length, 1);
        bench.handles().advance(24 * hour);
        same('a day later', (await records(bench, 0)).length, 0);
      }, both),
    },
  ],
};
