/** What an ICAP server's answer to RESPMOD says about the file (RFC 3507, 4.9; the infection headers are de facto). */
import { ScannerUnavailable, type ScanVerdict } from '../../app/documents/scanner-port.ts';

/** `X-Infection-Found: Type=0; Resolution=2; Threat=Eicar-Test;` and its relatives, each with a name in it. */
const infectionHeaders = ['x-infection-found', 'x-virus-id', 'x-violations-found'];

interface Head {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** Where the head ends in the text. */
  readonly end: number;
}

/**
 * The verdict, or undefined while more must be read.
 *
 * @param text all that has come so far, as Latin-1
 * @param closed no more will come
 * @throws ScannerUnavailable for any answer that is not a verdict
 */
export function verdictIn(text: string, closed: boolean): ScanVerdict | undefined {
  const head = headIn(text, 'ICAP/1.0');
  if (head) {
    const signature = signatureIn(head.headers);
    if (signature !== undefined && (head.status === 200 || head.status === 403))
      return { verdict: 'infected', signature };
    if (head.status === 204) return { verdict: 'clean' };
    if (head.status !== 200)
      throw new ScannerUnavailable(`the scanner answered with ICAP status ${head.status}`);
    const blocked = blockPageIn(text.slice(head.end), head);
    if (blocked) return blocked;
  }
  if (closed) throw new ScannerUnavailable('the scanner closed the connection before its verdict');
  return undefined;
}

/** A server that names no infection may put a page in the file's place: status 403 where it was 200. */
function blockPageIn(rest: string, { headers }: Head): ScanVerdict | undefined {
  if (!/\bres-hdr=0\b/.test(headers.get('encapsulated') ?? '')) {
    throw new ScannerUnavailable('the scanner answered with neither a verdict nor a response');
  }
  const page = headIn(rest, 'HTTP/1.[01]');
  if (!page) return undefined;
  if (page.status !== 403) throw new ScannerUnavailable('the scanner changed the file without saying why');
  return { verdict: 'infected', signature: signatureIn(page.headers) ?? 'unnamed' };
}

function headIn(text: string, protocol: string): Head | undefined {
  const length = text.indexOf('\r\n\r\n');
  if (length < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, length).split('\r\n');
  const status = new RegExp(`^${protocol} (\\d{3})( |$)`).exec(first)?.[1];
  if (status === undefined) throw new ScannerUnavailable('the scanner answered in another protocol');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(0, colon)).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { status: Number(status), headers, end: length + 4 };
}

function signatureIn(headers: ReadonlyMap<string, string>): string | undefined {
  const said = infectionHeaders.map((name) => headers.get(name)).find((value) => value !== undefined);
  if (said === undefined) return undefined;
  const name = /\bThreat=([^;]*)/i.exec(said)?.[1] ?? said;
  return name.trim().slice(0, 500) || 'unnamed';
}
