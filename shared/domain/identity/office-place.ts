/**
 * What an office's code says of its place and department: `150100` a city's government, `150102` a county's, `150102-HOUSING` its
 * housing department, `150100-HOUSING` the city's (decision 0012). Whether the office exists is not asked here.
 */
import { divisionOf } from '../cities/divisions.ts';
import { officeOf, subReporters } from './offices.ts';
import type { Actor } from './roles.ts';

export interface OfficePlace {
  /** Six digits, GB/T 2260. */
  readonly place: string;
  readonly level: 'city' | 'county';
  /** `HOUSING`; absent for the government itself. */
  readonly department?: string;
}

/** The place of an office of a city or a county; undefined for the region's and for an owner's credit code. */
export function officePlaceOf(office: string): OfficePlace | undefined {
  const [, place = '', department] = /^(\d{6})(?:-([A-Z]+))?$/.exec(office) ?? [];
  const division = divisionOf(place);
  return division && { place, level: division.level, ...(department ? { department } : {}) };
}

export function isRegional(office: string): boolean {
  return officeOf(office)?.level === 'region';
}

/** Whether this office's area holds the county: its own, or one of its city. */
export function holdsCounty({ place }: OfficePlace, county: string): boolean {
  return place === county || divisionOf(county)?.parent === place;
}

/** The office whose annual plan and register a county's projects enter: its city, or itself when it reports for itself. */
export function reportingCityOf(county: string): string | undefined {
  const division = divisionOf(county);
  if (division?.level !== 'county') return undefined;
  return county in subReporters ? county : division.parent;
}

/** The reporting cities whose registers lie in this office's area: a league sees those that report for themselves, too. */
export function registersIn(office: string): readonly string[] {
  const at = officePlaceOf(office);
  if (!at) return [];
  if (at.level === 'county') return [reportingCityOf(at.place) ?? at.place];
  const own = Object.entries(subReporters).flatMap(([code, city]) => (city === at.place ? [code] : []));
  return [at.place, ...own];
}

/**
 * Who may keep the registers of a county (S-08): its government's drafter and the lead of its housing department, and those of its
 * city. A county that reports for itself keeps its own alone.
 */
export function mayKeep({ office, roles }: Pick<Actor, 'office' | 'roles'>, county: string): boolean {
  const at = officePlaceOf(office);
  if (!at || divisionOf(county)?.level !== 'county' || !holdsCounty(at, county)) return false;
  if (county in subReporters && at.place !== county) return false;
  if (at.department === undefined) return roles.includes('drafter');
  return at.department === 'HOUSING' && roles.includes('lead');
}
