/** Requests as bytes, for what no SDK would send, and answers as they came. */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Difference, same } from '../check.ts';
import { encoded, encodedQuery, sha256, signed, type Seed, type Signer } from './signing.ts';
import type { Target } from './target.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly bytes: Buffer;
}

/** One request to the target as it stands: nothing added, nothing encoded. @param path with its query */
export async function send(
  target: Target,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: Buffer | string,
): Promise<Answer> {
  const { hostname, port } = new URL(target.url);
  return new Promise((resolve, reject) => {
    // A connection of its own: a server that shuts one after a refusal must not take the next check along.
    const sent = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const entries = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(entries) as Record<string, string>,
          text: bytes.toString('utf8'),
          bytes,
        });
      });
    });
    sent.setTimeout(10_000, () => sent.destroy(new Difference('no answer')));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === undefined ? error : new Difference(`the connection breaks (${error.code})`));
    });
    sent.end(body);
  });
}

export interface Ask {
  readonly method?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** Another value for `x-amz-content-sha256` than the hash of the body. */
  readonly payload?: string;
  readonly signer?: Partial<Signer>;
}

/** What goes over the wire for a signed request, for checks that change it on the way. */
export interface Prepared {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | string | undefined;
  readonly seed: Seed;
}

/** A request with its signature in the Authorization header. */
export function prepared(target: Target, ask: Ask): Prepared {
  const { method = 'GET', bucket, key, query = {}, headers = {}, body, signer } = ask;
  const path = pathOf(bucket, key);
  const request = { method, path, query, headers: { host: new URL(target.url).host, ...headers } };
  const done = signed({ ...request, payload: ask.payload ?? sha256(body ?? '') }, signerOf(target, signer));
  return { method, path, query: encodedQuery(query), headers: done.headers, body, seed: done.seed };
}

export async function deliver(target: Target, ready: Prepared): Promise<Answer> {
  const { method, path, query, headers, body } = ready;
  return send(target, method, query === '' ? path : `${path}?${query}`, headers, body);
}

/** Signs and sends. */
export async function ask(target: Target, what: Ask): Promise<Answer> {
  return deliver(target, prepared(target, what));
}

export function signerOf(target: Target, more: Partial<Signer> = {}): Signer {
  return { ...target.credentials, region: target.region, at: new Date(), ...more };
}

export function pathOf(bucket: string | undefined, key = ''): string {
  if (bucket === undefined) return '/';
  const path = key.split('/').map(encoded).join('/');
  return key === '' ? `/${bucket}` : `/${bucket}/${path}`;
}

/** The text between the first pair of these tags. */
export function tag(answer: Answer, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer.text)?.[1];
}

/** @throws Difference when the answer is not this refusal */
export function saysNo(answer: Answer, status: number, code: string): void {
  same('the answer', [answer.status, tag(answer, 'Code') ?? null], [status, code]);
}

/** @throws Difference when the answer is a refusal */
export function saysYes(answer: Answer, status = 200): void {
  same('the answer', [answer.status, tag(answer, 'Code') ?? null], [status, null]);
}

/** `Content-MD5` of a document. */
export function md5Of(body: string): Record<string, string> {
  return { 'content-md5': createHash('md5').update(body).digest('base64') };
}
