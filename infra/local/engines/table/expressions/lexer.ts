/** Cuts an expression into tokens. */

export interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'integer' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with an expression, without saying which expression of the request it is. */
export class ExpressionFault extends Error {}

const token =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-]))/y;
const kinds = ['word', 'name', 'value', 'integer', 'symbol'] as const;

/**
 * @returns the tokens; the last is always of kind `end`
 * @throws ExpressionFault at a character that starts no token
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  token.lastIndex = 0;
  let at = 0;
  while (at < end) {
    const match = token.exec(text);
    if (!match) throw unexpected(text, at);
    const group = match.slice(1).findIndex((part) => part !== undefined);
    const found = match[group + 1] ?? '';
    at = token.lastIndex;
    tokens.push({ kind: kinds[group] ?? 'symbol', text: found, start: at - found.length, end: at });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: end, end });
  return tokens;
}

function unexpected(text: string, at: number): ExpressionFault {
  const rest = text.slice(at).trimStart();
  return new ExpressionFault(`Syntax error; token: "${rest.charAt(0)}", near: "${rest.slice(0, 12)}"`);
}
