import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, sampleBytes, serveEngine, type Served } from './testing.ts';

let served: Served;
const Bucket = 'clean';

beforeAll(async () => {
  served = await serveEngine();
  served.engine.createBucket(Bucket, { encryptionKey: 'key-1' });
  served.engine.createBucket('other', {});
});
afterAll(() => served.close());

async function put(Key: string, Body: string | Buffer, more: object = {}) {
  return served.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

async function text(Key: string, more: object = {}): Promise<string> {
  const { Body } = await served.s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return (await Body?.transformToString()) ?? '';
}

describe('put and get', () => {
  it('gives back bytes, type, metadata, ETag and checksum, under any key', async () => {
    const Key = "住房/2021 年/a+b&c='(*)!~/../x//y?#%.pdf";
    const written = await put(Key, '保障性租赁住房', {
      ContentType: 'application/pdf',
      ContentDisposition: 'attachment',
      CacheControl: 'no-store',
      Metadata: { 'submission-id': 's-1' },
      ChecksumAlgorithm: 'SHA256',
    });
    const md5 = createHash('md5').update('保障性租赁住房').digest('hex');
    expect(written.ETag).toBe(`"${md5}"`);
    expect(written.ChecksumSHA256).toBe(createHash('sha256').update('保障性租赁住房').digest('base64'));
    const read = await served.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await read.Body?.transformToString()).toBe('保障性租赁住房');
    expect(read).toMatchObject({
      ContentType: 'application/pdf',
      ContentDisposition: 'attachment',
      CacheControl: 'no-store',
      Metadata: { 'submission-id': 's-1' },
      ContentLength: 21,
      ETag: `"${md5}"`,
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'key-1',
    });
    expect(read.VersionId).toBeUndefined();
    const head = await served.s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({
      ContentLength: 21,
      ChecksumSHA256: written.ChecksumSHA256,
      ChecksumType: 'FULL_OBJECT',
    });
  });

  it('keeps an empty object, and takes the second of two writes', async () => {
    await put('empty', '');
    expect(await text('empty')).toBe('');
    await put('twice', 'one');
    await put('twice', 'two');
    expect(await text('twice')).toBe('two');
  });

  it('serves ranges', async () => {
    await put('digits', '0123456789');
    expect(await text('digits', { Range: 'bytes=2-4' })).toBe('234');
    expect(await text('digits', { Range: 'bytes=7-' })).toBe('789');
    expect(await text('digits', { Range: 'bytes=-3' })).toBe('789');
    expect(await text('digits', { Range: 'bytes=8-99' })).toBe('89');
    const part = await served.s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=0-0' }));
    expect(part).toMatchObject({ ContentRange: 'bytes 0-0/10', ContentLength: 1 });
    await part.Body?.transformToString();
    await expect(text('digits', { Range: 'bytes=10-' })).rejects.toMatchObject(refusal('InvalidRange', 416));
  });

  it('weighs the conditions of a read', async () => {
    const { ETag } = await put('conditional', 'x');
    await expect(text('conditional', { IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(text('conditional', { IfMatch: '"other"' })).rejects.toMatchObject(
      refusal('PreconditionFailed', 412),
    );
    expect(await text('conditional', { IfMatch: ETag, IfNoneMatch: '"other"' })).toBe('x');
    const later = new Date(Date.now() + 60_000);
    await expect(text('conditional', { IfModifiedSince: later })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(text('conditional', { IfUnmodifiedSince: new Date(0) })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
  });

  it('replaces headers of the answer on demand, but not by what no header can carry', async () => {
    await put('named', 'x');
    const asked = {
      ResponseContentType: 'text/plain',
      ResponseContentDisposition: 'attachment; filename="a.txt"',
    };
    const read = await served.s3.send(new GetObjectCommand({ Bucket, Key: 'named', ...asked }));
    expect(read).toMatchObject({
      ContentType: 'text/plain',
      ContentDisposition: 'attachment; filename="a.txt"',
    });
    await read.Body?.transformToString();
    await expect(text('named', { ResponseContentDisposition: 'filename="安居.pdf"' })).rejects.toMatchObject(
      refusal('InvalidArgument', 400),
    );
  });

  it('says what is missing', async () => {
    await expect(text('nowhere')).rejects.toMatchObject(refusal('NoSuchKey', 404));
    await expect(text('x', { Bucket: 'no-such' })).rejects.toMatchObject(refusal('NoSuchBucket', 404));
    await expect(served.s3.send(new HeadObjectCommand({ Bucket, Key: 'nowhere' }))).rejects.toMatchObject(
      refusal('NotFound', 404),
    );
  });

  it('writes on condition', async () => {
    const { ETag } = await put('once', 'a', { IfNoneMatch: '*' });
    await expect(put('once', 'b', { IfNoneMatch: '*' })).rejects.toMatchObject(
      refusal('PreconditionFailed', 412),
    );
    await expect(put('once', 'b', { IfMatch: '"other"' })).rejects.toMatchObject(
      refusal('PreconditionFailed', 412),
    );
    await expect(put('never', 'b', { IfMatch: '"other"' })).rejects.toMatchObject(refusal('NoSuchKey', 404));
    await put('once', 'c', { IfMatch: ETag });
    expect(await text('once')).toBe('c');
  });

  it('lets one of many simultaneous first writers through', async () => {
    const attempts = Array.from({ length: 8 }, (_, index) =>
      put('race', String(index), { IfNoneMatch: '*' }),
    );
    const settled = await Promise.allSettled(attempts);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('what writers may not say', () => {
  it.each([
    ['too much metadata', { Metadata: { long: 'x'.repeat(3000) } }, 'MetadataTooLarge'],
    ['a public ACL', { ACL: 'public-read' }, 'AccessControlListNotSupported'],
    ['a lock in a bucket without', { ObjectLockLegalHoldStatus: 'ON' }, 'InvalidRequest'],
    ['eleven tags', { Tagging: Array.from({ length: 11 }, (_, i) => `k${i}=v`).join('&') }, 'BadRequest'],
  ])('%s', async (_, more, code) => {
    await expect(put('refused', 'x', more)).rejects.toMatchObject(refusal(code, 400));
    await expect(text('refused')).rejects.toMatchObject(refusal('NoSuchKey', 404));
  });

  it('a key of more than 1024 bytes', async () => {
    await expect(put('字'.repeat(342), 'x')).rejects.toMatchObject(refusal('KeyTooLongError', 400));
  });
});

describe('delete', () => {
  it('removes, and is content when there is nothing to remove', async () => {
    await put('gone', 'x');
    await served.s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await served.s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await expect(text('gone')).rejects.toMatchObject(refusal('NoSuchKey', 404));
  });

  it('removes many', async () => {
    const names = ['many/<1>&', 'many/2'];
    for (const name of names) await put(name, 'x');
    const Objects = [...names, 'many/none'].map((Key) => ({ Key }));
    const answer = await served.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(['many/<1>&', 'many/2', 'many/none']);
    await expect(text('many/2')).rejects.toMatchObject(refusal('NoSuchKey', 404));
  });
});

describe('copy', () => {
  it('copies bytes, type, metadata and tags between buckets', async () => {
    await put('源 +&', sampleBytes(100_000), {
      ContentType: 'image/png',
      Metadata: { a: 'b' },
      Tagging: 'verdict=clean',
    });
    const copied = await served.s3.send(
      new CopyObjectCommand({
        Bucket: 'other',
        Key: 'copy',
        CopySource: `${Bucket}/${encodeURIComponent('源 +&')}`,
      }),
    );
    expect(copied.CopyObjectResult?.ETag).toMatch(/^"[0-9a-f]{32}"$/);
    const read = await served.s3.send(new GetObjectCommand({ Bucket: 'other', Key: 'copy' }));
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(sampleBytes(100_000))).toBe(
      true,
    );
    expect(read).toMatchObject({
      ContentType: 'image/png',
      Metadata: { a: 'b' },
      TagCount: 1,
      ServerSideEncryption: 'AES256',
    });
  });

  it('replaces metadata when told, and refuses a copy that changes nothing or has no source', async () => {
    await put('self', 'x', { Metadata: { a: 'b' } });
    const self = { Bucket, Key: 'self', CopySource: `${Bucket}/self` };
    await expect(served.s3.send(new CopyObjectCommand(self))).rejects.toMatchObject(
      refusal('InvalidRequest', 400),
    );
    await served.s3.send(
      new CopyObjectCommand({ ...self, MetadataDirective: 'REPLACE', Metadata: { c: 'd' } }),
    );
    const head = await served.s3.send(new HeadObjectCommand({ Bucket, Key: 'self' }));
    expect(head.Metadata).toEqual({ c: 'd' });
    const absent = { Bucket, Key: 'to', CopySource: `${Bucket}/absent` };
    await expect(served.s3.send(new CopyObjectCommand(absent))).rejects.toMatchObject(
      refusal('NoSuchKey', 404),
    );
    const stale = { Bucket, Key: 'to', CopySource: `${Bucket}/self`, CopySourceIfMatch: '"other"' };
    await expect(served.s3.send(new CopyObjectCommand(stale))).rejects.toMatchObject(
      refusal('PreconditionFailed', 412),
    );
  });
});

describe('tags', () => {
  it('are put, read, counted and removed, and leave the bytes alone', async () => {
    await put('tagged', 'bytes', { Tagging: 'first=1' });
    const TagSet = [{ Key: 'verdict', Value: '合格 clean+ok: 1/2 = @' }];
    await served.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet } }));
    expect((await served.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet).toEqual(
      TagSet,
    );
    expect(await text('tagged')).toBe('bytes');
    await served.s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'tagged' }));
    expect((await served.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet).toEqual([]);
    const twice = [TagSet[0], TagSet[0]].flatMap((tag) => tag ?? []);
    await expect(
      served.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: twice } })),
    ).rejects.toMatchObject(refusal('InvalidTag', 400));
  });
});

