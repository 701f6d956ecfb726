/** Takes the JWS out of a print. Programs that save a PDF anew may compress what we did not: streams are looked into as well. */
import { inflateSync } from 'node:zlib';

const compact = /eyJ[\w-]{40,400}\.[\w-]{200,100000}\.[\w-]{86}(?![\w.-])/g;
const stream = /stream\r?\n/g;

/** No print of ours comes near. */
const mostBytes = 20_000_000;

/** @returns every different JWS in the file; undefined when it is no PDF */
export function embeddedJws(pdf: Uint8Array): readonly string[] | undefined {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  if (bytes.length > mostBytes || !bytes.subarray(0, 1024).includes('%PDF-')) return undefined;
  const found = new Set(jwsIn(bytes.toString('latin1')));
  if (found.size === 0) for (const text of inflated(bytes)) for (const jws of jwsIn(text)) found.add(jws);
  return [...found];
}

function jwsIn(text: string): readonly string[] {
  return text.match(compact) ?? [];
}

function* inflated(bytes: Buffer): Iterable<string> {
  const text = bytes.toString('latin1');
  for (const { index, 0: opening } of text.matchAll(stream)) {
    const start = index + opening.length;
    const end = text.indexOf('endstream', start);
    if (end < 0) return;
    try {
      yield inflateSync(bytes.subarray(start, end), { maxOutputLength: mostBytes }).toString('latin1');
    } catch {
      // Not deflated, or not whole: nothing of ours.
    }
  }
}
