import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  claimOf,
  jpegOf,
  pngOf,
  sampleDocx,
  sampleJpeg,
  samplePng,
} from '../../../../test/support/sample-files.ts';
import { inspect, type FileType } from './inspect.ts';

async function codeOf(type: FileType, bytes: Uint8Array): Promise<string> {
  const finding = await inspect(bytes, claimOf(type, bytes));
  return finding.ok ? 'ok' : finding.code;
}

const end = ['IEND', Buffer.alloc(0)] as const;

function header(
  width: number,
  height: number,
  depth = 8,
  colour = 2,
  interlace = 0,
): readonly ['IHDR', Buffer] {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([depth, colour, 0, 0, interlace], 8);
  return ['IHDR', bytes];
}

function data(raw: number): readonly ['IDAT', Buffer] {
  return ['IDAT', deflateSync(Buffer.alloc(raw))];
}

describe('PNG', () => {
  it.each([
    ['one bit deep', [header(9, 2, 1, 0), data(2 * 3), end]],
    ['with transparency', [header(2, 2, 16, 6), data(2 * 17), end]],
    // Adam7 of 5 by 5: passes of 1x1, 1x1, 2x1, 1x2 (twice the row), 3x1, 2x3, 5x2.
    ['interlaced', [header(5, 5, 8, 0, 1), data(2 + 2 + 3 + 2 * 2 + 4 + 3 * 3 + 2 * 6), end]],
    [
      'in several pieces',
      [header(1, 1), ['IDAT', data(4)[1].subarray(0, 5)], ['IDAT', data(4)[1].subarray(5)], end],
    ],
    ['with text', [header(1, 1), ['tEXt', Buffer.from('Title\0x')], data(4), end]],
  ] as const)('takes one %s', async (_name, chunks) => {
    expect(await codeOf('png', pngOf(chunks))).toBe('ok');
  });

  it.each([
    ['without width', [header(0, 1), data(1), end], 'broken'],
    ['without height', [header(1, 0), data(0), end], 'broken'],
    ['without image data', [header(1, 1), end], 'broken'],
    ['with image data too short', [header(2, 2), data(13), end], 'broken'],
    ['with image data too long', [header(2, 2), data(15), end], 'broken'],
    [
      'with image data that is not deflated',
      [header(1, 1), ['IDAT', Buffer.from('xxxxxxxx')], end],
      'broken',
    ],
    ['with two headers', [header(1, 1), header(1, 1), data(4), end], 'broken'],
    ['with the header late', [['tEXt', Buffer.from('a\0b')], header(1, 1), data(4), end], 'broken'],
    ['of an unknown colour type', [header(1, 1, 8, 5), data(4), end], 'broken'],
    ['of an impossible depth', [header(1, 1, 1, 2), data(4), end], 'broken'],
    ['that unpacks beyond measure', [header(100_000, 100_000), data(4), end], 'expands-too-far'],
    ['without end', [header(1, 1), data(4)], 'broken'],
  ] as const)('refuses one %s', async (_name, chunks, code) => {
    expect(await codeOf('png', pngOf(chunks))).toBe(code);
  });

  it('refuses a chunk that fails its CRC, and a file appended', async () => {
    const altered = Buffer.from(samplePng());
    altered.writeUInt32BE(0, altered.length - 4);
    expect(await codeOf('png', altered)).toBe('broken');
    expect(await codeOf('png', Buffer.concat([samplePng(), sampleDocx('x')]))).toBe('foreign-trailer');
  });
});

const frame = [8, 0, 8, 0, 8, 1, 1, 0x11, 0];
const scan = [1, 1, 0, 0, 63, 0];

describe('JPEG', () => {
  it.each([
    [
      'progressive, in two scans',
      [
        [0xc2, frame],
        [0xda, scan, [0x3f]],
        [0xda, scan, [0x3f]],
      ],
    ],
    [
      'with restarts and stuffed bytes',
      [
        [0xc0, frame],
        [0xda, scan, [0x3f, 0xff, 0xd0, 0xff, 0x00, 0x3f]],
      ],
    ],
    [
      'with fill bytes before a marker',
      [
        [0xc0, frame],
        [0xda, scan, [0x3f, 0xff, 0xff]],
      ],
    ],
    [
      'with an end marker inside a comment',
      [
        [0xfe, [0xff, 0xd9]],
        [0xc0, frame],
        [0xda, scan, [0x3f]],
      ],
    ],
  ] as [string, [number, number[], number[]?][]][])('takes one %s', async (_name, segments) => {
    expect(await codeOf('jpeg', jpegOf(segments))).toBe('ok');
  });

  it.each([
    ['without a frame', [[0xda, scan, [0x3f]]]],
    ['without a scan', [[0xc0, frame]]],
    [
      'with an empty scan',
      [
        [0xc0, frame],
        [0xda, scan],
      ],
    ],
    [
      'without height',
      [
        [0xc0, [8, 0, 0, 0, 8, 1, 1, 0x11, 0]],
        [0xda, scan, [0x3f]],
      ],
    ],
    [
      'without width',
      [
        [0xc0, [8, 0, 8, 0, 0, 1, 1, 0x11, 0]],
        [0xda, scan, [0x3f]],
      ],
    ],
    [
      'without components',
      [
        [0xc0, [8, 0, 8, 0, 8, 0]],
        [0xda, scan, [0x3f]],
      ],
    ],
    [
      'with a frame cut short',
      [
        [0xc0, [8, 0, 8, 0, 8, 3, 1, 0x11, 0]],
        [0xda, scan, [0x3f]],
      ],
    ],
    [
      'that starts twice',
      [
        [0xd8, []],
        [0xc0, frame],
        [0xda, scan, [0x3f]],
      ],
    ],
    [
      'with data where a marker must stand',
      [
        [0xc0, frame, [1, 2]],
        [0xda, scan, [0x3f]],
      ],
    ],
  ] as [string, [number, number[], number[]?][]][])('refuses one %s', async (_name, segments) => {
    expect(await codeOf('jpeg', jpegOf(segments))).toBe('broken');
  });

  it('takes what telephones append, and refuses another file', async () => {
    const preview = Buffer.concat([sampleJpeg(), sampleJpeg(), Buffer.from('SEFT')]);
    expect(await codeOf('jpeg', preview)).toBe('ok');
    const others = [
      sampleDocx('x'),
      Buffer.from('%PDF-1.7'),
      Buffer.from('MZ\x90'),
      Buffer.from('<script>x</script>'),
    ];
    for (const other of others) {
      expect(await codeOf('jpeg', Buffer.concat([sampleJpeg(), other]))).toBe('foreign-trailer');
    }
  });
});
