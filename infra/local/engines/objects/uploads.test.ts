import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type ChecksumAlgorithm,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, sampleBytes, serveEngine, type Served } from './testing.ts';

let served: Served;
let dir: string;
const Bucket = 'quarantine';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'objects-'));
  served = await serveEngine({ dir });
  served.engine.createBucket(Bucket);
});
afterAll(async () => {
  await served.close();
  rmSync(dir, { recursive: true });
});

const large = sampleBytes(6 * 1024 * 1024 + 17);

async function bytes(Key: string): Promise<Buffer> {
  const { Body } = await served.s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

function files(): { kept: number; halves: number } {
  return { kept: readdirSync(join(dir, 'blobs')).length, halves: readdirSync(join(dir, 'incoming')).length };
}

describe('bodies of every kind', () => {
  it.each<ChecksumAlgorithm>(['CRC32', 'CRC32C', 'SHA1', 'SHA256'])(
    'a stream in chunks with a trailing %s',
    async (algorithm) => {
      const Body = Readable.from([
        large.subarray(0, 100_000),
        large.subarray(100_000, 5_500_000),
        large.subarray(5_500_000),
      ]);
      const input = {
        Bucket,
        Key: `stream-${algorithm}`,
        Body,
        ContentLength: large.length,
        ChecksumAlgorithm: algorithm,
      };
      const written = await served.s3.send(new PutObjectCommand(input));
      expect(written[`Checksum${algorithm}` as 'ChecksumCRC32']).toMatch(/=$/);
      expect((await bytes(input.Key)).equals(large)).toBe(true);
      const head = await served.s3.send(new HeadObjectCommand({ Bucket, Key: input.Key }));
      expect(head.ContentEncoding).toBeUndefined();
    },
  );

  it.each<ChecksumAlgorithm>(['CRC32', 'CRC32C', 'SHA1', 'SHA256'])(
    'bytes at once with %s',
    async (algorithm) => {
      await served.s3.send(
        new PutObjectCommand({ Bucket, Key: 'once', Body: large, ChecksumAlgorithm: algorithm }),
      );
      expect((await bytes('once')).equals(large)).toBe(true);
    },
  );

  it('a presigned PUT, without a checksum', async () => {
    const client = served.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const url = await getSignedUrl(
      client,
      new PutObjectCommand({ Bucket, Key: 'presigned', Metadata: { a: 'b' } }),
    );
    const answer = await fetch(url, { method: 'PUT', body: large });
    expect(answer.status).toBe(200);
    expect((await bytes('presigned')).equals(large)).toBe(true);
    const head = await served.s3.send(new HeadObjectCommand({ Bucket, Key: 'presigned' }));
    expect(head.Metadata).toEqual({ a: 'b' });
  });
});

describe('bytes that are not what was said', () => {
  const wrong = { crc32: 'AAAAAA==', sha256: createHash('sha256').update('other').digest('base64') };

  it.each([
    ['CRC32', { ChecksumCRC32: wrong.crc32 }, 'BadDigest'],
    ['SHA256', { ChecksumSHA256: wrong.sha256 }, 'BadDigest'],
    ['no checksum at all', { ChecksumSHA256: 'short' }, 'InvalidRequest'],
    ['two checksums', { ChecksumCRC32: wrong.crc32, ChecksumSHA256: wrong.sha256 }, 'InvalidRequest'],
    ['Content-MD5', { ContentMD5: createHash('md5').update('other').digest('base64') }, 'BadDigest'],
    ['a malformed Content-MD5', { ContentMD5: 'AAAA' }, 'InvalidDigest'],
  ])('%s is refused and leaves nothing', async (_, claim, code) => {
    const before = files();
    const put = new PutObjectCommand({ Bucket, Key: 'wrong', Body: 'bytes', ...claim });
    await expect(served.s3.send(put)).rejects.toMatchObject(refusal(code, 400));
    await expect(bytes('wrong')).rejects.toMatchObject(refusal('NoSuchKey', 404));
    expect(files()).toEqual(before);
  });

  it('a body changed after it was signed', async () => {
    const client = served.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: unknown }).body = 'BYTES';
        return next(args);
      },
      { step: 'deserialize' },
    );
    const put = new PutObjectCommand({ Bucket, Key: 'changed', Body: 'bytes' });
    await expect(client.send(put)).rejects.toMatchObject(refusal('XAmzContentSHA256Mismatch', 400));
  });

  it('the checksum of nothing in a presigned PUT', async () => {
    const url = await getSignedUrl(served.s3, new PutObjectCommand({ Bucket, Key: 'trap' }));
    const answer = await fetch(url, { method: 'PUT', body: 'bytes' });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('<Code>BadDigest</Code>'),
    ]);
  });

  it('an upload given up half-way leaves nothing, and the engine goes on', async () => {
    const before = files();
    const client = served.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'half' }));
    const upload = request(url, { method: 'PUT', headers: { 'content-length': large.length } });
    upload.on('error', () => undefined);
    upload.write(large.subarray(0, 1_000_000));
    await expect.poll(files).toEqual({ ...before, halves: before.halves + 1 });
    upload.destroy();
    await expect.poll(files).toEqual(before);
    await expect(bytes('half')).rejects.toMatchObject(refusal('NoSuchKey', 404));
  });
});

