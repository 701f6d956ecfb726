/** The caller, from the claims that the authorizer verified. A claim that we do not know gives no right. */
import { officeOf } from '../shared/domain/identity/offices.ts';
import { roleNames, roles, type Actor, type Role } from '../shared/domain/identity/roles.ts';

export type Claims = Readonly<Record<string, string | number | boolean | string[]>>;

/**
 * @param claims `sub`, `office`, `roles` (names separated by spaces; an array arrives from API Gateway as `[a b]`).
 * @returns the actor, or undefined when the token names no office of ours.
 */
export function actorOf(claims: Claims | undefined): Actor | undefined {
  const sub = claims?.['sub'];
  const office = officeOf(String(claims?.['office'] ?? ''));
  if (typeof sub !== 'string' || sub === '' || !office) return undefined;
  const named = new Set(
    String(claims?.['roles'] ?? '')
      .replaceAll(/[[\],]/g, ' ')
      .split(/\s+/),
  );
  const held = roleNames.filter(
    (role) => named.has(role) && (roles[role].levels as readonly string[]).includes(office.level),
  );
  return { sub, office: office.code, roles: held };
}

export function holdsOne(actor: Actor, wanted: readonly Role[] | 'any'): boolean {
  return wanted === 'any' ? actor.roles.length > 0 : wanted.some((role) => actor.roles.includes(role));
}
