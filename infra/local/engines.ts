/** The engines, with the tables, buckets and keys that the template asks for, each behind a loopback address. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { PlatformClock } from './clock.ts';
import { KeyEngine, type NewKey } from './engines/keys/index.ts';
import { ObjectEngine, type BucketSettings } from './engines/objects/index.ts';
import {
  memoryStore,
  sqliteStore,
  tableHttpHandler,
  TableEngine,
  type MeteredCall,
} from './engines/table/index.ts';
import { AccessGuard, type UsedAccess } from './iam/guard.ts';
import type { StreamSource } from './stream-pump.ts';
import type { Assembly, Resource } from './template.ts';

export interface Engines {
  readonly table: TableEngine;
  readonly objects: ObjectEngine;
  readonly urls: { readonly table: string; readonly objects: string; readonly keys: string };
  readonly stream: StreamSource;
  readonly guard: AccessGuard;
  onWrite(listener: () => void): void;
  /** Deletes what its time to live has ended, by the platform's clock. */
  expire(): void;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly clock: PlatformClock;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly account: string;
  /** Where table, objects and keys should listen; a port that is taken gives way to any other. */
  readonly ports?: readonly number[];
  /** Absent: in memory. */
  readonly dataDir?: string;
  /** Is told of every call to the table, and what it consumed. */
  readonly meter?: (call: MeteredCall) => void;
  /** Is told of every access of a function that its role allows. */
  readonly used?: (access: UsedAccess) => void;
  /** Is told of every call that is denied. */
  readonly warn?: (line: string) => void;
}

/** What the template leaves out is a key that encrypts, as in KMS. */
function keyKind(properties: Resource['properties']): Pick<NewKey, 'spec' | 'usage'> {
  const { KeySpec: spec = 'SYMMETRIC_DEFAULT', KeyUsage: usage = 'ENCRYPT_DECRYPT' } = properties;
  return { spec: spec as NewKey['spec'], usage: usage as NewKey['usage'] };
}

export async function makeEngines(assembly: Assembly, options: EngineOptions): Promise<Engines> {
  const { clock, credentials, region, account, dataDir, meter, used, warn } = options;
  const place = { partition: 'aws', region, account, now: clock.now };
  const guard = new AccessGuard(assembly, {
    place: { partition: 'aws', region, account },
    owner: credentials.accessKeyId,
    warn: warn ?? (() => undefined),
    ...(used ? { used } : {}),
  });
  const table = new TableEngine({
    ...place,
    store: dataDir ? sqliteStore(path.join(dataDir, 'table.db')) : memoryStore(),
  });
  // Every function signs with an access key of its own, so that its calls can be told apart.
  const secretOf = (id: string): string | undefined =>
    id === credentials.accessKeyId || id.startsWith(`${credentials.accessKeyId}-`)
      ? credentials.secretAccessKey
      : undefined;
  const objects = new ObjectEngine({
    now: clock.now,
    credentials: secretOf,
    refuses: (caller, asked) => guard.refusesObject(caller, asked),
    ...(dataDir ? { dir: path.join(dataDir, 'objects') } : {}),
  });
  const keys = new KeyEngine({
    ...place,
    refuses: (caller, operation, keyArn) => guard.refusesKey(caller, operation, keyArn),
    ...(dataDir ? { file: path.join(dataDir, 'keys.db') } : {}),
  });

  const tables = assembly.ofType('AWS::DynamoDB::Table');
  const [streamed, ...others] = tables.filter(({ properties }) => 'StreamSpecification' in properties);
  if (others.length > 0) throw new Error('Only one table may have a stream on one machine');
  const streamName = streamed ? assembly.nameOf(streamed) : '';
  for (const resource of tables) makeTable(table, assembly.nameOf(resource), resource);
  for (const bucket of assembly.ofType('AWS::S3::Bucket'))
    objects.createBucket(assembly.nameOf(bucket), bucketSettings(bucket));
  for (const key of assembly.ofType('AWS::KMS::Key'))
    keys.createKey({ id: assembly.nameOf(key), ...keyKind(key.properties) });

  const servers = [
    createServer(
      tableHttpHandler(table, {
        ...(meter ? { meter } : {}),
        refuses: (caller, operation, input) => guard.refusesTable(caller, operation, input),
      }),
    ),
    createServer(objects.handler()),
    createServer(keys.handler()),
  ];
  const [tableUrl = '', objectsUrl = '', keysUrl = ''] = await Promise.all(
    servers.map((server, index) => listening(server, options.ports?.[index] ?? 0)),
  );
  return {
    table,
    objects,
    guard,
    urls: { table: tableUrl, objects: objectsUrl, keys: keysUrl },
    stream: { read: (after, limit) => table.readStream(streamName, after, limit) },
    onWrite: (listener) => {
      table.onStream(listener);
    },
    expire: () => {
      table.expire(clock.now());
    },
    async close() {
      await Promise.all(servers.map(closed));
      table.close();
      objects.close();
      keys.close();
    },
  };
}

