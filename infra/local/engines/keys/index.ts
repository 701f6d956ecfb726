import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { KeyFailure } from './failures.ts';
import { KeyRing } from './key-ring.ts';
import { sealedBy } from './envelope.ts';
import type { Key } from './key-ring.ts';
import { usageOf, type KeySpec, type KeyUsage } from './material.ts';
import { operations } from './operations.ts';

export type { KeySpec, KeyUsage } from './material.ts';

export interface KeyEngineOptions {
  /** The SQLite file of the keys; absent: in memory. */
  readonly file?: string;
  /** The engine's clock, in milliseconds. */
  readonly now?: () => number;
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
  /** Whether the owner of an access key may do this with a key: why not, or nothing. */
  readonly refuses?: (accessKeyId: string, operation: string, keyArn: string) => string | undefined;
}

export interface NewKey {
  /** Stable over restarts: the same id keeps its secret. */
  readonly id: string;
  /** With its `alias/`. */
  readonly alias?: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
}

const LARGEST_REQUEST = 64 * 1024;

/** KMS on one machine. Secrets are in a file the owner of the machine can read: for development, not for anybody's data. */
export class KeyEngine {
  readonly #keys: KeyRing;
  readonly #now: () => number;
  readonly #refuses: KeyEngineOptions['refuses'];

  /** @throws Error with one sentence when the file is damaged, in use or unwritable */
  constructor({
    file,
    now = Date.now,
    partition = 'aws',
    region = 'local',
    account = '000000000000',
    refuses,
  }: KeyEngineOptions = {}) {
    this.#refuses = refuses;
    this.#keys = new KeyRing(file, { partition, region, account });
    this.#now = now;
  }

  /**
   * Creates a key, or finds the one that has the id.
   * @throws Error when the usage is not the spec's, or the id is taken by another spec
   */
  createKey({ id, alias, spec, usage }: NewKey): { arn: string; id: string } {
    if (usageOf[spec] !== usage) throw new Error(`A key of ${spec} is for ${usageOf[spec]}, not ${usage}.`);
    if (!/^[\w-]{1,128}$/.test(id)) throw new Error(`"${id}" is not the id of a key.`);
    if (alias?.startsWith('alias/') === false)
      throw new Error(`An alias begins with "alias/"; "${alias}" does not.`);
    const { arn } = this.#keys.create(id, spec, alias, this.#now());
    return { arn, id };
  }

  /** For `http.createServer`. */
  handler(): (request: IncomingMessage, response: ServerResponse) => void {
    return (request, response) => {
      void this.#serve(request, response);
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(request);
    if (response.destroyed) return;
    const text = JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': Buffer.byteLength(text),
      'x-amzn-requestid': randomUUID(),
      // The SDK corrects its own clock by this header, so it must be the engine's and not the machine's.
      date: new Date(this.#now()).toUTCString(),
    });
    response.end(text);
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    try {
      const body = await readJson(request);
      if (request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') !== true) {
        throw new KeyFailure('MissingAuthenticationTokenException', 'The request must be signed.');
      }
      const target = String(request.headers['x-amz-target'] ?? '');
      const name = target.replace(/^TrentService\./, '');
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined) {
        throw new KeyFailure('UnknownOperationException', `The local key engine does not offer ${target}.`);
      }
      if (this.#refuses) {
        const caller = /Credential=([^/]+)\//.exec(request.headers.authorization)?.[1] ?? '';
        const why = this.#refuses(caller, name, keyNamed(this.#keys, body).arn);
        if (why !== undefined) throw new KeyFailure('AccessDeniedException', why);
      }
      return { status: 200, body: operation(this.#keys, body) };
    } catch (error) {
      const failure = error instanceof KeyFailure ? error : internal(error);
      return { status: failure.status, body: { __type: failure.code, message: failure.message } };
    }
  }

  close(): void {
    this.#keys.close();
  }
}

/** Reads all of it even when it is too large, so that the refusal reaches its sender. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_REQUEST) chunks.push(chunk);
  }
  if (size > LARGEST_REQUEST)
    throw new KeyFailure('ValidationException', 'The request is larger than 64 KB.');
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new KeyFailure('SerializationException', 'The request is not JSON.');
  }
}

function internal(error: unknown): KeyFailure {
  const reason = error instanceof Error ? error.message : String(error);
  return new KeyFailure('KMSInternalException', `The local key engine failed: ${reason}`);
}

/** The key that a request speaks of: by its name, or by the ciphertext that was made with it. */
function keyNamed(keys: KeyRing, body: unknown): Key {
  const { KeyId: name, CiphertextBlob: sealed } = (body ?? {}) as {
    KeyId?: unknown;
    CiphertextBlob?: unknown;
  };
  if (typeof name === 'string') return keys.find(name);
  return keys.find(sealedBy(Buffer.from(typeof sealed === 'string' ? sealed : '', 'base64')));
}
