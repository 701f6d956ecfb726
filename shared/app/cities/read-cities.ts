/** The register of cities, with the counties of each. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { City } from '../../domain/cities/city.ts';
import { countiesOf } from '../../domain/cities/divisions.ts';
import { officeOf, reportingCities } from '../../domain/identity/offices.ts';
import type { Store } from '../ports.ts';

export async function readCities(deps: { store: Store }): Promise<{ items: readonly unknown[] }> {
  const cities = await Promise.all(reportingCities.map((code) => deps.store.city(code)));
  return { items: cities.map(cityView) };
}

export async function readCity(deps: { store: Store }, code: string): Promise<Result<unknown, Refusal>> {
  if (!reportingCities.includes(code)) return refuse(refusal('not-found'));
  const city = await deps.store.city(code);
  const counties = countiesOf(code).map(({ code: county, name }) => ({ code: county, name }));
  return ok({ ...cityView(city), counties });
}

function cityView({ code, tier, development, figures, passed, seq }: City): object {
  const office = officeOf(code);
  const name = { zh: office?.zh ?? code, en: office?.en ?? code };
  return {
    code,
    name,
    rollsUpTo: office?.rollsUpTo ?? code,
    tier,
    development,
    figures,
    passed,
    revision: seq,
  };
}
