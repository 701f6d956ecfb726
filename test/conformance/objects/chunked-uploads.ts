import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { same } from '../check.ts';
import { denied, get, head } from './asking.ts';
import { chunked, signedChunks, signedTrailers, type Chunk } from './chunking.ts';
import { api, guide, type ObjectsTheme, type Target } from './target.ts';
import { deliver, prepared, saysNo, saysYes, type Answer, type Prepared } from './wire.ts';

const source = api('Signature Calculations for the Authorization Header: Transferring Payload in Chunks');
const trailing = api('Transferring Payload in Multiple Chunks: Including Trailing Headers');
const errors = api('Error responses, List of error codes');

const pieces = [Buffer.alloc(8192, 'a'), Buffer.alloc(8192, 'b'), Buffer.from('the rest')];
const whole = Buffer.concat(pieces);
const sum = Buffer.alloc(4);
sum.writeUInt32BE(crc32(whole));
const right = { 'x-amz-checksum-crc32': sum.toString('base64') };
const wrong = { 'x-amz-checksum-crc32': 'AAAAAA==' };

const signedPayload = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
const signedTrailer = `${signedPayload}-TRAILER`;
const unsignedTrailer = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

/** A signed head of an upload in chunks. */
async function opened(target: Target, payload: string, more: Readonly<Record<string, string>> = {}) {
  const bucket = await target.bucket();
  const headers: Record<string, string> = {
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': String(whole.length),
    ...(payload.endsWith('TRAILER') ? { 'x-amz-trailer': 'x-amz-checksum-crc32' } : {}),
    ...more,
  };
  const ready = prepared(target, { method: 'PUT', bucket, key: 'k', payload, headers });
  return { bucket, ready };
}

async function deliverBody(target: Target, ready: Prepared, body: Buffer): Promise<Answer> {
  const headers = { ...ready.headers, 'content-length': String(body.length) };
  return deliver(target, { ...ready, headers, body });
}

/** Refused, and nothing kept. */
async function refuses(
  target: Target,
  payload: string,
  bodyOf: (ready: Prepared) => Buffer,
  [status, code]: [number, string],
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { bucket, ready } = await opened(target, payload, more);
  saysNo(await deliverBody(target, ready, bodyOf(ready)), status, code);
  await denied(head(target, bucket, 'k'), 404);
}

const unsigned: Chunk[] = [...pieces, Buffer.alloc(0)].map((bytes) => ({ bytes }));

