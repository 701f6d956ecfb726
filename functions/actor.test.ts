import { describe, expect, it } from 'vitest';
import { actorOf, holdsOne, type Claims } from './actor.ts';

const lead = { sub: 'p-1', office: 'R_HOUSING' };

describe('the caller', () => {
  it.each<[string, Claims[string]]>([
    ['names separated by spaces', 'lead supervisor'],
    ['an array as the gateway spells it', '[lead supervisor]'],
    ['an array with commas', '[lead,supervisor]'],
    ['a real array', ['lead', 'supervisor']],
    ['repeats, and odd space', ' supervisor  lead\tlead\n'],
  ])('holds the roles of the claim: %s', (_, claim) => {
    expect(actorOf({ ...lead, roles: claim })).toEqual({
      sub: 'p-1',
      office: 'R_HOUSING',
      roles: ['lead', 'supervisor'],
    });
  });

  it.each<[string, Claims[string] | undefined]>([
    ['no roles', undefined],
    ['an empty claim', ''],
    ['an empty array', '[]'],
    ['roles that we do not know', 'root admin LEAD leads'],
    ['the name of what every object inherits', 'constructor __proto__ toString'],
    ['a number', 7],
    ['a truth', true],
  ])('holds no role: %s', (_, claim) => {
    expect(actorOf({ ...lead, ...(claim === undefined ? {} : { roles: claim }) })?.roles).toEqual([]);
  });

  it('does not hold a role of the other level', () => {
    const claim = 'drafter checker signatory publisher leader lead reviewer consenter auditor';
    expect(actorOf({ sub: 'p', office: '150100', roles: claim })?.roles).toEqual([
      'drafter',
      'checker',
      'signatory',
      'publisher',
      'leader',
    ]);
    expect(actorOf({ ...lead, roles: claim })?.roles).toEqual([
      'publisher',
      'lead',
      'reviewer',
      'consenter',
      'auditor',
    ]);
  });

  it.each<[string, Claims | undefined]>([
    ['no claims', undefined],
    ['no subject', { office: 'R_HOUSING', roles: 'lead' }],
    ['an empty subject', { ...lead, sub: '' }],
    ['a subject that is no text', { ...lead, sub: 1 }],
    ['no office', { sub: 'p-1', roles: 'lead' }],
    ['an office that is none of ours', { ...lead, office: '110000' }],
    ['an office as a list', { ...lead, office: ['R_HOUSING', '150100'] }],
  ])('is nobody: %s', (_, claims) => {
    expect(actorOf(claims)).toBeUndefined();
  });
});

describe('who may call', () => {
  const actor = { sub: 'p', office: 'R_HOUSING', roles: ['lead', 'supervisor'] as const };

  it('holds one of the roles wanted, or any role at all', () => {
    expect(holdsOne(actor, ['reviewer', 'lead'])).toBe(true);
    expect(holdsOne(actor, ['reviewer'])).toBe(false);
    expect(holdsOne(actor, [])).toBe(false);
    expect(holdsOne(actor, 'any')).toBe(true);
    expect(holdsOne({ ...actor, roles: [] }, 'any')).toBe(false);
  });
});
