/** What a route is, and what many of them share. */
import * as z from 'zod';
import { once } from '../shared/kernel/once.ts';
import type { Role, Scope } from '../shared/domain/identity/roles.ts';

export type FunctionName =
  | 'queries'
  | 'registers'
  | 'commands'
  | 'steering'
  | 'documents'
  | 'exports'
  | 'prints'
  | 'invitations'
  | 'description'
  | 'public';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** HTTP API path template: `/submissions/{id}`. */
  readonly path: string;
  readonly function: FunctionName;
  /** `anyone`: no token. Otherwise the token's scope (checked by the authorizer) and the roles (checked by us). */
  readonly access: 'anyone' | { readonly scope: Scope; readonly roles: readonly Role[] | 'any' };
  readonly summary: { readonly zh: string; readonly en: string };
  /** Its path holds a secret: no answer repeats it. */
  readonly secretPath?: true;
  /** Schemas are made when a request first needs them: a cold start pays for none. */
  readonly body?: () => z.ZodType;
  readonly query?: () => z.ZodObject;
  /**
   * Commands carry an Idempotency-Key; those that change a record, also If-Match. What `replaces` needs it only when
   * something stands there already. What is a caller's own, and loses nothing when it is said anew, only creates.
   */
  readonly command?: 'creates' | 'changes' | 'replaces';
}

export const limit = once(() =>
  z.coerce.number().int().min(1).max(100).default(25).describe('每页条数|Page size'),
);
export const cursor = once(() =>
  z.string().max(2000).optional().describe('上页给出的游标|Cursor of the page before'),
);
export const flag = (description: string) => z.enum(['true', 'false']).optional().describe(description);
export const anyone = { scope: 'anju.read', roles: 'any' } as const;
export const drafter = { scope: 'anju.file', roles: ['drafter'] } as const;
export const supervisor = { scope: 'anju.steer', roles: ['supervisor'] } as const;
export const decider = { scope: 'anju.review', roles: ['decider'] } as const;
export const administrator = { scope: 'anju.steer', roles: ['administrator'] } as const;

export const historyPage = once(() =>
  z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: limit() }),
);
/** Whose register it is, the rules decide: a city's drafter files, a housing department's lead reviews. */
export const keeper = { scope: 'anju.read', roles: ['drafter', 'lead'] } as const;

export function routeKey(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`;
}
