/** Who answers for an office, and says how it is reached and who signs for it. */
import { leadOffice, officeOf } from './offices.ts';
import type { Actor } from './roles.ts';

/** To the office itself and to the region. */
export function seesOffice(actor: Pick<Actor, 'office'>, office: string): boolean {
  const known = officeOf(office) !== undefined;
  return known && (actor.office === office || officeOf(actor.office)?.level === 'region');
}

/** The lead office's administrator for any office; elsewhere its own administrator, and in a city or a county its leader. */
export function answersFor(actor: Actor, office: string): 'administrator' | 'leader' | undefined {
  const own = actor.office === office;
  if (actor.roles.includes('administrator') && (own || actor.office === leadOffice)) return 'administrator';
  return own && actor.roles.includes('leader') ? 'leader' : undefined;
}
