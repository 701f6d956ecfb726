/** What changes when a record counts otherwise than before: which lines go, which come, and by how much each sum moves. */
import { hashOf } from '../../kernel/hash.ts';
import { placeOf, type Contribution, type Counted } from './contribution.ts';

export interface SumChange {
  readonly city: string;
  readonly year: number;
  readonly indicator: Contribution['indicator'];
  readonly day: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly records: number;
}

export interface Recount {
  readonly gone: readonly Contribution[];
  readonly come: readonly Contribution[];
  /** None of them moves by nothing. */
  readonly sums: readonly SumChange[];
}

export function recount(before: Counted | undefined, after: Counted): Recount {
  const was = before?.contributions ?? [];
  const is = after.contributions;
  const isPlaces = new Set(is.map(placeOf));
  const wasAs = new Map(was.map((one) => [placeOf(one), hashOf(one)]));
  const changed = is.filter((one) => wasAs.get(placeOf(one)) !== hashOf(one));
  const changedPlaces = new Set(changed.map(placeOf));
  const replaced = was.filter((one) => changedPlaces.has(placeOf(one)) || !isPlaces.has(placeOf(one)));
  const sums = new Map<string, SumChange>();
  const move = ({ city, year, indicator, day, numerator, denominator }: Contribution, sign: 1 | -1): void => {
    const key = `${city} ${year} ${indicator} ${day}`;
    const sum = sums.get(key) ?? { city, year, indicator, day, numerator: 0, denominator: 0, records: 0 };
    sums.set(key, {
      ...sum,
      numerator: sum.numerator + sign * numerator,
      denominator: sum.denominator + sign * denominator,
      records: sum.records + sign,
    });
  };
  for (const one of replaced) move(one, -1);
  for (const one of changed) move(one, 1);
  return {
    gone: replaced.filter((one) => !isPlaces.has(placeOf(one))),
    come: changed,
    sums: [...sums.values()].filter(
      ({ numerator, denominator, records }) => numerator !== 0 || denominator !== 0 || records !== 0,
    ),
  };
}
