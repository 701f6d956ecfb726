/** What the tests of the engine share: an engine behind HTTP on a free port, the real SDK before it, and a table. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TableEngine, tableHttpHandler, type TableEngineOptions } from './index.ts';

export interface Bench {
  readonly engine: TableEngine;
  readonly url: string;
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  close(): Promise<void>;
}

/** Serves a new engine on a port of its own. The SDK tries each request once, so that a refusal shows. */
export async function startBench(options: TableEngineOptions): Promise<Bench> {
  const engine = new TableEngine(options);
  const faults: unknown[] = [];
  const server = createServer(tableHttpHandler(engine, { warn: (error) => faults.push(error) }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    engine,
    url,
    client,
    documents: DynamoDBDocumentClient.from(client),
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      engine.close();
      // A request never makes the engine itself fail.
      if (faults.length > 0) throw new Error('The engine failed', { cause: faults[0] });
    },
  };
}

/** A table of filings: keys PK and SK, an index by owner with one more attribute, one by number with keys alone. */
export const filings: CreateTableCommandInput = {
  TableName: 'filings',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'PK', AttributeType: 'S' },
    { AttributeName: 'SK', AttributeType: 'S' },
    { AttributeName: 'ownerPk', AttributeType: 'S' },
    { AttributeName: 'rank', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'PK', KeyType: 'HASH' },
    { AttributeName: 'SK', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-owner',
      KeySchema: [
        { AttributeName: 'ownerPk', KeyType: 'HASH' },
        { AttributeName: 'rank', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['listed'] },
    },
    {
      IndexName: 'by-rank',
      KeySchema: [{ AttributeName: 'rank', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    {
      IndexName: 'everything',
      KeySchema: [{ AttributeName: 'ownerPk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};
