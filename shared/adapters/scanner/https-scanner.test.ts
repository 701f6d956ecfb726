import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ScannerUnavailable } from '../../app/documents/scanner-port.ts';
import { httpsScanner } from './https-scanner.ts';
import { scannerOf } from './scanner-of.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A scanner on loopback that reads the whole body and then answers as told. */
async function scannerThat(
  answer: (response: ServerResponse, body: Buffer, request: IncomingMessage) => void,
): Promise<string> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => answer(response, Buffer.concat(pieces), request));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/scan`;
}

const file = Buffer.alloc(700_000, 'anju');

describe('the HTTPS scanner', () => {
  it('sends the whole file in pieces and takes "clean"', async () => {
    let seen: { hash: string; type: string | undefined; encoding: string | undefined } | undefined;
    const url = await scannerThat((response, body, { headers }) => {
      const hash = createHash('sha256').update(body).digest('hex');
      seen = { hash, type: headers['content-type'], encoding: headers['transfer-encoding'] };
      response.end('{"verdict":"clean"}');
    });
    expect(await scannerOf(url).scan(file)).toEqual({ verdict: 'clean' });
    expect(seen).toEqual({
      hash: createHash('sha256').update(file).digest('hex'),
      type: 'application/octet-stream',
      encoding: 'chunked',
    });
  });

  it('takes "infected", with and without a name', async () => {
    const named = await scannerThat((response) => response.end('{"verdict":"infected","signature":"Eicar"}'));
    expect(await httpsScanner(named).scan(file)).toEqual({ verdict: 'infected', signature: 'Eicar' });
    const unnamed = await scannerThat((response) => response.end('{"verdict":"infected"}'));
    expect(await httpsScanner(unnamed).scan(file)).toEqual({ verdict: 'infected', signature: 'unnamed' });
  });

  it.each([
    ['an error', 500, '{"verdict":"clean"}'],
    ['being refused', 403, '{"verdict":"clean"}'],
    ['another success', 202, '{"verdict":"clean"}'],
    ['no JSON', 200, 'clean'],
    ['an empty answer', 200, ''],
    ['JSON of another shape', 200, '{"result":"clean"}'],
    ['a third verdict', 200, '{"verdict":"unknown"}'],
    ['a verdict in a list', 200, '[{"verdict":"clean"}]'],
    ['an endless answer', 200, `{"verdict":"clean","padding":"${'x'.repeat(100_000)}"}`],
  ])('takes %s for no verdict', async (_name, status, body) => {
    const url = await scannerThat((response) => response.writeHead(status).end(body));
    await expect(httpsScanner(url).scan(file)).rejects.toThrow(ScannerUnavailable);
  });

  it('follows no redirect', async () => {
    const elsewhere = await scannerThat((response) => response.end('{"verdict":"clean"}'));
    const url = await scannerThat((response) => response.writeHead(307, { location: elsewhere }).end());
    await expect(httpsScanner(url).scan(file)).rejects.toThrow(ScannerUnavailable);
  });

  it('gives up on a scanner that is silent, one that hangs up, and one that is not there', async () => {
    const silent = await scannerThat(() => undefined);
    await expect(httpsScanner(silent, fetch, { timeoutMs: 50 }).scan(file)).rejects.toThrow(
      ScannerUnavailable,
    );
    const rude = await scannerThat((response) => response.destroy());
    await expect(httpsScanner(rude).scan(file)).rejects.toThrow(ScannerUnavailable);
    const absent = () => Promise.reject(new TypeError('fetch failed'));
    const failure = httpsScanner('https://scanner.invalid/', absent).scan(file);
    await expect(failure).rejects.toMatchObject({ name: 'ScannerUnavailable', retryable: true });
  });
});

describe('choosing a scanner', () => {
  it.each(['https://scanner.example/scan', 'icap://127.0.0.1:1344/avscan', 'http://localhost:8080/'])(
    'takes %s',
    (url) => {
      expect(scannerOf(url)).toHaveProperty('scan');
    },
  );

  it.each(['http://scanner.example/scan', 'ftp://scanner.example/', 'file:///tmp/x', 'not a url'])(
    'refuses %s at start',
    (url) => {
      expect(() => scannerOf(url)).toThrow();
    },
  );
});
