import { describe, expect, it } from 'vitest';
import { decodeChunks } from './aws-chunked.ts';
import { all, cut } from './testing.ts';

function body(...sizes: readonly number[]): Buffer {
  return Buffer.from(
    [...sizes, 0]
      .map((size) => `${size.toString(16)}\r\n${size > 0 ? `${'x'.repeat(size)}\r\n` : ''}`)
      .join('') + '\r\n',
  );
}

async function decoded(bytes: Buffer): Promise<number> {
  return (await all(decodeChunks(cut(bytes, [7, 5000]), new Map()))).length;
}

describe('the size of a chunk', () => {
  it.each([[[8192, 8192, 3]], [[3]], [[20_000]], [[]]])('%j is taken', async (sizes) => {
    expect(await decoded(body(...sizes))).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });

  it.each([[[8191, 8192]], [[8192, 1, 1]]])('%j is refused: only the last may be small', async (sizes) => {
    await expect(decoded(body(...sizes))).rejects.toMatchObject({
      code: 'InvalidChunkSizeError',
      status: 403,
    });
  });
});
