/** What a corrected run says otherwise (更正说明): every figure, total, grade and rank that changed. */
import type { CityResult, Difference, EvaluationResult } from './result.ts';

export function differencesBetween(before: EvaluationResult, after: EvaluationResult): readonly Difference[] {
  return after.cities.flatMap((city) => {
    const was = before.cities.find((one) => one.city === city.city);
    const [now, then] = [sayings(city), was ? sayings(was) : new Map<string, number | string | null>()];
    return [...now].flatMap(([of, value]): Difference[] => {
      const earlier = then.get(of) ?? null;
      return earlier === value ? [] : [{ city: city.city, of, before: earlier, after: value }];
    });
  });
}

/** A figure that is not scored says its state. */
function sayings({ figures, total, grade, rank }: CityResult): Map<string, number | string | null> {
  return new Map<string, number | string | null>([
    ...figures.map(({ indicator, state, value }): [string, number | string | null] => [
      indicator,
      state === 'scored' ? value : state,
    ]),
    ['total', total],
    ['grade', grade],
    ['rank', rank],
  ]);
}
