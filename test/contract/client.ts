/** Sends what a well-behaved client cannot: headers twice, odd ones, none. */
import { Agent, request } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  /** Names and values in turn, as they go over the line. */
  readonly headers: readonly string[];
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

export function send(url: string, asked: RawRequest): Promise<RawAnswer> {
  const { method, target, headers, body } = asked;
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const sent = request(url, {
      method,
      path: target,
      agent,
      headers: [
        'host',
        new URL(url).host,
        ...headers,
        ...(bytes ? ['content-length', String(bytes.length)] : []),
      ],
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server had closed an idle connection in the moment in which it was taken up again: nothing was read of this.
      if (sent.reusedSocket && error.code === 'ECONNRESET') send(url, asked).then(resolve, reject);
      else reject(error);
    });
    sent.on('response', (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const pairs = Object.entries(answer.headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)] as [string, string]],
        );
        resolve({
          status: answer.statusCode ?? 0,
          headers: new Headers(pairs),
          text: Buffer.concat(parts).toString(),
        });
      });
    });
    sent.end(bytes);
  });
}

export function hangUp(): void {
  agent.destroy();
}
