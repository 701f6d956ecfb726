import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, sampleBytes, serveEngine, type Served } from './testing.ts';

let served: Served;
const Bucket = 'clean';
const first = sampleBytes(5 * 1024 * 1024);

beforeAll(async () => {
  served = await serveEngine();
  served.engine.createBucket(Bucket);
});
afterAll(() => served.close());

describe('an upload in parts', () => {
  it('is listed page by page, read by part, and has the checksum of the whole by default', async () => {
    const place = { Bucket, Key: 'parts' };
    const { UploadId } = await served.s3.send(new CreateMultipartUploadCommand(place));
    const upload = { ...place, UploadId };
    const Parts = [];
    for (const [PartNumber, Body] of [
      [1, first],
      [4, Buffer.from('end')],
    ] as const) {
      const { ETag } = await served.s3.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    }
    const page = await served.s3.send(new ListPartsCommand({ ...upload, MaxParts: 1 }));
    expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '1', MaxParts: 1 });
    const rest = await served.s3.send(new ListPartsCommand({ ...upload, PartNumberMarker: '1' }));
    expect(rest).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 4, Size: 3 }] });
    const bad = served.s3.send(new ListPartsCommand({ ...upload, PartNumberMarker: 'x' }));
    await expect(bad).rejects.toMatchObject(refusal('InvalidArgument', 400));

    const done = await served.s3.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }),
    );
    expect(done).toMatchObject({ ChecksumType: 'FULL_OBJECT' });
    expect(done.ChecksumCRC64NVME).toMatch(/=$/);
    // By its place among the parts, whatever number it was sent under.
    const part = await served.s3.send(new GetObjectCommand({ ...place, PartNumber: 2 }));
    expect(part).toMatchObject({
      PartsCount: 2,
      ContentLength: 3,
      ContentRange: 'bytes 5242880-5242882/5242883',
    });
    expect(await part.Body?.transformToString()).toBe('end');
    await expect(served.s3.send(new HeadObjectCommand({ ...place, PartNumber: 3 }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 416 },
    });
  });

  it.each([
    ['SHA1', 'FULL_OBJECT'],
    ['SHA256', 'FULL_OBJECT'],
    ['CRC64NVME', 'COMPOSITE'],
  ] as const)('has no %s of kind %s', async (ChecksumAlgorithm, ChecksumType) => {
    const asked = { Bucket, Key: 'never', ChecksumAlgorithm, ChecksumType };
    await expect(served.s3.send(new CreateMultipartUploadCommand(asked))).rejects.toMatchObject(
      refusal('InvalidRequest', 400),
    );
  });

  it('an object sent at once is one part', async () => {
    await served.s3.send(new PutObjectCommand({ Bucket, Key: 'whole', Body: 'abc' }));
    const whole = { Bucket, Key: 'whole' };
    const read = await served.s3.send(new GetObjectCommand({ ...whole, PartNumber: 1 }));
    expect(read).toMatchObject({ ContentRange: 'bytes 0-2/3', ContentLength: 3 });
    expect(read.PartsCount).toBeUndefined();
    await read.Body?.transformToString();
    const both = served.s3.send(new GetObjectCommand({ ...whole, PartNumber: 1, Range: 'bytes=0-0' }));
    await expect(both).rejects.toMatchObject(refusal('InvalidRequest', 400));
    const none = served.s3.send(new GetObjectCommand({ ...whole, PartNumber: 0 }));
    await expect(none).rejects.toMatchObject(refusal('InvalidArgument', 400));
  });
});

describe('many deletes', () => {
  it('need something that vouches for their document', async () => {
    const quiet = served.client({});
    quiet.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        for (const name of Object.keys(headers))
          if (/checksum|md5/.test(name)) Reflect.deleteProperty(headers, name);
        return next(args);
      },
      { step: 'build', priority: 'low' },
    );
    const Delete = { Objects: [{ Key: 'whole' }] };
    await expect(quiet.send(new DeleteObjectsCommand({ Bucket, Delete }))).rejects.toMatchObject(
      refusal('InvalidRequest', 400),
    );
  });
});
