/** Ways to break a request: one at a time, so that its answer says what it thinks of just that. */
import fc from 'fast-check';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Texts that trip up what takes text for granted. */
const oddTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a\ud800',
  '\ufeff2021',
  '\u202e2021\u202c',
  '２０２１',
  'e\u0301\u0327'.repeat(20),
  '👩‍👩‍👧‍👦'.repeat(5),
  '𠮷野家',
  '=HYPERLINK("http://x")',
  '\r\nSet-Cookie: a=b',
  '../../etc/passwd',
  '${jndi:ldap://x}',
  "'; DROP TABLE x; --",
  'SUB#1',
  '__proto__',
  '2021-02-30',
  '9999-99-99',
  '1e400',
] as const;

const oddNumbers = [-1, -0, 0.1, 1e21, 2 ** 53, -(2 ** 53), 1e308, 2147483648] as const;

export const bodyBreaks = {
  missing: (value: Json, at: readonly string[]) => without(value, at),
  null: (value: Json, at: readonly string[]) => put(value, at, null),
  'wrong type': (value: Json, at: readonly string[], pick: number) =>
    put(value, at, ([7, 'text', true, [], {}, [[1]], { a: { b: 1 } }] as Json[])[pick % 7] ?? null),
  'unknown field': (value: Json, at: readonly string[], pick: number) =>
    put(
      value,
      [...at.slice(0, -1), ['neu', '__proto__', 'constructor', 'seq', 'owner', 'state'][pick % 6] ?? 'x'],
      'x',
    ),
  huge: (value: Json, at: readonly string[], pick: number) =>
    put(value, at, pick % 2 === 0 ? '长'.repeat(60_000) : Array.from({ length: 10_000 }, () => 1)),
  deep: (value: Json, at: readonly string[], pick: number) => put(value, at, nested(40 + (pick % 2000))),
  'odd text': (value: Json, at: readonly string[], pick: number) =>
    put(value, at, oddTexts[pick % oddTexts.length] ?? ''),
  'odd number': (value: Json, at: readonly string[], pick: number) =>
    put(value, at, oddNumbers[pick % oddNumbers.length] ?? 0),
} as const;
export type BodyBreak = keyof typeof bodyBreaks;
export const bodyBreakNames = Object.keys(bodyBreaks) as BodyBreak[];

/** Bodies that are no JSON object at all. */
export const rawBodies = [
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '1e999',
  '{"a":1,}',
  '\ufeff{}',
  '{"a":"\\ud800"}',
  '<xml/>',
] as const;

/** Headers as a careless or a hostile client sends them; a list is sent as so many headers of one name. */
export const headerBreaks: Readonly<
  Record<string, Readonly<Record<string, string | readonly string[] | undefined>>>
> = {
  'no key': { 'idempotency-key': undefined },
  'empty key': { 'idempotency-key': ' ' },
  'long key': { 'idempotency-key': 'k'.repeat(201) },
  'key twice': { 'idempotency-key': ['a', 'b'] },
  'no revision': { 'if-match': undefined },
  'odd revision': { 'if-match': '"x"' },
  'any revision': { 'if-match': '*' },
  'revision twice': { 'if-match': ['"1"', '"2"'] },
  'stale revision': { 'if-match': '"99999"' },
  'no token': { authorization: undefined },
  'odd token': { authorization: 'Bearer a.b.c' },
  'basic token': { authorization: 'Basic YTpi' },
  'token twice': { authorization: ['Bearer a', 'Bearer b'] },
  'other type': { 'content-type': 'text/plain' },
  'type twice': { 'content-type': ['application/json', 'application/xml'] },
  'odd language': { 'accept-language': 'tlh;q=9, *;q=x, zh-Hant;q=0' },
  'language twice': { 'accept-language': ['en', 'zh-CN'] },
  'odd correlation': { 'x-correlation-id': '\t<script>' },
};

/** Values of parameters in the path and the query. */
export const oddParameters = [
  'none',
  '%00',
  '..%2F..',
  '%E4%B8%AD',
  '%F0%9F%8F%A0',
  '%ED%A0%80',
  'x'.repeat(3000),
  'HEAD',
  '-1',
  '0',
  '1e9',
  '2021',
  '150600',
  '2021-10-20',
  "'%3B--",
] as const;

/** All places in a value, as paths of names. */
export function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return at.length > 0 ? [at] : [];
  const inner = Object.entries(value).flatMap(([name, one]) => placesIn(one, [...at, name]));
  return at.length > 0 ? [at, ...inner] : inner;
}

function put(value: Json, [name, ...rest]: readonly string[], one: Json): Json {
  if (name === undefined) return one;
  if (Array.isArray(value))
    return value.map((old: Json, index) => (String(index) === name ? put(old, rest, one) : old));
  const object = (typeof value === 'object' && value !== null ? value : {}) as Record<string, Json>;
  // As JSON.parse makes it: a field of its own, whatever its name.
  return Object.fromEntries([
    ...Object.entries(object).filter(([known]) => known !== name),
    [name, put(object[name] ?? {}, rest, one)],
  ]);
}

function without(value: Json, [name, ...rest]: readonly string[]): Json {
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value as Json[];
    return rest.length === 0
      ? list.filter((_old, index) => String(index) !== name)
      : list.map((old, index) => (String(index) === name ? without(old, rest) : old));
  }
  const entries = Object.entries(value as Record<string, Json>);
  return Object.fromEntries(
    entries.flatMap(([known, old]) =>
      known !== name ? [[known, old]] : rest.length === 0 ? [] : [[known, without(old, rest)]],
    ),
  );
}

function nested(depth: number): Json {
  let value: Json = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

export const pick = fc.nat(1000);
