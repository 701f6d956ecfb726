/** PNG chunk by chunk: which rule a file breaks. Whole images are in `images.test.ts`. */
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { pngOf } from '../../../../test/support/sample-files.ts';
import { checkPng } from './png.ts';

interface Header {
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  readonly colour?: number;
  readonly compression?: number;
  readonly filter?: number;
  readonly interlace?: number;
  /** Of the chunk. */
  readonly length?: number;
}

/** A picture of this header, with so many bytes of scan lines. */
function finding(header: Header, raw: number, data: Uint8Array = deflateSync(Buffer.alloc(raw))): string {
  const { width = 1, height = 1, depth = 8, colour = 0, compression = 0, filter = 0, interlace = 0 } = header;
  const chunk = Buffer.alloc(header.length ?? 13);
  const full = Buffer.alloc(16);
  full.writeUInt32BE(width, 0);
  full.writeUInt32BE(height, 4);
  full.set([depth, colour, compression, filter, interlace], 8);
  full.copy(chunk);
  return checked(
    pngOf([
      ['IHDR', chunk],
      ['IDAT', data],
      ['IEND', Buffer.alloc(0)],
    ]),
  );
}

function checked(bytes: Uint8Array): string {
  try {
    checkPng(bytes);
    return 'ok';
  } catch (error) {
    return (error as Error).message;
  }
}

const unknown = 'PNG: a header no reader knows';
const damaged = 'PNG: image data damaged, or more than the header says';

describe('a PNG', () => {
  test.each<[string, Header, number]>([
    ['ok', {}, 2],
    ['ok', { colour: 2 }, 4],
    ['ok', { colour: 3, depth: 1, width: 9 }, 3],
    ['ok', { colour: 4 }, 3],
    ['ok', { colour: 6, depth: 16 }, 9],
    ['ok', { depth: 4, width: 3 }, 3],
    ['ok', { interlace: 1 }, 2],
    // Of Adam7's seven passes a picture two wide and one high has the first and the sixth.
    ['ok', { interlace: 1, width: 2 }, 4],
    ['PNG: a header of the wrong length', { length: 12 }, 2],
    ['PNG: a header of the wrong length', { length: 14 }, 2],
    ['PNG: no size', { width: 0 }, 1],
    ['PNG: no size', { height: 0 }, 0],
    [unknown, { colour: 1 }, 2],
    [unknown, { colour: 7 }, 2],
    [unknown, { colour: 2, depth: 4 }, 3],
    [unknown, { depth: 3 }, 2],
    [unknown, { compression: 1 }, 2],
    [unknown, { filter: 1 }, 2],
    [unknown, { interlace: 2 }, 2],
    [damaged, {}, 3],
    ['PNG: image data short of what the header says', {}, 1],
    ['PNG: an image too large to unpack', { width: 20_000, height: 20_000 }, 2],
  ])('%s: %o with %i bytes', (because, header, raw) => {
    expect(finding(header, raw)).toBe(because);
  });

  test('whose data is not deflated, or cut short, is damaged', () => {
    expect(finding({}, 2, Buffer.from('xxxx'))).toBe(damaged);
    expect(finding({}, 2, deflateSync(Buffer.alloc(2)).subarray(0, -1))).toBe(damaged);
    expect(finding({}, 2, Buffer.alloc(0))).toBe(damaged);
  });

  test('begins with its signature', () => {
    expect(checked(Buffer.from('\x89PNX\r\n\x1a\n', 'latin1'))).toBe('PNG: no signature');
    expect(checked(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toBe('PNG: no end chunk');
  });
});
