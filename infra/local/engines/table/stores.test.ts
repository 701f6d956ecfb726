import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Image } from './image.ts';
import { memoryStore, sqliteStore, TableEngine, type Store } from './index.ts';
import { filings } from './test-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'table-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${++files}.sqlite`);

const TableName = 'filings';
const engineOn = (store: Store) => new TableEngine({ store, now: () => 1_800_000_000_000 });

describe('the file', () => {
  it('keeps tables, items, tokens and the stream over a restart, and counts on', () => {
    const file = newFile();
    const transaction = () => ({
      ClientRequestToken: 'once',
      TransactItems: [{ Put: { TableName, Item: { PK: { S: 'a' }, SK: { S: '1' }, ownerPk: { S: 'o' } } } }],
    });
    const read = (engine: TableEngine) => [
      (engine.execute('DescribeTable', { TableName }) as { Table: { TableId: string } }).Table,
      engine.execute('Scan', { TableName }),
      engine.execute('Scan', { TableName, IndexName: 'everything' }),
      engine.readStream(TableName, 0, 10),
    ];
    const first = engineOn(sqliteStore(file));
    first.execute('CreateTable', structuredClone(filings));
    first.execute('TransactWriteItems', transaction());
    const before = read(first);
    first.close();

    const second = engineOn(sqliteStore(file));
    expect(read(second)).toEqual(before);
    second.execute('TransactWriteItems', transaction());
    second.execute('DeleteItem', { TableName, Key: { PK: { S: 'a' }, SK: { S: '1' } } });
    expect(
      second.readStream(TableName, 0, 10).map(({ sequence, record }) => [sequence, record.eventName]),
    ).toEqual([
      [1, 'INSERT'],
      [2, 'REMOVE'],
    ]);
    second.close();
  });

  it('loses nothing acknowledged when the process is killed', async () => {
    const file = newFile();
    const module = JSON.stringify(new URL('index.ts', import.meta.url).href);
    const script = `
      import { writeSync } from 'node:fs';
      const { TableEngine, sqliteStore } = await import(${module});
      const engine = new TableEngine({ store: sqliteStore(${JSON.stringify(file)}) });
      engine.execute('CreateTable', ${JSON.stringify(filings)});
      for (let n = 1; ; n++) {
        const items = ['x', 'y'].map((SK) => ({ Put: { TableName: 'filings', Item: { PK: { S: 'p' + n }, SK: { S: SK } } } }));
        engine.execute('TransactWriteItems', { TransactItems: items });
        writeSync(1, n + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        told += chunk.toString();
        if (told.length > 2000) child.kill('SIGKILL');
      });
      child.on('close', () => resolve());
    });
    const acknowledged = told.split('\n').length - 1;
    const engine = new TableEngine({ store: sqliteStore(file) });
    const count = (engine.execute('Scan', { TableName, Select: 'COUNT' }) as { Count: number }).Count;
    const records = engine.readStream(TableName, 0, 1_000_000).length;
    engine.close();
    expect(acknowledged).toBeGreaterThan(100);
    expect(count).toBeGreaterThanOrEqual(2 * acknowledged);
    // Both items of a transaction or neither, with a record for each.
    expect(count % 2).toBe(0);
    expect(records).toBe(count);
  });

  it('says in one sentence when it is damaged, in use or cannot be written', () => {
    const damaged = newFile();
    writeFileSync(damaged, 'this is no database, and was never one '.repeat(100));
    expect(() => sqliteStore(damaged)).toThrow(`The table file ${damaged} is damaged.`);
    const used = newFile();
    const store = sqliteStore(used);
    expect(() => sqliteStore(used)).toThrow(`The table file ${used} is in use by another process.`);
    store.close();
    const directory = newFile();
    mkdirSync(directory);
    expect(() => sqliteStore(directory)).toThrow(`The table file ${directory} cannot be written.`);
    const below = join(damaged, 'table.sqlite');
    expect(() => sqliteStore(below)).toThrow(`The table file ${below} cannot be written.`);
  });
});

