/**
 * Keys as texts whose order by UTF-8 bytes is the order of the service: texts by their bytes, numbers by value,
 * binaries by their bytes. SQLite and the memory store then need to know nothing of types.
 *
 * Several keys make one text: U+0000 stands between them, and what looks like it inside is escaped, so that
 * `('a', …)` comes before `('a!', …)` and no two different lists of keys give one text.
 */
import type { AttributeValue } from './attribute-values.ts';
import { orderedNumber } from './decimal.ts';

/** One key's text. The types of a table's keys are fixed, so the type needs no place in the text. */
export function keyText(value: AttributeValue): string {
  if ('S' in value) return value.S;
  if ('N' in value) return orderedNumber(value.N);
  if ('B' in value) return Buffer.from(value.B, 'base64').toString('hex');
  throw new Error('A key is a text, a number or a binary');
}

/** The texts of several keys, as one. */
export function joined(texts: readonly string[]): string {
  return texts.map(escaped).join('\0');
}

const special = /[\u0000\u0001]/g;

function escaped(text: string): string {
  return text.replace(special, (character) => (character === '\0' ? '\u0001\u0001' : '\u0001\u0002'));
}

/** Texts from `from` up to, but without, `to`; without `to`, up to the end. */
export interface TextRange {
  readonly from: string;
  readonly to?: string;
}

export const everything: TextRange = { from: '' };

/** The least joined text whose first key is greater than this one. */
function after(text: string): string {
  return `${escaped(text)}\u0001`;
}

/** Joined texts whose first key stands so to the given texts. */
export const rangeWhere = {
  '=': (text: string): TextRange => ({ from: escaped(text), to: after(text) }),
  '<': (text: string): TextRange => ({ from: '', to: escaped(text) }),
  '<=': (text: string): TextRange => ({ from: '', to: after(text) }),
  '>': (text: string): TextRange => ({ from: after(text) }),
  '>=': (text: string): TextRange => ({ from: escaped(text) }),
  between: (low: string, high: string): TextRange => ({ from: escaped(low), to: after(high) }),
  beginsWith: (prefix: string): TextRange => {
    const from = escaped(prefix);
    const to = afterPrefix(from);
    return to === undefined ? { from } : { from, to };
  },
} as const;

const lastCodePoint = 0x10ffff;

/** The least text greater than every text with this prefix. */
function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === lastCodePoint) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // The surrogates are no characters.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