describe('buckets', () => {
  it('are seen, and described', async () => {
    const { Buckets } = await served.s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['clean', 'other']);
    await served.s3.send(new HeadBucketCommand({ Bucket }));
    expect((await served.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    const { ServerSideEncryptionConfiguration: encryption } = await served.s3.send(
      new GetBucketEncryptionCommand({ Bucket }),
    );
    expect(encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: 'key-1',
    });
  });

  it('say what the engine does not offer', async () => {
    await expect(served.s3.send(new GetBucketAclCommand({ Bucket }))).rejects.toMatchObject({
      ...refusal('NotImplemented', 501),
      message: expect.stringContaining('GET bucket ?acl') as string,
    });
  });

  it('keep their objects when created again', async () => {
    await put('kept', 'x');
    served.engine.createBucket(Bucket, { encryptionKey: 'key-1' });
    expect(await text('kept')).toBe('x');
  });

  it('refuse settings that contradict themselves', () => {
    expect(() => {
      served.engine.createBucket('Bad_Name', {});
    }).toThrow('"Bad_Name" is not a bucket name.');
    expect(() => {
      served.engine.createBucket('locked', { objectLock: { defaultRetention: { mode: 'GOVERNANCE' } } });
    }).toThrow('needs days or years');
  });
});

it('reads for whoever runs beside it', async () => {
  await put('beside', 'x');
  expect((await served.engine.read(Bucket, 'beside')).toString()).toBe('x');
  await expect(served.engine.read(Bucket, 'nothing')).rejects.toMatchObject({ code: 'NoSuchKey' });
});
