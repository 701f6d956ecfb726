import { refused, same, type Theme } from '../check.ts';
import { a1, withTable } from './bench.ts';
import type { TableTarget } from './target.ts';

const source = 'API Reference, TransactWriteItems, ClientRequestToken';
const count = { ':one': 1 };
const minute = 60_000;

export const tokens: Theme<TableTarget> = {
  title: 'Tokens of transactions',
  checks: [
    {
      name: 'a transaction sent again under its token is done once',
      source,
      run: withTable(async (bench) => {
        const ask = () =>
          bench.transact(
            [
              {
                Update: {
                  TableName: bench.TableName,
                  Key: a1,
                  UpdateExpression: 'ADD n :one',
                  ExpressionAttributeValues: count,
                },
              },
            ],
            { ClientRequestToken: 'again' },
          );
        await ask();
        await ask();
        same('the item', await bench.get(), { ...a1, n: 1 });
      }),
    },
    {
      name: 'sent again it succeeds, though its condition no longer holds',
      source,
      run: withTable(async (bench) => {
        const ask = () =>
          bench.transact([bench.putting(a1, { ConditionExpression: 'attribute_not_exists(PK)' })], {
            ClientRequestToken: 'condition',
          });
        await ask();
        await ask();
        same('the item', await bench.get(), a1);
      }),
    },
    {
      name: 'the token with other content is refused',
      source: `${source}; IdempotentParameterMismatchException`,
      run: withTable(async (bench) => {
        const ask = (n: number) =>
          bench.transact([bench.putting({ ...a1, n })], { ClientRequestToken: 'mismatch' });
        await ask(1);
        await refused(ask(2), 'IdempotentParameterMismatchException');
        same('the item', await bench.get(), { ...a1, n: 1 });
      }),
    },
    {
      name: 'a cancelled transaction leaves its token free',
      source: 'Developer Guide, Amazon DynamoDB Transactions: Idempotency',
      run: withTable(async (bench) => {
        await bench.put(a1);
        const ask = () =>
          bench.transact([bench.putting(a1, { ConditionExpression: 'attribute_not_exists(PK)' })], {
            ClientRequestToken: 'cancelled',
          });
        await refused(ask(), 'TransactionCanceledException');
        await bench.remove();
        await ask();
        same('the item', await bench.get(), a1);
      }),
    },
    {
      name: 'sent again it costs reads instead of writes',
      source: `${source}; Developer Guide, Amazon DynamoDB Transactions: Idempotency`,
      run: withTable(async (bench) => {
        const ask = () =>
          bench.transact([bench.putting(a1)], {
            ClientRequestToken: 'cost',
            ReturnConsumedCapacity: 'TOTAL',
          });
        const [first, second] = [(await ask()).ConsumedCapacity?.[0], (await ask()).ConsumedCapacity?.[0]];
        same('first', [first?.WriteCapacityUnits, first?.ReadCapacityUnits ?? 0], [2, 0]);
        same('second', [second?.WriteCapacityUnits ?? 0, second?.ReadCapacityUnits], [0, 2]);
      }),
    },
    {
      name: 'a token has 1 to 36 characters',
      source,
      run: withTable(async (bench) => {
        const ask = (ClientRequestToken: string) =>
          bench.transact([bench.putting(a1)], { ClientRequestToken });
        await refused(ask('t'.repeat(37)), 'ValidationException');
        await ask('t'.repeat(36));
      }),
    },
    {
      name: 'ten minutes later the token stands for a new transaction',
      source,
      needs: ['clock'],
      run: withTable(async (bench) => {
        const ask = () =>
          bench.transact(
            [
              {
                Update: {
                  TableName: bench.TableName,
                  Key: a1,
                  UpdateExpression: 'ADD n :one',
                  ExpressionAttributeValues: count,
                },
              },
            ],
            { ClientRequestToken: 'late' },
          );
        await ask();
        bench.handles().advance(9 * minute);
        await ask();
        same('after nine minutes', await bench.get(), { ...a1, n: 1 });
        bench.handles().advance(2 * minute);
        await ask();
        same('after eleven', await bench.get(), { ...a1, n: 2 });
      }),
    },
  ],
};
