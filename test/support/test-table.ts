/** What the tests of the table's adapters share: the platform's table on the local engine, and records that lie in it. */
import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { memoryStore, type Faults, type TableEngine } from '../../infra/local/engines/table/index.ts';
import { startBench } from '../../infra/local/engines/table/test-bench.ts';
import type { Commit, DeskEntry, Receipt, Store } from '../../shared/app/ports.ts';
import { chain, type Chained } from '../../shared/domain/audit/entry.ts';
import type { Head } from '../../shared/domain/submissions/submission.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { tableSchema } from '../../shared/adapters/dynamodb/table.ts';

export const at = '2021-11-01T01:02:03.004Z';

export interface TestTable {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
  readonly engine: TableEngine;
  readonly store: Store;
  /** How many items lie in it. */
  count(): Promise<number>;
  close(): Promise<void>;
}

/** A table of its own behind HTTP; the caller closes it. */
export async function testTable(faults?: Faults, now: () => string = () => at): Promise<TestTable> {
  const bench = await startBench({ store: memoryStore(), ...(faults ? { faults } : {}) });
  const name = 'anju';
  await bench.client.send(new CreateTableCommand(definition(name)));
  const client = DynamoDBDocumentClient.from(bench.client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    name,
    client,
    engine: bench.engine,
    store: dynamoStore(client, name, now),
    async count() {
      const { Count: count = 0 } = await client.send(new ScanCommand({ TableName: name, Select: 'COUNT' }));
      return count;
    },
    close: () => bench.close(),
  };
}

/** The platform's table as it is created on an engine. */
export function definition(name: string): CreateTableCommand['input'] {
  const indexes = Object.values(tableSchema.indexes);
  const keyed = [tableSchema, ...indexes];
  const schema = ({ partitionKey, sortKey }: (typeof keyed)[number]) => [
    { AttributeName: partitionKey, KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyed.flatMap(schema).map(({ AttributeName }) => ({
      AttributeName,
      AttributeType: 'S' as const,
    })),
    KeySchema: schema(tableSchema),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: schema(index),
      Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.include] },
    })),
  };
}

/** A filing as it begins. */
export function draftHead(given: Partial<Head> = {}): Head {
  return {
    id: randomUUID(),
    kind: 'five-year-target',
    owner: '150600',
    period: '2021-2025',
    path: 'regional-review',
    tier: 'none',
    state: 'draft',
    version: 1,
    frozen: 0,
    hands: {},
    clocks: [],
    opinions: [],
    asked: [],
    extensions: [],
    corrections: 0,
    received: false,
    noted: false,
    createdAt: at,
    updatedAt: at,
    seq: 0,
    hash: '',
    ...given,
  };
}

const by = { sub: 'p-1', office: '150600', role: 'drafter' };

/** The change that writes a filing, with its entry. */
export function headChange(
  head: Head,
  before?: Chained,
): { change: Commit['changes'][number] & { readonly kind: 'submission' }; head: Head } {
  const event = { type: 'submission.saved', facts: { kind: head.kind } };
  const { record, entry } = chain(`submission:${head.id}`, before, head, event, by, at);
  return {
    head: record,
    change: { kind: 'submission', ...(before ? { before } : {}), after: record, entry },
  };
}

/** A line on the desk of a drafter. */
export function deskEntry(given: Partial<DeskEntry> = {}): DeskEntry {
  return {
    office: '150600',
    role: 'drafter',
    task: 'finish-draft',
    record: `submission:${randomUUID()}`,
    kind: 'five-year-target',
    owner: '150600',
    period: '2021-2025',
    since: at,
    ...given,
  };
}

export function receiptFor(key: string, given: Partial<Receipt> = {}): Receipt {
  return { sub: 'p-1', key, request: 'r', answer: { status: 200, body: { ok: true } }, ...given };
}
