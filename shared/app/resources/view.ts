/** Who sees a resource, and what he is shown of it. */
import type { Text } from '../../kernel/refusal.ts';
import { divisionOf } from '../../domain/cities/divisions.ts';
import { holdsCounty, isRegional, mayKeep, officePlaceOf } from '../../domain/identity/office-place.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { findingsOf } from '../../domain/resources/findings.ts';
import { landPaths } from '../../domain/resources/land-paths.ts';
import {
  resourceKinds,
  resourceStates,
  type Resource,
  type ResourceLine,
} from '../../domain/resources/resource.ts';

/** The region, the city and the county see it; an owner what he holds himself, and what is idle, to apply for it. */
export function maySeeResource(actor: Actor, { details, state }: Resource): boolean {
  if (isRegional(actor.office)) return true;
  const place = officePlaceOf(actor.office);
  if (place) return holdsCounty(place, details.county);
  return state === 'idle' || details.holder.code === actor.office;
}

export function resourceView(resource: Resource, actor: Actor): object {
  const { id, city, details, state, heldBy, removedBecause, registeredAt, updatedAt, seq } = resource;
  // Whose application it is, is the offices' business.
  const official = isRegional(actor.office) || officePlaceOf(actor.office) !== undefined;
  const { explanations: _explained, ...shown } = details;
  return {
    id,
    city,
    ...shown,
    ...wordsOf({ ...details, state }),
    state,
    ...(official && heldBy !== undefined ? { heldBy } : {}),
    ...(removedBecause === undefined ? {} : { removedBecause }),
    findings: findingsOf(details),
    mayKeep: mayKeep(actor, details.county) && state !== 'removed',
    registeredAt,
    updatedAt,
    revision: seq,
  };
}

export function resourceLineView(line: ResourceLine): object {
  return { ...line, ...wordsOf(line) };
}

function wordsOf({
  kind,
  path,
  county,
  state,
}: Pick<ResourceLine, 'kind' | 'path' | 'county' | 'state'>): Readonly<Record<string, Text>> {
  const { zh, en } = landPaths[path];
  const division = divisionOf(county);
  return {
    kindText: resourceKinds[kind],
    pathText: { zh, en },
    stateText: resourceStates[state],
    countyName: { zh: division?.name ?? county, en: division?.nameEn || county },
  };
}
