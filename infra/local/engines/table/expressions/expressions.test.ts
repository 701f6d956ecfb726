import { describe, expect, it } from 'vitest';
import type { AttributeValue, Item } from '../attribute-values.ts';
import { Bindings } from './bindings.ts';
import { assertSensible, satisfies } from './evaluate.ts';
import { explained, parseCondition, parseProjection, parseUpdate } from './parser.ts';
import { picker } from './projection.ts';
import { assertUpdateSensible, updated } from './update.ts';

type Values = Record<string, AttributeValue>;

const item: Item = {
  id: { S: 'filing-7' },
  n: { N: '7' },
  big: { N: '12345678901234567890123456789012345678' },
  flags: { SS: ['a', 'b'] },
  marks: { NS: ['1', '2'] },
  contact: { M: { phones: { L: [{ S: '0471' }, { S: '0472' }, { S: '0473' }] }, city: { S: 'Hohhot' } } },
  bytes: { B: 'AAEC' },
  off: { BOOL: false },
};

function given(ExpressionAttributeValues?: Values, ExpressionAttributeNames?: Record<string, string>) {
  return {
    ...(ExpressionAttributeValues ? { ExpressionAttributeValues } : {}),
    ...(ExpressionAttributeNames ? { ExpressionAttributeNames } : {}),
  };
}

function holds(text: string, values?: Values, names?: Record<string, string>): boolean {
  const parsed = parseCondition('ConditionExpression', text);
  const bindings = Bindings.of(given(values, names), [['ConditionExpression', parsed]]);
  explained('ConditionExpression', () => assertSensible(parsed.tree, bindings));
  return satisfies(item, parsed.tree, bindings);
}

function update(text: string, values?: Values, names?: Record<string, string>): Item {
  const parsed = parseUpdate(text);
  const bindings = Bindings.of(given(values, names), [['UpdateExpression', parsed]]);
  explained('UpdateExpression', () => assertUpdateSensible(parsed.tree, bindings));
  return updated(item, parsed.tree, bindings);
}

