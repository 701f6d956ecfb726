import { same, type Theme } from '../check.ts';
import { a1, withTable } from './bench.ts';
import type { TableTarget } from './target.ts';

const guide = 'Developer Guide, Using update expressions in DynamoDB';

type Values = Record<string, unknown>;
type Case = readonly [expression: string, values: Values | undefined, expected: Values];

/** A check that applies each expression to the same item and says what must become of it. */
function making(item: Values, cases: readonly Case[]) {
  return withTable(async (bench) => {
    for (const [expression, values, expected] of cases) {
      await bench.put({ ...a1, ...item });
      await bench.update(expression, values);
      same(expression, await bench.get(), { ...a1, ...expected });
    }
  });
}

export const updates: Theme<TableTarget> = {
  title: 'Update expressions',
  checks: [
    {
      name: 'an update makes the item that is not there',
      source: 'API Reference, UpdateItem',
      run: withTable(async (bench) => {
        await bench.update('SET n = :n', { ':n': 1 });
        same('the item', await bench.get(), { ...a1, n: 1 });
      }),
    },
    {
      name: 'ReturnValues gives the old or the new, whole or only what was updated',
      source: 'API Reference, UpdateItem, ReturnValues',
      run: withTable(async (bench) => {
        const given = async (
          ReturnValues: 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW',
        ) => {
          await bench.put({ ...a1, n: 1, further: 'o', parts: { x: 1, y: 1 } });
          const values = { ':one': 1 };
          return (
            await bench.update('SET n = n + :one, parts.x = :one REMOVE further', values, { ReturnValues })
          ).Attributes;
        };
        same('NONE', await given('NONE'), undefined);
        same('ALL_OLD', await given('ALL_OLD'), { ...a1, n: 1, further: 'o', parts: { x: 1, y: 1 } });
        same('UPDATED_OLD', await given('UPDATED_OLD'), { n: 1, further: 'o', parts: { x: 1 } });
        same('ALL_NEW', await given('ALL_NEW'), { ...a1, n: 2, parts: { x: 1, y: 1 } });
        same('UPDATED_NEW', await given('UPDATED_NEW'), { n: 2, parts: { x: 1 } });
      }),
    },
    {
      name: 'SET counts up and down and takes a value only where none is',
      source: guide,
      run: making({ n: 7 }, [
        ['SET n = n + :v', { ':v': 3 }, { n: 10 }],
        ['SET n = n - :v', { ':v': 10 }, { n: -3 }],
        ['SET n = :v - n', { ':v': 10 }, { n: 3 }],
        ['SET n = if_not_exists(n, :v)', { ':v': 1 }, { n: 7 }],
        ['SET fresh = if_not_exists(fresh, :v) + n', { ':v': 1 }, { n: 7, fresh: 8 }],
      ]),
    },
    {
      name: 'every operand is read from the item as it was before',
      source: guide,
      run: making({ x: 1, y: 2 }, [
        ['SET x = y, y = x', undefined, { x: 2, y: 1 }],
        ['SET twin = x REMOVE x', undefined, { y: 2, twin: 1 }],
      ]),
    },
    {
      name: 'lists grow at either end, and an element beyond the end is appended',
      source: guide,
      run: making({ entries: ['a', 'b'] }, [
        ['SET entries = list_append(entries, :v)', { ':v': ['c'] }, { entries: ['a', 'b', 'c'] }],
        ['SET entries = list_append(:v, entries)', { ':v': ['c'] }, { entries: ['c', 'a', 'b'] }],
        ['SET entries[1] = :v', { ':v': 'x' }, { entries: ['a', 'x'] }],
        ['SET entries[9] = :v', { ':v': 'x' }, { entries: ['a', 'b', 'x'] }],
        [
          'SET fresh = list_append(if_not_exists(fresh, :none), :v)',
          { ':none': [], ':v': [1] },
          { entries: ['a', 'b'], fresh: [1] },
        ],
      ]),
    },
    {
      name: 'REMOVE takes attributes and list elements, by their places before the update',
      source: guide,
      run: making({ entries: ['a', 'b', 'c', 'd'], parts: { x: 1, y: 2 } }, [
        ['REMOVE entries[0], entries[2]', undefined, { entries: ['b', 'd'], parts: { x: 1, y: 2 } }],
        ['REMOVE parts.x, absent', undefined, { entries: ['a', 'b', 'c', 'd'], parts: { y: 2 } }],
        ['REMOVE entries[7]', undefined, { entries: ['a', 'b', 'c', 'd'], parts: { x: 1, y: 2 } }],
      ]),
    },
    {
      name: 'ADD counts numbers and unites sets, from nothing too',
      source: guide,
      run: making({ n: 7, marks: new Set(['a']) }, [
        ['ADD n :v', { ':v': -2 }, { n: 5, marks: new Set(['a']) }],
        ['ADD fresh :v', { ':v': 4 }, { n: 7, marks: new Set(['a']), fresh: 4 }],
        ['ADD marks :v', { ':v': new Set(['a', 'b']) }, { n: 7, marks: new Set(['a', 'b']) }],
        ['ADD fresh :v', { ':v': new Set([1]) }, { n: 7, marks: new Set(['a']), fresh: new Set([1]) }],
      ]),
    },
    {
      name: 'DELETE takes elements from a set; an empty set is gone with its attribute',
      source: guide,
      run: making({ marks: new Set(['a', 'b']) }, [
        ['DELETE marks :v', { ':v': new Set(['a', 'z']) }, { marks: new Set(['b']) }],
        ['DELETE marks :v', { ':v': new Set(['a', 'b']) }, {}],
        ['DELETE absent :v', { ':v': new Set(['a']) }, { marks: new Set(['a', 'b']) }],
      ]),
    },
    {
      name: 'four sections may stand in one expression, in any order',
      source: guide,
      run: making({ n: 1, gone: 1, marks: new Set(['a', 'b']) }, [
        [
          'REMOVE gone DELETE marks :m ADD n :v SET x = :v',
          { ':v': 1, ':m': new Set(['b']) },
          { n: 2, marks: new Set(['a']), x: 1 },
        ],
      ]),
    },
    {
      name: 'numbers keep 38 digits exactly through arithmetic',
      source: 'Developer Guide, Supported data types and naming rules in Amazon DynamoDB: Number',
      run: withTable(async (bench) => {
        const big = '99999999999999999999999999999999999998';
        const put = { TableName: bench.TableName, Item: { PK: { S: 'a' }, SK: { S: '1' }, n: { N: big } } };
        await bench.target.wire('DynamoDB_20120810.PutItem', JSON.stringify(put));
        const read = await bench.target.wire(
          'DynamoDB_20120810.UpdateItem',
          JSON.stringify({
            TableName: bench.TableName,
            Key: { PK: { S: 'a' }, SK: { S: '1' } },
            UpdateExpression: 'SET n = n + :one, small = :small + :smaller',
            ExpressionAttributeValues: {
              ':one': { N: '1' },
              ':small': { N: '0.1' },
              ':smaller': { N: '0.2' },
            },
            ReturnValues: 'UPDATED_NEW',
          }),
        );
        same('the sums', read.body['Attributes'], {
          n: { N: '99999999999999999999999999999999999999' },
          small: { N: '0.3' },
        });
      }),
    },
    {
      name: 'leading and trailing zeroes of a number are trimmed',
      source: 'Developer Guide, Supported data types and naming rules in Amazon DynamoDB: Number',
      run: withTable(async (bench) => {
        const Item = { PK: { S: 'a' }, SK: { S: '1' }, x: { N: '007.500' }, y: { N: '-0' }, z: { N: '1e2' } };
        await bench.target.wire(
          'DynamoDB_20120810.PutItem',
          JSON.stringify({ TableName: bench.TableName, Item }),
        );
        same('the item', await bench.get(), { ...a1, x: 7.5, y: 0, z: 100 });
        const raw = await bench.target.wire(
          'DynamoDB_20120810.GetItem',
          JSON.stringify({ TableName: bench.TableName, Key: { PK: { S: 'a' }, SK: { S: '1' } } }),
        );
        const item = raw.body['Item'] as { x: unknown } | undefined;
        same('as it is written', item?.x, { N: '7.5' });
      }),
    },
    {
      name: 'counters lose nothing among parallel writers',
      source: 'Developer Guide, Working with items and attributes: Atomic counters',
      run: withTable(async (bench) => {
        await Promise.all(Array.from({ length: 20 }, () => bench.update('ADD n :one', { ':one': 1 })));
        same('the item', await bench.get(), { ...a1, n: 20 });
      }),
    },
  ],
};
