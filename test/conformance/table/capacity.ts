import { BatchGetCommand, BatchWriteCommand, GetCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { same, type Theme } from '../check.ts';
import { a1, withTable } from './bench.ts';
import type { TableTarget } from './target.ts';

const operations = 'Developer Guide, DynamoDB read and write operations: capacity unit consumption';
const total = { ReturnConsumedCapacity: 'TOTAL' } as const;
const kilobytes = (count: number) => 'x'.repeat(count * 1024);

interface Answer {
  readonly ConsumedCapacity?: ConsumedCapacity | undefined;
}

const units = ({ ConsumedCapacity }: Answer) => ConsumedCapacity?.CapacityUnits;

export const capacity: Theme<TableTarget> = {
  title: 'Capacity',
  checks: [
    {
      name: 'a write costs a unit each KB begun, of the larger of old and new',
      source: operations,
      run: withTable(async (bench) => {
        same('small', units(await bench.put({ ...a1 }, total)), 1);
        same('2 KB and a little', units(await bench.put({ ...a1, x: kilobytes(2) }, total)), 3);
        same('smaller over larger', units(await bench.put(a1, total)), 3);
        await bench.put({ ...a1, x: kilobytes(2) });
        same('update', units(await bench.update('SET n = :n', { ':n': 1 }, total)), 3);
        same('delete', units(await bench.remove(a1, total)), 3);
        same('delete of nothing', units(await bench.remove(a1, total)), 1);
      }),
    },
    {
      name: 'a read costs half a unit each 4 KB begun, a consistent one a whole',
      source: operations,
      run: withTable(async (bench) => {
        await bench.put({ ...a1, x: kilobytes(4) });
        const read = async (Key: Record<string, unknown>, ConsistentRead: boolean) =>
          units(
            await bench.target.documents.send(
              new GetCommand({
                TableName: bench.TableName,
                Key,
                ConsistentRead,
                ProjectionExpression: 'SK',
                ...total,
              }),
            ),
          );
        same('eventually', await read(a1, false), 1);
        same('consistently', await read(a1, true), 2);
        same(
          'nothing there',
          [await read({ PK: 'b', SK: '1' }, false), await read({ PK: 'b', SK: '1' }, true)],
          [0.5, 1],
        );
      }),
    },
    {
      name: 'a query costs the sum of what it looks at, rounded once',
      source: operations,
      run: withTable(async (bench) => {
        for (let n = 0; n < 6; n++) await bench.put({ PK: 'p', SK: String(n), n, x: kilobytes(1) });
        const ask = async (more: object) =>
          units(await bench.query('PK = :p', { ':p': 'p' }, { ...total, ...more }));
        same('eventually', await ask({}), 1);
        same('consistently', await ask({ ConsistentRead: true }), 2);
        same('counted only', await ask({ Select: 'COUNT' }), 1);
        const filtered = bench.query(
          'PK = :p',
          { ':p': 'p', ':n': 99 },
          { ...total, FilterExpression: 'n = :n' },
        );
        same('filtered away', units(await filtered), 1);
      }),
    },
    {
      name: 'a transaction costs twice',
      source: 'Developer Guide, Amazon DynamoDB Transactions: Capacity management',
      run: withTable(async (bench) => {
        const { TableName } = bench;
        const written = await bench.transact(
          [
            bench.putting({ ...a1, x: kilobytes(1) }),
            bench.putting({ PK: 'b', SK: '1' }),
            {
              ConditionCheck: {
                TableName,
                Key: { PK: 'c', SK: '1' },
                ConditionExpression: 'attribute_not_exists(PK)',
              },
            },
          ],
          total,
        );
        same('written', units({ ConsumedCapacity: written.ConsumedCapacity?.[0] }), 8);
        const TransactItems = [a1, { PK: 'none', SK: '1' }].map((Key) => ({ Get: { TableName, Key } }));
        const read = await bench.target.documents.send(new TransactGetCommand({ TransactItems, ...total }));
        same('read', units({ ConsumedCapacity: read.ConsumedCapacity?.[0] }), 4);
      }),
    },
    {
      name: 'a batch costs what its parts cost, each rounded',
      source: operations,
      run: withTable(async (bench) => {
        const { TableName } = bench;
        const requests = ['1', '2', '3'].map((SK) => ({
          PutRequest: { Item: { PK: 'p', SK, x: kilobytes(1) } },
        }));
        const written = await bench.target.documents.send(
          new BatchWriteCommand({ RequestItems: { [TableName]: requests }, ...total }),
        );
        same('written', units({ ConsumedCapacity: written.ConsumedCapacity?.[0] }), 6);
        const Keys = ['1', '2', '3'].map((SK) => ({ PK: 'p', SK }));
        const read = await bench.target.documents.send(
          new BatchGetCommand({ RequestItems: { [TableName]: { Keys } }, ...total }),
        );
        same('read', units({ ConsumedCapacity: read.ConsumedCapacity?.[0] }), 1.5);
      }),
    },
    {
      name: 'the size of an item counts names, texts, numbers and containers',
      source: 'Developer Guide, DynamoDB item sizes and formats',
      run: withTable(async (bench) => {
        // PK 2+1, SK 2+1, and x with as many bytes as fill 1 KB exactly; then one more.
        const rest = 1024 - 6 - 1;
        same('1 KB of ASCII', units(await bench.put({ ...a1, x: 'x'.repeat(rest) }, total)), 1);
        same('a byte more', units(await bench.put({ ...a1, x: 'x'.repeat(rest + 1) }, total)), 2);
        await bench.remove();
        same('1 KB of UTF-8', units(await bench.put({ ...a1, x: '租'.repeat(rest / 3) }, total)), 1);
        same('a character more', units(await bench.put({ ...a1, x: '租'.repeat(rest / 3 + 1) }, total)), 2);
        await bench.remove();
        same('1 KB of bytes', units(await bench.put({ ...a1, x: new Uint8Array(rest) }, total)), 1);
        same('a name counts', units(await bench.put({ ...a1, xy: new Uint8Array(rest) }, total)), 2);
      }),
    },
  ],
};
