/** PNG (ISO/IEC 15948): every chunk with its CRC, IHDR first, image data that inflates to the size IHDR gives. */
import { crc32, inflateSync } from 'node:zlib';
import { latin1, startsWith, view } from './bytes.ts';
import { Rejected } from './rejection.ts';

export const pngSignature = '\x89PNG\r\n\x1a\n';

/** An image that unpacks to more is no photograph of a paper, in bytes. */
const maxRaw = 200 * 1024 * 1024;

const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** @throws Rejected `broken`, `expands-too-far` or `foreign-trailer` */
export function checkPng(bytes: Uint8Array): void {
  if (!startsWith(bytes, pngSignature)) throw new Rejected('broken', 'PNG: no signature');
  const data = view(bytes);
  const imageData: Uint8Array[] = [];
  let rawLength: number | undefined;
  let at = pngSignature.length;
  for (;;) {
    if (at + 12 > bytes.length) throw new Rejected('broken', 'PNG: no end chunk');
    const length = data.readUInt32BE(at);
    const name = latin1(bytes, at + 4, at + 8);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw new Rejected('broken', 'PNG: a chunk runs past the end');
    if (crc32(bytes.subarray(at + 4, end)) !== data.readUInt32BE(end)) {
      throw new Rejected('broken', 'PNG: a chunk fails its CRC');
    }
    if ((name === 'IHDR') !== (rawLength === undefined))
      throw new Rejected('broken', 'PNG: IHDR not first, or twice');
    if (name === 'IHDR') rawLength = rawLengthOf(bytes.subarray(at + 8, end));
    if (name === 'IDAT') imageData.push(bytes.subarray(at + 8, end));
    at = end + 4;
    if (name === 'IEND') break;
  }
  if (at !== bytes.length) throw new Rejected('foreign-trailer', 'PNG: bytes after the end chunk');
  checkImageData(imageData, rawLength ?? 0);
}

function checkImageData(imageData: readonly Uint8Array[], rawLength: number): void {
  let inflated: number;
  try {
    inflated = inflateSync(Buffer.concat(imageData), { maxOutputLength: rawLength }).length;
  } catch {
    throw new Rejected('broken', 'PNG: image data damaged, or more than the header says');
  }
  if (inflated !== rawLength) throw new Rejected('broken', 'PNG: image data short of what the header says');
}

/** Bytes of all scan lines with their filter bytes, from the header chunk. */
function rawLengthOf(header: Uint8Array): number {
  if (header.length !== 13) throw new Rejected('broken', 'PNG: a header of the wrong length');
  const data = view(header);
  const width = data.readUInt32BE(0);
  const height = data.readUInt32BE(4);
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = header.subarray(8);
  const perPixel = channels[colour];
  if (width === 0 || height === 0) throw new Rejected('broken', 'PNG: no size');
  if (
    perPixel === undefined ||
    !depths[colour]?.includes(depth) ||
    compression !== 0 ||
    filter !== 0 ||
    interlace > 1
  ) {
    throw new Rejected('broken', 'PNG: a header no reader knows');
  }
  const bits = perPixel * depth;
  const raw =
    interlace === 0
      ? passLength(width, height, bits)
      : interlacePasses.reduce(
          (sum, [x, y, dx, dy]) =>
            sum + passLength(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy), bits),
          0,
        );
  if (raw > maxRaw) throw new Rejected('expands-too-far', 'PNG: an image too large to unpack');
  return raw;
}

/** Adam7: first column, first row, and the steps between (clause 8.2). */
const interlacePasses = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function passLength(width: number, height: number, bitsPerPixel: number): number {
  return width > 0 && height > 0 ? height * (1 + Math.ceil((width * bitsPerPixel) / 8)) : 0;
}
