import { describe, expect, it } from 'vitest';
import { crc32c } from './checksums.ts';

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
