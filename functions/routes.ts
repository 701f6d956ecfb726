/** The route table's shape is in place; the routes themselves are added beside the commands that serve them. */
import type { Role, Scope } from '../shared/domain/identity/roles.ts';

export type FunctionName = 'queries' | 'commands' | 'documents' | 'public';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** HTTP API path template: `/submissions/{id}`. */
  readonly path: string;
  readonly function: FunctionName;
  /** `anyone`: no token. Otherwise the token's scope (checked by the authorizer) and the roles (checked by us). */
  readonly access: 'anyone' | { readonly scope: Scope; readonly roles: readonly Role[] | 'any' };
}

export const routes: readonly Route[] = [
  { method: 'GET', path: '/health', function: 'public', access: 'anyone' },
  { method: 'GET', path: '/public/cities', function: 'public', access: 'anyone' },
  { method: 'GET', path: '/submissions/{id}', function: 'queries', access: { scope: 'anju.read', roles: 'any' } },
];
