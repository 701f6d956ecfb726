import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { bodyBounds, unkeepable } from './json-bounds.ts';

const found = (value: unknown): string[] =>
  unkeepable(value).map(({ code, pointer }) => `${code} ${pointer}`);

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

describe('what cannot be kept is named with its place', () => {
  test.each([
    ['{"homes":1e400}', ['number-out-of-range /homes']],
    ['{"homes":[-1e200]}', ['number-out-of-range /homes/0']],
    ['{"name":"\\ud800"}', ['not-text /name']],
    ['{"":1}', ['name-not-allowed /']],
    ['{"__proto__":1}', ['name-not-allowed /__proto__']],
    ['{"a/b":{"~":1e300}}', ['number-out-of-range /a~1b/~0']],
    ['9007199254740992', ['number-out-of-range ']],
  ])('%s', (text, expected) => {
    expect(found(JSON.parse(text))).toEqual(expected);
  });

  test('depth is told where it begins to be too much', () => {
    expect(found(nested(bodyBounds.depth))).toEqual([]);
    expect(found(nested(bodyBounds.depth + 1))).toEqual([`too-deep ${'/a'.repeat(bodyBounds.depth)}`]);
    expect(found(nested(5000))).toHaveLength(1);
  });

  test('a body of very many members is refused once', () => {
    expect(found(Array.from({ length: bodyBounds.members }, () => 0))).toEqual([]);
    expect(found(Array.from({ length: bodyBounds.members + 1 }, () => 0))).toEqual(['too-many-members ']);
  });
});

test('whatever passes has one canonical form that reads back the same', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      if (unkeepable(value).length > 0) return;
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
