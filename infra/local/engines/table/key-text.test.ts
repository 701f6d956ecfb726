import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText } from './attribute-values.ts';
import { joined, keyText, rangeWhere, type TextRange } from './key-text.ts';

/** Texts that press on the edges: what separates, what escapes, both sides of the surrogates. */
const text = fc
  .array(
    fc.constantFrom('\0', '\u0001', '\u0002', 'a', 'b', '\ud7ff', '\ue000', '\uffff', '𐀀', '\u{10ffff}'),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const bytes = (value: string) => Buffer.from(value);
const includes = ({ from, to }: TextRange, value: string) =>
  compareText(value, from) >= 0 && (to === undefined || compareText(value, to) < 0);

describe('the text of keys', () => {
  it('orders texts by their UTF-8 bytes', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(bytes(a), bytes(b)));
      }),
    );
  });

  it('orders binaries by their bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 4 }), (a, b) => {
        const [first, second] = [a, b].map((value) => keyText({ B: Buffer.from(value).toString('base64') }));
        expect(Math.sign(compareText(first ?? '', second ?? ''))).toBe(Buffer.compare(a, b));
      }),
    );
  });

  it('keeps the order of lists of keys, and tells different lists apart', () => {
    fc.assert(
      fc.property(fc.tuple(text, text), fc.tuple(text, text), (a, b) => {
        const expected = compareText(a[0], b[0]) || compareText(a[1], b[1]);
        expect(Math.sign(compareText(joined(a), joined(b)))).toBe(Math.sign(expected));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds in a range what compares so by its first key, and nothing else', () => {
    fc.assert(
      fc.property(text, text, text, (key, bound, rest) => {
        const row = joined([key, rest]);
        const order = compareText(key, bound);
        expect(includes(rangeWhere['='](bound), row)).toBe(order === 0);
        expect(includes(rangeWhere['<'](bound), row)).toBe(order < 0);
        expect(includes(rangeWhere['<='](bound), row)).toBe(order <= 0);
        expect(includes(rangeWhere['>'](bound), row)).toBe(order > 0);
        expect(includes(rangeWhere['>='](bound), row)).toBe(order >= 0);
        expect(includes(rangeWhere.beginsWith(bound), row)).toBe(key.startsWith(bound));
      }),
      { numRuns: 1000 },
    );
  });
});
