/** The list of filings: an office's own, those about projects in its place, and for the region all of them, city by city. */
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { isRegional, officePlaceOf, registersIn } from '../../domain/identity/office-place.ts';
import { reportingCities } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import { states, type Head, type State } from '../../domain/submissions/submission.ts';
import { walk } from '../registers/walk.ts';
import type { Listed, Page, Store } from '../ports.ts';
import { maySee } from './view.ts';

export interface ListAsked {
  readonly city?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Where a list is looked for: the filings of an office, or (`+`) those about the projects of a reporting city. */
type Place = string;
const ofProjects = (city: string): Place => `${city}+`;

/**
 * The number of cities is fixed, so a page costs at most so many short reads, and one a line about a project: those are read as
 * they stand, and shown to whom they concern.
 */
export async function listSubmissions(
  { store }: { readonly store: Store },
  actor: Actor,
  asked: ListAsked,
): Promise<Result<Page<unknown>, Refusal>> {
  const regional = isRegional(actor.office);
  const at = officePlaceOf(actor.office);
  const county = at?.level === 'county' ? at.place : undefined;
  const places = placesOf(actor, asked);
  const page = await walk(
    places,
    asked,
    async (place, cursor, limit): Promise<Page<Listed>> => {
      if (!place.endsWith('+')) return store.submissionsOf(place, asked.kind, cursor, limit);
      const found = await store.filingsIn(place.slice(0, -1), county, cursor, limit);
      const heads = await Promise.all(found.items.map((id) => store.head(id)));
      const { cursor: next } = found;
      const items = heads.flatMap((head) => (head && maySee(actor, head) ? [listedOf(head)] : []));
      return { items, ...(next === undefined ? {} : { cursor: next }) };
    },
    (item) =>
      (!regional || item.frozen > 0) &&
      (!asked.state || item.state === asked.state) &&
      (!asked.kind || item.kind === asked.kind),
  );
  return page.ok ? ok({ ...page.value, items: page.value.items.map(listedView) }) : page;
}

function placesOf({ office }: Actor, { city, kind }: ListAsked): readonly Place[] {
  const regional = isRegional(office);
  const own = regional ? reportingCities : [office];
  const projects = regional ? reportingCities : registersIn(office);
  const asked = (code: string): boolean => city === undefined || code === city;
  // A kind is filed by cities or by organisations: the other half need not be looked at.
  const filedBy = kind === undefined ? undefined : kindOf(kind)?.filedBy;
  const cities = kind !== undefined && filedBy === 'organisation' && regional ? [] : own.filter(asked);
  const ofOwners = kind !== undefined && filedBy !== 'organisation' ? [] : projects.filter(asked);
  return regional
    ? reportingCities.flatMap((code) => [
        ...(cities.includes(code) ? [code] : []),
        ...(ofOwners.includes(code) ? [ofProjects(code)] : []),
      ])
    : [...cities, ...ofOwners.map(ofProjects)];
}

function listedOf({ id, kind, owner, period, path, state, frozen, updatedAt }: Head): Listed {
  return { id, kind, owner, period, path, state, frozen, updatedAt };
}

function listedView(item: Listed): unknown {
  const state = states[item.state as State];
  return {
    ...item,
    kindName: kindOf(item.kind)?.name ?? { zh: item.kind, en: item.kind },
    stateText: { zh: state.zh, en: state.en },
  };
}
