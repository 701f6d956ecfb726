import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pointerPart, pointerParts } from './json-pointer.ts';

it.each([
  [['homes'], '/homes'],
  [['a/b'], '/a~1b'],
  [['m~n'], '/m~0n'],
  [['~1', ''], '/~01/'],
  [[], ''],
])('spells %j as RFC 6901 has it: %s', (names, pointer) => {
  expect(names.map(pointerPart).join('')).toBe(pointer);
  expect(pointerParts(pointer)).toEqual(names);
});

it('gives every name back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', '室') })), (names) => {
      expect(pointerParts(names.map(pointerPart).join(''))).toEqual(names);
    }),
  );
});
