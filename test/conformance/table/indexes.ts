import { UpdateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { holds, refused, same, type Theme } from '../check.ts';
import { a1, active, plain, withTable, type Bench } from './bench.ts';
import type { TableTarget } from './target.ts';

const guide = 'Developer Guide, Using Global Secondary Indexes in DynamoDB';
const managing = 'Developer Guide, Managing Global Secondary Indexes in DynamoDB';

/** Three indexes by owner and rank, each with another projection. */
export const indexed: Partial<CreateTableCommandInput> = {
  AttributeDefinitions: [
    ...(plain.AttributeDefinitions ?? []),
    { AttributeName: 'owner', AttributeType: 'S' },
    { AttributeName: 'rank', AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: (['ALL', 'INCLUDE', 'KEYS_ONLY'] as const).map((ProjectionType) => ({
    IndexName: `by-${ProjectionType}`,
    KeySchema: [
      { AttributeName: 'owner', KeyType: 'HASH' },
      { AttributeName: 'rank', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType, ...(ProjectionType === 'INCLUDE' ? { NonKeyAttributes: ['listed'] } : {}) },
  })),
};

const owned = (bench: Bench, owner: string, IndexName = 'by-ALL', more: object = {}) =>
  bench.query(
    '#o = :o',
    { ':o': owner },
    { IndexName, ExpressionAttributeNames: { '#o': 'owner' }, ...more },
  );

/** The sort keys that the index shows, once it shows what is expected or has had time to. */
async function shows(bench: Bench, owner: string, expected: unknown[]): Promise<unknown[]> {
  for (let tries = 0; ; tries++) {
    const found = (await owned(bench, owner)).Items?.map(({ SK }) => SK as unknown) ?? [];
    if (tries > 100 || JSON.stringify(found) === JSON.stringify(expected)) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const indexes: Theme<TableTarget> = {
  title: 'Indexes',
  checks: [
    {
      name: 'an index holds only the items that have its keys',
      source: `${guide}; Developer Guide, Take advantage of sparse indexes`,
      run: withTable(async (bench) => {
        await bench.put({ PK: 'a', SK: '1', owner: 'o', rank: 1 });
        await bench.put({ PK: 'a', SK: '2', owner: 'o' });
        await bench.put({ PK: 'a', SK: '3', rank: 1 });
        same('items', await shows(bench, 'o', ['1']), ['1']);
        same('scanned', (await bench.scan({ IndexName: 'by-ALL' })).Count, 1);
      }, indexed),
    },
    {
      name: 'an index carries its projection: everything, what is included, the keys',
      source: 'Developer Guide, Using Global Secondary Indexes in DynamoDB: Attribute projections',
      run: withTable(async (bench) => {
        const keys = { ...a1, owner: 'o', rank: 1 };
        await bench.put({ ...keys, listed: 'l', other: 'x' });
        await shows(bench, 'o', ['1']);
        same('ALL', (await owned(bench, 'o', 'by-ALL')).Items, [{ ...keys, listed: 'l', other: 'x' }]);
        same('INCLUDE', (await owned(bench, 'o', 'by-INCLUDE')).Items, [{ ...keys, listed: 'l' }]);
        same('KEYS_ONLY', (await owned(bench, 'o', 'by-KEYS_ONLY')).Items, [keys]);
      }, indexed),
    },
    {
      name: 'an item moves in the index with its keys, and leaves it without them',
      source: `${guide}: Data synchronization between tables and Global Secondary Indexes`,
      run: withTable(async (bench) => {
        await bench.put({ ...a1, owner: 'o', rank: 1 });
        await bench.put({ PK: 'b', SK: '2', owner: 'o', rank: 2 });
        same('before', await shows(bench, 'o', ['1', '2']), ['1', '2']);
        await bench.update('SET #r = :r', { ':r': 3 }, { ExpressionAttributeNames: { '#r': 'rank' } });
        same('moved', await shows(bench, 'o', ['2', '1']), ['2', '1']);
        await bench.update('REMOVE #r', undefined, { ExpressionAttributeNames: { '#r': 'rank' } });
        same('left', await shows(bench, 'o', ['2']), ['2']);
        await bench.remove({ PK: 'b', SK: '2' });
        same('removed', await shows(bench, 'o', []), []);
      }, indexed),
    },
    {
      name: 'many items may share the keys of an index, and pages keep them apart',
      source: `${guide}: Key schema; API Reference, Query, LastEvaluatedKey`,
      run: withTable(async (bench) => {
        const keys = ['1', '2', '3', '4', '5'];
        for (const SK of keys) await bench.put({ PK: 'a', SK, owner: 'o', rank: 1 });
        await shows(bench, 'o', keys);
        const found: unknown[] = [];
        let from: Record<string, unknown> | undefined;
        do {
          const page = await owned(bench, 'o', 'by-ALL', {
            Limit: 2,
            ...(from ? { ExclusiveStartKey: from } : {}),
          });
          found.push(...(page.Items ?? []).map(({ SK }) => SK as unknown));
          from = page.LastEvaluatedKey;
          if (from) same('members of the key', Object.keys(from).sort(), ['PK', 'SK', 'owner', 'rank']);
        } while (from);
        same('items', found.sort(), keys);
      }, indexed),
    },
    {
      name: 'an index is not read consistently',
      source: 'API Reference, Query, ConsistentRead',
      run: withTable(async (bench) => {
        await refused(owned(bench, 'o', 'by-ALL', { ConsistentRead: true }), 'ValidationException');
      }, indexed),
    },
    {
      name: 'what an index does not project cannot be asked of it',
      source:
        'API Reference, Query, Select; Developer Guide, Global Secondary Indexes: Attribute projections',
      run: withTable(async (bench) => {
        const all = { Select: 'ALL_ATTRIBUTES' };
        await refused(owned(bench, 'o', 'by-KEYS_ONLY', all), 'ValidationException');
        await refused(
          owned(bench, 'o', 'by-KEYS_ONLY', { ProjectionExpression: 'listed' }),
          'ValidationException',
        );
        await owned(bench, 'o', 'by-ALL', all);
      }, indexed),
    },
    {
      name: 'an attribute of an index has the type of its key, and is not empty',
      source: 'Developer Guide, Supported data types: String; Global Secondary Indexes: Data synchronization',
      run: withTable(async (bench) => {
        await refused(bench.put({ ...a1, owner: 'o', rank: 'one' }), 'ValidationException');
        await refused(bench.put({ ...a1, owner: '', rank: 1 }), 'ValidationException');
        await bench.put({ ...a1, owner: 'o', rank: 1 });
        const names = { ExpressionAttributeNames: { '#r': 'rank' } };
        await refused(bench.update('SET #r = :r', { ':r': 'one' }, names), 'ValidationException');
        same('the item', await bench.get(), { ...a1, owner: 'o', rank: 1 });
      }, indexed),
    },
    {
      name: 'an index that the table does not have is refused',
      source: 'API Reference, Query, IndexName',
      run: withTable(async (bench) => {
        await refused(owned(bench, 'o', 'by-nothing'), ['ValidationException', 'ResourceNotFoundException']);
      }, indexed),
    },
    {
      name: 'an index made later holds what was there before',
      source: `${managing}: Adding a Global Secondary Index to an existing table`,
      run: withTable(async (bench) => {
        await bench.put({ ...a1, owner: 'o', rank: 1 });
        await bench.put({ PK: 'b', SK: '1', other: 'x' });
        const [Create] = indexed.GlobalSecondaryIndexes ?? [];
        const { TableName, target } = bench;
        const { AttributeDefinitions } = indexed;
        await target.client.send(
          new UpdateTableCommand({
            TableName,
            AttributeDefinitions,
            GlobalSecondaryIndexUpdates: [{ Create }],
          }),
        );
        const { GlobalSecondaryIndexes } = await active(target, TableName);
        same(
          'the index',
          GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName),
          ['by-ALL'],
        );
        same('items', await shows(bench, 'o', ['1']), ['1']);
      }),
    },
    {
      name: 'an index removed can no longer be read',
      source: `${managing}: Deleting a Global Secondary Index from a table`,
      run: withTable(async (bench) => {
        const { TableName, target } = bench;
        const GlobalSecondaryIndexUpdates = [{ Delete: { IndexName: 'by-ALL' } }];
        await target.client.send(new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates }));
        for (let tries = 0; tries < 100; tries++) {
          const left = (await active(target, TableName)).GlobalSecondaryIndexes ?? [];
          if (!left.some(({ IndexName }) => IndexName === 'by-ALL')) break;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await refused(owned(bench, 'o'), ['ValidationException', 'ResourceNotFoundException']);
      }, indexed),
    },
    {
      name: 'an index may show a write late, the table never',
      source: 'Developer Guide, DynamoDB read consistency',
      needs: ['late-indexes'],
      run: withTable(async (bench) => {
        bench.handles().disturb({ seed: 7, lateIndexes: 40 });
        let late = 0;
        for (let rank = 1; rank <= 10; rank++) {
          await bench.put({ PK: 'a', SK: String(rank), owner: 'o', rank });
          same('the table', (await bench.get({ PK: 'a', SK: String(rank) }))?.['rank'], rank);
          if (((await owned(bench, 'o')).Count ?? 0) < rank) late++;
        }
        holds('some were late', late > 0);
        for (let reads = 0; reads < 50; reads++) await bench.get();
        same('in the end', (await owned(bench, 'o')).Count, 10);
      }, indexed),
    },
  ],
};
