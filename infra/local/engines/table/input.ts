/** Reading a request whose shape is not yet known: each reader takes one member, or refuses it. */
import { constraintError, serializationError, validationError } from './errors.ts';

export type Input = Record<string, unknown>;

export function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function record(value: unknown, member: string): Input {
  if (!isRecord(value)) throw serializationError(`${member} must be a structure`);
  return value;
}

/** @returns undefined when the member is absent or null */
export function optionalRecord(input: Input, member: string): Input | undefined {
  return isAbsent(input[member]) ? undefined : record(input[member], member);
}

export function optionalText(input: Input, member: string): string | undefined {
  const value = input[member];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string') throw serializationError(`${member} must be a text`);
  return value;
}

export function text(input: Input, member: string): string {
  const value = optionalText(input, member);
  if (value === undefined) throw missing(member);
  return value;
}

export function flag(input: Input, member: string): boolean {
  const value = input[member];
  if (isAbsent(value)) return false;
  if (typeof value !== 'boolean') throw serializationError(`${member} must be true or false`);
  return value;
}

/** A whole number of at least `least`. */
export function optionalCount(input: Input, member: string, least = 1): number | undefined {
  const value = input[member];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw serializationError(`${member} must be a whole number`);
  if (value < least) {
    throw constraintError(
      String(value),
      wireName(member),
      `Member must have value greater than or equal to ${least}`,
    );
  }
  return value;
}

export function optionalList(input: Input, member: string): unknown[] | undefined {
  const value = input[member];
  if (isAbsent(value)) return undefined;
  if (!Array.isArray(value)) throw serializationError(`${member} must be a list`);
  return value as unknown[];
}

/** A list whose length lies between one and `most`. */
export function list(input: Input, member: string, most: number): unknown[] {
  const value = optionalList(input, member);
  if (!value) throw missing(member);
  if (value.length === 0 || value.length > most) {
    const bound = value.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${most}`;
    throw constraintError(`[${value.length} elements]`, wireName(member), `Member must have length ${bound}`);
  }
  return value;
}

/** One of the words allowed; the first is meant when the member is absent. */
export function choice<T extends string>(input: Input, member: string, allowed: readonly [T, ...T[]]): T {
  const value = optionalText(input, member);
  if (value === undefined) return allowed[0];
  const found = allowed.find((word) => word === value);
  if (!found) {
    throw constraintError(
      value,
      wireName(member),
      `Member must satisfy enum value set: [${allowed.join(', ')}]`,
    );
  }
  return found;
}

/** Refuses the request members of before expressions, which this engine does not read. */
export function refuseLegacy(input: Input): void {
  for (const member of legacy) {
    if (!isAbsent(input[member])) {
      throw validationError(`The legacy parameter ${member} is not supported here: use an expression`);
    }
  }
}

const legacy = [
  'AttributesToGet',
  'AttributeUpdates',
  'ConditionalOperator',
  'Expected',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

export function missing(member: string): Error {
  return constraintError(undefined, wireName(member), 'Member must not be null');
}

/** The service names members in its messages with a small first letter. */
function wireName(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
