/** What the engine refuses, in the service's words, on both stores. */
import { describe, expect, it } from 'vitest';
import { DirectEngine, key } from './test-direct.ts';

describe.each(['memory', 'sqlite'] as const)('the engine on the %s store', (kind) => {
  const bench = new DirectEngine(kind);

  const refused: [string, object, string][] = [
    [
      'PutItem',
      { Item: { PK: { S: 'a' } } },
      'One or more parameter values were invalid: Missing the key SK in the item',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), SK: { N: '1' } } },
      'One or more parameter values were invalid: Type mismatch for key SK expected: S actual: N',
    ],
    [
      'PutItem',
      { Item: key('') },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: PK',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), ownerPk: { N: '1' } } },
      'One or more parameter values were invalid: Type mismatch for Index Key ownerPk Expected: S Actual: N IndexName: by-owner',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), ownerPk: { S: '' } } },
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-owner, IndexKey: ownerPk',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), x: { S: 'x'.repeat(400 * 1024) } } },
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), x: { SS: [] } } },
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), x: { SS: ['a', 'a'] } } },
      'One or more parameter values were invalid: Input collection [a, a] contains duplicates.',
    ],
    [
      'PutItem',
      { Item: { ...key('a'), x: {} } },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'PutItem',
      { Item: key('p'.repeat(2049)) },
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
    ['PutItem', { Item: key('a'), ReturnValues: 'ALL_NEW' }, 'Return values set to invalid value'],
    [
      'PutItem',
      { Item: key('a'), Expected: {} },
      'The legacy parameter Expected is not supported here: use an expression',
    ],
    [
      'GetItem',
      {},
      "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null",
    ],
    ['GetItem', { Key: { PK: { S: 'a' } } }, 'The provided key element does not match the schema'],
    [
      'GetItem',
      { Key: { ...key('a'), more: { S: 'x' } } },
      'The provided key element does not match the schema',
    ],
    [
      'UpdateItem',
      { Key: key('a'), UpdateExpression: 'SET SK = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      'One or more parameter values were invalid: Cannot update attribute SK. This attribute is part of the key',
    ],
    [
      'Query',
      { KeyConditionExpression: 'SK = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      'Query condition missed key schema element: PK',
    ],
    [
      'Query',
      { KeyConditionExpression: 'PK > :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      'Query key condition not supported',
    ],
    [
      'Query',
      { KeyConditionExpression: 'PK = :v', ExpressionAttributeValues: { ':v': { N: '1' } } },
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    [
      'Query',
      {
        KeyConditionExpression: 'PK = :v',
        FilterExpression: 'SK = :v',
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: SK',
    ],
    [
      'Query',
      {
        IndexName: 'by-owner',
        ConsistentRead: true,
        KeyConditionExpression: 'ownerPk = :v',
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      'Query',
      {
        IndexName: 'other',
        KeyConditionExpression: 'ownerPk = :v',
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
      'The table does not have the specified index: other',
    ],
    [
      'Query',
      {
        IndexName: 'by-owner',
        Select: 'ALL_ATTRIBUTES',
        KeyConditionExpression: 'ownerPk = :v',
        ExpressionAttributeValues: { ':v': { S: 'x' } },
      },
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index by-owner because its projection type is not ALL',
    ],
    [
      'Scan',
      { ExclusiveStartKey: { PK: { S: 'a' } } },
      'The provided starting key is invalid: The provided key element does not match the schema',
    ],
  ];
  it.each(refused.map(([operation, input, message]) => ({ operation, input, message })))(
    '$operation: $message',
    ({ operation, input, message }) => {
      expect(bench.refusal(operation, input)).toMatchObject({
        name: 'ValidationException',
        statusCode: 400,
        message,
      });
    },
  );

  it('refuses a batch that asks nothing of a table', () => {
    expect(bench.refusal('BatchGetItem', { RequestItems: { filings: { Keys: [] } } })).toMatchObject({
      name: 'ValidationException',
      message: 'The list of keys in RequestItems for BatchGetItem is required: filings has empty list',
    });
    expect(bench.refusal('BatchWriteItem', { RequestItems: { filings: [] } })).toMatchObject({
      name: 'ValidationException',
      message: 'The batch write request list for a table cannot be null or empty: filings',
    });
  });

  it('reads each item once in a transaction, and 4 MB at most', () => {
    const gets = (...names: string[]) => ({
      TransactItems: names.map((name) => ({ Get: { TableName: 'filings', Key: key(name) } })),
    });
    expect(bench.refusal('TransactGetItems', gets('a', 'a'))).toMatchObject({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
    const names = Array.from({ length: 11 }, (_, at) => `large-${at}`);
    const x = { S: 'x'.repeat(390 * 1024) };
    for (const name of names) bench.run('PutItem', { Item: { ...key(name), x } });
    expect(bench.run('TransactGetItems', gets(...names.slice(1)))).toMatchObject({
      Responses: { length: 10 },
    });
    expect(bench.refusal('TransactGetItems', gets(...names))).toMatchObject({
      name: 'ValidationException',
      message: 'Transaction request size exceeds the maximum of 4 MB',
    });
  });

  it('knows no other table and no other operation', () => {
    expect(bench.refusal('GetItem', { TableName: 'other', Key: key('a') })).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(bench.refusal('ExecuteStatement', {})).toMatchObject({ name: 'UnknownOperationException' });
    expect(bench.refusal('toString', {})).toMatchObject({ name: 'UnknownOperationException' });
  });
});
