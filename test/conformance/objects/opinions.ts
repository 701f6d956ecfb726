/** Other S3 servers, where they are installed: second opinions. Each gets its buckets through S3's own operations. */
import {
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Column } from '../differences.ts';
import { freePort, opinionsFolder, startProcess, type Running } from '../processes.ts';
import { cephInstalled, startCeph } from './ceph.ts';
import type { Standing } from './ours.ts';
import type { BucketWish, CorsWish, Keys, Target } from './target.ts';

export interface Opinion extends Column {
  /** How it is installed. */
  readonly install: string;
  /** It takes longer than a test may: heard by `npm run conformance` only. */
  readonly slow?: boolean;
  readonly credentials: Keys;
  /** @returns nothing when it is not installed */
  start(port: number, folder: string): Promise<Running | undefined>;
}

const region = 'us-east-1';
const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'local-secret' };
const byNpm = 'npm ci --prefix test/conformance/second-opinions';

export const opinions: readonly Opinion[] = [
  {
    key: 'ceph-16',
    title: 'Ceph 16',
    install: 'apt-get install --no-install-recommends radosgw ceph-mon ceph-osd (Debian 12)',
    slow: true,
    credentials,
    start: async (port, folder) => (cephInstalled('16') ? startCeph(folder, port, credentials) : undefined),
  },
  {
    key: 's3rver',
    title: 's3rver',
    install: byNpm,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    start(port, folder) {
      const place = ['--directory', folder, '--address', '127.0.0.1', '--port', String(port)];
      return startPackage(['s3rver', 'bin', 's3rver.js'], port, [...place, '--silent'], {});
    },
  },
  {
    key: 'fauxqs',
    title: 'fauxqs',
    install: byNpm,
    credentials,
    start(port) {
      const env = { FAUXQS_PORT: String(port), FAUXQS_HOST: '127.0.0.1', FAUXQS_LOGGER: 'false' };
      return startPackage(['fauxqs', 'dist', 'cli.js'], port, [], env);
    },
  },
];

async function startPackage(
  file: readonly string[],
  port: number,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Running | undefined> {
  const program = path.join(opinionsFolder, ...file);
  if (!existsSync(program)) return undefined;
  const answers = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}`)).status > 0;
  return startProcess([process.execPath, program, ...args], env, answers);
}

/** A second opinion at work, which may fall over. */
export interface Speaking extends Standing {
  alive(): boolean;
}

/**
 * @returns nothing when it is not installed
 * @throws when it is and does not answer
 */
export async function startOpinion(opinion: Opinion): Promise<Speaking | undefined> {
  const [port, folder] = [await freePort(), mkdtempSync(path.join(tmpdir(), 'opinion-'))];
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const running = await opinion.start(port, folder).catch((error: unknown) => {
    remove();
    throw error;
  });
  if (running === undefined) {
    remove();
    return undefined;
  }
  const url = `http://127.0.0.1:${port}`;
  const clients: S3Client[] = [];
  const client = (config: S3ClientConfig): S3Client => {
    const { credentials } = opinion;
    const made = new S3Client({
      endpoint: url,
      region,
      credentials,
      forcePathStyle: true,
      maxAttempts: 1,
      ...config,
    });
    clients.push(made);
    return made;
  };
  return {
    target: connect(url, opinion, client),
    alive: () => running.alive(),
    async stop() {
      for (const made of clients) made.destroy();
      await running.end();
      remove();
    },
  };
}

function connect(url: string, opinion: Opinion, client: Target['client']): Target {
  const s3 = client({});
  let count = 0;
  return {
    url,
    region,
    credentials: opinion.credentials,
    s3,
    client,
    async bucket(wish = {}) {
      const Bucket = `bucket-${++count}`;
      await makeBucket(s3, Bucket, wish);
      return Bucket;
    },
    async suspend(Bucket) {
      const VersioningConfiguration = { Status: 'Suspended' } as const;
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    },
    events: () => [],
  };
}

async function makeBucket(s3: S3Client, Bucket: string, wish: BucketWish): Promise<void> {
  const lock = wish.objectLock !== undefined;
  await s3.send(new CreateBucketCommand({ Bucket, ...(lock ? { ObjectLockEnabledForBucket: true } : {}) }));
  if (wish.versioning === true) {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  const retention = wish.objectLock?.defaultRetention;
  if (retention !== undefined) {
    const Rule = { DefaultRetention: { Mode: retention.mode, Days: retention.days } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  }
  if (wish.cors !== undefined && wish.cors.length > 0) {
    const CORSConfiguration = { CORSRules: wish.cors.map(corsRule) };
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration }));
  }
}

function corsRule(wish: CorsWish) {
  return {
    AllowedOrigins: [...wish.allowedOrigins],
    AllowedMethods: [...wish.allowedMethods],
    ...(wish.allowedHeaders && { AllowedHeaders: [...wish.allowedHeaders] }),
    ...(wish.exposedHeaders && { ExposeHeaders: [...wish.exposedHeaders] }),
    ...(wish.maxAge !== undefined && { MaxAgeSeconds: wish.maxAge }),
  };
}
