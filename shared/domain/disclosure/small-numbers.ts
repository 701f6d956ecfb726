/**
 * Small numbers (小数保护): counts of persons so low that they would point at somebody are not published, and neither is what
 * they could be computed from.
 */

/** A count from 1 up to this one is withheld. Source: unverified, a common threshold of statistical offices. */
export const fewestPersons = 5;

export interface Count {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly about: 'records' | 'persons';
}

export type Publishable<C extends Count> = C & { readonly suppressed: boolean };

/**
 * The counts of one indicator, a row a city, with what must be withheld as null. When exactly one row would be withheld and
 * the sum of all rows is published, it could be computed: then the smallest other row is withheld with it.
 * @param summed whether the sum of the rows is published beside them
 */
export function publishable<C extends Count>(rows: readonly C[], summed: boolean): readonly Publishable<C>[] {
  const withheld = new Set(rows.filter(isFew));
  if (summed && withheld.size === 1) {
    const others = rows.filter(
      (row) => !withheld.has(row) && row.denominator !== null && row.denominator > 0,
    );
    const next = others.sort((a, b) => (a.denominator ?? 0) - (b.denominator ?? 0))[0];
    if (next) withheld.add(next);
  }
  return rows.map((row) =>
    withheld.has(row)
      ? { ...row, numerator: null, denominator: null, suppressed: true }
      : { ...row, suppressed: false },
  );
}

/**
 * Few persons with the property, few without it, or few altogether: each of them could be known to their neighbours. With
 * everybody or nobody having it, the figure says something of every single one, and a few are too few for that as well.
 */
function isFew({ numerator, denominator, about }: Count): boolean {
  if (about === 'records' || numerator === null || denominator === null) return false;
  return [numerator, denominator, denominator - numerator].some(
    (count) => count > 0 && count < fewestPersons,
  );
}
