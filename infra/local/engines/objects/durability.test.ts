import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectEngine, type ObjectEvent } from './index.ts';
import { credentials, refusal, serveEngine } from './testing.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'objects-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const secretOf = () => credentials.secretAccessKey;
const Bucket = 'quarantine';

describe('events', () => {
  it('have the form EventBridge gives them, in the order of the changes', async () => {
    const served = await serveEngine();
    served.engine.createBucket(Bucket, { versioning: true });
    served.engine.createBucket('plain');
    served.engine.createBucket('silent', { events: false });
    const heard: ObjectEvent[] = [];
    const stop = served.engine.onEvent((event) => {
      expect(served.engine.pendingEvents(99)).toContainEqual(event);
      heard.push(event);
    });
    const put = await served.s3.send(new PutObjectCommand({ Bucket, Key: '合 同', Body: 'bytes' }));
    const Tagging = { TagSet: [{ Key: 'verdict', Value: 'clean' }] };
    await served.s3.send(new PutObjectTaggingCommand({ Bucket, Key: '合 同', Tagging }));
    await served.s3.send(
      new CopyObjectCommand({
        Bucket: 'plain',
        Key: 'copy',
        CopySource: `${Bucket}/${encodeURIComponent('合 同')}`,
      }),
    );
    await served.s3.send(new DeleteObjectCommand({ Bucket, Key: '合 同' }));
    await served.s3.send(new DeleteObjectCommand({ Bucket, Key: '合 同', VersionId: put.VersionId }));
    await served.s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'never there' }));
    await served.s3.send(new PutObjectCommand({ Bucket: 'silent', Key: 'x', Body: 'x' }));
    const pending = served.engine.pendingEvents(99);
    expect(heard).toEqual(pending);
    expect(
      pending.map(({ detailType, detail }) => [detailType, detail.reason, detail['deletion-type']]),
    ).toEqual([
      ['Object Created', 'PutObject', undefined],
      ['Object Tags Added', undefined, undefined],
      ['Object Created', 'CopyObject', undefined],
      ['Object Deleted', 'DeleteObject', 'Delete Marker Created'],
      ['Object Deleted', 'DeleteObject', 'Permanently Deleted'],
    ]);
    expect(pending[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      detailType: 'Object Created',
      detail: {
        version: '0',
        bucket: { name: Bucket },
        object: {
          key: '合 同',
          size: 5,
          etag: put.ETag?.replaceAll('"', ''),
          'version-id': put.VersionId,
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/) as string,
        },
        'request-id': put.$metadata.requestId,
        requester: credentials.accessKeyId,
        'source-ip-address': '127.0.0.1',
        reason: 'PutObject',
      },
    });
    expect(pending[2]?.detail.object).not.toHaveProperty('version-id');
    stop();
    await served.s3.send(new PutObjectCommand({ Bucket, Key: 'after', Body: 'x' }));
    expect(heard).toHaveLength(5);
    await served.close();
  });
});

