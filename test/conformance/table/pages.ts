import { BatchGetCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { holds, refused, same, type Theme } from '../check.ts';
import { withTable, type Bench } from './bench.ts';
import type { TableTarget } from './target.ts';

const invalid = 'ValidationException';
const paging = 'Developer Guide, Paginating table query results in DynamoDB';

type Item = Record<string, unknown>;

const sorts = (items: Item[] | undefined) => items?.map(({ SK }) => SK);

async function fill(bench: Bench, keys: readonly string[], more: Item = {}): Promise<void> {
  for (const SK of keys) await bench.put({ PK: 'p', SK, ...more });
}

/** Every page of the partition, one after the other. */
async function allPages(bench: Bench, more: Partial<QueryCommandInput> = {}) {
  const found: { items: Item[]; scanned: number }[] = [];
  let from: Item | undefined;
  do {
    const { ExpressionAttributeValues, ...rest } = more;
    const page = await bench.query(
      'PK = :p',
      { ':p': 'p', ...ExpressionAttributeValues },
      { ...rest, ...(from ? { ExclusiveStartKey: from } : {}) },
    );
    found.push({ items: page.Items ?? [], scanned: page.ScannedCount ?? 0 });
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}

export const pages: Theme<TableTarget> = {
  title: 'Pages, scans and batches',
  checks: [
    {
      name: 'pages neither lose nor repeat, both ways',
      source: paging,
      run: withTable(async (bench) => {
        const keys = Array.from({ length: 11 }, (_, at) => `k${String(at).padStart(2, '0')}`);
        await fill(bench, keys);
        for (const forward of [true, false]) {
          const found = await allPages(bench, { Limit: 3, ScanIndexForward: forward });
          same('items', sorts(found.flatMap(({ items }) => items)), forward ? keys : keys.toReversed());
          holds(
            'no page is longer',
            found.every(({ items }) => items.length <= 3),
          );
        }
      }),
    },
    {
      name: 'Limit counts what is looked at, before the filter',
      source: 'Developer Guide, Filter expressions for the Query operation in DynamoDB',
      run: withTable(async (bench) => {
        for (let n = 0; n < 6; n++) await bench.put({ PK: 'p', SK: `k${n}`, even: n % 2 === 0 });
        const page = await bench.query(
          'PK = :p',
          { ':p': 'p', ':yes': true },
          { FilterExpression: 'even = :yes', Limit: 3 },
        );
        same('counts', [page.Count, page.ScannedCount], [2, 3]);
        same('goes on', page.LastEvaluatedKey, { PK: 'p', SK: 'k2' });
      }),
    },
    {
      name: 'a page ends at 1 MB of what is looked at',
      source: `${paging}; API Reference, Query`,
      run: withTable(async (bench) => {
        const keys = Array.from({ length: 30 }, (_, at) => `k${at + 10}`);
        await bench.fill(keys, 100 * 1024);
        const found = await allPages(bench, { ProjectionExpression: 'SK' });
        same('items', sorts(found.flatMap(({ items }) => items)), keys);
        // 1 MB holds ten of these items, and the eleventh passes it.
        same('first page', found[0] && [10, 11].includes(found[0].items.length), true);
        holds('at least three pages', found.length >= 3);
      }),
    },
    {
      name: 'a filter that keeps nothing leaves empty pages that go on',
      source: paging,
      run: withTable(async (bench) => {
        await bench.fill(['k1', 'k2', 'k3'], 390 * 1024);
        await bench.put({ PK: 'p', SK: 'k4', wanted: true });
        const found = await allPages(bench, {
          FilterExpression: 'wanted = :yes',
          ExpressionAttributeValues: { ':yes': true },
        });
        same('items', sorts(found.flatMap(({ items }) => items)), ['k4']);
        same('first page', found[0]?.items.length, 0);
        holds('two pages', found.length === 2);
      }),
    },
    {
      name: 'a start key lies within what is queried',
      source: 'API Reference, Query, ExclusiveStartKey',
      run: withTable(async (bench) => {
        await fill(bench, ['k1', 'k2']);
        const from = (ExclusiveStartKey: Item) =>
          bench.query('PK = :p', { ':p': 'p' }, { ExclusiveStartKey });
        same('from a key that is not there', sorts((await from({ PK: 'p', SK: 'k11' })).Items), ['k2']);
        await refused(from({ PK: 'other', SK: 'k1' }), invalid);
        await refused(from({ PK: 'p' }), invalid);
      }),
    },
    {
      name: 'Limit is at least 1',
      source: 'API Reference, Query, Limit',
      run: withTable(async (bench) => {
        await refused(bench.query('PK = :p', { ':p': 'p' }, { Limit: 0 }), invalid);
      }),
    },
    {
      name: 'the segments of a parallel scan hold every item once',
      source: 'Developer Guide, Scanning tables in DynamoDB: Parallel scan',
      run: withTable(async (bench) => {
        const keys = Array.from({ length: 24 }, (_, at) => `p${at}`);
        await Promise.all(keys.map((PK) => bench.put({ PK, SK: '1' })));
        const segments = await Promise.all(
          [0, 1, 2].map((Segment) => bench.scan({ Segment, TotalSegments: 3 })),
        );
        const found = segments.flatMap(({ Items }) => Items?.map(({ PK }) => String(PK)) ?? []);
        same('items', found.sort(), keys.sort());
        await refused(bench.scan({ Segment: 3, TotalSegments: 3 }), invalid);
      }),
    },
    {
      name: 'a scan filters, and pages at 1 MB',
      source: 'Developer Guide, Scanning tables in DynamoDB',
      run: withTable(async (bench) => {
        for (let n = 0; n < 4; n++)
          await bench.put({ PK: `p${n}`, SK: '1', n, large: 'x'.repeat(390 * 1024) });
        const first = await bench.scan({
          FilterExpression: 'n >= :n',
          ExpressionAttributeValues: { ':n': 0 },
        });
        holds('the first page is about 1 MB', [2, 3].includes(first.ScannedCount ?? 0));
        same('kept', first.Count, first.ScannedCount);
        const second = await bench.scan({ ExclusiveStartKey: first.LastEvaluatedKey });
        same('both pages', (first.Count ?? 0) + (second.Count ?? 0), 4);
        same('goes on', second.LastEvaluatedKey, undefined);
      }),
    },
    {
      name: 'a batch reads 1 to 100 different items and passes over what is not there',
      source: 'API Reference, BatchGetItem',
      run: withTable(async (bench) => {
        await fill(bench, ['k1', 'k2']);
        const read = async (Keys: Item[]) => {
          const asked = new BatchGetCommand({
            RequestItems: { [bench.TableName]: { Keys, ConsistentRead: true } },
          });
          const { Responses, UnprocessedKeys } = await bench.target.documents.send(asked);
          return {
            found: sorts(Responses?.[bench.TableName])?.sort(),
            left: Object.keys(UnprocessedKeys ?? {}).length,
          };
        };
        const key = (SK: string) => ({ PK: 'p', SK });
        same('found', await read([key('k2'), key('none'), key('k1')]), { found: ['k1', 'k2'], left: 0 });
        await refused(read([key('k1'), key('k1')]), invalid);
        await refused(read([]), invalid);
        await refused(read(Array.from({ length: 101 }, (_, at) => key(`k${at}`))), invalid);
      }),
    },
    {
      name: 'a batch answers at most 16 MB, and names the rest',
      source: 'API Reference, BatchGetItem, UnprocessedKeys',
      run: withTable(async (bench) => {
        const keys = Array.from({ length: 43 }, (_, at) => `k${at + 10}`);
        await bench.fill(keys, 399 * 1024);
        const Keys = keys.map((SK) => ({ PK: { S: 'p' }, SK: { S: SK } }));
        const RequestItems = { [bench.TableName]: { Keys } };
        const { body } = await bench.target.wire(
          'DynamoDB_20120810.BatchGetItem',
          JSON.stringify({ RequestItems }),
        );
        const { Responses, UnprocessedKeys } = body as unknown as {
          Responses: Record<string, { SK: { S: string } }[]>;
          UnprocessedKeys: Record<string, { Keys: { SK: { S: string } }[] }>;
        };
        const found = Responses[bench.TableName]?.map(({ SK }) => SK.S) ?? [];
        const left = UnprocessedKeys[bench.TableName]?.Keys.map(({ SK }) => SK.S) ?? [];
        holds('some are left', left.length > 0);
        same('all together', [...found, ...left].sort(), keys);
      }),
    },
  ],
};