export const chunkedUploads: ObjectsTheme = {
  title: 'Uploads in chunks',
  checks: [
    {
      name: 'signed chunks are put together',
      source,
      async run(target) {
        const { bucket, ready } = await opened(target, signedPayload);
        saysYes(await deliverBody(target, ready, chunked(signedChunks(ready.seed, pieces).chunks)));
        const read = await get(target, bucket, 'k');
        same('length', read.ContentLength, whole.length);
        same('the bytes', read.text === whole.toString(), true);
        same('the encoding is not kept', read.ContentEncoding, undefined);
      },
    },
    {
      name: 'an encoding besides aws-chunked is kept',
      source,
      async run(target) {
        const { bucket, ready } = await opened(target, signedPayload, {
          'content-encoding': 'aws-chunked,gzip',
        });
        saysYes(await deliverBody(target, ready, chunked(signedChunks(ready.seed, pieces).chunks)));
        same('encoding', (await head(target, bucket, 'k')).ContentEncoding, 'gzip');
      },
    },
    {
      name: 'a changed byte in a signed chunk is refused',
      source,
      run: (target) =>
        refuses(
          target,
          signedPayload,
          ({ seed }) => {
            const { chunks } = signedChunks(seed, pieces);
            return chunked(
              chunks.map((chunk, index) =>
                index === 1 ? { ...chunk, bytes: Buffer.alloc(8192, 'x') } : chunk,
              ),
            );
          },
          [403, 'SignatureDoesNotMatch'],
        ),
    },
    {
      name: 'signed chunks in another order are refused',
      source,
      run: (target) =>
        refuses(
          target,
          signedPayload,
          ({ seed }) => {
            const [first, second, ...others] = signedChunks(seed, pieces).chunks;
            return chunked([second, first, ...others].filter((chunk) => chunk !== undefined));
          },
          [403, 'SignatureDoesNotMatch'],
        ),
    },
    {
      name: 'a last chunk under a wrong signature is refused',
      source,
      run: (target) =>
        refuses(
          target,
          signedPayload,
          ({ seed }) => {
            const chunks = signedChunks(seed, pieces).chunks.slice(0, -1);
            return chunked([...chunks, { bytes: Buffer.alloc(0), signature: '0'.repeat(64) }]);
          },
          [403, 'SignatureDoesNotMatch'],
        ),
    },
    {
      name: 'a signed trailer is verified and its checksum kept',
      source: trailing,
      async run(target) {
        const { bucket, ready } = await opened(target, signedTrailer);
        const { chunks, last } = signedChunks(ready.seed, pieces);
        saysYes(await deliverBody(target, ready, chunked(chunks, signedTrailers(ready.seed, last, right))));
        const { ChecksumCRC32 } = await head(target, bucket, 'k', { ChecksumMode: 'ENABLED' });
        same('checksum', ChecksumCRC32, right['x-amz-checksum-crc32']);
      },
    },
    {
      name: 'a changed trailer under a signature is refused',
      source: trailing,
      run: (target) =>
        refuses(
          target,
          signedTrailer,
          ({ seed }) => {
            const { chunks, last } = signedChunks(seed, pieces);
            return chunked(chunks, { ...signedTrailers(seed, last, wrong), ...right });
          },
          [403, 'SignatureDoesNotMatch'],
        ),
    },
    {
      name: 'a signed trailer that is not true of the bytes is refused',
      source: trailing,
      run: (target) =>
        refuses(
          target,
          signedTrailer,
          ({ seed }) => {
            const { chunks, last } = signedChunks(seed, pieces);
            return chunked(chunks, signedTrailers(seed, last, wrong));
          },
          [400, 'BadDigest'],
        ),
    },
    {
      name: 'an unsigned trailer is checked and kept',
      source: trailing,
      async run(target) {
        const { bucket, ready } = await opened(target, unsignedTrailer);
        saysYes(await deliverBody(target, ready, chunked(unsigned, right)));
        const seen = await head(target, bucket, 'k', { ChecksumMode: 'ENABLED' });
        same('kept', [seen.ContentLength, seen.ChecksumCRC32], [whole.length, right['x-amz-checksum-crc32']]);
      },
    },
    {
      name: 'an unsigned trailer that is not true of the bytes is refused',
      source: trailing,
      run: (target) => refuses(target, unsignedTrailer, () => chunked(unsigned, wrong), [400, 'BadDigest']),
    },
    {
      name: 'an announced trailer that does not come is refused',
      source: errors,
      run: (target) =>
        refuses(target, unsignedTrailer, () => chunked(unsigned), [400, 'MalformedTrailerError']),
    },
    {
      name: 'a body that ends before its last chunk is refused',
      source: errors,
      run: (target) =>
        refuses(target, unsignedTrailer, () => chunked(unsigned.slice(0, -1)).subarray(0, -2), [
          400,
          'IncompleteBody',
        ]),
    },
    {
      name: 'another length than the announced one is refused',
      source: errors,
      run: (target) =>
        refuses(target, unsignedTrailer, () => chunked(unsigned, right), [400, 'IncompleteBody'], {
          'x-amz-decoded-content-length': String(whole.length + 1),
        }),
    },
    {
      name: 'a small chunk before the last is refused',
      source: `${source}: the chunk size must be at least 8 KB`,
      run: (target) =>
        refuses(
          target,
          signedPayload,
          ({ seed }) => chunked(signedChunks(seed, [Buffer.from('small'), whole.subarray(5)]).chunks),
          [403, 'InvalidChunkSizeError'],
        ),
    },
    {
      name: 'chunks without x-amz-decoded-content-length are refused',
      source,
      async run(target) {
        const bucket = await target.bucket();
        const headers = { 'content-encoding': 'aws-chunked' };
        const put = { method: 'PUT', bucket, key: 'k', payload: signedPayload, headers };
        const ready = prepared(target, put);
        const body = chunked(signedChunks(ready.seed, pieces).chunks);
        saysNo(await deliverBody(target, ready, body), 411, 'MissingContentLength');
      },
    },
    ...(['CRC32', 'SHA256'] as const).map((algorithm) => ({
      name: `a stream sent by the SDK is kept whole, with its ${algorithm} as trailer`,
      source: guide('Checking object integrity for data uploads, Using trailing checksums'),
      async run(target: Target) {
        const bucket = await target.bucket();
        const Body = Readable.from(pieces);
        const command = { Bucket: bucket, Key: 'k', Body, ContentLength: whole.length };
        await target.s3.send(new PutObjectCommand({ ...command, ChecksumAlgorithm: algorithm }));
        const read = await get(target, bucket, 'k', { ChecksumMode: 'ENABLED' });
        same('the bytes', read.text === whole.toString(), true);
        same('there is a checksum', read[`Checksum${algorithm}`] !== undefined, true);
      },
    })),
  ],
};
