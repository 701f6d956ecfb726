import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Allowance, indexOf, inflate, latin1, startsWith } from './bytes.ts';
import type { Rejected } from './rejection.ts';

/** What came of it: a length, or the code and the rule. */
function outcome(what: () => Uint8Array): string {
  try {
    return `${what().length} bytes`;
  } catch (error) {
    return `${(error as Rejected).code}: ${(error as Error).message}`;
  }
}

const packed = deflateSync(Buffer.alloc(100, 7));

describe('what may still be unpacked', () => {
  test('is used up byte by byte, to the last and no further', () => {
    const allowance = new Allowance(10);
    allowance.take(4);
    expect(allowance.left).toBe(6);
    allowance.take(6);
    allowance.take(0);
    expect(allowance.left).toBe(0);
    expect(() => allowance.take(1)).toThrow('unpacks beyond the allowance');
  });

  test('is shared by all that is unpacked out of one file', () => {
    const allowance = new Allowance(150);
    expect(outcome(() => inflate(packed, 'zlib', allowance))).toBe('100 bytes');
    expect(allowance.left).toBe(50);
    expect(outcome(() => inflate(packed, 'zlib', allowance))).toBe(
      'expands-too-far: inflates beyond the allowance',
    );
    expect(allowance.left).toBe(50);
  });

  test('may be used up exactly, and then gives nothing but nothing', () => {
    const allowance = new Allowance(100);
    expect(outcome(() => inflate(packed, 'zlib', allowance))).toBe('100 bytes');
    expect(outcome(() => inflate(deflateSync(Buffer.alloc(0)), 'zlib', allowance))).toBe('0 bytes');
    expect(outcome(() => inflate(deflateSync(Buffer.alloc(1)), 'zlib', allowance))).toBe(
      'expands-too-far: unpacks beyond the allowance',
    );
  });
});

describe('deflated data', () => {
  test('is read raw or with its frame, and not the one for the other', () => {
    const raw = deflateRawSync(Buffer.alloc(100, 7));
    expect(outcome(() => inflate(raw, 'raw', new Allowance(1000)))).toBe('100 bytes');
    expect(outcome(() => inflate(raw, 'zlib', new Allowance(1000)))).toBe('broken: deflated data is damaged');
  });

  test('that is cut short or altered is damaged', () => {
    for (const damaged of [packed.subarray(0, -1), packed.subarray(0, 5), Buffer.from('xxxx')])
      expect(outcome(() => inflate(damaged, 'zlib', new Allowance(1000)))).toBe(
        'broken: deflated data is damaged',
      );
  });
});

test('text and bytes have the same places, wherever in memory the bytes begin', () => {
  const bytes = Uint8Array.from([1, 2, 0xe9, 65, 66, 65, 66]).subarray(2);
  expect(latin1(bytes)).toBe('éABAB');
  expect(latin1(bytes, 1, 3)).toBe('AB');
  expect([indexOf(bytes, 'AB'), indexOf(bytes, 'AB', 2), indexOf(bytes, 'é'), indexOf(bytes, 'x')]).toEqual([
    1, 3, 0, -1,
  ]);
  expect([startsWith(bytes, 'éA'), startsWith(bytes, 'A'), startsWith(bytes, '')]).toEqual([
    true,
    false,
    true,
  ]);
});
