import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ScannerUnavailable } from '../../app/documents/scanner-port.ts';
import { verdictIn } from './icap-answer.ts';
import { icapScanner } from './icap-scanner.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** An ICAP server on loopback; `whole` is called once the last chunk has come, with all that came. */
async function serverThat(
  whole: (socket: Socket, request: string) => void,
  first?: (socket: Socket) => void,
) {
  const server = createServer((socket) => {
    let request = '';
    sockets.push(socket);
    socket.setEncoding('latin1');
    socket.on('error', () => socket.destroy());
    socket.once('data', () => first?.(socket));
    socket.on('data', (text) => {
      request += String(text);
      if (request.endsWith('\r\n0\r\n\r\n')) whole(socket, request);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `icap://127.0.0.1:${(server.address() as AddressInfo).port}/avscan`;
}

const file = Buffer.alloc(150_000, 'anju');
const noContent = 'ICAP/1.0 204 No Content\r\nISTag: "1"\r\n\r\n';
const blockPage =
  'ICAP/1.0 200 OK\r\nISTag: "1"\r\nEncapsulated: res-hdr=0, res-body=45\r\n\r\n' +
  'HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\n\r\n7\r\nblocked\r\n0\r\n\r\n';

describe('the ICAP scanner', () => {
  it('sends the file as RFC 3507 asks, and takes 204 for clean', async () => {
    let request = '';
    const url = await serverThat((socket, whole) => {
      request = whole;
      socket.end(noContent);
    });
    expect(await icapScanner(url).scan(file)).toEqual({ verdict: 'clean' });

    const [icapHead = '', requestHead = '', responseHead = '', ...body] = request.split('\r\n\r\n');
    expect(icapHead.split('\r\n')[0]).toBe(`RESPMOD ${url} ICAP/1.0`);
    expect(icapHead).toContain('\r\nAllow: 204\r\n');
    const [, responseAt, bodyAt] = /req-hdr=0, res-hdr=(\d+), res-body=(\d+)/.exec(icapHead) ?? [];
    expect(Number(responseAt)).toBe(requestHead.length + 4);
    expect(Number(bodyAt)).toBe(requestHead.length + 4 + responseHead.length + 4);
    expect(responseHead).toContain(`Content-Length: ${file.length}`);
    expect(dechunk(body.join('\r\n\r\n'))).toBe(file.toString('latin1'));
  });

  it.each([
    ['X-Infection-Found', 'Type=0; Resolution=2; Threat=Eicar-Test-Signature;', 'Eicar-Test-Signature'],
    ['X-Virus-ID', 'EICAR Test', 'EICAR Test'],
    ['x-virus-id', '', 'unnamed'],
  ])('takes %s: %s for infected', async (header, value, signature) => {
    const answer = `ICAP/1.0 200 OK\r\n${header}: ${value}\r\nEncapsulated: null-body=0\r\n\r\n`;
    const url = await serverThat((socket) => socket.end(answer));
    expect(await icapScanner(url).scan(file)).toEqual({ verdict: 'infected', signature });
  });

  it('takes a block page for infected, however the answer is cut into packets', async () => {
    const url = await serverThat((socket) => {
      void (async () => {
        for (const byte of blockPage) await new Promise((resolve) => socket.write(byte, resolve));
      })();
    });
    expect(await icapScanner(url).scan(file)).toEqual({ verdict: 'infected', signature: 'unnamed' });
  });

  it.each([
    ['an error', 'ICAP/1.0 500 Server Error\r\n\r\n'],
    ['an unknown service', 'ICAP/1.0 404 Not Found\r\n\r\n'],
    ['a refusal that names no infection', 'ICAP/1.0 403 Forbidden\r\n\r\n'],
    ['the file echoed', blockPage.replace('403 Forbidden', '200 OK')],
    ['no encapsulated response', 'ICAP/1.0 200 OK\r\nEncapsulated: null-body=0\r\n\r\n'],
    ['another protocol', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['garbage', '\x00\x01\x02\r\n\r\n'],
    ['half a head', 'ICAP/1.0 204 No Con'],
    ['half a page', blockPage.slice(0, 100)],
    ['nothing', ''],
    ['an endless head', `ICAP/1.0 204 No Content\r\nX: ${'x'.repeat(100_000)}`],
  ])('takes %s for no verdict', async (_name, answer) => {
    const url = await serverThat((socket) => socket.end(answer, 'latin1'));
    await expect(icapScanner(url).scan(file)).rejects.toThrow(ScannerUnavailable);
  });

  it('does not believe "clean" from a scanner that has not taken the file', async () => {
    const url = await serverThat(
      () => undefined,
      (socket) => {
        socket.pause();
        socket.write(noContent);
      },
    );
    await expect(icapScanner(url).scan(Buffer.alloc(30_000_000))).rejects.toThrow('before the end');
  });

  it('gives up on a scanner that is silent, and one that is not there', async () => {
    const silent = await serverThat(() => undefined);
    await expect(icapScanner(silent, { timeoutMs: 50 }).scan(file)).rejects.toThrow('too slow');
    const gone = await serverThat(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(icapScanner(gone).scan(file)).rejects.toThrow(ScannerUnavailable);
  });
});

describe('reading an ICAP answer', () => {
  it('is never clean short of a whole 204 head', () => {
    for (let length = 0; length < noContent.length; length++) {
      expect(verdictIn(noContent.slice(0, length), false)).toBeUndefined();
      expect(() => verdictIn(noContent.slice(0, length), true)).toThrow(ScannerUnavailable);
    }
    expect(verdictIn(noContent, false)).toEqual({ verdict: 'clean' });
  });
});

function dechunk(text: string): string {
  let out = '';
  for (let at = 0; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    const length = Number.parseInt(text.slice(at, lineEnd), 16);
    if (length === 0) return out;
    out += text.slice(lineEnd + 2, lineEnd + 2 + length);
    at = lineEnd + 2 + length + 2;
  }
}
