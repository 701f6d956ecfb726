import { expect, test } from 'vitest';
import { hashOf } from './hash.ts';

test('a hash is the SHA-256 of the canonical spelling, which anybody can compute', () => {
  // printf '{"a":1,"b":"安"}' | sha256sum
  expect(hashOf({ b: '安', a: 1 })).toBe('a0f29d9b3f14ea9d01b24500d198513aa5115612a320b187c6d155a69e39dd08');
  expect(hashOf({ a: 1, b: '安', c: undefined })).toBe(hashOf({ b: '安', a: 1 }));
  expect(hashOf({ a: 1, b: '居' })).not.toBe(hashOf({ a: 1, b: '安' }));
});
