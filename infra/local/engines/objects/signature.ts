import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { S3Failure } from './failures.ts';
import { pathEncoded, uriEncoded, type Fields, type Target } from './target.ts';

/** Who may sign, and by which clock. */
export interface Verifier {
  /** The secret of an access key, `undefined` when nobody has it. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Milliseconds of the engine's clock. */
  readonly now: () => number;
  /** When given, the only region a signature may name. */
  readonly region?: string;
  /** Whether the owner of the access key may do this: why not, or nothing. Absent: everyone with a key may do all. */
  readonly refuses?: (accessKeyId: string, asked: AskedOf) => string | undefined;
}

/** What a request asks for, as the table of operations names it. */
export interface AskedOf {
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** @throws S3Failure AccessDenied */
export function requireAllowed({ refuses }: Verifier, accessKeyId: string, asked: AskedOf): void {
  const why = refuses?.(accessKeyId, asked);
  if (why !== undefined) throw new S3Failure('AccessDenied', why);
}

/** Where the chain of chunk signatures begins. */
export interface ChunkSeed {
  readonly signingKey: Buffer;
  readonly amzDate: string;
  readonly scope: string;
  readonly signature: string;
}

/** A request whose signature holds. */
export interface Signed {
  readonly accessKeyId: string;
  /** `x-amz-content-sha256`: 64 hex digits, `UNSIGNED-PAYLOAD` or a `STREAMING-…` name. */
  readonly payload: string;
  /** The request's headers, with those a presigned URL carries in its query. */
  readonly fields: Fields;
  readonly seed: ChunkSeed;
}

const SKEW_MS = 15 * 60_000;
const ALGORITHM = 'AWS4-HMAC-SHA256';
const LONGEST_EXPIRY_SECONDS = 7 * 24 * 3600;

interface Claim {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
  readonly payload: string;
}

/**
 * Verifies Signature Version 4, in the Authorization header or in a presigned query.
 * @throws S3Failure with the code S3 gives for the same fault
 */
export function verifyRequest(
  method: string,
  target: Target,
  headers: IncomingHttpHeaders,
  verifier: Verifier,
): Signed {
  const presigned = target.query.has('X-Amz-Signature') || target.query.has('X-Amz-Algorithm');
  if (presigned && headers.authorization !== undefined) {
    throw new S3Failure('InvalidArgument', 'Only one auth mechanism allowed');
  }
  const fields = fieldsOf(headers, presigned ? target.query : undefined);
  const claim = presigned ? claimOfQuery(target.query, fields) : claimOfHeaders(fields);
  checkSignedHeaders(claim.signedHeaders, headers);
  const key = signingKeyOf(claim.credential, claim.amzDate, verifier);
  const canonical = canonicalRequest(method, target, fields, claim);
  const expected = hmacHex(
    key.signingKey,
    [ALGORITHM, claim.amzDate, key.scope, sha256Hex(canonical)].join('\n'),
  );
  if (!sameText(expected, claim.signature)) throw wrongSignature();
  if (presigned) checkExpiry(target.query, claim.amzDate, verifier.now());
  else checkSkew(claim.amzDate, verifier.now());
  const seed = { ...key, amzDate: claim.amzDate, signature: claim.signature };
  return { accessKeyId: key.accessKeyId, payload: claim.payload, fields, seed };
}

/** Headers by lower-case name; a presigned URL may carry `x-amz-…` headers in its query. */
function fieldsOf(headers: IncomingHttpHeaders, query: URLSearchParams | undefined): Fields {
  const fields = new Map<string, string>();
  for (const [name, value] of query ?? []) {
    if (/^x-amz-/i.test(name)) fields.set(name.toLowerCase(), value);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) fields.set(name, typeof value === 'string' ? value : value.join(','));
  }
  return fields;
}