/** Creates the table once; a second start finds it there, and gives it the indexes that the template has by then. */
function makeTable(engine: TableEngine, name: string, { properties }: Resource): void {
  const {
    AttributeDefinitions,
    KeySchema,
    GlobalSecondaryIndexes,
    StreamSpecification,
    TimeToLiveSpecification,
  } = properties;
  try {
    engine.execute('CreateTable', {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions,
      KeySchema,
      ...(GlobalSecondaryIndexes ? { GlobalSecondaryIndexes } : {}),
      ...(StreamSpecification
        ? { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }
        : {}),
      DeletionProtectionEnabled: true,
    });
  } catch (error) {
    if ((error as Error).name !== 'ResourceInUseException') throw error;
    renewIndexes(engine, name, properties);
    return;
  }
  if (TimeToLiveSpecification)
    engine.execute('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification });
}

interface Index {
  readonly IndexName: string;
  readonly KeySchema: unknown;
  readonly Projection: unknown;
}

/** The folder may be of an earlier version. Indexes are derived: one that changed is made anew from the items. */
function renewIndexes(engine: TableEngine, name: string, properties: Resource['properties']): void {
  const { Table: found } = engine.execute('DescribeTable', { TableName: name }) as {
    Table: { KeySchema: unknown; GlobalSecondaryIndexes?: Index[] };
  };
  if (!isDeepStrictEqual(found.KeySchema, properties['KeySchema']))
    throw new Error(`数据目录中的表 ${name} 主键不同 / the table ${name} in the data folder has another key`);
  const wanted = (properties['GlobalSecondaryIndexes'] ?? []) as Index[];
  const isIn = (list: readonly Index[], { IndexName, KeySchema, Projection }: Index): boolean =>
    list.some((one) => isDeepStrictEqual({ ...one, IndexName, KeySchema, Projection }, one));
  const before = found.GlobalSecondaryIndexes ?? [];
  const changes = [
    ...before.filter((one) => !isIn(wanted, one)).map(({ IndexName }) => ({ Delete: { IndexName } })),
    ...wanted.filter((one) => !isIn(before, one)).map((one) => ({ Create: one })),
  ];
  if (changes.length === 0) return;
  engine.execute('UpdateTable', {
    TableName: name,
    AttributeDefinitions: properties['AttributeDefinitions'],
    GlobalSecondaryIndexUpdates: changes,
  });
}

interface CorsRuleProperties {
  readonly AllowedOrigins: string | string[];
  readonly AllowedMethods: string[];
  readonly AllowedHeaders?: string[];
  readonly ExposedHeaders?: string[];
  readonly MaxAge?: number;
}

function bucketSettings({ properties }: Resource): BucketSettings {
  const cors = (properties['CorsConfiguration'] as { CorsRules: CorsRuleProperties[] } | undefined)
    ?.CorsRules;
  const lock = properties['ObjectLockConfiguration'] as
    | { Rule?: { DefaultRetention?: { Mode: 'GOVERNANCE' | 'COMPLIANCE'; Days?: number; Years?: number } } }
    | undefined;
  const retention = lock?.Rule?.DefaultRetention;
  return {
    versioning:
      (properties['VersioningConfiguration'] as { Status?: string } | undefined)?.Status === 'Enabled',
    events: 'NotificationConfiguration' in properties,
    ...(cors
      ? {
          cors: cors.map((rule) => ({
            allowedOrigins: [rule.AllowedOrigins].flat().flatMap((origins) => origins.split(',')),
            allowedMethods: rule.AllowedMethods,
            ...(rule.AllowedHeaders ? { allowedHeaders: rule.AllowedHeaders } : {}),
            ...(rule.ExposedHeaders ? { exposedHeaders: rule.ExposedHeaders } : {}),
            ...(rule.MaxAge === undefined ? {} : { maxAge: rule.MaxAge }),
          })),
        }
      : {}),
    ...(lock
      ? {
          objectLock: retention
            ? {
                defaultRetention: {
                  mode: retention.Mode,
                  ...(retention.Days === undefined ? {} : { days: retention.Days }),
                  ...(retention.Years === undefined ? {} : { years: retention.Years }),
                },
              }
            : {},
        }
      : {}),
  };
}

async function listening(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (port === 0 || error.code !== 'EADDRINUSE') reject(error);
      else server.listen(0, '127.0.0.1', resolve);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
