/** JPEG (ITU-T T.81): the markers walked from start to end of image, a frame with a size, and at least one scan. */
import { indexOf, latin1, view } from './bytes.ts';
import { Rejected } from './rejection.ts';

export const jpegSignature = '\xff\xd8\xff';

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;

/** @throws Rejected `broken` or `foreign-trailer` */
export function checkJpeg(bytes: Uint8Array): void {
  const data = view(bytes);
  let at = 2;
  let framed = false;
  let scanned = false;
  for (;;) {
    const { marker, after } = nextMarker(bytes, at);
    at = after;
    if (marker === endOfImage) break;
    if (marker === startOfImage || marker < 0xc0) throw new Rejected('broken', 'JPEG: a marker out of place');
    if (isRestart(marker)) throw new Rejected('broken', 'JPEG: a restart outside a scan');
    if (at + 2 > bytes.length) throw new Rejected('broken', 'JPEG: cut short');
    const end = at + data.readUInt16BE(at);
    if (end < at + 2 || end > bytes.length) throw new Rejected('broken', 'JPEG: a segment runs past the end');
    if (isFrame(marker)) {
      checkFrame(bytes.subarray(at + 2, end));
      framed = true;
    }
    at = end;
    if (marker === startOfScan) {
      if (!framed) throw new Rejected('broken', 'JPEG: a scan before the frame');
      const next = endOfScan(bytes, at);
      if (next === at) throw new Rejected('broken', 'JPEG: an empty scan');
      at = next;
      scanned = true;
    }
  }
  if (!scanned) throw new Rejected('broken', 'JPEG: no scan');
  refuseForeignTrailer(bytes, at);
}

/** Any number of fill bytes 0xFF may stand before a marker (B.1.1.2). */
function nextMarker(bytes: Uint8Array, from: number): { marker: number; after: number } {
  if (bytes[from] !== 0xff) throw new Rejected('broken', 'JPEG: no marker where one must stand');
  let at = from;
  while (bytes[at] === 0xff) at++;
  const marker = bytes[at];
  if (marker === undefined) throw new Rejected('broken', 'JPEG: cut short');
  return { marker, after: at + 1 };
}

/** Where the next marker stands: in a scan, 0xFF followed by zero is data, and restarts belong to it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  throw new Rejected('broken', 'JPEG: a scan without end');
}

function checkFrame(frame: Uint8Array): void {
  const height = ((frame[1] ?? 0) << 8) | (frame[2] ?? 0);
  const width = ((frame[3] ?? 0) << 8) | (frame[4] ?? 0);
  const components = frame[5] ?? 0;
  if (width === 0 || height === 0) throw new Rejected('broken', 'JPEG: no size');
  if (components === 0 || frame.length !== 6 + 3 * components)
    throw new Rejected('broken', 'JPEG: a frame cut short');
}

/** SOF0 to SOF15, less the three in that range that are tables (DHT, JPG, DAC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/**
 * Telephones append previews, depth maps and short films to their photographs, so bytes after the end are allowed. An
 * archive, a PDF or a page is not: it would be a second file in the same bytes.
 */
function refuseForeignTrailer(bytes: Uint8Array, from: number): void {
  const second = ['%PDF-', 'Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', '<html', '<script', '<?php'];
  const trailer = bytes.subarray(from);
  // Only there do ZIP readers look for the end record; anywhere else those four bytes are chance.
  const zipEnd = trailer.subarray(-(22 + 0xffff));
  if (
    latin1(trailer, 0, 2) === 'MZ' ||
    indexOf(zipEnd, 'PK\x05\x06') >= 0 ||
    second.some((signature) => indexOf(trailer, signature) >= 0)
  ) {
    throw new Rejected('foreign-trailer', 'JPEG: another file after the image');
  }
}
