import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentAt, objectKeyOf } from './keys.ts';

test('a document lies under its filing, and the key names both again', () => {
  expect(objectKeyOf({ submission: 's-1', id: 'd-1' })).toBe('s-1/d-1');
  const name = fc.string({ unit: fc.constantFrom('a', '1', '-'), minLength: 1 });
  fc.assert(
    fc.property(name, name, (submission, id) => {
      expect(documentAt(objectKeyOf({ submission, id }))).toEqual({ submission, id });
    }),
  );
});

test.each(['', 's-1', 's-1/', '/d-1', 's-1/d-1/more', 's-1/d-1/'])('the key %j is not ours', (key) => {
  expect(documentAt(key)).toBeUndefined();
});
