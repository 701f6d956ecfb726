import { AbortMultipartUploadCommand, ListPartsCommand, type CompletedPart } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { same } from '../check.ts';
import { denied, get, head, text } from './asking.ts';
import { begin, complete, largePart, oneUpload, part } from './uploading.ts';
import { api, guide, type ObjectsTheme, type Target } from './target.ts';

const source = guide('Uploading and copying objects using multipart upload');
const sums = guide(
  'Checking object integrity in Amazon S3, Using part-level checksums for multipart uploads',
);
const done = api('CompleteMultipartUpload');

async function started(target: Target): Promise<[string, string, string]> {
  const bucket = await target.bucket();
  return [bucket, 'k', await begin(target, bucket, 'k')];
}

const base64 = (value: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
};

/** The parts, each with its bytes, of the uploads with more than one. */
const two = (): [Buffer, string] => [largePart('a'), 'the end'];

export const multipart: ObjectsTheme = {
  title: 'Uploads in parts',
  checks: [
    {
      name: 'parts become one object, under an ETag that counts them',
      source: api('CompleteMultipartUpload, ETag'),
      async run(target) {
        const bucket = await target.bucket();
        const [first, second] = two();
        const { ETag } = await oneUpload(target, bucket, 'k', [first, second]);
        const md5s = [first, second].map((bytes) => createHash('md5').update(bytes).digest());
        same('ETag', ETag, `"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-2"`);
        same('length', (await head(target, bucket, 'k')).ContentLength, first.length + second.length);
        same('the end', await text(target, bucket, 'k', { Range: 'bytes=-8' }), 'athe end');
      },
    },
    {
      name: 'type, metadata and tags are those of the beginning',
      source: api('CreateMultipartUpload'),
      async run(target) {
        const bucket = await target.bucket();
        const create = { ContentType: 'application/pdf', Metadata: { owner: 'a' }, Tagging: 'state=held' };
        await oneUpload(target, bucket, 'k', ['x'], { create });
        const { ContentType, Metadata, TagCount } = await get(target, bucket, 'k');
        same('kept', [ContentType, Metadata, TagCount], ['application/pdf', { owner: 'a' }, 1]);
      },
    },
    {
      name: 'nothing is to be read before the upload is completed',
      source,
      async run(target) {
        const upload = await started(target);
        await part(target, upload, 1, 'x');
        await denied(text(target, upload[0], 'k'), 404, 'NoSuchKey');
      },
    },
    {
      name: 'a part sent again takes the place of the first',
      source: api('UploadPart'),
      async run(target) {
        const upload = await started(target);
        await part(target, upload, 1, 'first');
        await complete(target, upload, [await part(target, upload, 1, 'second')]);
        same('the object', await text(target, upload[0], 'k'), 'second');
      },
    },
    {
      name: 'numbers may leave gaps, and a part that is not named is left out',
      source: done,
      async run(target) {
        const upload = await started(target);
        await part(target, upload, 3, 'left out');
        await complete(target, upload, [await part(target, upload, 7, 'named')]);
        same('the object', await text(target, upload[0], 'k'), 'named');
      },
    },
    {
      name: 'parts in another order are refused',
      source: done,
      async run(target) {
        const upload = await started(target);
        const parts = [await part(target, upload, 1, largePart('a')), await part(target, upload, 2, 'b')];
        await denied(complete(target, upload, parts.reverse()), 400, 'InvalidPartOrder');
      },
    },
    {
      name: 'a part under another ETag is refused',
      source: done,
      async run(target) {
        const upload = await started(target);
        await part(target, upload, 1, 'x');
        const named: CompletedPart[] = [{ PartNumber: 1, ETag: `"${'0'.repeat(32)}"` }];
        await denied(complete(target, upload, named), 400, 'InvalidPart');
      },
    },
    {
      name: 'a part under 5 MiB that is not the last is refused',
      source: done,
      async run(target) {
        const upload = await started(target);
        const parts = [await part(target, upload, 1, 'small'), await part(target, upload, 2, 'b')];
        await denied(complete(target, upload, parts), 400, 'EntityTooSmall');
      },
    },
    {
      name: 'a part number over 10,000 is refused',
      source: api('UploadPart, partNumber'),
      async run(target) {
        await denied(part(target, await started(target), 10_001, 'x'), 400, 'InvalidArgument');
      },
    },
    {
      name: 'an aborted upload is gone',
      source: api('AbortMultipartUpload'),
      async run(target) {
        const upload = await started(target);
        const [Bucket, Key, UploadId] = upload;
        const sent = await part(target, upload, 1, 'x');
        await target.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        await denied(complete(target, upload, [sent]), 404, 'NoSuchUpload');
        await denied(part(target, upload, 2, 'x'), 404, 'NoSuchUpload');
      },
    },
    {
      name: 'parts are listed page by page',
      source: api('ListParts, max-parts and part-number-marker'),
      async run(target) {
        const upload = await started(target);
        for (const number of [1, 2, 5]) await part(target, upload, number, 'x');
        const [Bucket, Key, UploadId] = upload;
        const first = await target.s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2 }));
        same(
          'the first page',
          [first.IsTruncated, first.NextPartNumberMarker, first.Parts?.map(({ PartNumber }) => PartNumber)],
          [true, '2', [1, 2]],
        );
        const PartNumberMarker = first.NextPartNumberMarker;
        const second = await target.s3.send(
          new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker }),
        );
        same(
          'the second page',
          second.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
          [[5, 1]],
        );
        same('there is no third', second.IsTruncated, false);
      },
    },
    {
      name: 'SHA256 of parts: the checksum is one of checksums, and counts them',
      source: sums,
      async run(target) {
        const bucket = await target.bucket();
        const create = { ChecksumAlgorithm: 'SHA256' } as const;
        const { ChecksumSHA256 } = await oneUpload(target, bucket, 'k', two(), { create });
        const each = two().map((bytes) => createHash('sha256').update(bytes).digest());
        const whole = createHash('sha256').update(Buffer.concat(each)).digest('base64');
        same('checksum', ChecksumSHA256, `${whole}-2`);
        const seen = await head(target, bucket, 'k', { ChecksumMode: 'ENABLED' });
        same('kept', [seen.ChecksumSHA256, seen.ChecksumType], [`${whole}-2`, 'COMPOSITE']);
      },
    },
    {
      name: 'CRC32 of the full object: the checksum is that of the whole',
      source: guide('Checking object integrity in Amazon S3, Full object checksums'),
      async run(target) {
        const bucket = await target.bucket();
        const create = { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' } as const;
        const { ChecksumCRC32, ChecksumType } = await oneUpload(target, bucket, 'k', two(), { create });
        const whole = Buffer.concat(two().map((bytes) => Buffer.from(bytes)));
        same('checksum', [ChecksumCRC32, ChecksumType], [base64(crc32(whole)), 'FULL_OBJECT']);
      },
    },
    {
      name: 'SHA256 of the full object is not to be had',
      source: guide('Checking object integrity in Amazon S3, Full object checksums'),
      async run(target) {
        const create = { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' } as const;
        await denied(begin(target, await target.bucket(), 'k', create), 400, 'InvalidRequest');
      },
    },
    {
      name: 'a part is read by its number, with the count of parts',
      source: api('GetObject, partNumber'),
      async run(target) {
        const bucket = await target.bucket();
        await oneUpload(target, bucket, 'k', two());
        const size = 5 * 1024 ** 2;
        const read = await get(target, bucket, 'k', { PartNumber: 2 });
        same('bytes', [read.ContentLength, read.text.slice(-8)], [7, 'the end']);
        same('told', [read.PartsCount, read.ContentRange], [2, `bytes ${size}-${size + 6}/${size + 7}`]);
        await denied(get(target, bucket, 'k', { PartNumber: 3 }), 416);
      },
    },
  ],
};
