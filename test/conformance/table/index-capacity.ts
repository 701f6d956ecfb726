import type { ConsumedCapacity, ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { same, type Theme } from '../check.ts';
import { a1, withTable } from './bench.ts';
import { indexed } from './indexes.ts';
import type { TableTarget } from './target.ts';

const indexWrites = 'Developer Guide, Using Global Secondary Indexes in DynamoDB: Write capacity units';
const total = { ReturnConsumedCapacity: 'TOTAL' } as const;
const byIndex = { ReturnConsumedCapacity: 'INDEXES' } as const;
const kilobytes = (count: number) => 'x'.repeat(count * 1024);

interface Answer {
  readonly ConsumedCapacity?: ConsumedCapacity | undefined;
}

const units = ({ ConsumedCapacity }: Answer) => ConsumedCapacity?.CapacityUnits;

/** The units of the table, of each index and of all together. */
const apart = ({ ConsumedCapacity: spent }: Answer) => ({
  all: spent?.CapacityUnits,
  table: spent?.Table?.CapacityUnits,
  ...Object.fromEntries(
    Object.entries(spent?.GlobalSecondaryIndexes ?? {})
      .filter(([, { CapacityUnits }]) => CapacityUnits)
      .map(([name, { CapacityUnits }]) => [name, CapacityUnits]),
  ),
});

export const indexCapacity: Theme<TableTarget> = {
  title: 'Capacity of indexes',
  checks: [
    {
      name: 'capacity is told only when asked for, by index only when asked so',
      source: 'API Reference, ConsumedCapacity; PutItem, ReturnConsumedCapacity',
      run: withTable(async (bench) => {
        const put = async (ReturnConsumedCapacity: ReturnConsumedCapacity) =>
          (await bench.put({ ...a1, owner: 'o', rank: Math.random() }, { ReturnConsumedCapacity }))
            .ConsumedCapacity;
        same('NONE', await put('NONE'), undefined);
        same('TOTAL', Object.keys((await put('TOTAL')) ?? {}).sort(), ['CapacityUnits', 'TableName']);
        const indexes = (await put('INDEXES'))?.GlobalSecondaryIndexes;
        same('INDEXES', Object.keys(indexes ?? {}).sort(), ['by-ALL', 'by-INCLUDE', 'by-KEYS_ONLY']);
      }, indexed),
    },
    {
      name: 'a new row in an index costs what it projects',
      source: indexWrites,
      run: withTable(async (bench) => {
        const put = bench.put(
          { ...a1, owner: 'o', rank: 1, listed: kilobytes(1), further: kilobytes(2) },
          byIndex,
        );
        same('units', apart(await put), {
          all: 11,
          table: 4,
          'by-ALL': 4,
          'by-INCLUDE': 2,
          'by-KEYS_ONLY': 1,
        });
      }, indexed),
    },
    {
      name: 'a write outside of an index costs it nothing',
      source: indexWrites,
      run: withTable(async (bench) => {
        same('no keys', apart(await bench.put({ ...a1, n: 1 }, byIndex)), { all: 1, table: 1 });
        await bench.put({ ...a1, owner: 'o', rank: 1, listed: 'l', further: 'x' });
        const other = bench.update('SET further = :v', { ':v': 'y' }, byIndex);
        same('not projected', apart(await other), { all: 2, table: 1, 'by-ALL': 1 });
      }, indexed),
    },
    {
      name: 'a changed projection costs one write, a moved key two',
      source: indexWrites,
      run: withTable(async (bench) => {
        await bench.put({ ...a1, owner: 'o', rank: 1, listed: 'l' });
        const listed = bench.update('SET listed = :v', { ':v': 'm' }, byIndex);
        same('changed', apart(await listed), { all: 3, table: 1, 'by-ALL': 1, 'by-INCLUDE': 1 });
        const moved = bench.update(
          'SET #r = :r',
          { ':r': 2 },
          { ExpressionAttributeNames: { '#r': 'rank' }, ...byIndex },
        );
        same('moved', apart(await moved), {
          all: 7,
          table: 1,
          'by-ALL': 2,
          'by-INCLUDE': 2,
          'by-KEYS_ONLY': 2,
        });
      }, indexed),
    },
    {
      name: 'leaving an index costs a write there',
      source: indexWrites,
      run: withTable(async (bench) => {
        await bench.put({ ...a1, owner: 'o', rank: 1 });
        const left = bench.update('REMOVE #r', undefined, {
          ExpressionAttributeNames: { '#r': 'rank' },
          ...byIndex,
        });
        same('left', apart(await left), {
          all: 4,
          table: 1,
          'by-ALL': 1,
          'by-INCLUDE': 1,
          'by-KEYS_ONLY': 1,
        });
        await bench.put({ ...a1, owner: 'o', rank: 1 });
        same('deleted', apart(await bench.remove(a1, byIndex)), {
          all: 4,
          table: 1,
          'by-ALL': 1,
          'by-INCLUDE': 1,
          'by-KEYS_ONLY': 1,
        });
      }, indexed),
    },
    {
      name: 'a query of an index costs by what the index carries',
      source: 'Developer Guide, Using Global Secondary Indexes in DynamoDB: Read capacity units',
      run: withTable(async (bench) => {
        for (const SK of ['1', '2'])
          await bench.put({ PK: 'a', SK, owner: 'o', rank: 1, further: kilobytes(6) });
        const ask = async (IndexName: string) =>
          units(
            await bench.query(
              '#o = :o',
              { ':o': 'o' },
              { IndexName, ExpressionAttributeNames: { '#o': 'owner' }, ...total },
            ),
          );
        same('units', [await ask('by-ALL'), await ask('by-KEYS_ONLY')], [2, 0.5]);
      }, indexed),
    },
  ],
};
