/** Whether an item satisfies a condition. */
import { compare, equal, typeNames, typeOf, type AttributeValue, type Item } from '../attribute-values.ts';
import { binaryLength } from '../item-size.ts';
import type { Bindings } from './bindings.ts';
import { ExpressionFault } from './lexer.ts';
import { valueAt } from './paths.ts';
import type { Comparator, Condition, Operand } from './syntax.ts';

/** An absent attribute satisfies only `attribute_not_exists` and `<>`. */
export function satisfies(item: Item, condition: Condition, bindings: Bindings): boolean {
  switch (condition.kind) {
    case 'and':
      return satisfies(item, condition.left, bindings) && satisfies(item, condition.right, bindings);
    case 'or':
      return satisfies(item, condition.left, bindings) || satisfies(item, condition.right, bindings);
    case 'not':
      return !satisfies(item, condition.condition, bindings);
    case 'attribute_exists':
      return valueAt(item, bindings.steps(condition.path)) !== undefined;
    case 'attribute_not_exists':
      return valueAt(item, bindings.steps(condition.path)) === undefined;
    case 'compare':
      return compares(
        condition.operator,
        read(item, condition.left, bindings),
        read(item, condition.right, bindings),
      );
    case 'between': {
      const value = read(item, condition.operand, bindings);
      return (
        compares('>=', value, read(item, condition.low, bindings)) &&
        compares('<=', value, read(item, condition.high, bindings))
      );
    }
    case 'in': {
      const value = read(item, condition.operand, bindings);
      return condition.options.some((option) => compares('=', value, read(item, option, bindings)));
    }
    case 'attribute_type': {
      const value = valueAt(item, bindings.steps(condition.path));
      const type = read(item, condition.type, bindings);
      return value !== undefined && type !== undefined && 'S' in type && typeOf(value) === type.S;
    }
    case 'begins_with':
      return beginsWith(
        valueAt(item, bindings.steps(condition.path)),
        read(item, condition.operand, bindings),
      );
    case 'contains':
      return contains(valueAt(item, bindings.steps(condition.path)), read(item, condition.operand, bindings));
  }
}

function read(item: Item, operand: Operand, bindings: Bindings): AttributeValue | undefined {
  switch (operand.kind) {
    case 'value':
      return bindings.value(operand.placeholder);
    case 'path':
      return valueAt(item, bindings.steps(operand.path));
    case 'size': {
      const size = sizeOf(valueAt(item, bindings.steps(operand.path)));
      return size === undefined ? undefined : { N: String(size) };
    }
  }
}

function compares(
  operator: Comparator,
  a: AttributeValue | undefined,
  b: AttributeValue | undefined,
): boolean {
  if (operator === '<>') return !a || !b || !equal(a, b);
  if (!a || !b) return false;
  if (operator === '=') return equal(a, b);
  const order = compare(a, b);
  if (order === undefined) return false;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function beginsWith(value: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  if (!value || !prefix) return false;
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if (!('B' in value && 'B' in prefix)) return false;
  const start = Buffer.from(prefix.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
}

function contains(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (!value || !part) return false;
  if ('L' in value) return value.L.some((element) => equal(element, part));
  if ('S' in part)
    return 'S' in value ? value.S.includes(part.S) : 'SS' in value && value.SS.includes(part.S);
  if ('N' in part) return 'NS' in value && value.NS.includes(part.N);
  if (!('B' in part)) return false;
  if ('BS' in value) return value.BS.includes(part.B);
  return 'B' in value && Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
}

/** Characters of a text, bytes of a binary, elements of a list, map or set; nothing else has a size. */
function sizeOf(value: AttributeValue | undefined): number | undefined {
  if (!value) return undefined;
  if ('S' in value) return value.S.length;
  if ('B' in value) return binaryLength(value.B);
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  if ('SS' in value) return value.SS.length;
  if ('NS' in value) return value.NS.length;
  return 'BS' in value ? value.BS.length : undefined;
}

/** Refuses what can be seen to be wrong before any item is read. @throws ExpressionFault */
export function assertSensible(condition: Condition, bindings: Bindings): void {
  const given = (operand: Operand) =>
    operand.kind === 'value' ? bindings.value(operand.placeholder) : undefined;
  const assertType = (operator: string, operand: Operand, allowed: readonly string[]) => {
    const value = given(operand);
    if (value && !allowed.includes(typeOf(value))) {
      throw new ExpressionFault(
        `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(value)}`,
      );
    }
  };
  switch (condition.kind) {
    case 'and':
    case 'or':
      assertSensible(condition.left, bindings);
      assertSensible(condition.right, bindings);
      return;
    case 'not':
      assertSensible(condition.condition, bindings);
      return;
    case 'compare':
      if (condition.operator !== '=' && condition.operator !== '<>') {
        assertType(condition.operator, condition.left, ordered);
        assertType(condition.operator, condition.right, ordered);
      }
      return;
    case 'between': {
      assertType('BETWEEN', condition.low, ordered);
      assertType('BETWEEN', condition.high, ordered);
      assertBounds(given(condition.low), given(condition.high));
      return;
    }
    case 'begins_with':
      assertType('begins_with', condition.operand, ['S', 'B']);
      return;
    case 'attribute_type': {
      assertType('attribute_type', condition.type, ['S']);
      const type = given(condition.type);
      if (type && 'S' in type && !typeNames.some((name) => name === type.S)) {
        throw new ExpressionFault(
          `Invalid attribute type name found; type: ${type.S}, valid types: {${typeNames.join(',')}}`,
        );
      }
      return;
    }
    case 'in':
    case 'contains':
    case 'attribute_exists':
    case 'attribute_not_exists':
      return;
  }
}

const ordered = ['S', 'N', 'B'];

function assertBounds(low: AttributeValue | undefined, high: AttributeValue | undefined): void {
  if (!low || !high) return;
  const order = compare(low, high);
  const operands = `lower bound operand: AttributeValue: ${shown(low)}, upper bound operand: AttributeValue: ${shown(high)}`;
  if (order === undefined) {
    throw new ExpressionFault(
      `The BETWEEN operator requires same data type for lower and upper bounds; ${operands}`,
    );
  }
  if (order > 0) {
    throw new ExpressionFault(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${operands}`,
    );
  }
}

function shown(value: AttributeValue): string {
  return `{${typeOf(value)}:${String(Object.values(value)[0])}}`;
}
