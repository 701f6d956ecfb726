/** The encoding `aws-chunked` by hand, for what no SDK would send. */
import { chunkSignature, trailerSignature, type Seed } from './signing.ts';

export interface Chunk {
  readonly bytes: Buffer;
  readonly signature?: string;
}

/** The chunks with their signatures, the empty last one among them, and the signature that the trailers build on. */
export function signedChunks(seed: Seed, pieces: readonly Buffer[]): { chunks: Chunk[]; last: string } {
  const chunks: Chunk[] = [];
  let last = seed.signature;
  for (const bytes of [...pieces, Buffer.alloc(0)]) {
    last = chunkSignature(seed, last, bytes);
    chunks.push({ bytes, signature: last });
  }
  return { chunks, last };
}

/** The body: chunks (the empty one included), then trailers, if any. */
export function chunked(chunks: readonly Chunk[], trailers: Readonly<Record<string, string>> = {}): Buffer {
  const parts = chunks.flatMap(({ bytes, signature }) => {
    const extension = signature === undefined ? '' : `;chunk-signature=${signature}`;
    const head = Buffer.from(`${bytes.length.toString(16)}${extension}\r\n`);
    return bytes.length === 0 ? [head] : [head, bytes, Buffer.from('\r\n')];
  });
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\r\n`);
  return Buffer.concat([...parts, Buffer.from(`${lines.join('')}\r\n`)]);
}

/** The trailers with their signature. */
export function signedTrailers(
  seed: Seed,
  last: string,
  trailers: Readonly<Record<string, string>>,
): Record<string, string> {
  const text = Object.entries(trailers).map(([name, value]) => `${name}:${value}\n`);
  return { ...trailers, 'x-amz-trailer-signature': trailerSignature(seed, last, text.join('')) };
}