describe('a condition', () => {
  it.each<[string, Values | undefined, boolean]>([
    ['n = :v', { ':v': { N: '7' } }, true],
    ['n = :v', { ':v': { S: '7' } }, false],
    ['n < :v', { ':v': { N: '10' } }, true],
    ['big < :v', { ':v': { N: '12345678901234567890123456789012345679' } }, true],
    ['id > :v', { ':v': { S: 'filing-10' } }, true],
    ['absent = :v', { ':v': { S: 'x' } }, false],
    ['absent <> :v', { ':v': { S: 'x' } }, true],
    ['flags = :v', { ':v': { SS: ['b', 'a'] } }, true],
    ['n BETWEEN :a AND :b', { ':a': { N: '7' }, ':b': { N: '8' } }, true],
    ['n IN (:a, :b)', { ':a': { N: '6' }, ':b': { N: '7' } }, true],
    ['attribute_exists(contact.phones[2])', undefined, true],
    ['attribute_exists(contact.phones[3])', undefined, false],
    ['attribute_not_exists(toString)', undefined, true],
    ['attribute_type(flags, :t)', { ':t': { S: 'SS' } }, true],
    ['begins_with(id, :v)', { ':v': { S: 'filing' } }, true],
    ['begins_with(bytes, :v)', { ':v': { B: 'AAE=' } }, true],
    ['contains(id, :v)', { ':v': { S: 'ing' } }, true],
    ['contains(flags, :v)', { ':v': { S: 'c' } }, false],
    ['contains(contact.phones, :v)', { ':v': { S: '0472' } }, true],
    ['size(contact.phones) = :v', { ':v': { N: '3' } }, true],
    ['size(bytes) = :v', { ':v': { N: '3' } }, true],
    ['size(n) = :v', { ':v': { N: '1' } }, false],
    ['NOT off = :f', { ':f': { BOOL: true } }, true],
    ['off = :f AND n = :f OR id = :id', { ':f': { BOOL: true }, ':id': { S: 'filing-7' } }, true],
    ['off = :f AND (n = :f OR id = :id)', { ':f': { BOOL: true }, ':id': { S: 'filing-7' } }, false],
    ['NOT off = :f and attribute_exists(id)', { ':f': { BOOL: false } }, false],
  ])('%s with %j is %s', (text, values, expected) => {
    expect(holds(text, values)).toBe(expected);
  });

  it('reads names through placeholders', () => {
    expect(holds('#c.#p[0] = :v', { ':v': { S: '0471' } }, { '#c': 'contact', '#p': 'phones' })).toBe(true);
  });

  it.each<[string, Values | undefined, Record<string, string> | undefined, string]>([
    ['', undefined, undefined, 'Invalid ConditionExpression: The expression can not be empty;'],
    ['n == :v', { ':v': { N: '1' } }, undefined, 'Syntax error; token: "=", near: "== :v"'],
    ['n = ', undefined, undefined, 'Syntax error; token: "<EOF>"'],
    ['n = :v ~', { ':v': { N: '1' } }, undefined, 'Syntax error; token: "~"'],
    [
      'status = :v',
      { ':v': { N: '1' } },
      undefined,
      'Attribute name is a reserved keyword; reserved keyword: status',
    ],
    ['foo(n)', undefined, undefined, 'Invalid function name; function: foo'],
    ['((n = :v))', { ':v': { N: '1' } }, undefined, 'The expression has redundant parentheses;'],
    [
      '#x = :v',
      { ':v': { N: '1' } },
      undefined,
      'attribute name used in the document path is not defined; attribute name: #x',
    ],
    [
      'n = :w',
      { ':v': { N: '1' } },
      undefined,
      'attribute value used in expression is not defined; attribute value: :w',
    ],
    [
      'n = :v',
      { ':v': { N: '1' }, ':w': { N: '2' } },
      undefined,
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}',
    ],
    [
      'n = :v',
      { ':v': { N: '1' } },
      { '#w': 'w' },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#w}',
    ],
    ['n = :v', {}, undefined, 'ExpressionAttributeValues must not be empty'],
    ['n < :v', { ':v': { BOOL: true } }, undefined, 'operator or function: <, operand type: BOOL'],
    [
      'begins_with(id, :v)',
      { ':v': { N: '1' } },
      undefined,
      'operator or function: begins_with, operand type: N',
    ],
    ['attribute_type(id, :v)', { ':v': { S: 'X' } }, undefined, 'Invalid attribute type name found; type: X'],
    [
      'n BETWEEN :a AND :b',
      { ':a': { N: '2' }, ':b': { N: '1' } },
      undefined,
      'upper bound to be greater than or equal to lower bound',
    ],
    [
      `n = :${'v'.repeat(255)}`,
      { [`:${'v'.repeat(255)}`]: { N: '1' } },
      undefined,
      'ExpressionAttributeValues contains invalid key: The expression attribute map contains a key that is too long; size of key: 256',
    ],
    [
      alternatives(151),
      { ':v': { N: '1' } },
      undefined,
      'Invalid ConditionExpression: The expression contains too many operators; operator count: 301',
    ],
  ])('%j is refused', (text, values, names, reason) => {
    expect(() => holds(text, values, names)).toThrow(reason);
  });

  it('has up to 300 operators, of which the AND of a BETWEEN is none', () => {
    expect(holds(alternatives(150), { ':v': { N: '7' } })).toBe(true);
    const bounds = { ':v': { N: '7' }, ':w': { N: '8' } };
    expect(holds(`n BETWEEN :v AND :w OR ${alternatives(149)}`, bounds)).toBe(true);
  });

  it('keeps parentheses that group one side only', () => {
    expect(holds('((n = :v) OR (n = :w)) AND (n = :v)', { ':v': { N: '7' }, ':w': { N: '8' } })).toBe(true);
  });
});

/** So many comparisons, with an OR between each two. */
function alternatives(count: number): string {
  return Array<string>(count).fill('n = :v').join(' OR ');
}

