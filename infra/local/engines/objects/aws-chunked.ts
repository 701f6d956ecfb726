import { createHash } from 'node:crypto';
import { ByteReader } from './byte-reader.ts';
import { S3Failure } from './failures.ts';
import { hmacHex, sameText, sha256Hex, wrongSignature, type ChunkSeed } from './signature.ts';

const CRLF = Buffer.from('\r\n');
const LONGEST_LINE = 1024;
const LONGEST_TRAILER = 16 * 1024;
const LARGEST_CHUNK = 5 * 1024 ** 3;
/** Of every chunk but the last with bytes. */
const SMALLEST_CHUNK = 8192;

/**
 * The bytes inside an `aws-chunked` body. Trailers are in `trailers` once the bytes are read to their end.
 * @param seed when the chunks are signed: each signature is checked after its chunk was passed on, so a reader
 *   keeps nothing until the end is reached
 * @throws S3Failure IncompleteBody, InvalidRequest, InvalidChunkSizeError, SignatureDoesNotMatch
 */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
  seed?: ChunkSeed,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  let previous = seed?.signature ?? '';
  let before = SMALLEST_CHUNK;
  for (;;) {
    const line = await reader.until(CRLF, LONGEST_LINE);
    if (line === undefined) throw incomplete();
    const { size, signature } = headOf(line.toString('latin1'));
    if (size > 0 && before < SMALLEST_CHUNK) throw chunkTooSmall();
    before = size;
    const hash = createHash('sha256');
    for await (const piece of forwarded(reader, size)) {
      if (seed !== undefined) hash.update(piece);
      yield piece;
    }
    if (seed !== undefined) {
      const expected = chunkSignature(seed, previous, hash.digest('hex'));
      if (!sameText(expected, signature)) throw wrongSignature();
      previous = expected;
    }
    if (size === 0) break;
    if ((await reader.until(CRLF, 0)) === undefined) throw incomplete();
  }
  const rest = await reader.rest(LONGEST_TRAILER);
  if (rest === undefined)
    throw new S3Failure('MalformedTrailerError', 'The request contained trailing data that was too long.');
  readTrailers(rest.toString('latin1'), trailers);
  if (seed !== undefined && trailers.size > 0) checkTrailerSignature(seed, previous, trailers);
}

async function* forwarded(reader: ByteReader, size: number): AsyncGenerator<Buffer> {
  if (!(yield* reader.bytes(size))) throw incomplete();
}

function headOf(line: string): { size: number; signature: string } {
  const [, hex = '', signature = ''] =
    /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line) ?? [];
  const size = hex === '' ? NaN : parseInt(hex, 16);
  if (!(size <= LARGEST_CHUNK))
    throw new S3Failure('InvalidRequest', 'The chunk head of an aws-chunked body is malformed.');
  return { size, signature };
}

function readTrailers(text: string, trailers: Map<string, string>): void {
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) throw new S3Failure('MalformedTrailerError', 'The request contained a malformed trailer.');
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

function chunkSignature(seed: ChunkSeed, previous: string, chunkSha256: string): string {
  const lines = ['AWS4-HMAC-SHA256-PAYLOAD', seed.amzDate, seed.scope, previous, sha256Hex(''), chunkSha256];
  return hmacHex(seed.signingKey, lines.join('\n'));
}

function checkTrailerSignature(seed: ChunkSeed, previous: string, trailers: Map<string, string>): void {
  const given = trailers.get('x-amz-trailer-signature') ?? '';
  trailers.delete('x-amz-trailer-signature');
  const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
  const lines = ['AWS4-HMAC-SHA256-TRAILER', seed.amzDate, seed.scope, previous, sha256Hex(text)];
  if (!sameText(hmacHex(seed.signingKey, lines.join('\n')), given)) throw wrongSignature();
}

function chunkTooSmall(): S3Failure {
  const message = `Only the last chunk is allowed to have a size less than ${SMALLEST_CHUNK} bytes`;
  return new S3Failure('InvalidChunkSizeError', message);
}

function incomplete(): S3Failure {
  return new S3Failure(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}
