import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { ObjectEngine, type ObjectEngineOptions } from './index.ts';

export const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'local-secret' };

/** An engine behind HTTP on a port of its own, and the SDK's client for it. */
export interface Served {
  readonly engine: ObjectEngine;
  readonly url: string;
  readonly s3: S3Client;
  /** Another client of the same engine. */
  client(config: S3ClientConfig): S3Client;
  close(): Promise<void>;
}

/** Serves an engine for a test; the caller closes it. */
export async function serveEngine(options: Partial<ObjectEngineOptions> = {}): Promise<Served> {
  const secretOf = (id: string) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined);
  const engine = new ObjectEngine({ credentials: secretOf, ...options });
  const server = createServer(engine.handler());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients: S3Client[] = [];
  function client(config: S3ClientConfig): S3Client {
    const made = new S3Client({
      endpoint: url,
      region: 'cn-north-1',
      credentials,
      forcePathStyle: true,
      maxAttempts: 1,
      ...config,
    });
    clients.push(made);
    return made;
  }
  return { engine, url, s3: client({}), client, close: () => closeAll(clients, server, engine) };
}

async function closeAll(clients: readonly S3Client[], server: Server, engine: ObjectEngine): Promise<void> {
  for (const client of clients) client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  engine.close();
}

/** Bytes that do not repeat within a chunk. */
export function sampleBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0, state = 1; index < length; index++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

/** The name and status of the SDK's error, for `toMatchObject`. */
export function refusal(name: string, status: number) {
  return { name, $metadata: { httpStatusCode: status } };
}

/** The bytes in pieces cut at the given places. */
export async function* cut(bytes: Buffer, places: readonly number[]): AsyncGenerator<Buffer> {
  const sorted = [
    0,
    ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ];
  for (const [index, start] of sorted.entries())
    yield Promise.resolve(bytes.subarray(start, sorted[index + 1]));
}

/** What a stream of bytes comes to. */
export async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
