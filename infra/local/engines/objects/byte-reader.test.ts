import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { all, cut } from './testing.ts';

const places = fc.array(fc.nat(2000), { maxLength: 12 });

describe('the byte reader', () => {
  it('finds a delimiter wherever the chunks are cut', async () => {
    const text = 'head\r\n\r\r\nabc\r\n--b';
    await fc.assert(
      fc.asyncProperty(places, async (cuts) => {
        const reader = new ByteReader(cut(Buffer.from(text), cuts));
        expect((await reader.until(Buffer.from('\r\n'), 10))?.toString()).toBe('head');
        expect((await all(reader.upTo(Buffer.from('\r\n--b')))).toString()).toBe('\r\r\nabc');
        expect((await reader.rest(10))?.length).toBe(0);
      }),
    );
  });

  it('stops at its limits', async () => {
    const reader = () => new ByteReader(cut(Buffer.from('0123456789;'), [3, 6]));
    expect(await reader().until(Buffer.from(';'), 9)).toBeUndefined();
    expect((await reader().until(Buffer.from(';'), 10))?.length).toBe(10);
    expect(await reader().rest(10)).toBeUndefined();
    expect((await reader().rest(11))?.length).toBe(11);
  });
});
