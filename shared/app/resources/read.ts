/** Reads of the register of resources: the list of an area, and one resource. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import {
  isRegional,
  officePlaceOf,
  registersIn,
  reportingCityOf,
} from '../../domain/identity/office-place.ts';
import { reportingCities } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import type { LandPathCode } from '../../domain/resources/land-paths.ts';
import type { Resource, ResourceState } from '../../domain/resources/resource.ts';
import type { Page, Store } from '../ports.ts';
import { walk } from '../registers/walk.ts';
import { maySeeResource, resourceLineView, resourceView } from './view.ts';

export interface ResourceQuery {
  readonly city?: string | undefined;
  readonly county?: string | undefined;
  readonly state?: ResourceState | undefined;
  readonly path?: LandPathCode | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Removed resources are listed only when they are asked for. */
export async function listResources(
  { store }: { readonly store: Store },
  actor: Actor,
  asked: ResourceQuery,
): Promise<Result<Page<object>, Refusal>> {
  const place = officePlaceOf(actor.office);
  const own = place?.level === 'county' ? place.place : undefined;
  if (own !== undefined && asked.county !== undefined && asked.county !== own) return ok({ items: [] });
  const county = own ?? asked.county;
  // An owner looks for what is idle, anywhere.
  const all = isRegional(actor.office) || !place ? reportingCities : registersIn(actor.office);
  const wanted = county === undefined ? asked.city : reportingCityOf(county);
  if (county !== undefined && asked.city !== undefined && asked.city !== wanted) return ok({ items: [] });
  const cities = wanted === undefined && county === undefined ? all : all.filter((one) => one === wanted);
  const officials = place !== undefined || isRegional(actor.office);
  const page = await walk(
    cities,
    asked,
    (city, cursor, limit) => store.resourcesOf(city, county, cursor, limit),
    ({ state, path }) =>
      (asked.state === undefined ? state !== 'removed' : state === asked.state) &&
      (officials || state === 'idle') &&
      (asked.path === undefined || path === asked.path),
  );
  return page.ok ? ok({ ...page.value, items: page.value.items.map(resourceLineView) }) : page;
}

/** The resource if this person may see it; to others it does not exist. */
export async function seenResource(
  { store }: { readonly store: Store },
  actor: Actor,
  id: string,
): Promise<Result<Resource, Refusal>> {
  const found = await store.resource(id);
  return found && maySeeResource(actor, found) ? ok(found) : refuse(refusal('not-found'));
}

export async function readResource(
  deps: { readonly store: Store },
  actor: Actor,
  id: string,
): Promise<Result<{ readonly body: object; readonly revision: number }, Refusal>> {
  const found = await seenResource(deps, actor, id);
  return found.ok ? ok({ body: resourceView(found.value, actor), revision: found.value.seq }) : found;
}
