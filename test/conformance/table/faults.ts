import { crc32 } from 'node:zlib';
import { BatchGetCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { refused, same, type Theme } from '../check.ts';
import { a1, withTable } from './bench.ts';
import type { TableTarget } from './target.ts';

const handling = 'Developer Guide, Error handling with DynamoDB';
const typeOf = (body: Readonly<Record<string, unknown>>) => String(body['__type']).split('#').at(-1);

export const faults: Theme<TableTarget> = {
  title: 'The wire and what goes wrong on it',
  checks: [
    {
      name: 'an answer carries the CRC32 of its body',
      source: 'Developer Guide, DynamoDB low-level API: Response format',
      run: withTable(async ({ target, TableName }) => {
        const { headers, text } = await target.wire(
          'DynamoDB_20120810.DescribeTable',
          JSON.stringify({ TableName }),
        );
        same('checksum', headers.get('x-amz-crc32'), String(crc32(text)));
        same('type', headers.get('content-type'), 'application/x-amz-json-1.0');
      }),
    },
    {
      name: 'an unknown operation, no JSON and a missing signature are each told apart',
      source: 'API Reference, Common Error Types; Developer Guide, Error handling with DynamoDB',
      run: async ({ wire }) => {
        const told = async (...request: Parameters<TableTarget['wire']>) => {
          const { status, body } = await wire(...request);
          return [status, typeOf(body)];
        };
        same('operation', await told('DynamoDB_20120810.Nothing', '{}'), [400, 'UnknownOperationException']);
        same('JSON', await told('DynamoDB_20120810.ListTables', '{'), [400, 'SerializationException']);
        same('signature', await told('DynamoDB_20120810.ListTables', '{}', ''), [
          400,
          'MissingAuthenticationTokenException',
        ]);
      },
    },
    {
      name: 'a member of the wrong JSON type is no request',
      source: `${handling}: SerializationException`,
      run: withTable(async ({ target, TableName }) => {
        for (const wrong of [
          { TableName: 7 },
          { TableName, Item: 'a' },
          { TableName, Item: { PK: { S: 1 } } },
        ]) {
          const { status, body } = await target.wire('DynamoDB_20120810.PutItem', JSON.stringify(wrong));
          same(
            JSON.stringify(wrong).replace(TableName, '…'),
            [status, typeOf(body)],
            [400, 'SerializationException'],
          );
        }
      }),
    },
    {
      name: 'a missing member is named',
      source: `${handling}: ValidationException`,
      run: withTable(async ({ target, TableName }) => {
        const { status, body } = await target.wire(
          'DynamoDB_20120810.GetItem',
          JSON.stringify({ TableName }),
        );
        same('refused', [status, typeOf(body)], [400, 'ValidationException']);
        same('names the key', /key/i.test(String(body['message'] ?? body['Message'])), true);
      }),
    },
    {
      name: 'a write that meets a transaction is refused and can be repeated',
      source: 'Developer Guide, Amazon DynamoDB Transactions: Transaction conflict handling',
      needs: ['conflicts'],
      run: withTable(async (bench) => {
        bench.handles().disturb({ seed: 1, conflict: 1 });
        await refused(bench.put(a1), 'TransactionConflictException');
        const error = await refused(
          bench.transact([bench.putting(a1), bench.putting({ PK: 'b', SK: '1' })]),
          'TransactionCanceledException',
        );
        const codes = (error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons?.map(
          ({ Code }) => Code,
        );
        same('codes', codes?.toSorted(), ['None', 'TransactionConflict']);
        bench.handles().disturb({ seed: 1 });
        same('nothing was written', (await bench.scan()).Count, 0);
        await bench.put(a1);
      }),
    },
    {
      name: 'reads and writes may be throttled, which writes nothing',
      source: `${handling}: ProvisionedThroughputExceededException`,
      needs: ['throttling'],
      run: withTable(async (bench) => {
        bench.handles().disturb({ seed: 1, throttle: 1 });
        const name = 'ProvisionedThroughputExceededException';
        await refused(bench.put(a1), name);
        await refused(bench.get(), name);
        bench.handles().disturb({ seed: 1 });
        same('nothing was written', await bench.get(), undefined);
      }),
    },
    {
      name: 'an answer lost after the commit leaves the write, and the token makes repeating harmless',
      source: 'API Reference, TransactWriteItems, ClientRequestToken',
      needs: ['lost-answers'],
      run: withTable(async (bench) => {
        const ask = () =>
          bench.transact(
            [
              {
                Update: {
                  TableName: bench.TableName,
                  Key: a1,
                  UpdateExpression: 'ADD n :one',
                  ExpressionAttributeValues: { ':one': 1 },
                },
              },
            ],
            { ClientRequestToken: 'lost' },
          );
        bench.handles().disturb({ seed: 1, lostAnswer: 1 });
        const lost = await ask().then(
          () => false,
          () => true,
        );
        same('lost', lost, true);
        bench.handles().disturb({ seed: 1 });
        await ask();
        same('the item', await bench.get(), { ...a1, n: 1 });
      }),
    },
    {
      name: 'requests over several tables name one that is not there',
      source: 'API Reference, BatchGetItem; TransactGetItems: ResourceNotFoundException',
      run: async ({ documents }) => {
        const absent = 'there-is-none';
        const batch = new BatchGetCommand({ RequestItems: { [absent]: { Keys: [a1] } } });
        await refused(documents.send(batch), 'ResourceNotFoundException');
        const read = new TransactGetCommand({ TransactItems: [{ Get: { TableName: absent, Key: a1 } }] });
        await refused(documents.send(read), 'ResourceNotFoundException');
      },
    },
  ],
};
