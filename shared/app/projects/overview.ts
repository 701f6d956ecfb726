/**
 * The region at a glance: what each of the twelve cities planned, what was applied for and recognised, how many homes, who is late.
 * Every figure is a sum that was kept as the events came, or a count of what is overdue now: it costs the same however many homes.
 */
import { civilDateOf, yearOf } from '../../kernel/civil-date.ts';
import { cities, divisionOf } from '../../domain/cities/divisions.ts';
import { isRegional, officePlaceOf } from '../../domain/identity/office-place.ts';
import { officeOf, reportingCities } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import type { Store } from '../ports.ts';
import type { ProjectDeps } from './read.ts';
import { placeName } from './view.ts';

interface CityOverview {
  readonly planned: number;
  readonly reserved: number;
  readonly applied: number;
  readonly appliedHomes: number;
  readonly recognised: number;
  readonly recognisedHomes: number;
  readonly late: number;
}

/** A city's office, and those of its counties, see their city's line; an owner none. */
export async function readOverview(
  { store, now }: ProjectDeps,
  actor: Actor,
  asked: { readonly year?: number | undefined },
): Promise<object> {
  const today = civilDateOf(now());
  const year = asked.year ?? yearOf(today);
  const items = await Promise.all(
    cities
      .filter(({ code }) => isRegional(actor.office) || code === cityOfOffice(actor.office))
      .map(async ({ code }) => ({
        city: code,
        cityName: placeName(code),
        ...(await overviewOf(store, code, year, today)),
      })),
  );
  return { year, asOf: today, items, total: items.reduce((sum, item) => added(sum, item), nothing) };
}

/** With the counties of the city that report for themselves: they roll up to it, and are counted once. */
async function overviewOf(store: Store, city: string, year: number, today: string): Promise<CityOverview> {
  const reporting = reportingCities.filter((code) => officeOf(code)?.rollsUpTo === city);
  const [sums, ...parts] = await Promise.all([
    store.overviewSums(city, year),
    ...reporting.map(async (code) => {
      const [record, use, late] = await Promise.all([
        store.city(code),
        store.planUse(code, year),
        store.lateProjects(code, today),
      ]);
      const planned = record.figures.annual[String(year)]?.homes ?? 0;
      return { ...nothing, planned, reserved: use.reserved, late };
    }),
  ]);
  return parts.reduce(added, {
    ...nothing,
    applied: sums['project-applied'] ?? 0,
    appliedHomes: sums['project-applied-homes'] ?? 0,
    recognised: sums['project-recognised'] ?? 0,
    recognisedHomes: sums['project-recognised-homes'] ?? 0,
  });
}

const nothing: CityOverview = {
  planned: 0,
  reserved: 0,
  applied: 0,
  appliedHomes: 0,
  recognised: 0,
  recognisedHomes: 0,
  late: 0,
};

function added(a: CityOverview, b: CityOverview): CityOverview {
  return {
    planned: a.planned + b.planned,
    reserved: a.reserved + b.reserved,
    applied: a.applied + b.applied,
    appliedHomes: a.appliedHomes + b.appliedHomes,
    recognised: a.recognised + b.recognised,
    recognisedHomes: a.recognisedHomes + b.recognisedHomes,
    late: a.late + b.late,
  };
}

function cityOfOffice(office: string): string | undefined {
  const at = officePlaceOf(office);
  return at?.level === 'county' ? divisionOf(at.place)?.parent : at?.place;
}
