import { describe, expect, it } from 'vitest';
import {
  holdsCounty,
  isRegional,
  mayKeep,
  officePlaceOf,
  registersIn,
  reportingCityOf,
} from './office-place.ts';
import type { Role } from './roles.ts';

describe('the code of an office', () => {
  it('says its place and department', () => {
    expect(officePlaceOf('150100')).toEqual({ place: '150100', level: 'city' });
    expect(officePlaceOf('150102')).toEqual({ place: '150102', level: 'county' });
    expect(officePlaceOf('150102-HOUSING')).toEqual({
      place: '150102',
      level: 'county',
      department: 'HOUSING',
    });
    // A real city, though its code ends in 01.
    expect(officePlaceOf('152201')).toMatchObject({ level: 'county' });
  });

  // An owner's credit code may end like a county's.
  it.each([
    'R_HOUSING',
    '91150102TE5TNMA15J',
    'TE5TNMA15J00150102',
    '150101',
    '150172',
    '',
    '150102-',
    '150102-housing',
    '1501021',
  ])('%j says none', (code) => expect(officePlaceOf(code)).toBeUndefined());

  it('leads to the registers of its area', () => {
    expect(registersIn('150102-HOUSING')).toEqual(['150100']);
    expect(registersIn('150700')).toEqual(['150700', '150781']);
    expect(registersIn('150781')).toEqual(['150781']);
    expect(registersIn('150702')).toEqual(['150700']);
    expect(registersIn('R_HOUSING')).toEqual([]);
  });
});

it.each([
  ['R_HOUSING', true],
  ['REGION_GOV', true],
  ['150100', false],
  ['150100-HOUSING', false],
  ['91150102TE5TNMA15J', false],
  ['nobody', false],
])('%s is an office of the region: %s', (office, regional) => {
  expect(isRegional(office)).toBe(regional);
});

it('the area of an office is its county, or those of its city', () => {
  const city = { place: '150100', level: 'city' } as const;
  const county = { place: '150102', level: 'county' } as const;
  expect([holdsCounty(city, '150102'), holdsCounty(county, '150102')]).toEqual([true, true]);
  expect([holdsCounty(city, '150202'), holdsCounty(county, '150103')]).toEqual([false, false]);
  expect([holdsCounty(city, '999999'), holdsCounty(county, '')]).toEqual([false, false]);
});

it('a county reports with its city, unless for itself', () => {
  expect(reportingCityOf('150102')).toBe('150100');
  expect(reportingCityOf('152501')).toBe('152501');
  expect(reportingCityOf('150100')).toBeUndefined();
  expect(reportingCityOf('999999')).toBeUndefined();
});

describe('the registers of a county are kept', () => {
  it.each<[string, Role, string, boolean]>([
    ['150100', 'drafter', '150102', true],
    ['150100', 'signatory', '150102', false],
    ['150100', 'lead', '150102', false],
    ['150100-HOUSING', 'lead', '150102', true],
    ['150100-HOUSING', 'drafter', '150102', false],
    ['150100-TAX', 'lead', '150102', false],
    ['150102-HOUSING', 'lead', '150102', true],
    ['150102', 'drafter', '150102', true],
    ['150103-HOUSING', 'lead', '150102', false],
    ['150200', 'drafter', '150102', false],
    ['R_HOUSING', 'lead', '150102', false],
    ['91150102TE5TNMA15J', 'drafter', '150102', false],
    ['150100', 'drafter', '150100', false],
    ['150700', 'drafter', '150781', false],
    ['150781', 'drafter', '150781', true],
    ['150781', 'drafter', '150702', false],
    ['150100', 'drafter', '999999', false],
  ])('by %s as %s for %s: %s', (office, role, county, may) => {
    expect(mayKeep({ office, roles: [role] }, county)).toBe(may);
  });
});
