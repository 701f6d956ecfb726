/** An ICAP client of one method (RFC 3507, RESPMOD): the file travels as the response to a made-up request. */
import { connect, type Socket } from 'node:net';
import {
  ScannerUnavailable,
  type MalwareScanner,
  type ScanVerdict,
} from '../../app/documents/scanner-port.ts';
import { defaultTimeoutMs, type ScannerOptions } from './https-scanner.ts';
import { verdictIn } from './icap-answer.ts';

const defaultPort = 1344;
const chunkLength = 64 * 1024;

/** Heads only are read; an answer whose heads are longer is none. */
const maxAnswerLength = 64 * 1024;

/**
 * @param url `icap://host:port/service`; the protocol is not encrypted, so the scanner belongs in the same network
 */
export function icapScanner(url: string, options: ScannerOptions = {}): MalwareScanner {
  const service = new URL(url);
  const host = service.hostname.replace(/^\[|\]$/g, '');
  const port = service.port === '' ? defaultPort : Number(service.port);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  return {
    scan(bytes) {
      return converse(connect({ host, port }), bytes, headOf(service, bytes.length), timeoutMs);
    },
  };
}

/** Asks for 204, so that a clean file need not travel back; one connection, one file. */
function headOf(service: URL, length: number): string {
  const request = 'GET /document HTTP/1.1\r\nHost: documents.invalid\r\n\r\n';
  const response = `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${length}\r\n\r\n`;
  const parts = `req-hdr=0, res-hdr=${request.length}, res-body=${request.length + response.length}`;
  return (
    `RESPMOD ${service.href} ICAP/1.0\r\nHost: ${service.host}\r\nAllow: 204\r\nConnection: close\r\n` +
    `Encapsulated: ${parts}\r\n\r\n${request}${response}`
  );
}

function converse(socket: Socket, bytes: Uint8Array, head: string, timeoutMs: number): Promise<ScanVerdict> {
  return new Promise((resolve, reject) => {
    let answer = '';
    let sent = false;

    const timer = setTimeout(() => fail(new ScannerUnavailable('the scanner was too slow')), timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
    };
    const fail = (error: Error) => {
      finish();
      reject(
        error instanceof ScannerUnavailable
          ? error
          : new ScannerUnavailable('no scanner there', { cause: error }),
      );
    };
    const judge = (closed: boolean) => {
      try {
        const verdict = verdictIn(answer, closed);
        if (!verdict) return;
        // Infected is sure from any part of the file; clean only of the whole of it.
        if (verdict.verdict === 'clean' && !sent)
          throw new ScannerUnavailable('the scanner answered before the end');
        finish();
        resolve(verdict);
      } catch (error) {
        fail(error as Error);
      }
    };

    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      answer += String(text);
      if (answer.length > maxAnswerLength)
        fail(new ScannerUnavailable('the scanner answered at no known length'));
      else judge(false);
    });
    socket.on('end', () => judge(true));
    socket.on('error', fail);
    send(socket, bytes, head).then(() => {
      sent = true;
    }, fail);
  });
}

/** Head and file in chunks, as fast as the scanner takes them. */
async function send(socket: Socket, bytes: Uint8Array, head: string): Promise<void> {
  await write(socket, Buffer.from(head, 'latin1'));
  for (let at = 0; at < bytes.length && !socket.destroyed; at += chunkLength) {
    const chunk = bytes.subarray(at, at + chunkLength);
    await write(
      socket,
      Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
    );
  }
  await write(socket, Buffer.from('0\r\n\r\n'));
}

function write(socket: Socket, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(data, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
