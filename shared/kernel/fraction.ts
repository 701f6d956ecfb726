/**
 * Exact fractions (分数): figures and scores are computed without rounding, and rounded once, at the end, half away from
 * zero (四舍五入). Two machines therefore print the same figure.
 */
export interface Fraction {
  readonly over: bigint;
  /** Above zero. */
  readonly under: bigint;
}

/** @throws RangeError for a denominator of zero: callers decide first what an empty count means */
export function fraction(over: bigint | number, under: bigint | number = 1): Fraction {
  const [top, bottom] = [BigInt(over), BigInt(under)];
  if (bottom === 0n) throw new RangeError('A fraction over zero');
  const shared = divisor(magnitude(top), magnitude(bottom));
  const sign = bottom < 0n ? -1n : 1n;
  return { over: (sign * top) / shared, under: (sign * bottom) / shared };
}

/** A decimal as it is written down in data: 0.6, 12.5. At most six places are kept. */
export function fromDecimal(value: number): Fraction {
  return fraction(BigInt(Math.round(value * 1_000_000)), 1_000_000n);
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { over: -b.over, under: b.under });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.over, a.under * b.under);
}

/** @throws RangeError when `b` is zero */
export function dividedBy(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under, a.under * b.over);
}

export function compare(a: Fraction, b: Fraction): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * Where a part stands to so many percent of its whole: below zero, zero or above. Nothing is divided and nothing rounded, so that
 * what lies on a limit is neither below nor above it.
 */
export function compareToPercent(part: number, whole: number, percent: number): number {
  return compare(times(fromDecimal(part), fraction(100)), times(fromDecimal(percent), fromDecimal(whole)));
}

/** Rounded half away from zero to a number of decimal places: 2.345 becomes 2.35. */
export function rounded({ over, under }: Fraction, places: number): number {
  const scale = 10n ** BigInt(places);
  const units = (2n * magnitude(over) * scale + under) / (2n * under);
  return Number(over < 0n ? -units : units) / Number(scale);
}

export const zero = /* @__PURE__ */ fraction(0);
export const one = /* @__PURE__ */ fraction(1);

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}
