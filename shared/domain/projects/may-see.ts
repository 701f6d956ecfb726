/** Who sees a project: its owner, the offices of its county and of its city, and the region. */
import { holdsCounty, isRegional, officePlaceOf } from '../identity/office-place.ts';
import type { Actor } from '../identity/roles.ts';

/** What of a project, or of its line in a list, says who sees it. */
export interface ProjectScope {
  readonly county: string;
  /** Unified social credit code. */
  readonly owner: string;
}

export function maySeeProject({ office }: Pick<Actor, 'office'>, { county, owner }: ProjectScope): boolean {
  if (isRegional(office)) return true;
  const place = officePlaceOf(office);
  return place ? holdsCounty(place, county) : office === owner;
}
