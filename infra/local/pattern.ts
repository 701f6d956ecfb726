/** The event pattern language of EventBridge rules and stream filters, as far as the template uses it. */

/** Whether an event has what a pattern asks for: every named field, one of the listed conditions each. */
export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((condition) => holds(condition, event));
  // In a list of objects it is enough that one of them fits the whole pattern.
  if (Array.isArray(event) && event.length > 0) return event.some((one) => matches(pattern, one));
  return Object.entries(pattern as object).every(([name, inner]) => matches(inner, fieldOf(event, name)));
}

/**
 * Refuses a pattern that would not be understood, before any event asks for it.
 *
 * @throws Error that names the pattern's place and what is wrong there
 */
export function checkPattern(pattern: unknown, place: string): void {
  if (Array.isArray(pattern)) {
    if (pattern.length === 0) throw new Error(`${place}: an empty list matches nothing`);
    for (const condition of pattern) checkCondition(condition, place);
    return;
  }
  if (!isObject(pattern)) throw new Error(`${place}: a value stands in a list, as in ["a"]`);
  for (const [name, inner] of Object.entries(pattern)) {
    if (name === '$or') throw new Error(`${place}: $or is not supported on one machine`);
    checkPattern(inner, `${place}.${name}`);
  }
}

function checkCondition(condition: unknown, place: string): void {
  if (!isObject(condition)) return;
  const [first, ...others] = Object.entries(condition);
  if (!first || others.length > 0) throw new Error(`${place}: one condition at a time`);
  const [name, argument] = first;
  const isFit = fitting[name];
  if (!isFit) throw new Error(`${place}: the pattern condition ${name} is not supported on one machine`);
  if (!isFit(argument))
    throw new Error(
      `${place}: the pattern condition ${name} with ${JSON.stringify(argument)} is not supported on one machine`,
    );
}

/** What each condition may be given. */
const fitting: Readonly<Record<string, (argument: unknown) => boolean>> = {
  prefix: isText,
  suffix: isText,
  'equals-ignore-case': isText,
  exists: (argument) => typeof argument === 'boolean',
  'anything-but': (argument) =>
    [argument].flat().length > 0 && [argument].flat().every((one) => isText(one) || typeof one === 'number'),
};

function holds(condition: unknown, given: unknown): boolean {
  if (Array.isArray(given) && given.length > 0) return given.some((one) => holds(condition, one));
  // Conditions ask for a value: what holds further fields, or nothing, is none.
  const value = typeof given === 'object' && given !== null ? undefined : given;
  if (!isObject(condition)) return condition === value;
  const [name, argument] = Object.entries(condition)[0] ?? [];
  switch (name) {
    case 'prefix':
      return isText(value) && value.startsWith(String(argument));
    case 'suffix':
      return isText(value) && value.endsWith(String(argument));
    case 'equals-ignore-case':
      return isText(value) && value.toLowerCase() === String(argument).toLowerCase();
    case 'exists':
      return (value !== undefined) === argument;
    case 'anything-but':
      return value !== undefined && ![argument].flat().includes(value);
    default:
      throw new Error(`The pattern condition ${String(name)} is not supported on one machine`);
  }
}

function fieldOf(event: unknown, name: string): unknown {
  return isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
