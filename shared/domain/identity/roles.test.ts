import { expect, test } from 'vitest';
import { roleNames, roles, scopesOf } from './roles.ts';

test('whoever holds several roles needs each scope once', () => {
  expect(scopesOf(['drafter', 'checker', 'lead'])).toEqual(['anju.read', 'anju.file', 'anju.review']);
  expect(scopesOf([])).toEqual([]);
});

test('every role may read, and only at the region does anybody review, steer or audit', () => {
  for (const role of roleNames) {
    expect(scopesOf([role])).toContain('anju.read');
    const steers = scopesOf([role]).some((scope) => !['anju.read', 'anju.file'].includes(scope));
    if (steers) expect(roles[role].levels).toEqual(['region']);
  }
});
