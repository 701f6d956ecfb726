/** Update expressions: SET, REMOVE, ADD and DELETE, each at most once, in any order. */
import { ExpressionFault } from './lexer.ts';
import type { Path, SetOperand, SetValue, Update } from './syntax.ts';
import type { TokenReader } from './token-reader.ts';

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

export function parseUpdateTree(reader: TokenReader): Update {
  const set: { path: Path; value: SetValue }[] = [];
  const remove: Path[] = [];
  const add: { path: Path; placeholder: string }[] = [];
  const taken: { path: Path; placeholder: string }[] = [];
  const parse = {
    SET: () => set.push(assignment(reader)),
    REMOVE: () => remove.push(reader.path()),
    ADD: () => add.push({ path: reader.path(), placeholder: reader.value() }),
    DELETE: () => taken.push({ path: reader.path(), placeholder: reader.value() }),
  };
  const seen = new Set<string>();
  do {
    const section = sections.find((word) => reader.takesKeyword(word));
    if (!section) throw reader.unexpected();
    if (seen.has(section)) {
      throw new ExpressionFault(`The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    do parse[section]();
    while (reader.takes(','));
  } while (reader.peek().kind !== 'end');
  return { set, remove, add, delete: taken };
}

function assignment(reader: TokenReader): { path: Path; value: SetValue } {
  const path = reader.path();
  reader.expect('=');
  const left = operand(reader);
  if (reader.takes('+') && reader.counts())
    return { path, value: { kind: 'sum', sign: 1, left, right: operand(reader) } };
  if (reader.takes('-') && reader.counts())
    return { path, value: { kind: 'sum', sign: -1, left, right: operand(reader) } };
  return { path, value: left };
}

function operand(reader: TokenReader): SetOperand {
  if (reader.peek().kind === 'value') return { kind: 'value', placeholder: reader.value() };
  if (reader.takes('(')) {
    const inner = operand(reader);
    reader.expect(')');
    return inner;
  }
  const name = reader.takesFunction();
  if (name === undefined) return { kind: 'path', path: reader.path() };
  if (name === 'if_not_exists') {
    const path = reader.path();
    reader.expect(',');
    const otherwise = operand(reader);
    reader.expect(')');
    return { kind: 'if_not_exists', path, otherwise };
  }
  if (name === 'list_append') {
    const first = operand(reader);
    reader.expect(',');
    const second = operand(reader);
    reader.expect(')');
    return { kind: 'list_append', first, second };
  }
  throw new ExpressionFault(
    conditionFunctions.has(name)
      ? `The function is not allowed in an update expression; function: ${name}`
      : `Invalid function name; function: ${name}`,
  );
}

const conditionFunctions: ReadonlySet<string> = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
