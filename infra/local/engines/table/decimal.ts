/** Numbers of up to 38 digits, as texts: exact, ordered, and written one way only. */
import { validationError } from './errors.ts';

/** The value is 0.d₁d₂d₃… × 10^exponent; zero has no digits. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const form = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:[eE]([+-]?\d{1,6}))?$/;
const plainInteger = /^(?:0|-?[1-9]\d{0,14})$/;
const maxDigits = 38;
const maxExponent = 126;
const minExponent = -129;

function parse(text: string): Decimal {
  const match = form.exec(text);
  if (!match) throw validationError(`The parameter cannot be converted to a numeric value: ${text}`);
  const whole = match[2] ?? '';
  const written = whole + (match[3] ?? match[4] ?? '');
  const leading = /^0*/.exec(written)?.[0].length ?? 0;
  const digits = written.slice(leading).replace(/0+$/, '');
  if (digits === '') return { negative: false, digits, exponent: 0 };
  return checked({
    negative: match[1] === '-',
    digits,
    exponent: whole.length - leading + Number(match[5] ?? 0),
  });
}

function checked(value: Decimal): Decimal {
  if (value.digits.length > maxDigits) {
    throw validationError('Attempting to store more than 38 significant digits in a Number');
  }
  if (value.exponent > maxExponent) {
    throw validationError(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  }
  if (value.exponent < minExponent) {
    throw validationError(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  }
  return value;
}

function format({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return sign + digits + '0'.repeat(exponent - digits.length);
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/**
 * The one way a number is kept: no exponent, no useless zero.
 * @throws TableError when it is no number, or beyond 38 digits or the supported range
 */
export function canonicalNumber(text: string): string {
  return plainInteger.test(text) ? text : format(parse(text));
}

/**
 * A text whose order is the numeric order, for keys. ASCII only.
 * Sign first; then the exponent; then the digits; for negatives each is complemented, and `~` ends the digits,
 * so that the longer number is the smaller.
 */
export function orderedNumber(text: string): string {
  const { negative, digits, exponent } = parse(text);
  if (digits === '') return '5';
  if (!negative) return `6${exponent + 500}${digits}`;
  return `4${499 - exponent}${Array.from(digits, (digit) => 9 - Number(digit)).join('')}~`;
}

/** Negative, zero or positive, as a is less than, equal to or greater than b. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  if (plainInteger.test(a) && plainInteger.test(b)) return Number(a) - Number(b);
  const [first, second] = [orderedNumber(a), orderedNumber(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/**
 * a + b, or a − b, exactly.
 * @throws TableError when the result needs more than 38 digits or leaves the range
 */
export function addNumbers(a: string, b: string, sign: 1 | -1 = 1): string {
  if (plainInteger.test(a) && plainInteger.test(b)) return String(Number(a) + sign * Number(b));
  const [left, right] = [parse(a), parse(b)];
  const unit = Math.min(left.exponent - left.digits.length, right.exponent - right.digits.length);
  const sum = scaled(left, unit) + BigInt(sign) * scaled(right, unit);
  const magnitude = (sum < 0n ? -sum : sum).toString();
  const digits = magnitude.replace(/0+$/, '');
  if (digits === '') return '0';
  return format(checked({ negative: sum < 0n, digits, exponent: magnitude.length + unit }));
}

function scaled({ negative, digits, exponent }: Decimal, unit: number): bigint {
  if (digits === '') return 0n;
  const magnitude = BigInt(digits + '0'.repeat(exponent - digits.length - unit));
  return negative ? -magnitude : magnitude;
}

/** What a number counts for in an item's size: half a byte a digit, a byte, and one more for a sign. */
export function numberSize(text: string): number {
  const { negative, digits } = parse(text);
  return 1 + Math.ceil(digits.length / 2) + (negative ? 1 : 0);
}
