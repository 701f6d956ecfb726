/** Walks over the tokens of one expression and gathers the placeholders it meets. */
import { ExpressionFault, tokensOf, type Token } from './lexer.ts';
import { isReservedWord } from './reserved-words.ts';
import type { Path, PathStep } from './syntax.ts';

export class TokenReader {
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  private taken = 0;
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokensOf(source);
  }

  /** How many operators and functions were counted. */
  get operators(): number {
    return this.taken;
  }

  /** Counts an operator: not every word or sign that was taken is one, as the AND of a BETWEEN. */
  counts(): true {
    this.taken++;
    return true;
  }

  peek(ahead = 0): Token {
    return (this.tokens[this.at + ahead] ?? this.tokens.at(-1)) as Token;
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** Takes the symbol if it comes next. */
  takes(symbol: string): boolean {
    if (this.peek().kind !== 'symbol' || this.peek().text !== symbol) return false;
    this.at++;
    return true;
  }

  expect(symbol: string): void {
    if (!this.takes(symbol)) throw this.unexpected();
  }

  /** Takes the keyword, in whatever letters, if it comes next. */
  takesKeyword(keyword: string): boolean {
    if (this.peek().kind !== 'word' || this.peek().text.toUpperCase() !== keyword) return false;
    this.at++;
    return true;
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  /** A function's name, if a function call comes next; the name and the parenthesis are taken. */
  takesFunction(): string | undefined {
    const following = this.peek(1);
    if (this.peek().kind !== 'word' || following.kind !== 'symbol' || following.text !== '(')
      return undefined;
    const name = this.next().text;
    this.at++;
    this.counts();
    return name;
  }

  path(): Path {
    const steps: PathStep[] = [this.nameStep()];
    for (;;) {
      if (this.takes('.')) steps.push(this.nameStep());
      else if (this.takes('[')) {
        if (this.peek().kind !== 'integer') throw this.unexpected();
        steps.push({ index: Number(this.next().text) });
        this.expect(']');
      } else return { steps };
    }
  }

  value(): string {
    if (this.peek().kind !== 'value') throw this.unexpected();
    const { text } = this.next();
    this.values.add(text);
    return text;
  }

  unexpected(): ExpressionFault {
    const token = this.peek();
    const from = this.tokens[this.at - 1]?.start ?? token.start;
    const to = token.kind === 'end' ? token.end : this.peek(1).end;
    return new ExpressionFault(
      `Syntax error; token: "${token.text}", near: "${this.source.slice(from, to)}"`,
    );
  }

  private nameStep(): PathStep {
    const token = this.peek();
    if (token.kind === 'name') {
      this.at++;
      this.names.add(token.text);
      return { placeholder: token.text };
    }
    if (token.kind !== 'word') throw this.unexpected();
    if (isReservedWord(token.text)) {
      throw new ExpressionFault(`Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
    }
    this.at++;
    return { name: token.text };
  }
}
