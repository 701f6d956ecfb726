/**
 * The departments (部门) of a city's or county's government that have to do with a project. The notice asks for a joint
 * review (S-12) and names tax, power and finance (S-13), but no list: this one is a proposal, and each city's rules
 * choose their panel from it. Names are those of the line of duty (条线), since the bureaus are called differently.
 */
import type { Text } from '../../kernel/refusal.ts';

export const departments = {
  HOUSING: { zh: '住房和城乡建设', en: 'Housing and Urban-Rural Development' },
  NATRES: { zh: '自然资源', en: 'Natural Resources' },
  NDRC: { zh: '发展改革', en: 'Development and Reform' },
  FINANCE: { zh: '财政', en: 'Finance' },
  FIRE: { zh: '消防救援', en: 'Fire and Rescue' },
  ECOLOGY: { zh: '生态环境', en: 'Ecology and Environment' },
  MARKET: { zh: '市场监管', en: 'Market Regulation' },
  TAX: { zh: '税务', en: 'Taxation' },
  POWER: { zh: '供电', en: 'Power Supply' },
} as const satisfies Record<string, Text>;

export type DepartmentCode = keyof typeof departments;
export const departmentCodes = Object.keys(departments) as [DepartmentCode, ...DepartmentCode[]];

/** 牵头部门: it accepts the application and leads the joint review, and so never stands on the panel. */
export const leadDepartment: DepartmentCode = 'HOUSING';

export interface Department {
  readonly code: DepartmentCode;
  readonly zh: string;
  readonly en: string;
}

/** The department with this code, or undefined. */
export function departmentOf(code: string): Department | undefined {
  return departmentCodes
    .filter((one) => one === code)
    .map((one): Department => ({ code: one, ...departments[one] }))[0];
}
