import { expect, test } from 'vitest';
import { codeHash, sameHash, secretHash } from './secrets.ts';

test('a secret is recognised by its hash', () => {
  expect(secretHash('anju')).toBe('71717fe25666c00e37562485c3ba51e8d648554df8122107ad7821e3794f57d0');
  expect(secretHash('anju')).not.toBe(secretHash('Anju'));
});

test('a code has another hash under each salt, and it is slow to find', () => {
  const started = performance.now();
  const hash = codeHash('123456', 'salt');
  expect(performance.now() - started).toBeGreaterThan(2);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(codeHash('123456', 'salt')).toBe(hash);
  expect(codeHash('123457', 'salt')).not.toBe(hash);
  expect(codeHash('123456', 'other')).not.toBe(hash);
});

test('hashes are compared whole', () => {
  expect(sameHash('ab', 'ab')).toBe(true);
  expect(sameHash('ab', 'ac')).toBe(false);
  expect(sameHash('ab', 'abc')).toBe(false);
  expect(sameHash('', '')).toBe(true);
});
