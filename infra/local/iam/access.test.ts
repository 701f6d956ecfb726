import { describe, expect, it, test } from 'vitest';
import { keyAccess, objectAccess, tableAccess, type Place } from './access.ts';

const place: Place = { partition: 'aws-cn', region: 'local-1', account: '0', dataKey: undefined };
const table = 'arn:aws-cn:dynamodb:local-1:0:table/anju';
const under: Place = { ...place, dataKey: 'arn:aws-cn:kms:local-1:0:key/data' };

describe('the table', () => {
  it('asks for each part of a transaction by its own name', () => {
    const put = { TableName: 'anju' };
    const asked = tableAccess(
      'TransactWriteItems',
      { TransactItems: [{ Put: put }, { ConditionCheck: put }, { Delete: put }, { Update: put }] },
      place,
    );
    expect(asked?.map(({ action }) => action)).toEqual([
      'dynamodb:PutItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:UpdateItem',
    ]);
    expect(new Set(asked?.map(({ resource }) => resource))).toEqual(new Set([table]));
  });

  it('names the index that a query reads, and the partition', () => {
    const query = {
      TableName: 'anju',
      IndexName: 'by-owner',
      KeyConditionExpression: 'ownerPk = :owner AND begins_with(ownerSk, :kind)',
      ExpressionAttributeValues: { ':kind': { S: 'x' }, ':owner': { S: 'OWNER#150600' } },
    };
    expect(tableAccess('Query', query, place)).toEqual([
      {
        action: 'dynamodb:Query',
        resource: `${table}/index/by-owner`,
        context: { 'dynamodb:LeadingKeys': ['OWNER#150600'] },
      },
    ]);
    const get = { TableName: 'anju', Key: { PK: { S: 'PUBLIC#plans' }, SK: { S: 'x' } } };
    expect(tableAccess('GetItem', get, place)?.[0]?.context).toEqual({
      'dynamodb:LeadingKeys': ['PUBLIC#plans'],
    });
  });

  it('names every table of a batch', () => {
    const asked = tableAccess('BatchGetItem', { RequestItems: { anju: {}, other: {} } }, place);
    expect(asked?.map(({ resource }) => resource)).toEqual([table, table.replace('anju', 'other')]);
  });

  it('asks for its key through the service', () => {
    expect(tableAccess('GetItem', { TableName: 'anju' }, under)?.at(-1)).toEqual({
      action: 'kms:Decrypt',
      resource: under.dataKey,
      context: { 'kms:ViaService': ['dynamodb.local-1.amazonaws.com'] },
    });
  });

  test.each(['CreateTable', 'DeleteTable', 'ExecuteStatement', 'UpdateTimeToLive'])(
    '%s is for no function',
    (operation) => {
      expect(tableAccess(operation, {}, place)).toBeUndefined();
    },
  );
});

describe('objects', () => {
  const object = { bucket: 'clean', key: 's/d' };

  it('asks for a version by its own name', () => {
    const asked = (versionId?: string) =>
      objectAccess({ ...object, operation: 'GET object', ...(versionId ? { versionId } : {}) }, place)?.[0];
    expect(asked()).toMatchObject({ action: 's3:GetObject', resource: 'arn:aws-cn:s3:::clean/s/d' });
    expect(asked('v1')).toMatchObject({ action: 's3:GetObjectVersion' });
  });

  it('lists a bucket, not an object', () => {
    const asked = objectAccess({ operation: 'GET bucket', bucket: 'clean', key: '' }, under);
    expect(asked).toMatchObject([{ action: 's3:ListBucket', resource: 'arn:aws-cn:s3:::clean' }]);
  });

  test.each([
    ['PUT object', 'kms:GenerateDataKey'],
    ['POST object', 'kms:GenerateDataKey'],
    ['GET object', 'kms:Decrypt'],
    ['DELETE object', undefined],
  ])('%s asks for the key: %s', (operation, action) => {
    const [, key] = objectAccess({ ...object, operation }, under) ?? [];
    expect(key?.action).toBe(action);
  });

  it('copies and deletes of many are for no function', () => {
    expect(objectAccess({ ...object, operation: 'PUT object copy' }, place)).toBeUndefined();
    expect(objectAccess({ ...object, operation: 'POST bucket ?delete' }, place)).toBeUndefined();
  });
});

test('a key is asked by its ARN', () => {
  expect(keyAccess('Decrypt', 'arn:k')).toEqual([{ action: 'kms:Decrypt', resource: 'arn:k' }]);
});
