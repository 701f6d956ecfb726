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
    ['-9007199254740991', []],
  ])('%s', (text, expected) => {
    expect(found(JSON.parse(text))).toEqual(expected);
  });

  test('depth is told where it begins to be too much', () => {
    expect(found(nested(bodyBounds.depth))).toEqual([]);
    expect(found(nested(bodyBounds.depth + 1))).toEqual([`too-deep ${'/a'.repeat(bodyBounds.depth)}`]);
    expect(found(nested(5000))).toHaveLength(1);
  });

  test('a field may have a name of 200 letters; of a longer one the place shows as many', () => {
    expect(found({ ['名'.repeat(200)]: 1 })).toEqual([]);
    expect(found({ ['名'.repeat(201)]: 1 })).toEqual([`name-not-allowed /${'名'.repeat(200)}`]);
  });

  test('twenty reasons are enough to mend a body by', () => {
    expect(found(Array.from({ length: 30 }, () => 1e300))).toHaveLength(20);
  });

  test('each is told in both languages', () => {
    expect(unkeepable(1e300)[0]?.text).toEqual({ zh: '数值超出范围', en: 'The number is out of range' });
  });

  test('nobody reads on in a body that has too many members already', () => {
    const reasons = unkeepable([0, 0, 1e300], { ...bodyBounds, members: 2 });
    expect(reasons.map(({ code }) => code)).toEqual(['too-many-members']);
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