function claimOfHeaders(fields: Fields): Claim {
  const authorization = fields.get('authorization');
  if (authorization === undefined) throw new S3Failure('AccessDenied', 'Access Denied');
  const parts =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
      authorization,
    );
  if (parts === null)
    throw new S3Failure('AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  const payload = fields.get('x-amz-content-sha256');
  if (payload === undefined) {
    throw new S3Failure('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  const amzDate = fields.get('x-amz-date') ?? '';
  return { credential, signedHeaders: signedHeaders.split(';'), signature, amzDate, payload };
}

function claimOfQuery(query: URLSearchParams, fields: Fields): Claim {
  const [algorithm, credential, amzDate, signedHeaders, signature] = [
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
  ].map((name) => query.get(name) ?? '');
  if (
    algorithm !== ALGORITHM ||
    !credential ||
    !amzDate ||
    !signedHeaders ||
    !signature ||
    !query.has('X-Amz-Expires')
  ) {
    throw new S3Failure(
      'AuthorizationQueryParametersError',
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  const payload = fields.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  return { credential, signedHeaders: signedHeaders.split(';'), signature, amzDate, payload };
}

/** S3 wants the host and every `x-amz-…` header under the signature: one that is not could have been added on the way. */
function checkSignedHeaders(signedHeaders: readonly string[], headers: IncomingHttpHeaders): void {
  const loose = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))].filter(
    (name) => !signedHeaders.includes(name),
  );
  if (loose.length === 0) return;
  const message = `There were headers present in the request which were not signed: ${loose.join(', ')}`;
  throw new S3Failure('AccessDenied', message);
}

function canonicalRequest(method: string, target: Target, fields: Fields, claim: Claim): string {
  const query = [...target.query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncoded(name), uriEncoded(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map((pair) => pair.join('='))
    .join('&');
  const headers = claim.signedHeaders.map(
    (name) => `${name}:${(fields.get(name) ?? '').trim().replace(/ +/g, ' ')}\n`,
  );
  return [
    method,
    pathEncoded(target.path),
    query,
    headers.join(''),
    claim.signedHeaders.join(';'),
    claim.payload,
  ].join('\n');
}

/**
 * The key that signs, from a credential `accessKey/day/region/s3/aws4_request`; the day must be that of `amzDate`.
 * @throws S3Failure InvalidAccessKeyId, AuthorizationHeaderMalformed
 */
export function signingKeyOf(
  credential: string,
  amzDate: string,
  verifier: Verifier,
): { accessKeyId: string; scope: string; signingKey: Buffer } {
  const [accessKeyId = '', day = '', region = '', service, terminator, ...others] = credential.split('/');
  const wellFormed = service === 's3' && terminator === 'aws4_request' && others.length === 0;
  if (!wellFormed || day !== amzDate.slice(0, 8)) {
    throw new S3Failure(
      'AuthorizationHeaderMalformed',
      'The authorization is malformed; the credential is wrong.',
    );
  }
  if (verifier.region !== undefined && region !== verifier.region) {
    const message = `The authorization header is malformed; the region '${region}' is wrong; expecting '${verifier.region}'`;
    throw new S3Failure('AuthorizationHeaderMalformed', message);
  }
  const secret = verifier.secretOf(accessKeyId);
  if (secret === undefined) {
    throw new S3Failure(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    );
  }
  const signingKey = [day, region, 's3', 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secret}`));
  return { accessKeyId, scope: `${day}/${region}/s3/aws4_request`, signingKey };
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** HMAC-SHA256 in hex. */
export function hmacHex(key: Buffer, text: string): string {
  return hmac(key, text).toString('hex');
}

export function sha256Hex(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Compares without telling by its time where the two differ. */
export function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function wrongSignature(): S3Failure {
  return new S3Failure(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
}

function instantOf(amzDate: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate);
  if (parts === null) {
    throw new S3Failure('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function checkSkew(amzDate: string, now: number): void {
  if (Math.abs(now - instantOf(amzDate)) <= SKEW_MS) return;
  throw new S3Failure(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
  );
}

function checkExpiry(query: URLSearchParams, amzDate: string, now: number): void {
  const seconds = Number(query.get('X-Amz-Expires'));
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_EXPIRY_SECONDS) {
    const message = 'X-Amz-Expires must be a number of seconds between 1 and 604800';
    throw new S3Failure('AuthorizationQueryParametersError', message);
  }
  const signedAt = instantOf(amzDate);
  if (signedAt - now > SKEW_MS) throw new S3Failure('AccessDenied', 'Request is not valid yet');
  if (now > signedAt + seconds * 1000) throw new S3Failure('AccessDenied', 'Request has expired');
}
