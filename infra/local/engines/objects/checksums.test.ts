import { describe, expect, it } from 'vitest';
import { checksumOf, crc32c, Digest } from './checksums.ts';

describe('CRC-32C', () => {
  it.each([
    ['123456789', 0xe3069283],
    ['\0'.repeat(32), 0x8a9136aa],
    ['', 0],
  ])('of %j is that of RFC 3720', (text, expected) => {
    expect(crc32c(Buffer.from(text))).toBe(expected);
    expect(crc32c(Buffer.from(text.slice(5)), crc32c(Buffer.from(text.slice(0, 5))))).toBe(expected);
  });
});

describe('CRC-64/NVME', () => {
  it.each([
    ['123456789', 'ae8b14860a799888'],
    ['\0'.repeat(4096), '6482d367eb22b64e'],
    ['\xff'.repeat(4096), 'c0ddba7302eca3ac'],
    ['', '0000000000000000'],
  ])('of %j is that of its specification', (text, expected) => {
    const bytes = Buffer.from(text, 'latin1');
    expect(Buffer.from(checksumOf('crc64nvme', bytes), 'base64').toString('hex')).toBe(expected);
    const digest = new Digest(['crc64nvme']);
    for (const half of [bytes.subarray(0, 5), bytes.subarray(5)]) digest.update(half);
    expect(digest.finish().sums.crc64nvme).toBe(checksumOf('crc64nvme', bytes));
  });
});