describe('an update', () => {
  it.each<[string, Values | undefined, Partial<Item>]>([
    ['SET n = n + :v', { ':v': { N: '0.5' } }, { n: { N: '7.5' } }],
    ['SET n = :v - n', { ':v': { N: '5' } }, { n: { N: '-2' } }],
    ['SET fresh = if_not_exists(absent, :v)', { ':v': { N: '5' } }, { fresh: { N: '5' } }],
    ['SET fresh = if_not_exists(n, :v)', { ':v': { N: '5' } }, { fresh: { N: '7' } }],
    [
      'SET contact.phones = list_append(:v, contact.phones)',
      { ':v': { L: [{ S: 'new' }] } },
      {
        contact: {
          M: {
            phones: { L: [{ S: 'new' }, { S: '0471' }, { S: '0472' }, { S: '0473' }] },
            city: { S: 'Hohhot' },
          },
        },
      },
    ],
    [
      'SET contact.phones[1] = :v, contact.phones[9] = :w',
      { ':v': { S: 'x' }, ':w': { S: 'y' } },
      {
        contact: {
          M: { phones: { L: [{ S: '0471' }, { S: 'x' }, { S: '0473' }, { S: 'y' }] }, city: { S: 'Hohhot' } },
        },
      },
    ],
    [
      'REMOVE contact.phones[0], contact.phones[2], contact.absent',
      undefined,
      { contact: { M: { phones: { L: [{ S: '0472' }] }, city: { S: 'Hohhot' } } } },
    ],
    [
      'ADD n :one, flags :f, fresh :one',
      { ':one': { N: '1' }, ':f': { SS: ['b', 'c'] } },
      { n: { N: '8' }, flags: { SS: ['a', 'b', 'c'] }, fresh: { N: '1' } },
    ],
    ['DELETE flags :f', { ':f': { SS: ['a', 'z'] } }, { flags: { SS: ['b'] } }],
  ])('%s', (text, values, expected) => {
    expect(update(text, values)).toEqual({ ...item, ...expected });
  });

  it('removes a set with its last element, and changes nothing of the item before', () => {
    const before = structuredClone(item);
    expect(update('DELETE marks :m REMOVE contact.city', { ':m': { NS: ['2', '1'] } })).not.toHaveProperty(
      'marks',
    );
    expect(item).toEqual(before);
  });

  it('swaps, since every operand is read from the item as it was', () => {
    expect(update('SET n = big, big = n')).toMatchObject({ n: item['big'], big: item['n'] });
  });

  it.each<[string, Values | undefined, string]>([
    ['SET a = :v SET b = :v', { ':v': { N: '1' } }, 'The "SET" section can only be used once'],
    [
      'SET contact = :v, contact.city = :v',
      { ':v': { N: '1' } },
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [contact], path two: [contact, city]',
    ],
    [
      'SET contact.x = :v, contact[0] = :v',
      { ':v': { N: '1' } },
      'Two document paths conflict with each other',
    ],
    [
      'SET absent.x = :v',
      { ':v': { N: '1' } },
      'The document path provided in the update expression is invalid for update',
    ],
    ['SET a = absent', undefined, 'refers to an attribute that does not exist in the item'],
    [
      'SET n = n + :v',
      { ':v': { S: 'x' } },
      'An operand in the update expression has an incorrect data type',
    ],
    [
      'ADD n :v',
      { ':v': { S: 'x' } },
      'Incorrect operand type for operator or function; operator: ADD, operand type: S',
    ],
    ['ADD id :v', { ':v': { N: '1' } }, 'An operand in the update expression has an incorrect data type'],
    ['SET n', undefined, 'Syntax error'],
    [
      `SET ${Array.from({ length: 301 }, (_, at) => `a${at}=:v+:v`).join(',')}`,
      { ':v': { N: '1' } },
      'Invalid UpdateExpression: The expression contains too many operators; operator count: 301',
    ],
  ])('%s is refused', (text, values, reason) => {
    expect(() => update(text, values)).toThrow(reason);
  });
});

describe('a projection', () => {
  const pick = (text: string) => {
    const { tree } = parseProjection(text);
    const bindings = Bindings.of({}, [['ProjectionExpression', parseProjection(text)]]);
    return picker(tree.map((path) => bindings.steps(path)))(item);
  };

  it('takes parts of maps and lists, which close up', () => {
    expect(pick('id, contact.phones[2], contact.phones[0], contact.absent, absent')).toEqual({
      id: { S: 'filing-7' },
      contact: { M: { phones: { L: [{ S: '0471' }, { S: '0473' }] } } },
    });
  });
});
