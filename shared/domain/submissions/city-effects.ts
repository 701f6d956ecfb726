/** What a filing means for its city's record: figures in force, tier (S-07), whether the city develops (S-03). */
import { recordHash } from '../audit/entry.ts';
import type { City, CityFigures } from '../cities/city.ts';
import type { Context } from './context.ts';
import type { Action } from './lifecycle.ts';
import type { Outcome } from './steps.ts';
import type { Head } from './submission.ts';

/** The city after the step, or undefined when the step does not concern it. */
export function cityAfter(
  before: Head,
  outcome: Outcome,
  action: Action,
  context: Context,
): City | undefined {
  const { city, kind, version } = context;
  if (action === 'sign' && kind.declares === 'developing' && city.development === 'not-developing') {
    // S-03 the other way round: a city that files a plan develops after all.
    return { ...city, development: 'developing' };
  }
  if (!outcome.takesEffect || !version) return undefined;
  const figures = kind.figures?.(version.content, before.period, before.id);
  const passed =
    kind.determines && before.path === 'regional-review'
      ? { ...city.passed, [kind.code]: before.id }
      : city.passed;
  const determined = context.determining.every((code) => code in passed);
  const after: City = {
    ...city,
    ...(kind.declares ? { development: kind.declares } : {}),
    figures: figures ? merge(city.figures, figures) : city.figures,
    passed,
    tier: city.tier === 'none' && determined ? 'determined' : city.tier,
  };
  return recordHash(after) === recordHash(city) ? undefined : after;
}

/** Figures of other periods stay; those of the same period are replaced by the newer filing's. */
function merge(old: CityFigures, fresh: Partial<CityFigures>): CityFigures {
  return {
    demand: { ...old.demand, ...fresh.demand },
    target: { ...old.target, ...fresh.target },
    annual: { ...old.annual, ...fresh.annual },
  };
}
