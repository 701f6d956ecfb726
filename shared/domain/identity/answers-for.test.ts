import { describe, expect, it } from 'vitest';
import { answersFor, seesOffice } from './answers-for.ts';
import type { Role } from './roles.ts';

const owner = '91150102TE5TNMA15J';

describe('how an office is reached', () => {
  it.each([
    ['150102', '150102', true],
    ['150102-HOUSING', '150102-HOUSING', true],
    [owner, owner, true],
    ['R_HOUSING', '150102', true],
    ['R_FINANCE', '150102-HOUSING', true],
    ['R_FINANCE', owner, true],
    ['150100', '150102', false],
    ['150102', '150102-HOUSING', false],
    ['150102', 'R_HOUSING', false],
    [owner, '150102', false],
    ['nobody', '150102', false],
    // An office that is none is seen by nobody, not even by who says that he is of it.
    ['R_HOUSING', '150101', false],
    ['nobody', 'nobody', false],
  ])('%s sees it of %s: %s', (office, other, sees) => {
    expect(seesOffice({ office }, other)).toBe(sees);
  });
});

describe('who says how an office is reached and who signs for it', () => {
  const asks = (office: string, roles: readonly Role[], other: string) =>
    answersFor({ sub: 'u-1', office, roles }, other);

  it('is the administrator of the lead office, for any', () => {
    expect(asks('R_HOUSING', ['administrator'], 'R_HOUSING')).toBe('administrator');
    expect(asks('R_HOUSING', ['administrator'], '150102')).toBe('administrator');
    expect(asks('R_HOUSING', ['lead', 'administrator'], owner)).toBe('administrator');
  });

  it('is an administrator elsewhere for his own office alone', () => {
    expect(asks('R_FINANCE', ['administrator'], 'R_FINANCE')).toBe('administrator');
    expect(asks('R_FINANCE', ['administrator'], '150102')).toBeUndefined();
    expect(asks('R_FINANCE', ['administrator'], 'R_HOUSING')).toBeUndefined();
  });

  it('is a leader for his own office alone', () => {
    expect(asks('150102', ['leader'], '150102')).toBe('leader');
    expect(asks('150102', ['leader'], '150103')).toBeUndefined();
    expect(asks('R_HOUSING', ['leader'], '150102')).toBeUndefined();
    expect(asks('R_FINANCE', ['leader', 'administrator'], 'R_FINANCE')).toBe('administrator');
  });

  it('is nobody else of an office, not even of the lead office', () => {
    expect(asks('150102', ['drafter', 'decider'], '150102')).toBeUndefined();
    expect(asks('150102', [], '150102')).toBeUndefined();
    expect(asks('R_HOUSING', ['lead', 'supervisor'], '150102')).toBeUndefined();
  });
});