describe('the two stores', () => {
  const partition = fc.constantFrom('p', 'q', 'p\0', '\uffff', '𐀀');
  const sort = fc.constantFrom('a', 'b', 'a\0', 'a\u0001', 'é', '\uffff', '𐀀');
  const attributes = fc.record(
    {
      ownerPk: fc.constantFrom({ S: 'o' }, { S: 'o\0' }, { S: '' }),
      rank: fc.constantFrom({ N: '1' }, { N: '-1.5' }, { N: '1e2' }, { N: '0' }),
      listed: fc.constantFrom({ S: 'x' }, { NULL: true }),
    },
    { requiredKeys: [] },
  );
  const keyed = fc.tuple(partition, sort).map(([PK, SK]) => ({ PK: { S: PK }, SK: { S: SK } }));
  const put = fc.tuple(keyed, attributes, fc.boolean()).map(([Key, more, fresh]) => ({
    Item: { ...Key, ...more },
    ...(fresh ? { ConditionExpression: 'attribute_not_exists(PK)' } : {}),
  }));
  const removal = keyed.map((Key) => ({ Key }));
  const count = keyed.map((Key) => ({
    Key,
    UpdateExpression: 'ADD rank :one',
    ExpressionAttributeValues: { ':one': { N: '0.5' } },
  }));
  const source = fc.constantFrom(
    {},
    { IndexName: 'by-owner' },
    { IndexName: 'by-rank' },
    { IndexName: 'everything' },
  );
  const inTable = (input: object) => ({ TableName, ...input });
  const operation = fc.oneof(
    put.map((input) => ['PutItem', inTable(input)] as const),
    removal.map((input) => ['DeleteItem', inTable(input)] as const),
    count.map((input) => ['UpdateItem', inTable(input)] as const),
    fc
      .array(
        fc.oneof(
          put.map((input) => ({ Put: inTable(input) })),
          removal.map((input) => ({ Delete: inTable(input) })),
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((TransactItems) => ['TransactWriteItems', { TransactItems }] as const),
    fc
      .tuple(source, fc.integer({ min: 1, max: 4 }))
      .map(([input, Limit]) => ['Scan', inTable({ ...input, Limit })] as const),
    fc.tuple(partition, fc.constantFrom('=', '<', '<=', '>', '>='), sort, fc.boolean()).map(
      ([PK, operator, SK, ScanIndexForward]) =>
        [
          'Query',
          inTable({
            KeyConditionExpression: `PK = :p AND SK ${operator} :s`,
            ExpressionAttributeValues: { ':p': { S: PK }, ':s': { S: SK } },
            ScanIndexForward,
          }),
        ] as const,
    ),
    fc.tuple(fc.boolean(), fc.constantFrom('<', '>=')).map(
      ([ScanIndexForward, operator]) =>
        [
          'Query',
          inTable({
            IndexName: 'by-owner',
            KeyConditionExpression: `ownerPk = :o AND rank ${operator} :r`,
            ExpressionAttributeValues: { ':o': { S: 'o' }, ':r': { N: '1' } },
            ScanIndexForward,
            Limit: 2,
          }),
        ] as const,
    ),
  );

  const outcome = (engine: TableEngine, name: string, input: object): unknown => {
    try {
      return engine.execute(name, structuredClone(input));
    } catch (error) {
      return [(error as Error).name, (error as Error).message];
    }
  };

  it('agree on every answer of random histories', () => {
    const engines = [engineOn(memoryStore()), engineOn(sqliteStore(newFile()))];
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 30 }), (history) => {
        for (const engine of engines) engine.execute('CreateTable', structuredClone(filings));
        const steps = [
          ...history,
          ['Scan', { TableName }] as const,
          ['Scan', { TableName, IndexName: 'everything' }] as const,
        ];
        for (const [name, input] of steps) {
          const [memory, sqlite] = engines.map((engine) => outcome(engine, name, input));
          expect(sqlite).toEqual(memory);
        }
        const [memory, sqlite] = engines.map((engine) =>
          engine
            .readStream(TableName, 0, 1000)
            .map(({ record: { dynamodb } }) => [dynamodb.OldImage, dynamodb.NewImage]),
        );
        expect(sqlite).toEqual(memory);
        for (const engine of engines) engine.execute('DeleteTable', { TableName });
      }),
      { numRuns: 60 },
    );
    for (const engine of engines) engine.close();
  });

  it.each([
    ['memory', () => memoryStore()],
    ['sqlite', () => sqliteStore(newFile())],
  ])('take back all of a transaction that fails (%s)', (_name, open) => {
    const store = open();
    const row = (sort: string, text: string) => ({
      partition: 'p',
      sort,
      image: Image.of({ x: { S: text } }),
    });
    const state = () => [
      [...store.range(1, 'p', { from: '' }, false, 10)].map(({ sort, image }) => [sort, image.item]),
      [...store.definitions()],
      store.records('s', 0, 0, 10).length,
      store.receipt('t')?.request,
      store.expired(1, 0, 10, 10).length,
    ];
    store.put(1, row('kept', 'old'), 5);
    store.put(1, row('removed', 'old'));
    store.saveDefinition('filings', 'old');
    const before = state();
    const fail = () =>
      store.transact(() => {
        store.put(1, row('kept', 'new'));
        store.put(1, row('fresh', 'new'), 6);
        store.remove(1, 'p', 'removed');
        store.saveDefinition('filings', 'new');
        store.saveReceipt({ token: 't', request: 'r', at: 0 });
        store.append({
          sequence: 1,
          stream: 's',
          at: 1,
          event: 'INSERT',
          keys: Image.of({}),
          expired: false,
        });
        throw new Error('in the middle');
      });
    expect(fail).toThrow('in the middle');
    expect(state()).toEqual(before);
    store.clear(1);
    expect([...store.range(1, 'p', { from: '' }, false, 10)]).toEqual([]);
    store.close();
  });
});
