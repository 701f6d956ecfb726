import { holds, refused, same, type Theme } from '../check.ts';
import { a1, withTable, type Bench } from './bench.ts';
import type { TableTarget } from './target.ts';

const failed = 'ConditionalCheckFailedException';
const operators = 'Developer Guide, Condition and filter expressions, operators, and functions in DynamoDB';

/** Whether the condition holds for the item that lies in the table. */
async function met(bench: Bench, condition: string, values?: Record<string, unknown>): Promise<boolean> {
  try {
    await bench.update(
      'SET touched = :touched',
      { ':touched': true, ...values },
      { ConditionExpression: condition },
    );
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === failed) return false;
    throw error;
  }
}

/** A check that goes through conditions on one item, and says of each whether it must hold. */
function judging(
  item: Record<string, unknown>,
  cases: readonly (readonly [
    condition: string,
    values: Record<string, unknown> | undefined,
    expected: boolean,
  ])[],
) {
  return withTable(async (bench) => {
    for (const [condition, values, expected] of cases) {
      await bench.put({ ...a1, ...item });
      same(`${condition} ${JSON.stringify(values ?? {})}`, await met(bench, condition, values), expected);
    }
  });
}

export const conditions: Theme<TableTarget> = {
  title: 'Conditional writes',
  checks: [
    {
      name: 'a put on attribute_not_exists succeeds once only',
      source: 'API Reference, PutItem, ConditionExpression',
      run: withTable(async (bench) => {
        const put = (n: number) =>
          bench.put({ ...a1, n }, { ConditionExpression: 'attribute_not_exists(PK)' });
        await put(1);
        await refused(put(2), failed, /^The conditional request failed$/);
        same('the item', await bench.get(), { ...a1, n: 1 });
      }),
    },
    {
      name: 'a failed condition shows the item when asked, and only then',
      source: 'API Reference, PutItem, ReturnValuesOnConditionCheckFailure',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        const condition = { ConditionExpression: 'attribute_not_exists(PK)' };
        const silent = await refused(bench.put(a1, condition), failed);
        same('not asked', (silent as { Item?: unknown }).Item, undefined);
        const asked = { ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
        const item = { PK: { S: 'a' }, SK: { S: '1' }, n: { N: '1' } };
        const shown = async (answer: Promise<unknown>) =>
          ((await refused(answer, failed)) as { Item?: unknown }).Item;
        same('put', await shown(bench.put(a1, asked)), item);
        same('delete', await shown(bench.remove(a1, asked)), item);
        same('update', await shown(bench.update('SET n = :n', { ':n': 2 }, asked)), item);
      }),
    },
    {
      name: 'a failed condition on an absent item shows none',
      source: 'API Reference, ConditionalCheckFailedException, Item',
      run: withTable(async (bench) => {
        const asked = {
          ConditionExpression: 'attribute_exists(PK)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        } as const;
        const error = await refused(bench.remove(a1, asked), failed);
        same('the item', (error as { Item?: unknown }).Item, undefined);
      }),
    },
    {
      name: 'a delete on condition spares what does not meet it',
      source: 'API Reference, DeleteItem, ConditionExpression',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        const remove = (n: number) =>
          bench.remove(a1, { ConditionExpression: 'n = :n', ExpressionAttributeValues: { ':n': n } });
        await refused(remove(2), failed);
        same('kept', await bench.get(), { ...a1, n: 1 });
        await remove(1);
        same('removed', await bench.get(), undefined);
      }),
    },
    {
      name: 'an update on condition writes all or nothing',
      source: 'API Reference, UpdateItem, ConditionExpression',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, version: 3 });
        const values = { ':next': 4, ':seen': 2, ':x': 'x' };
        const expression = 'SET version = :next, x = :x';
        await refused(bench.update(expression, values, { ConditionExpression: 'version = :seen' }), failed);
        same('the item', await bench.get(), { ...a1, version: 3 });
      }),
    },
    {
      name: 'an update on condition does not make the item that it misses',
      source: 'Developer Guide, Working with items and attributes: Conditional writes',
      run: withTable(async (bench) => {
        await refused(
          bench.update('SET n = :n', { ':n': 1 }, { ConditionExpression: 'attribute_exists(PK)' }),
          failed,
        );
        same('the item', await bench.get(), undefined);
      }),
    },
    {
      name: 'comparisons are by type: a number is never less than a text',
      source: operators,
      run: judging({ n: 5, s: '5' }, [
        ['n < :v', { ':v': 10 }, true],
        ['n < :v', { ':v': '9' }, false],
        ['n >= :v', { ':v': '1' }, false],
        ['n = :v', { ':v': '5' }, false],
        ['n <> :v', { ':v': '5' }, true],
        ['s = :v', { ':v': '5' }, true],
        ['n = s', undefined, false],
      ]),
    },
    {
      name: 'an absent attribute meets <> and attribute_not_exists, nothing else',
      source: operators,
      run: judging({}, [
        ['x = :v', { ':v': 1 }, false],
        ['x < :v', { ':v': 1 }, false],
        ['x <> :v', { ':v': 1 }, true],
        ['attribute_not_exists(x)', undefined, true],
        ['attribute_exists(x)', undefined, false],
        ['size(x) < :v', { ':v': 9 }, false],
        ['x BETWEEN :v AND :w', { ':v': 0, ':w': 9 }, false],
      ]),
    },
    {
      name: 'NOT binds before AND, AND before OR',
      source: operators,
      run: judging({ t: 1 }, [
        ['t = :one OR t = :two AND t = :two', { ':one': 1, ':two': 2 }, true],
        ['(t = :one OR t = :two) AND t = :two', { ':one': 1, ':two': 2 }, false],
        ['NOT t = :two AND t = :one', { ':one': 1, ':two': 2 }, true],
        ['NOT (t = :two OR t = :one)', { ':one': 1, ':two': 2 }, false],
      ]),
    },
    {
      name: 'BETWEEN includes both ends, IN any of its options',
      source: operators,
      run: judging({ n: 5, s: 'm' }, [
        ['n BETWEEN :a AND :b', { ':a': 5, ':b': 7 }, true],
        ['n BETWEEN :a AND :b', { ':a': 3, ':b': 5 }, true],
        ['n BETWEEN :a AND :b', { ':a': 6, ':b': 7 }, false],
        ['s IN (:a, :b)', { ':a': 'l', ':b': 'm' }, true],
        ['s IN (:a, n)', { ':a': 'l' }, false],
      ]),
    },
    {
      name: 'contains looks into texts, sets and lists',
      source: operators,
      run: judging({ s: '保障性租赁住房', marks: new Set(['a', 'b']), entries: [1, 'x', { deep: true }] }, [
        ['contains(s, :v)', { ':v': '租赁' }, true],
        ['contains(s, :v)', { ':v': '公寓' }, false],
        ['contains(marks, :v)', { ':v': 'a' }, true],
        ['contains(marks, :v)', { ':v': 'c' }, false],
        ['contains(entries, :v)', { ':v': 1 }, true],
        ['contains(entries, :v)', { ':v': '1' }, false],
        ['contains(entries, :v)', { ':v': { deep: true } }, true],
      ]),
    },
    {
      name: 'size counts characters, bytes and elements',
      source: operators,
      run: judging(
        { s: 'abc', bytes: new Uint8Array(7), entries: [1, 2], parts: { x: 1 }, marks: new Set([1, 2, 3]) },
        [
          ['size(s) = :v', { ':v': 3 }, true],
          ['size(bytes) = :v', { ':v': 7 }, true],
          ['size(entries) = :v', { ':v': 2 }, true],
          ['size(parts) = :v', { ':v': 1 }, true],
          ['size(marks) = :v', { ':v': 3 }, true],
        ],
      ),
    },
    {
      name: 'begins_with and attribute_type say what an attribute is',
      source: operators,
      run: judging({ s: 'filing-7', n: 7, nothing: null, parts: { x: [1] } }, [
        ['begins_with(s, :v)', { ':v': 'filing' }, true],
        ['begins_with(s, :v)', { ':v': 'ling' }, false],
        ['begins_with(n, :v)', { ':v': '7' }, false],
        ['attribute_type(n, :v)', { ':v': 'N' }, true],
        ['attribute_type(nothing, :v)', { ':v': 'NULL' }, true],
        ['attribute_type(parts.x, :v)', { ':v': 'L' }, true],
        ['attribute_type(s, :v)', { ':v': 'N' }, false],
      ]),
    },
    {
      name: 'maps, lists and sets are equal when their content is',
      source: operators,
      run: judging({ marks: new Set(['a', 'b']), parts: { x: 1, y: [1, 2] } }, [
        ['marks = :v', { ':v': new Set(['b', 'a']) }, true],
        ['marks = :v', { ':v': new Set(['a']) }, false],
        ['parts = :v', { ':v': { y: [1, 2], x: 1 } }, true],
        ['parts = :v', { ':v': { y: [2, 1], x: 1 } }, false],
      ]),
    },
    {
      name: 'of writers who saw the same version only one succeeds',
      source: 'Developer Guide, Optimistic locking with version number',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, version: 1 });
        const rivals = Array.from({ length: 8 }, (_, by) =>
          bench
            .update(
              'SET version = :next, winner = :by',
              { ':next': 2, ':seen': 1, ':by': by },
              { ConditionExpression: 'version = :seen' },
            )
            .then(
              () => 'won',
              (error: Error) => error.name,
            ),
        );
        const outcomes = await Promise.all(rivals);
        same('winners', outcomes.filter((one) => one === 'won').length, 1);
        holds(
          'the others failed on the condition',
          outcomes.every((one) => one === 'won' || one === failed),
        );
      }),
    },
  ],
};
