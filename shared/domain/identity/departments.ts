/**
 * Departments (部门) of a county or city that take part in recognising a project. The notice names none (S-12: 部门联审机制);
 * this list is the platform's proposal, and which of them sit on a panel is a rule of each city.
 */
import type { Text } from '../../kernel/refusal.ts';

export const departments = {
  HOUSING: { zh: '住房和城乡建设局', en: 'Housing and Urban-Rural Development' },
  NATRES: { zh: '自然资源局', en: 'Natural Resources' },
  NDRC: { zh: '发展和改革委员会', en: 'Development and Reform' },
  FINANCE: { zh: '财政局', en: 'Finance' },
  FIRE: { zh: '消防救援大队', en: 'Fire and Rescue' },
  ECOLOGY: { zh: '生态环境局', en: 'Ecology and Environment' },
  MARKET: { zh: '市场监督管理局', en: 'Market Supervision' },
  TAX: { zh: '税务局', en: 'Taxation' },
  POWER: { zh: '供电公司', en: 'Power Supply' },
} as const satisfies Record<string, Text>;

export type Department = keyof typeof departments;
export const departmentNames = Object.keys(departments) as Department[];

/** The department with this code, or undefined. */
export function departmentOf(code: string): Text | undefined {
  return Object.hasOwn(departments, code) ? departments[code as Department] : undefined;
}
