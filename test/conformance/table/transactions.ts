import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { refused, same, type Theme } from '../check.ts';
import { a1, withTable, type Bench } from './bench.ts';
import type { TableTarget } from './target.ts';

const cancelled = 'TransactionCanceledException';
const write = 'API Reference, TransactWriteItems';
const b1 = { PK: 'b', SK: '1' };
const fresh = { ConditionExpression: 'attribute_not_exists(PK)' };

/** The reasons of a cancellation, in the order of the actions. */
async function reasons(answer: Promise<unknown>): Promise<CancellationReason[]> {
  const error = await refused(answer, cancelled);
  return (error as { CancellationReasons?: CancellationReason[] }).CancellationReasons ?? [];
}

const codes = async (answer: Promise<unknown>) => (await reasons(answer)).map(({ Code }) => Code);

const update = (
  bench: Bench,
  Key: Record<string, unknown>,
  expression: string,
  values: Record<string, unknown>,
) => ({
  Update: {
    TableName: bench.TableName,
    Key,
    UpdateExpression: expression,
    ExpressionAttributeValues: values,
  },
});

export const transactions: Theme<TableTarget> = {
  title: 'Transactions',
  checks: [
    {
      name: 'puts, updates, deletes and checks are done together',
      source: write,
      run: withTable(async (bench) => {
        const { TableName } = bench;
        await bench.put({ ...b1, n: 1 });
        await bench.put({ PK: 'c', SK: '1' });
        await bench.put({ PK: 'd', SK: '1' });
        await bench.transact([
          bench.putting({ ...a1, n: 1 }, fresh),
          update(bench, b1, 'SET n = n + :one', { ':one': 1 }),
          { Delete: { TableName, Key: { PK: 'c', SK: '1' } } },
          {
            ConditionCheck: {
              TableName,
              Key: { PK: 'd', SK: '1' },
              ConditionExpression: 'attribute_exists(PK)',
            },
          },
        ]);
        same('put', await bench.get(), { ...a1, n: 1 });
        same('updated', await bench.get(b1), { ...b1, n: 2 });
        same('deleted', await bench.get({ PK: 'c', SK: '1' }), undefined);
        same('checked', await bench.get({ PK: 'd', SK: '1' }), { PK: 'd', SK: '1' });
      }),
    },
    {
      name: 'one failed condition cancels everything, with a reason for each action in its place',
      source: `${write}, TransactionCanceledException`,
      run: withTable(async (bench) => {
        await bench.put({ ...b1, n: 1 });
        const asked = [
          bench.putting(a1),
          bench.putting({ ...b1, n: 2 }, fresh),
          bench.putting({ PK: 'c', SK: '1' }),
        ];
        same('reasons', await reasons(bench.transact(asked)), [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
          { Code: 'None' },
        ]);
        same('a', await bench.get(), undefined);
        same('b', await bench.get(b1), { ...b1, n: 1 });
      }),
    },
    {
      name: 'every failed condition has its reason, not only the first',
      source: `${write}, TransactionCanceledException`,
      run: withTable(async (bench) => {
        await bench.put(a1);
        await bench.put(b1);
        const asked = [
          bench.putting(a1, fresh),
          bench.putting({ PK: 'c', SK: '1' }),
          bench.putting(b1, fresh),
        ];
        same('codes', await codes(bench.transact(asked)), [
          'ConditionalCheckFailed',
          'None',
          'ConditionalCheckFailed',
        ]);
      }),
    },
    {
      name: 'the message lists the codes in order',
      source: 'Developer Guide, Amazon DynamoDB Transactions: Handling errors',
      run: withTable(async (bench) => {
        await bench.put(b1);
        await refused(
          bench.transact([bench.putting(a1), bench.putting(b1, fresh)]),
          cancelled,
          /^Transaction cancelled, please refer cancellation reasons for specific reasons \[None, ConditionalCheckFailed\]$/,
        );
      }),
    },
    {
      name: 'a reason shows the item as it is, where asked',
      source: 'API Reference, Put, ReturnValuesOnConditionCheckFailure; CancellationReason, Item',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        await bench.put({ ...b1, n: 2 });
        const shows = { ...fresh, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
        const given = await reasons(bench.transact([bench.putting(a1, fresh), bench.putting(b1, shows)]));
        // The document client gives the items of a cancellation as they came or unmarshalled, by its version: both say n.
        same('not asked', given[0]?.Item, undefined);
        const n: unknown = given[1]?.Item?.['n'];
        same('asked', typeof n === 'number' ? { N: `${n}` } : n, { N: '2' });
      }),
    },
    {
      name: 'a check alone of an item guards the writes of others',
      source: 'API Reference, ConditionCheck',
      run: withTable(async (bench) => {
        const guarded = bench.transact([
          bench.putting(a1),
          {
            ConditionCheck: {
              TableName: bench.TableName,
              Key: b1,
              ConditionExpression: 'attribute_exists(PK)',
            },
          },
        ]);
        same('codes', await codes(guarded), ['None', 'ConditionalCheckFailed']);
        same('a', await bench.get(), undefined);
      }),
    },
    {
      name: 'an update that makes an item too large cancels the transaction',
      source: `${write}, TransactionCanceledException: Validation Error`,
      run: withTable(async (bench) => {
        await bench.put({ ...b1, large: 'x'.repeat(390 * 1024) });
        const asked = [
          bench.putting(a1),
          update(bench, b1, 'SET more = :v', { ':v': 'x'.repeat(20 * 1024) }),
        ];
        same('codes', await codes(bench.transact(asked)), ['None', 'ValidationError']);
        same('a', await bench.get(), undefined);
      }),
    },
    {
      name: 'an update that does not fit the item cancels the transaction',
      source: `${write}, TransactionCanceledException: Validation Error`,
      run: withTable(async (bench) => {
        await bench.put({ ...b1, n: 'text' });
        const asked = [bench.putting(a1), update(bench, b1, 'SET n = n + :one', { ':one': 1 })];
        same('codes', await codes(bench.transact(asked)), ['None', 'ValidationError']);
        same('a', await bench.get(), undefined);
      }),
    },
    {
      name: 'of transactions that meet, one wins and the others leave nothing',
      source: 'Developer Guide, Amazon DynamoDB Transactions: Isolation levels',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, version: 1 });
        const rivals = Array.from({ length: 6 }, (_, by) =>
          bench
            .transact([
              {
                Update: {
                  TableName: bench.TableName,
                  Key: a1,
                  UpdateExpression: 'SET version = :next',
                  ConditionExpression: 'version = :seen',
                  ExpressionAttributeValues: { ':next': 2, ':seen': 1 },
                },
              },
              bench.putting({ PK: 'trail', SK: String(by) }),
            ])
            .then(
              () => 'won',
              (error: Error) => error.name,
            ),
        );
        same('outcomes', (await Promise.all(rivals)).sort(), [...Array<string>(5).fill(cancelled), 'won']);
        same('trails', (await bench.query('PK = :p', { ':p': 'trail' })).Count, 1);
      }),
    },
  ],
};
