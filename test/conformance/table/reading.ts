import { refused, same, type Theme } from '../check.ts';
import { a1, withTable, type Bench } from './bench.ts';
import type { TableTarget } from './target.ts';

const invalid = 'ValidationException';
const conditions = 'Developer Guide, Key condition expressions for the Query operation in DynamoDB';

type Item = Record<string, unknown>;

const sorts = (items: Item[] | undefined) => items?.map(({ SK }) => SK);

async function fill(bench: Bench, keys: readonly string[], more: Item = {}): Promise<void> {
  for (const SK of keys) await bench.put({ PK: 'p', SK, ...more });
}

export const reading: Theme<TableTarget> = {
  title: 'Query',
  checks: [
    {
      name: 'each comparison of the sort key takes its part of the partition',
      source: conditions,
      run: withTable(async (bench) => {
        await fill(bench, ['a1', 'a2', 'b1', 'b2', 'c1']);
        await bench.put({ PK: 'q', SK: 'a1' });
        const cases: [string, Item, string[]][] = [
          ['SK = :v', { ':v': 'a2' }, ['a2']],
          ['SK < :v', { ':v': 'b1' }, ['a1', 'a2']],
          ['SK <= :v', { ':v': 'b1' }, ['a1', 'a2', 'b1']],
          ['SK > :v', { ':v': 'b1' }, ['b2', 'c1']],
          ['SK >= :v', { ':v': 'b1' }, ['b1', 'b2', 'c1']],
          ['SK BETWEEN :v AND :w', { ':v': 'a2', ':w': 'b2' }, ['a2', 'b1', 'b2']],
          ['begins_with(SK, :v)', { ':v': 'b' }, ['b1', 'b2']],
        ];
        for (const [condition, values, expected] of cases) {
          const found = await bench.query(`PK = :p AND ${condition}`, { ':p': 'p', ...values });
          same(condition, sorts(found.Items), expected);
        }
      }),
    },
    {
      name: 'a key condition is on the keys alone, equal for the partition, without OR, IN or <>',
      source: conditions,
      run: withTable(async (bench) => {
        for (const [condition, values] of [
          ['SK = :v', { ':v': 'a' }],
          ['PK > :v', { ':v': 'a' }],
          ['PK = :v AND n = :v', { ':v': 'a' }],
          ['PK = :v AND SK <> :v', { ':v': 'a' }],
          ['PK = :v OR SK = :v', { ':v': 'a' }],
          ['PK = :v AND SK IN (:v)', { ':v': 'a' }],
          ['PK = :v AND SK > :v AND SK < :w', { ':v': 'a', ':w': 'b' }],
          ['PK = :v', { ':v': 1 }],
        ] as [string, Item][]) {
          await refused(bench.query(condition, values), invalid).catch((error: unknown) => {
            if (error instanceof Error) error.message = `${condition}: ${error.message}`;
            throw error;
          });
        }
      }),
    },
    {
      name: 'texts are ordered by their UTF-8 bytes',
      source: 'API Reference, Query, ScanIndexForward',
      run: withTable(async (bench) => {
        const ordered = ['A', 'B', 'a', 'é', '乙', '甲', '\uffee', '𠀀'];
        await fill(bench, ordered.toReversed());
        same('forwards', sorts((await bench.query('PK = :p', { ':p': 'p' })).Items), ordered);
        same(
          'backwards',
          sorts((await bench.query('PK = :p', { ':p': 'p' }, { ScanIndexForward: false })).Items),
          ordered.toReversed(),
        );
      }),
    },
    {
      name: 'numbers are ordered as numbers',
      source: 'API Reference, Query, ScanIndexForward',
      run: withTable(
        async (bench) => {
          const ordered = [-1000, -20, -3.5, -3, 0, 0.001, 0.5, 2, 10, 1e15];
          for (const SK of ordered.toReversed()) await bench.put({ PK: 'p', SK });
          same('order', sorts((await bench.query('PK = :p', { ':p': 'p' })).Items), ordered);
          const between = await bench.query('PK = :p AND SK BETWEEN :v AND :w', {
            ':p': 'p',
            ':v': -3,
            ':w': 2,
          });
          same('between', sorts(between.Items), [-3, 0, 0.001, 0.5, 2]);
        },
        {
          AttributeDefinitions: [
            { AttributeName: 'PK', AttributeType: 'S' },
            { AttributeName: 'SK', AttributeType: 'N' },
          ],
        },
      ),
    },
    {
      name: 'binaries are ordered by unsigned bytes',
      source: 'Developer Guide, Supported data types and naming rules in Amazon DynamoDB: Binary',
      run: withTable(
        async (bench) => {
          const ordered = [[0], [0, 1], [1], [127], [128], [255]];
          for (const bytes of ordered.toReversed()) await bench.put({ PK: 'p', SK: new Uint8Array(bytes) });
          const { Items } = await bench.query('PK = :p', { ':p': 'p' });
          same(
            'order',
            Items?.map(({ SK }) => [...(SK as Uint8Array)]),
            ordered,
          );
        },
        {
          AttributeDefinitions: [
            { AttributeName: 'PK', AttributeType: 'S' },
            { AttributeName: 'SK', AttributeType: 'B' },
          ],
        },
      ),
    },
    {
      name: 'a filter is not on the keys',
      source: 'Developer Guide, Filter expressions for the Query operation in DynamoDB',
      run: withTable(async (bench) => {
        for (const filter of ['SK = :v', 'n = :v OR PK = :v', 'begins_with(SK, :v)']) {
          await refused(bench.query('PK = :v', { ':v': 'p' }, { FilterExpression: filter }), invalid);
        }
      }),
    },
    {
      name: 'COUNT gives the numbers without the items',
      source: 'API Reference, Query, Select',
      run: withTable(async (bench) => {
        await fill(bench, ['k1', 'k2'], { n: 1 });
        await fill(bench, ['k3'], { n: 2 });
        const page = await bench.query(
          'PK = :p',
          { ':p': 'p', ':n': 1 },
          { FilterExpression: 'n = :n', Select: 'COUNT' },
        );
        same('page', [page.Count, page.ScannedCount, page.Items], [2, 3, undefined]);
      }),
    },
    {
      name: 'a projection takes nested parts, and nothing of what is absent',
      source: 'Developer Guide, Using projection expressions in DynamoDB',
      run: withTable(async (bench) => {
        await bench.put({
          ...a1,
          parts: { x: 1, y: { z: [1, 2, 3] } },
          entries: ['a', 'b', 'c'],
          status: 's',
        });
        const ProjectionExpression = 'parts.y.z[1], entries[2], entries[0], absent, parts.absent, #s';
        same(
          'the item',
          await bench.get(a1, { ProjectionExpression, ExpressionAttributeNames: { '#s': 'status' } }),
          {
            parts: { y: { z: [2] } },
            entries: ['a', 'c'],
            status: 's',
          },
        );
        same('nothing asked is there', await bench.get(a1, { ProjectionExpression: 'absent' }), {});
      }),
    },
  ],
};
