/** What a request says its placeholders stand for. */
import { acceptValue, type AttributeValue } from '../attribute-values.ts';
import { serializationError, validationError } from '../errors.ts';
import { optionalRecord, type Input } from '../input.ts';
import { ExpressionFault } from './lexer.ts';
import { explained, type ExpressionName } from './parser.ts';
import type { Parsed, Path } from './syntax.ts';

/** A path whose placeholders are filled: names of attributes and places in lists. */
export type Steps = readonly (string | number)[];

export class Bindings {
  private readonly names: Readonly<Record<string, string>>;
  private readonly values: Readonly<Record<string, AttributeValue>>;
  private readonly resolved = new Map<Path, Steps>();

  private constructor(names: Record<string, string>, values: Record<string, AttributeValue>) {
    this.names = names;
    this.values = values;
  }

  /**
   * Reads ExpressionAttributeNames and ExpressionAttributeValues, and holds them against the expressions of the request.
   * @throws TableError when a placeholder is undefined, unused or malformed
   */
  static of(
    input: Input,
    expressions: readonly (readonly [ExpressionName, Parsed<unknown> | undefined])[],
  ): Bindings {
    const names = section(input, 'ExpressionAttributeNames', '#', expressions, (value) => {
      if (typeof value !== 'string') throw serializationError('An attribute name must be a text');
      return value;
    });
    const values = section(input, 'ExpressionAttributeValues', ':', expressions, (value) =>
      acceptValue(value),
    );
    for (const [name, parsed] of expressions) {
      if (parsed) explained(name, () => assertDefined(parsed, names, values));
    }
    assertUsed('ExpressionAttributeNames', names, expressions, (parsed) => parsed.names);
    assertUsed('ExpressionAttributeValues', values, expressions, (parsed) => parsed.values);
    return new Bindings(names, values);
  }

  value(placeholder: string): AttributeValue {
    return this.values[placeholder] as AttributeValue;
  }

  steps(path: Path): Steps {
    let steps = this.resolved.get(path);
    if (!steps) {
      steps = path.steps.map((step) =>
        'index' in step ? step.index : 'name' in step ? step.name : (this.names[step.placeholder] as string),
      );
      this.resolved.set(path, steps);
    }
    return steps;
  }
}

/** The longest name of a placeholder, in bytes, with its sign. */
const longestName = 255;
const none: Readonly<Record<string, never>> = {};

function section<T>(
  input: Input,
  member: string,
  sign: string,
  expressions: readonly (readonly [ExpressionName, Parsed<unknown> | undefined])[],
  accept: (value: unknown) => T,
): Record<string, T> {
  const given = optionalRecord(input, member);
  if (!given) return none;
  if (expressions.every(([, parsed]) => !parsed)) {
    const names = expressions.map(([name]) => name).join(' and ');
    throw validationError(`${member} can only be specified when using expressions: ${names} is null`);
  }
  const placeholders = Object.keys(given);
  if (placeholders.length === 0) throw validationError(`${member} must not be empty`);
  for (const placeholder of placeholders) {
    if (!placeholder.startsWith(sign) || !/^[A-Za-z0-9_]+$/.test(placeholder.slice(1))) {
      throw validationError(`${member} contains invalid key: Syntax error; key: "${placeholder}"`);
    }
    if (placeholder.length > longestName) {
      throw validationError(
        `${member} contains invalid key: The expression attribute map contains a key that is too long; size of key: ${placeholder.length}`,
      );
    }
    accept(given[placeholder]);
  }
  return given as Record<string, T>;
}

function assertDefined(parsed: Parsed<unknown>, names: object, values: object): void {
  for (const name of parsed.names) {
    if (!Object.hasOwn(names, name)) {
      throw new ExpressionFault(
        `An expression attribute name used in the document path is not defined; attribute name: ${name}`,
      );
    }
  }
  for (const value of parsed.values) {
    if (!Object.hasOwn(values, value)) {
      throw new ExpressionFault(
        `An expression attribute value used in expression is not defined; attribute value: ${value}`,
      );
    }
  }
}

function assertUsed(
  member: string,
  given: object,
  expressions: readonly (readonly [ExpressionName, Parsed<unknown> | undefined])[],
  used: (parsed: Parsed<unknown>) => ReadonlySet<string>,
): void {
  const unused = Object.keys(given).filter(
    (name) => !expressions.some(([, parsed]) => parsed && used(parsed).has(name)),
  );
  if (unused.length > 0) {
    throw validationError(`Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`);
  }
}
