import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlatformClock } from './clock.ts';
import { makeEngines, type Engines } from './engines.ts';
import { TableEngine } from './engines/table/index.ts';
import { assemblyOf, temporaryFolder, type SmallResource } from './testing.ts';

const key = (...names: string[]) =>
  names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' }));
const projected = { NonKeyAttributes: ['listed', 'also'], ProjectionType: 'INCLUDE' };
const owner = { IndexName: 'by-owner', KeySchema: key('owner', 'PK'), Projection: projected };
const due = { IndexName: 'falls-due', KeySchema: key('due'), Projection: { ProjectionType: 'KEYS_ONLY' } };

let folder: string;
let remove: () => void;
let open: Engines[];

beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  open = [];
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const engines of open) await engines.close();
  remove();
});

function table(
  indexes: readonly (typeof owner | typeof due)[] = [owner, due],
  keys = key('PK'),
): SmallResource {
  const names = [keys, ...indexes.map(({ KeySchema: schema }) => schema)].flatMap((schema) =>
    schema.map(({ AttributeName: name }) => name),
  );
  const definitions = [...new Set(names)].map((name) => ({ AttributeName: name, AttributeType: 'S' }));
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'records',
      AttributeDefinitions: definitions,
      KeySchema: keys,
      ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
    },
  };
}

async function start(resources: Record<string, SmallResource>, dataDir?: string): Promise<Engines> {
  const engines = await makeEngines(assemblyOf({ Data: { Resources: resources } }), {
    clock: new PlatformClock(),
    credentials: { accessKeyId: 'local', secretAccessKey: 'secret' },
    region: 'local-1',
    account: '000000000000',
    ...(dataDir === undefined ? {} : { dataDir }),
  });
  open.push(engines);
  return engines;
}

async function stop(): Promise<void> {
  for (const engines of open.splice(0)) await engines.close();
}

const item = { PK: { S: 'a' }, owner: { S: 'wuhai' }, due: { S: '2031' }, listed: { S: 'l' } };

describe('the engines on a folder', () => {
  it('find table and items at the second start, and leave the indexes alone', async () => {
    (await start({ Table: table() }, folder)).table.execute('PutItem', { TableName: 'records', Item: item });
    await stop();
    const executed = vi.spyOn(TableEngine.prototype, 'execute');
    const { table: engine } = await start({ Table: table() }, folder);
    expect(executed.mock.calls.map(([operation]) => operation)).toEqual(['CreateTable', 'DescribeTable']);
    expect(engine.execute('Scan', { TableName: 'records', IndexName: 'by-owner' })).toMatchObject({
      Count: 1,
    });
  });

  it('give the table of an earlier version the indexes of the template, filled from its items', async () => {
    const earlier = { ...owner, KeySchema: key('owner') };
    const before = await start({ Table: table([earlier]) }, folder);
    before.table.execute('PutItem', { TableName: 'records', Item: item });
    await stop();
    const { table: engine } = await start({ Table: table() }, folder);
    expect(engine.execute('DescribeTable', { TableName: 'records' })).toMatchObject({
      Table: { GlobalSecondaryIndexes: expect.arrayContaining([expect.objectContaining(owner)]) as unknown },
    });
    expect(engine.execute('Scan', { TableName: 'records', IndexName: 'falls-due' })).toMatchObject({
      Count: 1,
    });
    await stop();
    const { table: without } = await start({ Table: table([]) }, folder);
    expect(() => without.execute('Scan', { TableName: 'records', IndexName: 'falls-due' })).toThrow();
    expect(without.execute('Scan', { TableName: 'records' })).toMatchObject({ Count: 1 });
  });

  it('refuse a table with another key', async () => {
    await start({ Table: table() }, folder);
    await stop();
    await expect(start({ Table: table([due], key('owner')) }, folder)).rejects.toThrow('has another key');
  });
});
