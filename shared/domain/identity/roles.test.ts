import { expect, test } from 'vitest';
import { roleNames, roles, scopesOf } from './roles.ts';

test('whoever holds several roles needs each scope once', () => {
  expect(scopesOf(['drafter', 'checker', 'lead'])).toEqual(['anju.read', 'anju.file', 'anju.review']);
  expect(scopesOf([])).toEqual([]);
});

test('every role may read, no city reviews, and only at the region does anybody steer or audit', () => {
  for (const role of roleNames) {
    expect(scopesOf([role])).toContain('anju.read');
    const scopes = scopesOf([role]);
    if (scopes.includes('anju.steer') || scopes.includes('anju.audit'))
      expect(roles[role].levels).toEqual(['region']);
    // A project is reviewed in its county; what its city's government says of it is a decision.
    if (scopes.includes('anju.review') && role !== 'decider')
      expect(roles[role].levels, role).not.toContain('city');
  }
});
