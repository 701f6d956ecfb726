/** JPEG marker by marker: which rule a file breaks. Whole images are in `images.test.ts`. */
import { describe, expect, test } from 'vitest';
import { checkJpeg } from './jpeg.ts';

type Bytes = readonly number[];

const segment = (marker: number, payload: Bytes): Bytes => [
  0xff,
  marker,
  (payload.length + 2) >> 8,
  (payload.length + 2) & 0xff,
  ...payload,
];
/** Depth, height, width, and so many components. */
const size = (height: number, width: number, components = 1): Bytes => [
  8,
  height >> 8,
  height & 0xff,
  width >> 8,
  width & 0xff,
  components,
  ...Array.from({ length: components }, (_, index) => [index + 1, 0x11, 0]).flat(),
];
const start: Bytes = [0xff, 0xd8];
const end: Bytes = [0xff, 0xd9];
const frame = segment(0xc0, size(1, 1));
const scan: Bytes = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0x34];

function finding(...parts: readonly Bytes[]): string {
  try {
    checkJpeg(Uint8Array.from(parts.flat()));
    return 'ok';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a JPEG', () => {
  test.each<[string, readonly Bytes[]]>([
    ['a frame and a scan', [start, frame, scan, end]],
    ['an empty comment', [start, segment(0xfe, []), frame, scan, end]],
    ['fill bytes before a marker', [start, [0xff, 0xff], frame, scan, end]],
    [
      'a byte of 0xFF and restarts in its scan',
      [start, frame, scan, [0xff, 0, 0xff, 0xd0, 1, 0xff, 0xd7, 2], end],
    ],
    ['fill bytes at the end of its scan', [start, frame, scan, [0xff, 0xff], end]],
    ['several scans', [start, frame, scan, scan, end]],
    ['a frame of the last kind', [start, segment(0xcf, size(1, 1)), scan, end]],
    ['three components', [start, segment(0xc2, size(300, 1, 3)), scan, end]],
    [
      'tables that are no frame',
      [start, segment(0xc4, [1]), segment(0xc8, [1]), segment(0xcc, [1]), frame, scan, end],
    ],
    ['a width above 255 alone', [start, segment(0xc0, size(256, 512)), scan, end]],
    ['a photograph’s preview behind it', [start, frame, scan, end, start, frame, scan, end]],
  ])('may have %s', (_, parts) => {
    expect(finding(...parts)).toBe('ok');
  });

  test.each<[string, readonly Bytes[]]>([
    ['JPEG: no marker where one must stand', [start, [0x00], frame, scan, end]],
    ['JPEG: cut short', [start, [0xff, 0xff, 0xff]]],
    ['JPEG: cut short', [start, frame, [0xff, 0xfe, 0]]],
    ['JPEG: a marker out of place', [start, start, frame, scan, end]],
    ['JPEG: a marker out of place', [start, [0xff, 0x01, 0, 2], frame, scan, end]],
    ['JPEG: a marker out of place', [start, [0xff, 0xbf, 0, 2], frame, scan, end]],
    ['JPEG: a restart outside a scan', [start, segment(0xd0, []), frame, scan, end]],
    ['JPEG: a restart outside a scan', [start, segment(0xd7, []), frame, scan, end]],
    ['JPEG: a segment runs past the end', [start, [0xff, 0xfe, 0, 1], frame, scan, end]],
    ['JPEG: a segment runs past the end', [start, frame, [0xff, 0xfe, 0, 9], end]],
    ['JPEG: a scan before the frame', [start, scan, frame, end]],
    ['JPEG: a scan before the frame', [start, segment(0xc4, size(1, 1)), scan, end]],
    ['JPEG: a scan before the frame', [start, segment(0xc8, size(1, 1)), scan, end]],
    ['JPEG: a scan before the frame', [start, segment(0xcc, size(1, 1)), scan, end]],
    ['JPEG: a scan before the frame', [start, segment(0xd8 + 8, size(1, 1)), scan, end]],
    ['JPEG: an empty scan', [start, frame, segment(0xda, [1]), end]],
    ['JPEG: a scan without end', [start, frame, scan]],
    ['JPEG: a scan without end', [start, frame, scan, [0xff]]],
    ['JPEG: no scan', [start, frame, end]],
    ['JPEG: no size', [start, segment(0xc0, size(0, 1)), scan, end]],
    ['JPEG: no size', [start, segment(0xc0, size(1, 0)), scan, end]],
    ['JPEG: a frame cut short', [start, segment(0xc0, size(1, 1, 0)), scan, end]],
    ['JPEG: a frame cut short', [start, segment(0xc0, size(1, 1, 3).slice(0, -3)), scan, end]],
    ['JPEG: no size', [start, segment(0xc0, [8]), scan, end]],
    [
      'JPEG: another file after the image',
      [start, frame, scan, end, [...Buffer.from('PK\x05\x06', 'latin1')]],
    ],
    ['JPEG: another file after the image', [start, frame, scan, end, [...Buffer.from('MZ')]]],
    ['JPEG: another file after the image', [start, frame, scan, end, [0, ...Buffer.from('%PDF-1.7')]]],
  ])('is refused: %s (%#)', (because, parts) => {
    expect(finding(...parts)).toBe(because);
  });
});
