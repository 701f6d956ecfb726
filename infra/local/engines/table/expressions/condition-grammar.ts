/** Conditions: comparisons, BETWEEN, IN, functions, AND, OR, NOT, parentheses. NOT binds tightest, then AND, then OR. */
import { ExpressionFault } from './lexer.ts';
import type { Comparator, Condition, Operand } from './syntax.ts';
import type { TokenReader } from './token-reader.ts';

const comparators: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);
const maxOptions = 100;

export function parseConditionTree(reader: TokenReader): Condition {
  const condition = disjunction(reader);
  reader.expectEnd();
  return condition;
}

function disjunction(reader: TokenReader): Condition {
  let left = conjunction(reader);
  while (reader.takesKeyword('OR') && reader.counts())
    left = { kind: 'or', left, right: conjunction(reader) };
  return left;
}

function conjunction(reader: TokenReader): Condition {
  let left = negation(reader);
  while (reader.takesKeyword('AND') && reader.counts()) left = { kind: 'and', left, right: negation(reader) };
  return left;
}

function negation(reader: TokenReader): Condition {
  if (reader.takesKeyword('NOT') && reader.counts()) return { kind: 'not', condition: negation(reader) };
  if (reader.takes('(')) return group(reader);
  return predicate(reader);
}

/** A group that holds nothing but another group is refused, as the service does. */
function group(reader: TokenReader): Condition {
  const first = reader.peek();
  const inner = disjunction(reader);
  reader.expect(')');
  if (first.text === '(' && groups.has(inner))
    throw new ExpressionFault('The expression has redundant parentheses;');
  groups.add(inner);
  return inner;
}

/** Conditions that stood in parentheses of their own. */
const groups = new WeakSet<Condition>();

function predicate(reader: TokenReader): Condition {
  const name = functionAhead(reader);
  if (name !== undefined && name !== 'size') return functionCondition(reader, name);
  const left = operand(reader);
  reader.counts();
  if (reader.takesKeyword('BETWEEN')) {
    const low = operand(reader);
    if (!reader.takesKeyword('AND')) throw reader.unexpected();
    return { kind: 'between', operand: left, low, high: operand(reader) };
  }
  if (reader.takesKeyword('IN')) return { kind: 'in', operand: left, options: options(reader) };
  const token = reader.peek();
  if (token.kind !== 'symbol' || !comparators.has(token.text)) throw reader.unexpected();
  reader.next();
  return { kind: 'compare', operator: token.text as Comparator, left, right: operand(reader) };
}

function functionAhead(reader: TokenReader): string | undefined {
  return reader.peek().kind === 'word' && reader.peek(1).text === '(' ? reader.peek().text : undefined;
}

function functionCondition(reader: TokenReader, name: string): Condition {
  const parse = functions[name];
  if (!Object.hasOwn(functions, name) || !parse) {
    throw new ExpressionFault(`Invalid function name; function: ${name}`);
  }
  reader.takesFunction();
  const condition = parse(reader);
  reader.expect(')');
  return condition;
}

const functions: Readonly<Record<string, (reader: TokenReader) => Condition>> = {
  attribute_exists: (reader) => ({ kind: 'attribute_exists', path: reader.path() }),
  attribute_not_exists: (reader) => ({ kind: 'attribute_not_exists', path: reader.path() }),
  attribute_type: (reader) => ({ kind: 'attribute_type', path: reader.path(), type: second(reader) }),
  begins_with: (reader) => ({ kind: 'begins_with', path: reader.path(), operand: second(reader) }),
  contains: (reader) => ({ kind: 'contains', path: reader.path(), operand: second(reader) }),
};

function second(reader: TokenReader): Operand {
  reader.expect(',');
  return operand(reader);
}

function options(reader: TokenReader): Operand[] {
  reader.expect('(');
  const found = [operand(reader)];
  while (reader.takes(',')) found.push(operand(reader));
  reader.expect(')');
  if (found.length > maxOptions) {
    throw new ExpressionFault(
      `The IN operator is provided with too many operands; number of operands: ${found.length}`,
    );
  }
  return found;
}

function operand(reader: TokenReader): Operand {
  if (reader.peek().kind === 'value') return { kind: 'value', placeholder: reader.value() };
  const name = reader.takesFunction();
  if (name === undefined) return { kind: 'path', path: reader.path() };
  if (name !== 'size') {
    throw new ExpressionFault(
      Object.hasOwn(functions, name)
        ? `The function is not allowed to be used this way in an expression; function: ${name}`
        : `Invalid function name; function: ${name}`,
    );
  }
  const path = reader.path();
  reader.expect(')');
  return { kind: 'size', path };
}
