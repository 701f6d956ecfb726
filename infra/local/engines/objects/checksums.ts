import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The checksums of S3 this engine verifies and keeps. Newer ones are refused as not implemented. */
export const algorithms = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

export type Algorithm = (typeof algorithms)[number];

/** What S3 computes of an object when its sender sent no checksum. */
export const byDefault: Algorithm = 'crc64nvme';

/** Base64 values by algorithm, as they travel in `x-amz-checksum-…`. */
export type Checksums = Readonly<Partial<Record<Algorithm, string>>>;

/** Bytes of a digest, by algorithm. */
export const digestLength = {
  crc32: 4,
  crc32c: 4,
  crc64nvme: 8,
  sha1: 20,
  sha256: 32,
} as const satisfies Record<Algorithm, number>;

export function isAlgorithm(name: string): name is Algorithm {
  return algorithms.some((algorithm) => algorithm === name);
}

/** Reads bytes once and gives their MD5 (the ETag), and each checksum asked for. */
export class Digest {
  size = 0;
  readonly #md5 = createHash('md5');
  readonly #sums: [Algorithm, Sum][];

  constructor(wanted: Iterable<Algorithm>) {
    this.#sums = [...new Set(wanted)].map((algorithm) => [algorithm, sumOf(algorithm)]);
  }

  update(chunk: Buffer): void {
    this.size += chunk.length;
    this.#md5.update(chunk);
    for (const [, sum] of this.#sums) sum.update(chunk);
  }

  finish(): { md5: Buffer; sums: Checksums } {
    const sums = this.#sums.map(([algorithm, sum]) => [algorithm, sum.digest().toString('base64')]);
    return { md5: this.#md5.digest(), sums: Object.fromEntries(sums) as Checksums };
  }
}

/** The checksum of bytes at hand, in base64. */
export function checksumOf(algorithm: Algorithm, bytes: Buffer): string {
  const sum = sumOf(algorithm);
  sum.update(bytes);
  return sum.digest().toString('base64');
}

interface Sum {
  update(chunk: Buffer): void;
  digest(): Buffer;
}

function sumOf(algorithm: Algorithm): Sum {
  if (algorithm === 'crc32') return running(crc32);
  if (algorithm === 'crc32c') return running(crc32c);
  if (algorithm === 'crc64nvme') return new Crc64Nvme();
  const hash = createHash(algorithm);
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() };
}

function running(crc: (chunk: Buffer, before: number) => number): Sum {
  let value = 0;
  return {
    update: (chunk) => {
      value = crc(chunk, value);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

/** CRC-32C (Castagnoli, RFC 3720): Node has the other polynomial only. */
export function crc32c(chunk: Buffer, before = 0): number {
  let crc = ~before;
  for (const byte of chunk) crc = (castagnoli[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

const castagnoli = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

/** CRC-64/NVME (NVM Express Base Specification), in two halves: 64-bit integers of the language are ten times slower. */
class Crc64Nvme implements Sum {
  #high = -1;
  #low = -1;

  update(chunk: Buffer): void {
    let [high, low] = [this.#high, this.#low];
    for (const byte of chunk) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (nvme.low[index] ?? 0);
      high = (high >>> 8) ^ (nvme.high[index] ?? 0);
    }
    [this.#high, this.#low] = [high, low];
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.#high >>> 0);
    bytes.writeUInt32BE(~this.#low >>> 0, 4);
    return bytes;
  }
}

const nvme = { high: new Int32Array(256), low: new Int32Array(256) };
for (let index = 0; index < 256; index++) {
  let [high, low] = [0, index];
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (odd) [high, low] = [high ^ 0x9a6c9329, low ^ 0xac4bc9b5];
  }
  nvme.high[index] = high;
  nvme.low[index] = low;
}