describe('a restart', () => {
  it('keeps objects, versions, tags, locks, and offers again what nobody acknowledged', async () => {
    const first = await serveEngine({ dir });
    first.engine.createBucket(Bucket, { objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 1 } } });
    for (const [Key, Body] of [
      ['a', 'one'],
      ['a', 'two'],
      ['b', ''],
    ] as const) {
      await first.s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body), Tagging: 'k=v' }));
    }
    const [done, ...left] = first.engine.pendingEvents(9);
    expect(left).toHaveLength(2);
    first.engine.ackEvent(done?.id ?? '');
    first.engine.ackEvent(done?.id ?? '');
    await first.close();

    const second = await serveEngine({ dir });
    expect(second.engine.pendingEvents(9)).toEqual(left);
    expect(second.engine.pendingEvents(1)).toEqual(left.slice(0, 1));
    const { Body } = await second.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    expect(await Body?.transformToString()).toBe('two');
    const VersionId = done?.detail.object['version-id'];
    expect((await second.engine.read(Bucket, 'a', VersionId)).toString()).toBe('one');
    expect((await second.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'b' }))).TagSet).toEqual([
      { Key: 'k', Value: 'v' },
    ]);
    const remove = new DeleteObjectCommand({ Bucket, Key: 'a', VersionId });
    await expect(second.s3.send(remove)).rejects.toMatchObject(refusal('AccessDenied', 403));
    await second.close();
  });

  it('sweeps what a killed process had half done', async () => {
    const first = await serveEngine({ dir });
    first.engine.createBucket(Bucket);
    await first.s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }));
    await first.close();
    writeFileSync(join(dir, 'incoming', 'half'), 'x');
    writeFileSync(join(dir, 'blobs', 'orphan'), 'x');
    const second = await serveEngine({ dir });
    expect([readdirSync(join(dir, 'incoming')), readdirSync(join(dir, 'blobs'))]).toEqual([
      [],
      [expect.not.stringContaining('orphan')],
    ]);
    expect((await second.engine.read(Bucket, 'kept')).toString()).toBe('x');
    await second.close();
  });

  it('after kill -9 in the middle of writes has all that was acknowledged, each with its event', async () => {
    const program = `
      import { createServer } from 'node:http';
      import { ObjectEngine } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
      const engine = new ObjectEngine({ dir: ${JSON.stringify(dir)}, credentials: () => ${JSON.stringify(credentials.secretAccessKey)} });
      engine.createBucket('${Bucket}', {});
      const server = createServer(engine.handler()).listen(0, '127.0.0.1', () => console.log(server.address().port));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const endpoint = `http://127.0.0.1:${line.toString().trim()}`;
    const s3 = new S3Client({ endpoint, region: 'r', credentials, forcePathStyle: true, maxAttempts: 1 });
    const acknowledged: string[] = [];
    async function write(writer: number): Promise<void> {
      for (let count = 0; ; count++) {
        const Key = `${writer}/${count}`;
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(50_000, Key) }));
        acknowledged.push(Key);
        if (acknowledged.length === 40) child.kill('SIGKILL');
      }
    }
    const writers = await Promise.allSettled([write(1), write(2), write(3), write(4)]);
    s3.destroy();
    expect(writers.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'rejected'));
    expect(acknowledged.length).toBeGreaterThanOrEqual(40);

    const engine = new ObjectEngine({ dir, credentials: secretOf });
    const announced = new Set(engine.pendingEvents(1000).map(({ detail }) => detail.object.key));
    for (const key of acknowledged) {
      expect(announced).toContain(key);
      expect((await engine.read(Bucket, key)).equals(Buffer.alloc(50_000, key))).toBe(true);
    }
    expect(readdirSync(join(dir, 'blobs'))).toHaveLength(announced.size);
    engine.close();
  });
});

describe('a folder that cannot be used', () => {
  it('is told in one sentence', () => {
    const first = new ObjectEngine({ dir, credentials: secretOf });
    const open = (folder: string) => () => new ObjectEngine({ dir: folder, credentials: secretOf });
    expect(open(dir)).toThrow(/^The object store at .*objects\.db is in use by another process\.$/);
    first.close();
    expect(open(join(dir, 'objects.db'))).toThrow(/^The object store at .* cannot be written\.$/);
    writeFileSync(join(dir, 'objects.db'), 'no database at all '.repeat(300));
    expect(open(dir)).toThrow(/^The object store at .*objects\.db is damaged\.$/);
  });

  it('that lost the bytes of an object says so', async () => {
    const served = await serveEngine({ dir });
    served.engine.createBucket(Bucket);
    await served.s3.send(new PutObjectCommand({ Bucket, Key: 'lost', Body: 'x' }));
    for (const name of readdirSync(join(dir, 'blobs'))) rmSync(join(dir, 'blobs', name));
    await expect(served.s3.send(new GetObjectCommand({ Bucket, Key: 'lost' }))).rejects.toMatchObject({
      ...refusal('InternalError', 500),
      message: 'The bytes of this object are missing from the local store.',
    });
    rmSync(join(dir, 'incoming'), { recursive: true });
    await expect(
      served.s3.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'x' })),
    ).rejects.toMatchObject({
      ...refusal('InternalError', 500),
      message: expect.stringContaining('The local object engine failed: ENOENT') as string,
    });
    await served.close();
  });
});
