/**
 * The platform whose records a command line looks at: the one that runs, in a folder or in memory, or the stopped one of
 * the folder, which is started for the look: its stream may still have entries to bring along.
 */
import { existsSync } from 'node:fs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { runningIn } from './data-folder.ts';
import { startPlatform } from './platform.ts';

export interface KeptPlatform {
  readonly table: DynamoDBDocumentClient;
  /** The same, in the form of the wire. */
  readonly tableClient: DynamoDBClient;
  readonly tableName: string;
  readonly objects: S3Client;
  readonly ledger: string;
  readonly functions: LambdaClient;
  /** The bucket of what functions failed on. */
  readonly failures: string;
  close(): Promise<void>;
}

interface Runtime {
  readonly engines: { readonly table: string; readonly objects: string };
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly table: string;
  readonly ledger: string;
  readonly failures: string;
}

/** @returns undefined when there is neither a running platform nor a folder; that was said on the error output */
export async function keptPlatform(): Promise<KeptPlatform | undefined> {
  const folder = process.env['ANJU_DATA'] ?? '.anju';
  /** A platform in memory has no folder, but answers on its port. */
  const inMemory = `http://127.0.0.1:${process.env['PORT'] ?? 4000}`;
  const running =
    runningIn(folder)?.url ??
    ((await fetch(`${inMemory}/dev/runtime`).catch(() => undefined))?.ok ? inMemory : undefined);
  if (!running && !existsSync(folder)) {
    console.error(`安居: 没有数据目录 ${folder} / there is no data folder ${folder}; npm start makes one`);
    return undefined;
  }
  const platform = running ? undefined : await startPlatform({ port: 0, dataDir: folder });
  const url = platform?.url ?? running ?? '';
  await fetch(`${url}/dev/drain`, { method: 'POST' });
  const runtime = (await (await fetch(`${url}/dev/runtime`)).json()) as Runtime;
  const { now } = (await (await fetch(`${url}/dev/clock`)).json()) as { now: string };
  const common = {
    region: runtime.region,
    credentials: runtime.credentials,
    systemClockOffset: Date.parse(now) - Date.now(),
  };
  const tableClient = new DynamoDBClient({ ...common, endpoint: runtime.engines.table });
  return {
    tableClient,
    table: DynamoDBDocumentClient.from(tableClient),
    tableName: runtime.table,
    objects: new S3Client({ ...common, endpoint: runtime.engines.objects, forcePathStyle: true }),
    ledger: runtime.ledger,
    functions: new LambdaClient({ ...common, endpoint: url }),
    failures: runtime.failures,
    close: async () => platform?.close(),
  };
}
