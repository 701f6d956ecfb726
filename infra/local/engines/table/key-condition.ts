/** What a KeyConditionExpression asks: one partition, and a range of sort keys in it. */
import { typeOf, type AttributeValue } from './attribute-values.ts';
import type { KeyAttribute, KeySchema } from './definition.ts';
import { validationError } from './errors.ts';
import type { Bindings } from './expressions/bindings.ts';
import { ExpressionFault } from './expressions/lexer.ts';
import { explained } from './expressions/parser.ts';
import type { Comparator, Condition, Operand, Path } from './expressions/syntax.ts';
import { everything, keyText, rangeWhere, type TextRange } from './key-text.ts';

export interface KeyRange {
  readonly partition: string;
  readonly range: TextRange;
}

/** One comparison of one key attribute. */
interface Part {
  readonly name: string;
  readonly operator: Exclude<Comparator, '<>'> | 'between' | 'beginsWith';
  readonly values: readonly AttributeValue[];
}

/** @throws TableError when the condition is not one on the partition key and, at most, one on the sort key */
export function keyRange(condition: Condition, bindings: Bindings, keys: KeySchema): KeyRange {
  const parts = explained('KeyConditionExpression', () => partsOf(condition, bindings));
  const names = parts.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw validationError('KeyConditionExpressions must only contain one condition per key');
  }
  if (parts.length > 2) throw validationError('Conditions can be of length 1 or 2 only');
  const partition = parts.find(({ name }) => name === keys.partition.name);
  if (!partition) throw validationError(`Query condition missed key schema element: ${keys.partition.name}`);
  if (partition.operator !== '=') throw validationError('Query key condition not supported');
  const [text = ''] = textsOf(partition, keys.partition);
  const other = parts.find((part) => part !== partition);
  if (!other) return { partition: text, range: everything };
  if (other.name !== keys.sort?.name) {
    throw validationError(
      `Query condition missed key schema element: ${keys.sort?.name ?? keys.partition.name}`,
    );
  }
  return { partition: text, range: rangeOf(other, keys.sort) };
}

function rangeOf(part: Part, key: KeyAttribute): TextRange {
  const [first = '', second = ''] = textsOf(part, key);
  return part.operator === 'between' ? rangeWhere.between(first, second) : rangeWhere[part.operator](first);
}

function textsOf({ name, values, operator }: Part, key: KeyAttribute): string[] {
  return values.map((value) => {
    if (typeOf(value) !== key.type) {
      throw validationError(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      );
    }
    const text = keyText(value);
    if (text === '' && operator !== 'beginsWith') {
      throw validationError(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${key.type === 'B' ? 'binary' : 'string'} value. Key: ${name}`,
      );
    }
    return text;
  });
}

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** @throws ExpressionFault */
function partsOf(condition: Condition, bindings: Bindings): Part[] {
  const nameOf = (path: Path): string => {
    const steps = bindings.steps(path);
    if (steps.length > 1)
      throw new ExpressionFault('KeyConditionExpressions cannot have conditions on nested attributes');
    return steps[0] as string;
  };
  const subject = (operand: Operand): string => {
    if (operand.kind === 'path') return nameOf(operand.path);
    throw unsupported(operand.kind === 'size' ? 'size' : 'value');
  };
  const given = (operand: Operand): AttributeValue => {
    if (operand.kind === 'value') return bindings.value(operand.placeholder);
    throw unsupported(operand.kind);
  };
  switch (condition.kind) {
    case 'and':
      return [...partsOf(condition.left, bindings), ...partsOf(condition.right, bindings)];
    case 'compare': {
      const { operator, left, right } = condition;
      if (operator === '<>') throw unsupported(operator);
      if (left.kind !== 'value') return [{ name: subject(left), operator, values: [given(right)] }];
      return [{ name: subject(right), operator: mirrored[operator], values: [given(left)] }];
    }
    case 'between':
      return [
        {
          name: subject(condition.operand),
          operator: 'between',
          values: [given(condition.low), given(condition.high)],
        },
      ];
    case 'begins_with':
      return [{ name: nameOf(condition.path), operator: 'beginsWith', values: [given(condition.operand)] }];
    case 'or':
    case 'not':
    case 'in':
      throw unsupported(condition.kind.toUpperCase());
    case 'attribute_exists':
    case 'attribute_not_exists':
    case 'attribute_type':
    case 'contains':
      throw unsupported(condition.kind);
  }
}

function unsupported(operator: string): ExpressionFault {
  return new ExpressionFault(`Invalid operator used in KeyConditionExpression: ${operator}`);
}
