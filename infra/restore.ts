/**
 * The restore drill (恢复演练): the table is exported in the form of DynamoDB's own exports, a new table is filled from it, and
 * the new one is held against the old one and against the ledger, which no restore touches. On AWS the new table comes from a
 * point in time; holding it is the same.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  paginateScan,
  waitUntilTableExists,
  type AttributeValue,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { hashOf } from '../shared/kernel/hash.ts';

type Item = Record<string, AttributeValue>;

/** Items and a mark over their contents, by what they are: the beginning of their keys. */
export type Census = Readonly<Record<string, { readonly items: number; readonly mark: string }>>;

/**
 * Writes every item into a file, one line `{"Item":{…}}` each, packed with gzip: as an export to S3 has them.
 * @returns how many
 */
export async function exportTable(client: DynamoDBClient, table: string, file: string): Promise<number> {
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const item of itemsOf(client, table)) {
      count += 1;
      yield `${JSON.stringify({ Item: item })}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file));
  return count;
}

/** Makes a table with the keys and indexes of another, and waits for it. */
export async function createLike(client: DynamoDBClient, table: string, name: string): Promise<void> {
  const { Table: like } = await client.send(new DescribeTableCommand({ TableName: table }));
  const indexes = (like?.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: like?.AttributeDefinitions,
      KeySchema: like?.KeySchema,
      GlobalSecondaryIndexes: indexes,
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 300 }, { TableName: name });
}

/** The most that one batch takes. */
const batch = 25;

/** @returns how many items the file has, all of them written */
export async function importTable(client: DynamoDBClient, table: string, file: string): Promise<number> {
  let count = 0;
  let waiting: WriteRequest[] = [];
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });
  for await (const line of lines) {
    waiting.push({ PutRequest: { Item: revived((JSON.parse(line) as { Item: Item }).Item) } });
    count += 1;
    if (waiting.length === batch) waiting = await written(client, table, waiting);
  }
  while (waiting.length > 0) waiting = await written(client, table, waiting);
  return count;
}

/** @returns what the table did not take this time */
async function written(
  client: DynamoDBClient,
  table: string,
  requests: WriteRequest[],
): Promise<WriteRequest[]> {
  const { UnprocessedItems: left } = await client.send(
    new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
  );
  return left?.[table] ?? [];
}

/** Bytes are base64 in the file; the platform keeps texts, numbers, lists and maps alone. */
function revived(item: Item): Item {
  for (const value of Object.values(item))
    if (value.B !== undefined || value.BS !== undefined)
      throw new Error('An item with bytes is not expected');
  return item;
}

/** Counts a table. The mark is the same for the same items, in whatever order they come. */
export async function censusOf(client: DynamoDBClient, table: string): Promise<Census> {
  const census: Record<string, { items: number; mark: string }> = {};
  for await (const item of itemsOf(client, table)) {
    const name = placeOf(item);
    const { items, mark } = census[name] ?? { items: 0, mark: '0'.repeat(64) };
    census[name] = { items: items + 1, mark: added(mark, hashOf(item)) };
  }
  return Object.fromEntries(Object.entries(census).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of what kind an item is, `SUB/VER`: the first words of both keys, where they are words. */
export function placeOf({ PK: partition, SK: sort }: Item): string {
  const wordOf = (key: AttributeValue | undefined): string => /^[A-Z]+(?=#|$)/.exec(key?.S ?? '')?.[0] ?? '*';
  return `${wordOf(partition)}/${wordOf(sort)}`;
}

/** A sum does not know the order of what was added. */
function added(mark: string, hash: string): string {
  const sum = (BigInt(`0x${mark}`) + BigInt(`0x${hash}`)) % 2n ** 256n;
  return sum.toString(16).padStart(64, '0');
}

/** What two tables have of a kind, where they are not the same. */
export function differences(
  live: Census,
  restored: Census,
): readonly { readonly name: string; readonly live: number; readonly restored: number }[] {
  const names = [...new Set([...Object.keys(live), ...Object.keys(restored)])].toSorted();
  return names
    .filter((name) => live[name]?.mark !== restored[name]?.mark)
    .map((name) => ({ name, live: live[name]?.items ?? 0, restored: restored[name]?.items ?? 0 }));
}

async function* itemsOf(client: DynamoDBClient, table: string): AsyncGenerator<Item> {
  for await (const { Items: items } of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
    yield* items ?? [];
}
