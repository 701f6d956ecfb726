/**
 * Signature Version 4 a second time, after the published description and without a line of the engine's own: what both
 * take for right is not merely what one of them believes. Held against the examples of the documentation by a test.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Keys } from './target.ts';

export interface Signer extends Keys {
  readonly region: string;
  /** The instant of the signature. */
  readonly at: Date;
  /** The day of the credential's scope, when it is to be another than that of the signature. */
  readonly day?: string;
}

export interface Unsigned {
  readonly method: string;
  /** As it goes over the wire, encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Under lower-case names, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The value of `x-amz-content-sha256`. */
  readonly payload: string;
}

/** Where the chain of chunk signatures begins. */
export interface Seed {
  readonly key: Buffer;
  readonly date: string;
  readonly scope: string;
  readonly signature: string;
}

/** The headers that sign a request, and the seed for its chunks. */
export function signed(request: Unsigned, signer: Signer): { headers: Record<string, string>; seed: Seed } {
  const date = stamp(signer.at);
  const headers = { ...request.headers, 'x-amz-date': date, 'x-amz-content-sha256': request.payload };
  const names = Object.keys(headers).sort().join(';');
  const { scope, key } = keyOf(signer);
  const signature = signatureOf({ ...request, headers }, names, date, scope, key);
  const authorization = `AWS4-HMAC-SHA256 Credential=${signer.accessKeyId}/${scope},SignedHeaders=${names},Signature=${signature}`;
  return { headers: { ...headers, authorization }, seed: { key, date, scope, signature } };
}

/** The query of a presigned address; `more` stands in it too, under the signature. */
export function presigned(
  request: Omit<Unsigned, 'payload'>,
  signer: Signer,
  expires: string | undefined,
): Record<string, string> {
  const date = stamp(signer.at);
  const names = Object.keys(request.headers).sort().join(';');
  const { scope, key } = keyOf(signer);
  const query = {
    ...request.query,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${signer.accessKeyId}/${scope}`,
    'X-Amz-Date': date,
    ...(expires === undefined ? {} : { 'X-Amz-Expires': expires }),
    'X-Amz-SignedHeaders': names,
  };
  const payload = 'UNSIGNED-PAYLOAD';
  return {
    ...query,
    'X-Amz-Signature': signatureOf({ ...request, query, payload }, names, date, scope, key),
  };
}

/** The fields that sign a policy given as text. */
export function signedPolicy(policy: string, signer: Signer): Record<string, string> {
  const encoded = Buffer.from(policy).toString('base64');
  return { policy: encoded, 'x-amz-signature': hmac(keyOf(signer).key, encoded).toString('hex') };
}

/** The fields that a policy has to speak of besides its own. */
export function policyFields(signer: Signer): Record<string, string> {
  return {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${signer.accessKeyId}/${keyOf(signer).scope}`,
    'x-amz-date': stamp(signer.at),
  };
}

/** A chunk's signature, which the next one builds on. */
export function chunkSignature(seed: Seed, previous: string, chunk: Buffer): string {
  return hmac(
    seed.key,
    ['AWS4-HMAC-SHA256-PAYLOAD', seed.date, seed.scope, previous, sha256(''), sha256(chunk)].join('\n'),
  ).toString('hex');
}

/** The signature of the trailers, after the last chunk. @param trailers as they are signed, each line with its line break */
export function trailerSignature(seed: Seed, previous: string, trailers: string): string {
  return hmac(
    seed.key,
    ['AWS4-HMAC-SHA256-TRAILER', seed.date, seed.scope, previous, sha256(trailers)].join('\n'),
  ).toString('hex');
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** RFC 3986: all but the unreserved characters. */
export function encoded(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

export function encodedQuery(query: Readonly<Record<string, string>> = {}): string {
  return Object.entries(query)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
}

function signatureOf(request: Unsigned, names: string, date: string, scope: string, key: Buffer): string {
  const lines = names.split(';').map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    request.path,
    encodedQuery(request.query),
    lines.join(''),
    names,
    request.payload,
  ].join('\n');
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex');
}

function keyOf(signer: Signer): { scope: string; key: Buffer } {
  const day = signer.day ?? stamp(signer.at).slice(0, 8);
  const parts = [day, signer.region, 's3', 'aws4_request'];
  return { scope: parts.join('/'), key: parts.reduce(hmac, Buffer.from(`AWS4${signer.secretAccessKey}`)) };
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function stamp(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d+/g, '');
}
