import { inflateRawSync, inflateSync } from 'node:zlib';
import { Rejected } from './rejection.ts';

/** Latin-1 text of a stretch: one character a byte, so that offsets in the text are offsets in the file. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return view(bytes).toString('latin1', start, end);
}

/** Where a sequence of bytes (given as Latin-1) first stands at or after `from`, or -1. */
export function indexOf(bytes: Uint8Array, wanted: string, from = 0): number {
  return view(bytes).indexOf(wanted, from, 'latin1');
}

export function startsWith(bytes: Uint8Array, wanted: string): boolean {
  return latin1(bytes, 0, wanted.length) === wanted;
}

/** A Buffer over the same memory. */
export function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** How much may still be unpacked out of one file; shared by all that is nested in it. Counted in bytes. */
export class Allowance {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  take(bytes: number): void {
    if (bytes > this.#left) throw new Rejected('expands-too-far', 'unpacks beyond the allowance');
    this.#left -= bytes;
  }

  get left(): number {
    return this.#left;
  }
}

/**
 * Inflates without ever holding more than the allowance. node:zlib stops at `maxOutputLength` while inflating; neither
 * fflate (which trusts the announced size) nor pdf-lib (which has no limit) does.
 *
 * @throws Rejected `broken` when the data is not whole, `expands-too-far` when it unpacks to more than is left
 */
export function inflate(packed: Uint8Array, form: 'raw' | 'zlib', allowance: Allowance): Uint8Array {
  const inflater = form === 'raw' ? inflateRawSync : inflateSync;
  try {
    const unpacked = inflater(packed, { maxOutputLength: Math.max(1, allowance.left) });
    allowance.take(unpacked.length);
    return unpacked;
  } catch (error) {
    if (error instanceof Rejected) throw error;
    if (error instanceof RangeError) throw new Rejected('expands-too-far', 'inflates beyond the allowance');
    throw new Rejected('broken', 'deflated data is damaged');
  }
}
