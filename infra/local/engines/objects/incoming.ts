import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { decodeChunks } from './aws-chunked.ts';
import type { Blobs } from './blobs.ts';
import { Digest, type Algorithm, type Checksums } from './checksums.ts';
import { trailingSum, type Expectations } from './expectations.ts';
import { S3Failure } from './failures.ts';
import type { Signed } from './signature.ts';

/** A body on its way in: its bytes once, then what followed them. */
export interface Incoming {
  readonly bytes: AsyncIterable<Buffer>;
  /** Filled when the bytes are read. */
  readonly trailers: ReadonlyMap<string, string>;
  /** `x-amz-content-sha256` when it is a hash. */
  readonly sha256Hex?: string;
  /** Bytes announced, of the object and not of its chunks. */
  readonly length?: number;
}

/** Bytes received, checked and kept. */
export interface Received {
  readonly blob: string;
  readonly size: number;
  readonly md5: Buffer;
  readonly sums: Checksums;
}

/** S3's largest single upload. */
const LARGEST_PUT = 5 * 1024 ** 3;
const LARGEST_DOCUMENT = 4 * 1024 ** 2;

const payloads = {
  'UNSIGNED-PAYLOAD': { chunked: false, signed: false },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { chunked: true, signed: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { chunked: true, signed: true },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { chunked: true, signed: true },
} as const;

/**
 * Opens a signed request's body, whichever way it was sent.
 * @throws S3Failure InvalidArgument, MissingContentLength
 */
export function openBody(request: IncomingMessage, signed: Signed): Incoming {
  const trailers = new Map<string, string>();
  const raw = bytesOf(request);
  if (/^[0-9a-f]{64}$/.test(signed.payload)) {
    return { bytes: raw, trailers, sha256Hex: signed.payload, length: lengthOf(signed, 'content-length') };
  }
  const kind = Object.hasOwn(payloads, signed.payload)
    ? payloads[signed.payload as keyof typeof payloads]
    : undefined;
  if (kind === undefined) {
    const message =
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.';
    throw new S3Failure('InvalidArgument', message);
  }
  if (!kind.chunked) return { bytes: raw, trailers, length: lengthOf(signed, 'content-length') };
  const bytes = decodeChunks(raw, trailers, kind.signed ? signed.seed : undefined);
  return { bytes, trailers, length: lengthOf(signed, 'x-amz-decoded-content-length') };
}

/** The request's bytes. A reader that stops early leaves the connection open, so that the refusal can still be sent. */
export function bytesOf(request: IncomingMessage): AsyncIterable<Buffer> {
  const iterator = request.iterator({ destroyOnReturn: false });
  return { [Symbol.asyncIterator]: () => iterator as AsyncIterator<Buffer> };
}

function lengthOf(signed: Signed, header: string): number {
  const text = signed.fields.get(header);
  // A body-less request of the SDK has neither length nor chunks.
  const bodiless = header === 'content-length' && !signed.fields.has('transfer-encoding');
  if (text === undefined && bodiless) return 0;
  if (text === undefined || !/^\d+$/.test(text)) {
    throw new S3Failure('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  return Number(text);
}

/**
 * Writes the bytes to a new blob while hashing them, and checks all that was said of them. Nothing is left behind when
 * a check fails or the sender goes away.
 * @param largest refuses with EntityTooLarge as soon as more has come
 * @param extra checksums to compute though nobody sent them
 */
export async function receive(
  blobs: Blobs,
  incoming: Incoming,
  expected: Expectations,
  { largest = LARGEST_PUT, extra = [] }: { largest?: number; extra?: readonly Algorithm[] } = {},
): Promise<Received> {
  const writer = await blobs.writer();
  try {
    const digested = await digest(incoming, expected, largest, extra, (chunk) => writer.write(chunk));
    return { blob: await writer.keep(), ...digested };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** A small document (XML), checked the same way. */
export async function receiveText(incoming: Incoming, expected: Expectations): Promise<string> {
  const chunks: Buffer[] = [];
  await digest(incoming, expected, LARGEST_DOCUMENT, [], (chunk) => void chunks.push(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

async function digest(
  incoming: Incoming,
  expected: Expectations,
  largest: number,
  extra: readonly Algorithm[],
  write: (chunk: Buffer) => void | Promise<void>,
): Promise<Omit<Received, 'blob'>> {
  const given = Object.keys(expected.sums) as Algorithm[];
  const digest = new Digest([...given, ...expected.trailing, ...extra]);
  const sha256 = incoming.sha256Hex === undefined ? undefined : createHash('sha256');
  if ((incoming.length ?? 0) > largest) throw tooLarge();
  for await (const chunk of incoming.bytes) {
    digest.update(chunk);
    sha256?.update(chunk);
    if (digest.size > largest) throw tooLarge();
    await write(chunk);
  }
  if (incoming.length !== undefined && digest.size !== incoming.length) {
    const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
    throw new S3Failure('IncompleteBody', message);
  }
  const { md5, sums } = digest.finish();
  if (sha256 !== undefined && sha256.digest('hex') !== incoming.sha256Hex) {
    const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new S3Failure('XAmzContentSHA256Mismatch', message);
  }
  if (expected.md5 !== undefined && expected.md5 !== md5.toString('base64')) {
    throw new S3Failure('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  for (const algorithm of given) checkSum(algorithm, expected.sums[algorithm], sums);
  for (const algorithm of expected.trailing)
    checkSum(algorithm, trailingSum(algorithm, incoming.trailers), sums);
  return { size: digest.size, md5, sums };
}

function checkSum(algorithm: Algorithm, expected: string | undefined, computed: Checksums): void {
  if (computed[algorithm] === expected) return;
  const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
  throw new S3Failure('BadDigest', message);
}

function tooLarge(): S3Failure {
  return new S3Failure('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
}

/** Bytes the engine already holds, as if they came in. */
export function incomingOf(bytes: AsyncIterable<Buffer>): Incoming {
  return { bytes, trailers: new Map() };
}
