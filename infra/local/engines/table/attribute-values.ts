/** Attribute values in the form the wire carries them: what they may be, when two are equal, which is less. */
import { canonicalNumber, compareNumbers } from './decimal.ts';
import { serializationError, validationError } from './errors.ts';
import { isAbsent, isRecord, missing } from './input.ts';

/** B and BS are base64; N and NS are canonical decimal texts. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { M: Item }
  | { L: AttributeValue[] }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };

export type Item = { [name: string]: AttributeValue };

export const typeNames = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'] as const;
export type TypeName = (typeof typeNames)[number];

const known: ReadonlySet<string> = new Set(typeNames);
const maxDepth = 32;

/** An item's own attribute; never what every JavaScript object inherits. */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** Sets an attribute under any name, `__proto__` too. */
export function setAttribute(item: Item, name: string, value: AttributeValue): void {
  if (name === '__proto__') {
    Object.defineProperty(item, name, { value, enumerable: true, configurable: true, writable: true });
  } else item[name] = value;
}

export function typeOf(value: AttributeValue): TypeName {
  for (const name in value) return name as TypeName;
  throw new Error('An attribute value has no type');
}

/**
 * Checks an item of a request, and writes its numbers the one way in place: the request belongs to the engine.
 * @throws TableError in the service's words
 */
export function acceptItem(input: unknown, member = 'Item'): Item {
  if (isAbsent(input)) throw missing(member);
  if (!isRecord(input)) throw serializationError(`${member} is not a map of attribute values`);
  for (const name in input) acceptValue(input[name]);
  return input as Item;
}

/** As `acceptItem`, for one value. */
export function acceptValue(input: unknown, depth = 0): AttributeValue {
  if (!isRecord(input)) throw serializationError('Expected an attribute value');
  if (depth > maxDepth) {
    throw validationError(
      'Nesting Levels have exceeded supported limits: Attributes nesting levels have exceeded supported limits',
    );
  }
  let type: TypeName | undefined;
  for (const name in input) {
    if (!known.has(name) || input[name] === null) continue;
    if (type) {
      throw validationError(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
    type = name as TypeName;
  }
  if (!type) {
    throw validationError(
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    );
  }
  acceptContent(input, type, depth);
  return input as AttributeValue;
}

function acceptContent(input: Record<string, unknown>, type: TypeName, depth: number): void {
  const content = input[type];
  switch (type) {
    case 'S':
      text(content);
      return;
    case 'N':
      input['N'] = canonicalNumber(text(content));
      return;
    case 'B':
      input['B'] = base64(content);
      return;
    case 'BOOL':
      if (typeof content !== 'boolean') throw serializationError('BOOL must be true or false');
      return;
    case 'NULL':
      if (content !== true) {
        throw validationError(
          'One or more parameter values were invalid: Null attribute value types must have the value of true',
        );
      }
      return;
    case 'M':
      if (!isRecord(content)) throw serializationError('M must be a map');
      for (const name in content) acceptValue(content[name], depth + 1);
      return;
    case 'L':
      for (const element of array(content)) acceptValue(element, depth + 1);
      return;
    case 'SS':
      set(array(content).map(text), 'string');
      return;
    case 'NS':
      input['NS'] = set(
        array(content).map((element) => canonicalNumber(text(element))),
        'number',
      );
      return;
    case 'BS':
      input['BS'] = set(array(content).map(base64), 'binary');
      return;
  }
}

function text(content: unknown): string {
  if (typeof content !== 'string') throw serializationError('Expected a text in an attribute value');
  if (!content.isWellFormed()) throw serializationError('A text must be well-formed Unicode');
  return content;
}

function array(content: unknown): unknown[] {
  if (!Array.isArray(content)) throw serializationError('Expected a list in an attribute value');
  return content;
}

function base64(content: unknown): string {
  const written = text(content);
  const canonical = Buffer.from(written, 'base64').toString('base64');
  if (canonical !== written) throw serializationError('A binary value must be base64');
  return canonical;
}

function set(elements: string[], kind: string): string[] {
  if (elements.length === 0) {
    throw validationError(`One or more parameter values were invalid: An ${kind} set  may not be empty`);
  }
  if (new Set(elements).size < elements.length) {
    throw validationError(
      `One or more parameter values were invalid: Input collection [${elements.join(', ')}] contains duplicates.`,
    );
  }
  return elements;
}

/** Equal in type and content; the order of a set or a map does not count. */
export function equal(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  const [left, right] = [contentOf(a), contentOf(b)];
  switch (type) {
    case 'S':
    case 'N':
    case 'B':
    case 'BOOL':
    case 'NULL':
      return left === right;
    case 'SS':
    case 'NS':
    case 'BS':
      return sameSet(left as string[], right as string[]);
    case 'L':
      return sameList(left as AttributeValue[], right as AttributeValue[]);
    case 'M':
      return sameItem(left as Item, right as Item);
  }
}

function contentOf(value: AttributeValue): unknown {
  return Object.values(value)[0];
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const members = new Set(b);
  return a.length === b.length && a.every((element) => members.has(element));
}

function sameList(a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean {
  return a.length === b.length && a.every((element, index) => equal(element, b[index] as AttributeValue));
}

/** Whether two items have the same attributes with equal values. */
export function sameItem(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const other = attributeOf(b, name);
      return other !== undefined && equal(a[name] as AttributeValue, other);
    })
  );
}

/** Negative, zero or positive; undefined when the two have no common order (other types than S, N, B, or two types). */
export function compare(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a && 'S' in b) return compareText(a.S, b.S);
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return undefined;
}

/**
 * Orders texts by their UTF-8 bytes, as the service and SQLite do. JavaScript's own order differs where a character
 * beyond the basic plane (a surrogate pair) meets one from U+E000 up.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return byCodePoint(left) - byCodePoint(right);
  }
  return a.length - b.length;
}

function byCodePoint(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
