import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { refused, same, type Theme } from '../check.ts';
import { a1, withTable } from './bench.ts';
import type { TableTarget } from './target.ts';

const invalid = 'ValidationException';
const names = 'Developer Guide, Expression attribute names (aliases) in DynamoDB';
const values = 'Developer Guide, Using expression attribute values in DynamoDB';

type Values = Record<string, unknown>;
type Case = readonly [
  expression: string,
  values?: Values | undefined,
  names?: Record<string, string> | undefined,
  message?: RegExp,
];

/** A check that asks for each update, expects each to be refused, and the item to be as before. */
function refusing(cases: readonly Case[]) {
  return withTable(async (bench) => {
    const item = { ...a1, n: 1, s: 's', parts: { x: 1 }, entries: [1], marks: new Set(['a']) };
    await bench.put(item);
    for (const [expression, given, aliases, message] of cases) {
      const answer = bench.update(expression, given, aliases ? { ExpressionAttributeNames: aliases } : {});
      await refused(answer, invalid, message).catch((error: unknown) => {
        if (error instanceof Error) error.message = `${expression.slice(0, 60)}: ${error.message}`;
        throw error;
      });
    }
    same('the item', await bench.get(), item);
  });
}

export const refusals: Theme<TableTarget> = {
  title: 'Expressions that are refused',
  checks: [
    {
      name: 'a reserved word stands only behind an alias',
      source: `${names}; Reserved words in DynamoDB`,
      run: withTable(async (bench) => {
        await refused(bench.update('SET status = :v', { ':v': 1 }), invalid, /reserved (key)?word.*status/i);
        await bench.update('SET #s = :v', { ':v': 1 }, { ExpressionAttributeNames: { '#s': 'status' } });
        same('the item', await bench.get(), { ...a1, status: 1 });
      }),
    },
    {
      name: 'an alias or value that is not defined is refused',
      source: `${names}; ${values}`,
      run: refusing([
        ['SET #x = :v', { ':v': 1 }],
        ['SET #x = :v', { ':v': 1 }, { '#y': 'y' }],
        ['SET x = :v', { ':w': 1 }],
      ]),
    },
    {
      name: 'an alias or value that is not used is refused',
      source: 'API Reference, CommonErrors: ValidationException; UpdateItem, ExpressionAttributeValues',
      run: refusing([
        ['SET x = :v', { ':v': 1, ':w': 1 }, undefined, /unused in expressions/],
        ['SET x = :v', { ':v': 1 }, { '#y': 'y' }, /unused in expressions/],
      ]),
    },
    {
      name: 'an alias begins with # and a value with :',
      source: `${names}; ${values}`,
      run: refusing([
        ['SET x = :v', { ':v': 1, w: 1 }],
        ['SET #x = :v', { ':v': 1 }, { '#x': 'x', y: 'y' }],
      ]),
    },
    {
      name: 'key attributes are not updated',
      source: 'API Reference, UpdateItem, UpdateExpression',
      run: refusing([['SET SK = :v', { ':v': '2' }], ['REMOVE PK'], ['ADD SK :v', { ':v': 1 }]]),
    },
    {
      name: 'a path is written once, and not together with what it holds',
      source: 'Developer Guide, Using update expressions in DynamoDB',
      run: refusing([
        ['SET n = :v, n = :v', { ':v': 1 }],
        ['SET n = :v REMOVE n', { ':v': 1 }],
        ['SET parts = :v, parts.x = :v', { ':v': 1 }],
      ]),
    },
    {
      name: 'each section stands once',
      source: 'Developer Guide, Using update expressions in DynamoDB',
      run: refusing([['SET x = :v SET y = :v', { ':v': 1 }], ['REMOVE n REMOVE s']]),
    },
    {
      name: 'a path leads only through maps and lists that are there',
      source: 'Developer Guide, Using update expressions in DynamoDB: Adding nested map attributes',
      run: refusing([
        ['SET absent.x = :v', { ':v': 1 }, undefined, /document path/],
        ['SET n.x = :v', { ':v': 1 }, undefined, /document path/],
        ['SET parts[0] = :v', { ':v': 1 }, undefined, /document path/],
      ]),
    },
    {
      name: 'operands have the type that the operation takes',
      source: 'Developer Guide, Using update expressions in DynamoDB',
      run: refusing([
        ['SET n = n + :v', { ':v': 'one' }],
        ['SET n = s + :v', { ':v': 1 }],
        ['SET entries = list_append(entries, :v)', { ':v': 1 }],
        ['ADD s :v', { ':v': 1 }],
        ['ADD n :v', { ':v': new Set(['a']) }],
        ['DELETE marks :v', { ':v': 'a' }],
        ['DELETE n :v', { ':v': new Set(['a']) }],
      ]),
    },
    {
      name: 'an operand in SET that the item lacks is refused',
      source: 'Developer Guide, Using update expressions in DynamoDB',
      run: refusing([
        ['SET x = absent', undefined, undefined, /does not exist/],
        ['SET x = absent + :v', { ':v': 1 }, undefined, /does not exist/],
      ]),
    },
    {
      name: 'what is no expression is refused',
      source: 'API Reference, CommonErrors: ValidationException',
      run: refusing([
        [''],
        ['SET'],
        ['SET n'],
        ['SET n = '],
        ['n = n'],
        ['SET n = n n'],
        ['SET x = unknown(n)'],
      ]),
    },
    {
      name: 'an alias or value name is at most 255 bytes, an expression 4 KB',
      source: 'Developer Guide, Constraints in Amazon DynamoDB: Expression parameters',
      run: refusing([
        [`SET x = :${'v'.repeat(255)}`, { [`:${'v'.repeat(255)}`]: 1 }],
        [`SET #${'x'.repeat(255)} = :v`, { ':v': 1 }, { [`#${'x'.repeat(255)}`]: 'x' }],
        [`SET ${'x'.repeat(4096)} = :v`, { ':v': 1 }],
      ]),
    },
    {
      name: 'an update expression has at most 300 operators and functions',
      source: 'Developer Guide, Constraints in Amazon DynamoDB: Expression parameters',
      run: withTable(async (bench) => {
        const summing = (sums: number) =>
          `SET ${Array.from({ length: sums }, (_, at) => `a${at}=:v+:v`).join(',')}`;
        await bench.update(summing(100), { ':v': 1 });
        await refused(bench.update(summing(301), { ':v': 1 }), invalid);
      }),
    },
    {
      name: 'IN takes at most 100 options',
      source: 'Developer Guide, Constraints in Amazon DynamoDB: Expression parameters',
      run: withTable(async (bench) => {
        await bench.put({ ...a1, n: 1 });
        const among = (options: number) => {
          const given = Object.fromEntries(Array.from({ length: options }, (_, at) => [`:${at}`, at]));
          const ConditionExpression = `n IN (${Object.keys(given).join(', ')})`;
          return bench.remove(a1, { ConditionExpression, ExpressionAttributeValues: given });
        };
        await refused(among(101), invalid);
        await among(100);
      }),
    },
    {
      name: 'a set is never empty and holds each element once',
      source: 'Developer Guide, Supported data types and naming rules in Amazon DynamoDB: Sets',
      run: withTable(async (bench) => {
        for (const marks of [[], ['a', 'a']]) {
          const Item = { PK: { S: 'a' }, SK: { S: '1' }, marks: { SS: marks } };
          const { body } = await bench.target.wire(
            'DynamoDB_20120810.PutItem',
            JSON.stringify({ TableName: bench.TableName, Item }),
          );
          same(JSON.stringify(marks), String(body['__type']).split('#').at(-1), invalid);
        }
      }),
    },
    {
      name: 'empty texts and binaries may be stored, but not as keys',
      source: 'Developer Guide, Supported data types and naming rules in Amazon DynamoDB: String, Binary',
      run: withTable(async (bench) => {
        const item = { ...a1, s: '', bytes: new Uint8Array(0), parts: { s: '' }, none: {}, entries: [] };
        await bench.put(item);
        same('the item', await bench.get(), item);
        await refused(bench.put({ PK: '', SK: '1' }), invalid, /empty string/);
        await refused(bench.put({ PK: 'a', SK: '' }), invalid, /empty string/);
      }),
    },
    {
      name: 'a key is given whole, in its types, and nothing else with it',
      source: 'API Reference, GetItem, Key',
      run: withTable(async (bench) => {
        await refused(bench.get({ PK: 'a' }), invalid);
        await refused(bench.get({ PK: 'a', SK: 1 }), invalid);
        await refused(bench.get({ ...a1, n: 1 }), invalid);
        await refused(bench.put({ PK: 'a', n: 1 }), invalid);
      }),
    },
    {
      name: 'a value has one type, and a number is a number',
      source: 'API Reference, AttributeValue',
      run: withTable(async (bench) => {
        for (const x of [{ S: 's', N: '1' }, { N: 'one' }, { N: '' }, {}]) {
          const Item = { PK: { S: 'a' }, SK: { S: '1' }, x };
          const { body } = await bench.target.wire(
            'DynamoDB_20120810.PutItem',
            JSON.stringify({ TableName: bench.TableName, Item }),
          );
          same(JSON.stringify(x), String(body['__type']).split('#').at(-1), invalid);
        }
      }),
    },
    {
      name: 'a batch puts and deletes, and names each item once',
      source: 'API Reference, BatchWriteItem',
      run: withTable(async (bench) => {
        const put = (Item: Values) => ({ PutRequest: { Item } });
        const write = (requests: object[]) =>
          bench.target.documents.send(
            new BatchWriteCommand({ RequestItems: { [bench.TableName]: requests } }),
          );
        await bench.put(a1);
        await write([put({ PK: 'b', SK: '1' }), { DeleteRequest: { Key: a1 } }]);
        same('put', await bench.get({ PK: 'b', SK: '1' }), { PK: 'b', SK: '1' });
        same('deleted', await bench.get(), undefined);
        await refused(write([put(a1), { DeleteRequest: { Key: a1 } }]), invalid, /duplicates/);
      }),
    },
  ],
};
