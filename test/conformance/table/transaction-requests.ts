import { TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { refused, same, type Theme } from '../check.ts';
import { a1, withTable } from './bench.ts';
import type { TableTarget } from './target.ts';

const cancelled = 'TransactionCanceledException';
const invalid = 'ValidationException';
const write = 'API Reference, TransactWriteItems';
const b1 = { PK: 'b', SK: '1' };

export const transactionRequests: Theme<TableTarget> = {
  title: 'What a transaction may ask',
  checks: [
    {
      name: 'no two actions target the same item',
      source: write,
      run: withTable(async (bench) => {
        const twice = bench.transact([
          {
            ConditionCheck: {
              TableName: bench.TableName,
              Key: a1,
              ConditionExpression: 'attribute_not_exists(PK)',
            },
          },
          bench.putting(a1),
        ]);
        await refused(twice, invalid, /multiple operations on one item/);
        same('a', await bench.get(), undefined);
      }),
    },
    {
      name: 'a transaction has 1 to 100 actions',
      source: write,
      run: withTable(async (bench) => {
        const puts = (count: number) =>
          Array.from({ length: count }, (_, at) => bench.putting({ PK: 'p', SK: String(at) }));
        await refused(bench.transact([]), invalid);
        await refused(bench.transact(puts(101)), invalid);
        await bench.transact(puts(100));
        same('written', (await bench.query('PK = :p', { ':p': 'p' }, { Select: 'COUNT' })).Count, 100);
      }),
    },
    {
      name: 'an action names one kind of write',
      source: 'API Reference, TransactWriteItem',
      run: withTable(async (bench) => {
        await refused(
          bench.transact([{ ...bench.putting(a1), Delete: { TableName: bench.TableName, Key: b1 } }]),
          invalid,
        );
      }),
    },
    {
      name: 'the items of a transaction are 4 MB at most',
      source: write,
      run: withTable(async (bench) => {
        const large = 'x'.repeat(390 * 1024);
        const puts = Array.from({ length: 11 }, (_, at) => bench.putting({ PK: 'p', SK: String(at), large }));
        await refused(bench.transact(puts), [invalid, cancelled]);
        same('written', (await bench.query('PK = :p', { ':p': 'p' }, { Select: 'COUNT' })).Count, 0);
      }),
    },
    {
      name: 'a table that is not there is refused',
      source: `${write}, ResourceNotFoundException`,
      run: withTable(async (bench) => {
        const asked = [bench.putting(a1), { Put: { TableName: 'there-is-none', Item: b1 } }];
        await refused(bench.transact(asked), 'ResourceNotFoundException');
        same('a', await bench.get(), undefined);
      }),
    },
    {
      name: 'a transaction reads in the order asked, nothing where nothing is',
      source: 'API Reference, TransactGetItems, Responses',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1, m: 1 });
        await bench.put({ ...b1, n: 2 });
        const Get = (Key: Record<string, unknown>) => ({
          Get: { TableName: bench.TableName, Key, ProjectionExpression: 'n' },
        });
        const read = new TransactGetCommand({ TransactItems: [Get(b1), Get({ PK: 'c', SK: '1' }), Get(a1)] });
        same('responses', (await bench.target.documents.send(read)).Responses, [
          { Item: { n: 2 } },
          {},
          { Item: { n: 1 } },
        ]);
      }),
    },
    {
      name: 'a transaction reads 100 items and 4 MB at most',
      source: 'API Reference, TransactGetItems',
      run: withTable(async (bench) => {
        await bench.fill(
          Array.from({ length: 11 }, (_, at) => String(at)),
          390 * 1024,
        );
        const read = (count: number) =>
          bench.target.documents.send(
            new TransactGetCommand({
              TransactItems: Array.from({ length: count }, (_, at) => ({
                Get: { TableName: bench.TableName, Key: { PK: 'p', SK: String(at) } },
              })),
            }),
          );
        await refused(read(101), invalid);
        same('ten items', (await read(10)).Responses?.length, 10);
        await refused(read(11), [invalid, cancelled]);
      }),
    },
    {
      name: 'a transaction reads each item once',
      source: 'Developer Guide, Amazon DynamoDB Transactions: TransactGetItems API, distinct items',
      run: withTable(async ({ target, TableName }) => {
        const Get = { TableName, Key: a1 };
        await refused(
          target.documents.send(new TransactGetCommand({ TransactItems: [{ Get }, { Get }] })),
          invalid,
        );
      }),
    },
  ],
};
