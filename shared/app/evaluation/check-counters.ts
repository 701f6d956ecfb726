/**
 * Holds the counters against what they count: every record is counted anew from what lies in the table, and every sum from
 * the lines of its records. What differs is reported, and mended when that is asked for.
 */
import { hashOf } from '../../kernel/hash.ts';
import type { Counted } from '../../domain/evaluation/contribution.ts';
import { recount, type SumChange } from '../../domain/evaluation/recount.ts';
import { countRecord, countsNow, isCounted, type CountDeps } from './count-records.ts';
import type { Counters } from './ports.ts';

export type CounterFault =
  /** The record counts otherwise than it is counted: an event was missed, or its following failed. */
  | { readonly fault: 'record'; readonly record: string; readonly counted: number; readonly should: number }
  /** A sum is not that of its lines. */
  | { readonly fault: 'sum'; readonly is: SumChange | undefined; readonly should: SumChange }
  /** The lines of a figure are not those of the records. */
  | { readonly fault: 'lines'; readonly city: string; readonly year: number; readonly indicator: string };

export interface CounterFinding {
  readonly records: number;
  readonly contributions: number;
  readonly sums: number;
  readonly faults: readonly CounterFault[];
}

/** @param names the chains that the journal knows, each at least once */
export async function checkCounters(
  deps: CountDeps,
  names: AsyncIterable<string>,
  { mend = false }: { readonly mend?: boolean } = {},
): Promise<CounterFinding> {
  const faults: CounterFault[] = [];
  const all: Counted[] = [];
  const seen = new Set<string>();
  for await (const record of names) {
    if (!isCounted(record) || seen.has(record)) continue;
    seen.add(record);
    const [is, should] = [await deps.counters.counted(record), await countsNow(deps.store, record)];
    if (hashOf(is?.contributions ?? []) !== hashOf(should?.contributions ?? [])) {
      faults.push({
        fault: 'record',
        record,
        counted: is?.contributions.length ?? 0,
        should: should?.contributions.length ?? 0,
      });
      if (mend) await countRecord(deps, record);
    }
    const counted = mend ? await deps.counters.counted(record) : is;
    if (counted) all.push(counted);
  }
  const { sums, wrong } = await checkSums(deps.counters, all, mend);
  const contributions = all.reduce((sum, one) => sum + one.contributions.length, 0);
  return { records: seen.size, contributions, sums, faults: [...faults, ...wrong] };
}

async function checkSums(
  counters: Counters,
  all: readonly Counted[],
  mend: boolean,
): Promise<{ sums: number; wrong: readonly CounterFault[] }> {
  const wrong: CounterFault[] = [];
  const contributions = all.flatMap((one) => one.contributions);
  const places = new Map(contributions.map(({ city, year }) => [`${city} ${year}`, { city, year }]));
  // All that counts, as if it came at once: what the sums of every city and year should be.
  const whole = recount(undefined, { record: '', seq: 0, contributions });
  const should = new Map(whole.sums.map((sum) => [keyOf(sum), sum]));
  let compared = 0;
  for (const { city, year } of places.values()) {
    const is = new Map((await counters.sums(city, year)).map((sum) => [keyOf({ city, year, ...sum }), sum]));
    const wanted = [...should.values()].filter((sum) => sum.city === city && sum.year === year);
    const leftOver = [...is].filter(([key]) => !should.has(key));
    const expected = [
      ...wanted,
      ...leftOver.map(([, { indicator, day }]) => ({
        ...{ city, year, indicator, day },
        ...{ numerator: 0, denominator: 0, records: 0 },
      })),
    ];
    for (const sum of expected) {
      compared += 1;
      const found = is.get(keyOf(sum));
      const same =
        (found?.numerator ?? 0) === sum.numerator &&
        (found?.denominator ?? 0) === sum.denominator &&
        (found?.records ?? 0) === sum.records;
      if (same) continue;
      wrong.push({ fault: 'sum', is: found && { city, year, ...found }, should: sum });
      if (mend) await counters.mend(sum, found);
    }
    wrong.push(...(await checkLines(counters, contributions, city, year)));
  }
  return { sums: compared, wrong };
}

async function checkLines(
  counters: Counters,
  all: readonly Counted['contributions'][number][],
  city: string,
  year: number,
): Promise<readonly CounterFault[]> {
  const here = all.filter((one) => one.city === city && one.year === year);
  const faults: CounterFault[] = [];
  for (const indicator of new Set(here.map((one) => one.indicator))) {
    const should = here.filter((one) => one.indicator === indicator).map(hashOf);
    const lines = await counters.evidence(city, year, indicator, should.length + 1);
    const is = lines.map(({ contribution }) => hashOf(contribution));
    if (hashOf(is.sort()) !== hashOf(should.sort())) faults.push({ fault: 'lines', city, year, indicator });
  }
  return faults;
}

function keyOf({
  city,
  year,
  indicator,
  day,
}: Pick<SumChange, 'city' | 'year' | 'indicator' | 'day'>): string {
  return `${city} ${year} ${indicator} ${day}`;
}
