/**
 * Roles (岗位) within an office. A person holds some; the identity provider says which (claim `roles`). What each may do
 * stands in the route table and in the lifecycle tables; here only who they are and which token scope they need.
 */
import type { OfficeLevel } from './offices.ts';

export type Scope = 'anju.read' | 'anju.file' | 'anju.review' | 'anju.steer' | 'anju.audit';

interface RoleText {
  readonly zh: string;
  readonly en: string;
  readonly levels: readonly OfficeLevel[];
  readonly scopes: readonly Scope[];
}

export const roles = {
  drafter: {
    zh: '拟稿',
    en: 'Drafter',
    levels: ['city', 'organisation'],
    scopes: ['anju.read', 'anju.file'],
  },
  checker: {
    zh: '审核',
    en: 'Checker',
    levels: ['city', 'organisation'],
    scopes: ['anju.read', 'anju.file'],
  },
  signatory: {
    zh: '签发',
    en: 'Signatory',
    levels: ['city', 'organisation'],
    scopes: ['anju.read', 'anju.file'],
  },
  publisher: { zh: '公布', en: 'Publisher', levels: ['city', 'region'], scopes: ['anju.read', 'anju.file'] },
  leader: { zh: '分管领导', en: 'Leader', levels: ['city', 'county'], scopes: ['anju.read'] },
  lead: {
    zh: '牵头受理',
    en: 'Lead of the review',
    levels: ['region', 'county-department'],
    scopes: ['anju.read', 'anju.review'],
  },
  reviewer: {
    zh: '部门审查',
    en: 'Departmental reviewer',
    levels: ['region', 'county-department', 'city-department'],
    scopes: ['anju.read', 'anju.review'],
  },
  consenter: {
    zh: '政府同意',
    en: 'Consent of the government',
    levels: ['region'],
    scopes: ['anju.read', 'anju.review'],
  },
  'plan-checker': {
    zh: '计划核对',
    en: 'Check against the plan',
    levels: ['city-department', 'county-department'],
    scopes: ['anju.read', 'anju.review'],
  },
  decider: {
    zh: '认定决定',
    en: 'Decision on the recognition',
    levels: ['city', 'county'],
    scopes: ['anju.read', 'anju.review'],
  },
  supervisor: { zh: '督办', en: 'Supervisor', levels: ['region'], scopes: ['anju.read', 'anju.steer'] },
  administrator: {
    zh: '系统管理',
    en: 'Administrator',
    levels: ['region'],
    scopes: ['anju.read', 'anju.steer'],
  },
  auditor: { zh: '审计', en: 'Auditor', levels: ['region'], scopes: ['anju.read', 'anju.audit'] },
  'quarantine-officer': {
    zh: '隔离区管理',
    en: 'Quarantine officer',
    levels: ['region'],
    scopes: ['anju.read', 'anju.audit'],
  },
} as const satisfies Record<string, RoleText>;

export type Role = keyof typeof roles;

export const roleNames = Object.keys(roles) as Role[];

/** Who acts: taken from the verified token, never from the request's body. */
export interface Actor {
  /** The identity provider's subject; the only thing of a person that an audit entry keeps. */
  readonly sub: string;
  readonly office: string;
  readonly roles: readonly Role[];
}

/** The token scopes that these roles need, without repeats. */
export function scopesOf(held: readonly Role[]): Scope[] {
  return [...new Set(held.flatMap((role) => roles[role].scopes as readonly Scope[]))];
}