describe('multipart upload', () => {
  const parts = [large.subarray(0, 5 * 1024 * 1024), large.subarray(5 * 1024 * 1024)];

  async function start(Key: string, more: object = {}) {
    const { UploadId } = await served.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
    return { Bucket, Key, UploadId };
  }

  async function send(upload: Awaited<ReturnType<typeof start>>, bodies: readonly Buffer[]) {
    const sent = [];
    for (const [index, Body] of bodies.entries()) {
      const PartNumber = index + 1;
      const { ETag, ChecksumCRC32 } = await served.s3.send(
        new UploadPartCommand({ ...upload, PartNumber, Body }),
      );
      sent.push({ PartNumber, ETag, ChecksumCRC32 });
    }
    return sent;
  }

  it('makes one object of its parts, and leaves no part behind', async () => {
    const before = files();
    const upload = await start('multi', {
      ContentType: 'application/pdf',
      Tagging: 'a=b',
      ChecksumAlgorithm: 'CRC32',
    });
    const Parts = await send(upload, parts);
    await send(upload, parts.slice(0, 1));
    const listed = await served.s3.send(new ListPartsCommand(upload));
    expect(listed.Parts?.map(({ Size }) => Size)).toEqual(parts.map((part) => part.length));
    const done = await served.s3.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }),
    );
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect(done).toMatchObject({
      ChecksumCRC32: expect.stringMatching(/-2$/) as string,
      ChecksumType: 'COMPOSITE',
    });
    expect((await bytes('multi')).equals(large)).toBe(true);
    const head = await served.s3.send(new HeadObjectCommand({ Bucket, Key: 'multi' }));
    expect(head).toMatchObject({ ContentType: 'application/pdf', ETag: done.ETag });
    expect(files()).toEqual({ ...before, kept: before.kept + 1 });
  });

  it('gives the checksum of the whole when asked to', async () => {
    const upload = await start('whole', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const Parts = await send(upload, parts);
    const done = await served.s3.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }),
    );
    expect(done.ChecksumType).toBe('FULL_OBJECT');
    expect((await bytes('whole')).equals(large)).toBe(true);
  });

  it('refuses parts out of order, unknown, or too small', async () => {
    const upload = await start('bad');
    const [first, second] = await send(upload, [parts[1] ?? large, parts[1] ?? large]);
    const complete = (Parts: (typeof first)[]) =>
      served.s3.send(
        new CompleteMultipartUploadCommand({
          ...upload,
          MultipartUpload: { Parts: Parts.flatMap((part) => part ?? []) },
        }),
      );
    await expect(complete([second, first])).rejects.toMatchObject(refusal('InvalidPartOrder', 400));
    await expect(complete([first, second])).rejects.toMatchObject(refusal('EntityTooSmall', 400));
    const unknown = { PartNumber: 9, ETag: '"0"', ChecksumCRC32: undefined };
    await expect(complete([unknown])).rejects.toMatchObject(refusal('InvalidPart', 400));
  });

  it('is forgotten when aborted', async () => {
    const before = files();
    const upload = await start('aborted');
    await send(upload, parts);
    await served.s3.send(new AbortMultipartUploadCommand(upload));
    expect(files()).toEqual(before);
    await expect(send(upload, parts.slice(1))).rejects.toMatchObject(refusal('NoSuchUpload', 404));
  });
});
