import {
  algorithms,
  byDefault,
  digestLength,
  isAlgorithm,
  type Algorithm,
  type Checksums,
} from './checksums.ts';
import { S3Failure } from './failures.ts';
import type { Fields } from './target.ts';

/** What the sender said of the bytes before (or, with trailers, after) sending them. */
export interface Expectations {
  /** `Content-MD5`, base64. */
  readonly md5?: string;
  readonly sums: Checksums;
  /** Algorithms whose value comes as a trailer. */
  readonly trailing: readonly Algorithm[];
}

const PREFIX = 'x-amz-checksum-';
/** Names under the same prefix that are not checksums. */
const notValues = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

/**
 * Reads the checksums of a request's headers or of a form's fields.
 * @throws S3Failure InvalidRequest, InvalidDigest, NotImplemented
 */
export function expectationsOf(fields: Fields): Expectations {
  const named = [...fields.keys()].filter((name) => name.startsWith(PREFIX) && !notValues.has(name));
  const trailer = (fields.get('x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const trailing = trailer.filter((name) => name.startsWith(PREFIX));
  if (named.length + trailing.length > 1) {
    const message = 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.';
    throw new S3Failure('InvalidRequest', message);
  }
  if (fields.has('x-amz-sdk-checksum-algorithm') && named.length + trailing.length === 0) {
    const message =
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.';
    throw new S3Failure('InvalidRequest', message);
  }
  const sums = named.map((name) => [algorithmOf(name), checkedValue(name, fields.get(name) ?? '')]);
  const md5 = fields.get('content-md5');
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) {
    throw new S3Failure('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  return {
    sums: Object.fromEntries(sums) as Checksums,
    trailing: trailing.map(algorithmOf),
    ...(md5 === undefined ? {} : { md5 }),
  };
}

/** What to compute besides, so that every object has a checksum: S3's default when its sender sent none. */
export function missingSums({ sums, trailing }: Expectations): Algorithm[] {
  return Object.keys(sums).length + trailing.length > 0 ? [] : [byDefault];
}

/** The value a trailer promised; S3Failure MalformedTrailerError when it did not come. */
export function trailingSum(algorithm: Algorithm, trailers: Fields): string {
  const value = trailers.get(PREFIX + algorithm);
  if (value === undefined) {
    throw new S3Failure(
      'MalformedTrailerError',
      `The trailer ${PREFIX}${algorithm} was announced and did not come.`,
    );
  }
  return checkedValue(PREFIX + algorithm, value);
}

/** `x-amz-checksum-…` headers for what is kept; nothing for a part of an object. */
export function checksumHeaders(sums: Readonly<Record<string, string>>): Record<string, string> {
  const headers = Object.entries(sums).map(([algorithm, value]) => [PREFIX + algorithm, value]);
  const type = checksumType(sums);
  return Object.fromEntries(
    type === undefined ? headers : [...headers, ['x-amz-checksum-type', type]],
  ) as Record<string, string>;
}

/** The same as members of an XML answer: `ChecksumCRC32` and so on. */
export function checksumMembers(sums: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sums).map(([algorithm, value]) => [`Checksum${algorithm.toUpperCase()}`, value]),
  );
}

/** COMPOSITE for a checksum of the parts' checksums (`…-3`), FULL_OBJECT otherwise. */
export function checksumType(
  sums: Readonly<Record<string, string>>,
): 'COMPOSITE' | 'FULL_OBJECT' | undefined {
  const [value] = Object.values(sums);
  if (value === undefined) return undefined;
  return value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT';
}

function algorithmOf(header: string): Algorithm {
  const name = header.slice(PREFIX.length);
  if (isAlgorithm(name)) return name;
  const known = algorithms.join(', ');
  throw new S3Failure(
    'NotImplemented',
    `The local object engine does not know the checksum ${name}; it knows ${known}.`,
  );
}

function checkedValue(header: string, value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === digestLength[algorithmOf(header)] && bytes.toString('base64') === value) return value;
  throw new S3Failure('InvalidRequest', `Value for ${header} header is invalid.`);
}
