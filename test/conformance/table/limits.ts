import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { refused, same, type Theme } from '../check.ts';
import { a1, withTable, type Bench } from './bench.ts';
import type { TableTarget } from './target.ts';

const invalid = 'ValidationException';
const constraints = 'Developer Guide, Constraints in Amazon DynamoDB';
const maps = (depth: number): unknown => (depth === 0 ? 1 : { x: maps(depth - 1) });

/** What a number becomes, or how it is refused. */
async function stored(bench: Bench, number: string): Promise<string> {
  const Item = { PK: { S: 'a' }, SK: { S: '1' }, n: { N: number } };
  const { TableName } = bench;
  const put = await bench.target.wire('DynamoDB_20120810.PutItem', JSON.stringify({ TableName, Item }));
  if (put.status !== 200) return String(put.body['__type']).split('#').at(-1) ?? '';
  const Key = { PK: Item.PK, SK: Item.SK };
  const got = await bench.target.wire(
    'DynamoDB_20120810.GetItem',
    JSON.stringify({ TableName, Key, ConsistentRead: true }),
  );
  return (got.body['Item'] as { n: { N: string } }).n.N;
}

export const limits: Theme<TableTarget> = {
  title: 'Limits',
  checks: [
    {
      name: 'an item has 400 KB at most, with its names',
      source: `${constraints}: Items`,
      run: withTable(async (bench) => {
        const rest = 400 * 1024 - 6 - 1;
        await bench.put({ ...a1, x: 'x'.repeat(rest) });
        await refused(
          bench.put({ ...a1, x: 'x'.repeat(rest + 1) }),
          invalid,
          /^Item size has exceeded the maximum allowed size$/,
        );
      }),
    },
    {
      name: 'an update leaves no item above 400 KB',
      source: `${constraints}: Items`,
      run: withTable(async (bench) => {
        await bench.put({ ...a1, x: 'x'.repeat(399 * 1024) });
        await refused(
          bench.update('SET y = :y', { ':y': 'y'.repeat(2048) }),
          invalid,
          /exceeded the maximum allowed size/,
        );
        same('y', await bench.get(a1, { ProjectionExpression: 'y' }), {});
      }),
    },
    {
      name: 'a partition key has 2048 bytes at most, a sort key 1024',
      source: `${constraints}: Partition keys and sort keys`,
      run: withTable(async (bench) => {
        const longest = { PK: 'p'.repeat(2048), SK: 's'.repeat(1024) };
        await bench.put(longest);
        same('found', await bench.get(longest), longest);
        await refused(bench.put({ ...longest, PK: 'p'.repeat(2049) }), invalid);
        await refused(bench.put({ ...longest, SK: 's'.repeat(1025) }), invalid);
        await refused(bench.put({ PK: '租'.repeat(683), SK: '1' }), invalid);
      }),
    },
    {
      name: 'values nest 32 levels deep at most',
      source: `${constraints}: Attributes, Nested attribute depth`,
      run: withTable(async (bench) => {
        await bench.put({ ...a1, x: maps(31) });
        await refused(bench.put({ ...a1, x: maps(34) }), invalid);
      }),
    },
    {
      name: 'numbers have 38 digits at most, and are never rounded',
      source: `${constraints}: Data types, Number`,
      run: withTable(async (bench) => {
        const longest = '12345678901234567890123456789012345678';
        same('38 digits', await stored(bench, longest), longest);
        same('39 digits', await stored(bench, `${longest}9`), invalid);
        same('39 with a zero at the end', await stored(bench, `${longest}0`), `${longest}0`);
      }),
    },
    {
      name: 'numbers lie between 1E-130 and 9.99E+125',
      source: `${constraints}: Data types, Number`,
      run: withTable(async (bench) => {
        same('largest', Number(await stored(bench, '9.99E+125')), 9.99e125);
        same('too large', await stored(bench, '1E+126'), invalid);
        same('smallest', Number(await stored(bench, '1E-130')), 1e-130);
        same('too small', await stored(bench, '1E-131'), invalid);
        same('most negative', Number(await stored(bench, '-9.99E+125')), -9.99e125);
      }),
    },
    {
      name: 'arithmetic beyond 38 digits or the range is refused',
      source: `${constraints}: Data types, Number`,
      run: withTable(async (bench) => {
        const largest = `9${'0'.repeat(125)}`;
        same('stored', await stored(bench, largest), largest);
        const add = (v: object) =>
          bench.target.wire(
            'DynamoDB_20120810.UpdateItem',
            JSON.stringify({
              TableName: bench.TableName,
              Key: { PK: { S: 'a' }, SK: { S: '1' } },
              UpdateExpression: 'SET n = n + :v',
              ExpressionAttributeValues: { ':v': v },
            }),
          );
        same('too many digits', (await add({ N: '1' })).status, 400);
        same('too large', (await add({ N: largest })).status, 400);
      }),
    },
    {
      name: 'a batch writes 25 items at most',
      source: 'API Reference, BatchWriteItem',
      run: withTable(async (bench) => {
        const write = (count: number) => {
          const requests = Array.from({ length: count }, (_, at) => ({
            PutRequest: { Item: { PK: 'p', SK: String(at) } },
          }));
          return bench.target.documents.send(
            new BatchWriteCommand({ RequestItems: { [bench.TableName]: requests } }),
          );
        };
        await refused(write(26), invalid);
        await refused(write(0), invalid);
        await write(25);
        same('written', (await bench.query('PK = :p', { ':p': 'p' }, { Select: 'COUNT' })).Count, 25);
      }),
    },
    {
      name: 'one item too large in a batch refuses the batch',
      source: 'API Reference, BatchWriteItem',
      run: withTable(async (bench) => {
        const requests = [a1, { PK: 'b', SK: '1', x: 'x'.repeat(400 * 1024) }].map((Item) => ({
          PutRequest: { Item },
        }));
        const RequestItems = { [bench.TableName]: requests };
        await refused(bench.target.documents.send(new BatchWriteCommand({ RequestItems })), invalid);
        same('a', await bench.get(), undefined);
      }),
    },
    {
      name: 'an attribute that is no key may have a name of 64 KB',
      source: `${constraints}: Naming rules`,
      run: withTable(async (bench) => {
        const name = 'x'.repeat(65535);
        await bench.put({ ...a1, [name]: 1 });
        same('found', (await bench.get())?.[name], 1);
      }),
    },
  ],
};
