import * as z from 'zod';
import {
  ScannerUnavailable,
  type MalwareScanner,
  type ScanVerdict,
} from '../../app/documents/scanner-port.ts';

export interface ScannerOptions {
  /** How long a scan may take from first byte to verdict, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Scanners queue; a large file under load is judged within this, or is tried again. */
export const defaultTimeoutMs = 60_000;

const Answer = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('clean') }),
  z.object({ verdict: z.literal('infected'), signature: z.string().max(500).optional() }),
]);

/** A verdict is a line of JSON; anything longer is not one, and is not read to its end. */
const maxAnswerLength = 64 * 1024;

const chunkLength = 256 * 1024;

/**
 * A scanner reached by HTTPS: the bytes go as the body of a POST, the verdict comes as
 * `{"verdict":"clean"}` or `{"verdict":"infected","signature":"..."}` with status 200.
 *
 * @param send stands in for `fetch` where a test or a proxy needs it
 */
export function httpsScanner(
  url: string,
  send: typeof fetch = fetch,
  options: ScannerOptions = {},
): MalwareScanner {
  return {
    async scan(bytes) {
      try {
        const response = await send(url, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream', accept: 'application/json' },
          body: streamOf(bytes),
          duplex: 'half',
          // A verdict from somewhere else is not this scanner's verdict.
          redirect: 'error',
          signal: AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs),
        });
        return await readVerdict(response);
      } catch (error) {
        if (error instanceof ScannerUnavailable) throw error;
        throw new ScannerUnavailable('the scanner could not be reached, or was too slow', { cause: error });
      }
    },
  };
}

async function readVerdict(response: Response): Promise<ScanVerdict> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new ScannerUnavailable(`the scanner answered with status ${response.status}`);
  }
  const answer = Answer.safeParse(parseJson(await readShort(response)));
  if (!answer.success) throw new ScannerUnavailable('the scanner answered with no verdict');
  if (answer.data.verdict === 'clean') return { verdict: 'clean' };
  return { verdict: 'infected', signature: answer.data.signature ?? 'unnamed' };
}

/** Leaving the loop early gives the connection up. */
async function readShort(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > maxAnswerLength)
      throw new ScannerUnavailable('the scanner answered at a length no verdict has');
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** In pieces, so that a slow scanner holds back the sender instead of filling its memory. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.subarray(at, at + chunkLength));
      at += chunkLength;
    },
  });
}
