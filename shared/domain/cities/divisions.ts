/**
 * The 12 leagues and cities (盟市) and 103 counties (旗县区) of Inner Mongolia, GB/T 2260, from `data/divisions.csv`.
 * The build inlines the file as text, so that the rules stay free of I/O.
 */
import { divisionsCsv } from './data/divisions.ts';

export interface Division {
  readonly code: string;
  readonly parent: string;
  readonly level: 'city' | 'county';
  readonly name: string;
  readonly nameEn: string;
}

export const divisions: readonly Division[] = divisionsCsv
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => {
    const [code = '', parent = '', level = '', name = '', nameEn = ''] = line.split(',');
    return { code, parent, level: level === 'county' ? 'county' : 'city', name, nameEn };
  });

export const cities: readonly Division[] = divisions.filter((division) => division.level === 'city');

/** The counties of a league or city, in code order; empty for a code that is none of the twelve. */
export function countiesOf(city: string): readonly Division[] {
  return divisions.filter((division) => division.parent === city);
}

/** The division with this six-digit code, or undefined. */
export function divisionOf(code: string): Division | undefined {
  return divisions.find((division) => division.code === code);
}
