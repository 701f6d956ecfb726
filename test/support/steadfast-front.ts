/**
 * Stands before a platform that is killed again and again: what it was asked and did not answer it is asked again, with the
 * same key, once it is back. So does a portal with a poor line.
 */
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Heard {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export class SteadfastFront {
  /** How often it had to ask again. */
  repeated = 0;
  readonly #server: Server;
  readonly #platform: () => string;

  private constructor(platform: () => string) {
    this.#platform = platform;
    this.#server = createServer((asked, reply) => {
      void this.#forward(asked).then(({ status, headers, body }) => {
        const { 'transfer-encoding': _chunked, connection: _kept, ...rest } = headers;
        reply.writeHead(status, { ...rest, 'content-length': body.length }).end(body);
      });
    });
  }

  /** @param platform where it answers now */
  static async before(platform: () => string): Promise<SteadfastFront> {
    const front = new SteadfastFront(platform);
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #forward(asked: IncomingMessage): Promise<Heard> {
    const chunks: Buffer[] = [];
    for await (const chunk of asked as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    for (;;) {
      const heard = await this.#once(asked, body).catch(() => undefined);
      // A platform that is just ending or beginning answers that it cannot: its portal asks again.
      if (heard && heard.status < 500) return heard;
      this.repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  #once(asked: IncomingMessage, body: Buffer): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const { host: _host, 'content-length': _length, connection: _connection, ...headers } = asked.headers;
      const sent = request(`${this.#platform()}${asked.url ?? '/'}`, {
        method: asked.method,
        headers: { ...headers, 'content-length': body.length },
        agent: false,
      });
      sent.on('error', reject);
      sent.on('response', (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          if (!answer.complete) return reject(new Error('cut off'));
          resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(parts) });
        });
      });
      sent.end(body);
    });
  }
}
