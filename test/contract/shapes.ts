/** Values of a JSON Schema, as the OpenAPI document has it: valid ones, and those at its bounds. */
import fc from 'fast-check';

export type Schema = Readonly<Record<string, unknown>>;

const longest = 400;

/** Values that the schema allows. What it says in words alone is not known here: the platform may still refuse. */
export function validOf(schema: Schema): fc.Arbitrary<unknown> {
  const one = (name: string): Schema[] => (schema[name] ?? []) as Schema[];
  if ('const' in schema) return fc.constant(schema['const']);
  if (schema['enum']) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (schema['anyOf']) return fc.oneof(...one('anyOf').map(validOf));
  if (schema['oneOf']) return fc.oneof(...one('oneOf').map(validOf));
  switch (schema['type']) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return wholeOf(schema);
    case 'number':
      return fc.oneof(wholeOf(schema), fc.double({ min: low(schema), max: high(schema), noNaN: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(validOf((schema['items'] ?? {}) as Schema), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: Math.min(Number(schema['maxItems'] ?? 3), Number(schema['minItems'] ?? 0) + 3),
      });
    case 'object':
      return objectOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(schema: Schema): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const required = (schema['required'] ?? []) as string[];
  const known = fc.record(Object.fromEntries(properties.map(([name, of]) => [name, validOf(of)])), {
    requiredKeys: required,
  });
  const more = schema['additionalProperties'];
  if (typeof more !== 'object' || more === null) return known;
  return fc
    .tuple(known, fc.dictionary(fc.stringMatching(/^[a-z-]{1,12}$/), validOf(more as Schema), { maxKeys: 3 }))
    .map(([certain, others]) => ({ ...others, ...certain }));
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  const { pattern, format } = schema as { pattern?: string; format?: string };
  if (format === 'email') return fc.emailAddress();
  if (format === 'uuid') return fc.uuid();
  if (format === 'date') return fc.constantFrom('2021-10-20', '2024-02-29', '2021-12-31');
  if (format === 'date-time') return fc.constantFrom('2021-10-31T16:00:00.000Z', '2022-01-01T00:00:00.000Z');
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern, 'u')).filter((text) => text.length <= longest);
  const minLength = Number(schema['minLength'] ?? 0);
  const maxLength = Math.min(Number(schema['maxLength'] ?? 40), longest);
  return fc.oneof(
    // Words as people write them here, and the very bounds.
    fc
      .constantFrom('演示', '测算依据', '2021', '2021-2025', '2021-10-20')
      .filter((text) => text.length >= minLength && text.length <= maxLength),
    fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 30)) }),
    fc.constant('字'.repeat(maxLength)),
    fc.constant('字'.repeat(minLength)),
  );
}

function wholeOf(schema: Schema): fc.Arbitrary<number> {
  const [min, max] = [Math.ceil(low(schema)), Math.floor(high(schema))];
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

function low(schema: Schema): number {
  return Math.max(Number(schema['minimum'] ?? -1e9), -1e9);
}

function high(schema: Schema): number {
  return Math.min(Number(schema['maximum'] ?? 1e9), 1e9);
}
