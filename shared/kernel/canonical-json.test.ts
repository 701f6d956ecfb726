import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('orders names by UTF-16 code units, as the example of RFC 8785 §3.2.3', () => {
    const members = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, ö: 7 };
    expect(Object.keys(JSON.parse(canonicalJson(members)) as object).toSorted()).toEqual(
      Object.keys(members).toSorted(),
    );
    // The emoji is a surrogate pair, which lies before U+FB33 although its code point is higher.
    expect(canonicalJson(members)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
    );
  });

  it.each([
    [1e21, '1e+21'],
    [1e20, '100000000000000000000'],
    [-0, '0'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
    [333333333.33333329, '333333333.3333333'],
    [true, 'true'],
    [null, 'null'],
    ['安居\n"', '"安居\\n\\""'],
    ['\u20ac$\u000f', '"\u20ac$\\u000f"'],
    [[], '[]'],
    [[1, undefined, [null]], '[1,null,[null]]'],
    [{ b: undefined, a: [{ d: 1, c: {} }] }, '{"a":[{"c":{},"d":1}]}'],
  ])('spells %j as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([[Number.NaN], [Infinity], [[-Infinity]], [undefined], [1n], [() => 1], [{ a: Symbol('a') }]])(
    'has no spelling for what is not JSON: %#',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );

  it('gives the value back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        // JSON has one zero.
        const text = JSON.stringify(value);
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('does not depend on the order in which members were set', () => {
    const members = fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 })), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(members, (list) => {
        const one = canonicalJson(Object.fromEntries(list));
        expect(canonicalJson(Object.fromEntries(list.toReversed()))).toBe(one);
      }),
    );
  });
});
