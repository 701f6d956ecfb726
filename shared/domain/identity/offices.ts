/**
 * Offices (机关): who can be an actor. Names are data with validity, because organs are renamed and merged
 * (domain facts §2.1: 银保监局 became 金融监管局), while codes stay.
 */
import { creditCodeDefect } from '../../kernel/credit-code.ts';
import { divisionOf, divisions } from '../cities/divisions.ts';
import { departmentOf } from './departments.ts';

/** An `organisation` is a project's owner, known by his unified social credit code. */
export type OfficeLevel =
  'region' | 'city' | 'county' | 'city-department' | 'county-department' | 'organisation';

export interface Office {
  readonly code: string;
  readonly level: OfficeLevel;
  readonly zh: string;
  readonly en: string;
  /** The city whose figures this office's reports roll up to; itself for the twelve (S-20). */
  readonly rollsUpTo?: string;
}

/** 自治区住建厅 leads the review, receives filings and evaluates (S-07, S-21); its administrator sets what concerns any office. */
export const leadOffice = 'R_HOUSING';
/** 自治区人民政府. */
export const governmentOffice = 'REGION_GOV';

const regional: readonly Office[] = [
  { code: governmentOffice, level: 'region', zh: '自治区人民政府', en: "Regional People's Government" },
  {
    code: leadOffice,
    level: 'region',
    zh: '自治区住房和城乡建设厅',
    en: 'Regional Department of Housing and Urban-Rural Development',
  },
  {
    code: 'R_NDRC',
    level: 'region',
    zh: '自治区发展和改革委员会',
    en: 'Regional Development and Reform Commission',
  },
  { code: 'R_FINANCE', level: 'region', zh: '自治区财政厅', en: 'Regional Department of Finance' },
];

/**
 * 满洲里 and 二连浩特 are addressed beside the twelve in 内建保金〔2022〕96号: they report for themselves and roll up
 * to 呼伦贝尔 and 锡林郭勒, never counted twice.
 */
export const subReporters: Readonly<Record<string, string>> = { '150781': '150700', '152501': '152500' };

const cityOffices: readonly Office[] = divisions
  .filter((division) => division.level === 'city' || division.code in subReporters)
  .map((division) => ({
    code: division.code,
    level: 'city' as const,
    zh: division.name.endsWith('盟') ? `${division.name}行政公署` : `${division.name}人民政府`,
    en: division.nameEn || (division.code === '150781' ? 'Manzhouli' : 'Erenhot'),
    rollsUpTo: subReporters[division.code] ?? division.code,
  }));

const countyOffices: readonly Office[] = divisions
  .filter((division) => division.level === 'county' && !(division.code in subReporters))
  .map(({ code, name, nameEn }) => ({
    code,
    level: 'county' as const,
    zh: `${name}人民政府`,
    en: nameEn || code,
  }));

export const offices: readonly Office[] = [...regional, ...cityOffices, ...countyOffices];

const byCode = new Map(offices.map((office) => [office.code, office]));

/** The office with this code, or undefined for a code that names none. */
export function officeOf(code: string): Office | undefined {
  return byCode.get(code) ?? departmentOffice(code) ?? organisation(code);
}

/** `150102-HOUSING`: a department of a county; `150100-HOUSING`: of a city. */
function departmentOffice(code: string): Office | undefined {
  const [, place = '', name = ''] = /^(\d{6})-([A-Z]+)$/.exec(code) ?? [];
  const [division, department] = [divisionOf(place), departmentOf(name)];
  if (!division || !department) return undefined;
  return {
    code,
    level: division.level === 'city' ? 'city-department' : 'county-department',
    zh: `${division.name}${department.zh}部门`,
    en: `${department.en}, ${division.nameEn || place}`,
  };
}

/** Organisations are not listed: who signs in for one is known by its code, and its name stands in what it files. */
function organisation(code: string): Office | undefined {
  // A check digit that does not fit is a warning at most: the identity provider has let this organisation in.
  return creditCodeDefect(code) === 'form' ? undefined : { code, level: 'organisation', zh: code, en: code };
}

/** The codes of every office that files: the twelve leagues and cities and the two sub-reporters. */
export const reportingCities: readonly string[] = cityOffices.map((office) => office.code);
