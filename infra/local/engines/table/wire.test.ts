import { crc32 } from 'node:zlib';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryStore, type Faults } from './index.ts';
import { filings, startBench, type Bench } from './test-bench.ts';

describe('the endpoint', () => {
  let bench: Bench;
  afterEach(() => bench.close());
  const start = async (faults?: Faults) => {
    bench = await startBench({ store: memoryStore(), ...(faults ? { faults } : {}) });
  };

  const signature =
    'AWS4-HMAC-SHA256 Credential=test/20260101/cn-north-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00';
  const post = async (target: string, body: string, authorization: string | undefined = signature) => {
    const response = await fetch(bench.url, {
      method: 'POST',
      headers: { 'x-amz-target': target, ...(authorization ? { authorization } : {}) },
      body,
    });
    const text = await response.text();
    expect(response.headers.get('x-amz-crc32')).toBe(String(crc32(text)));
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.0');
    return { status: response.status, body: JSON.parse(text) as unknown };
  };

  it('answers both protocols', async () => {
    await start();
    expect(await post('DynamoDB_20120810.ListTables', '{}')).toEqual({
      status: 200,
      body: { TableNames: [] },
    });
    expect(await post('DynamoDBStreams_20120810.ListStreams', '{}')).toEqual({
      status: 200,
      body: { Streams: [] },
    });
  });

  it.each([
    [
      'DynamoDB_20120810.ExecuteStatement',
      '{}',
      signature,
      'com.amazon.coral.service#UnknownOperationException',
    ],
    ['Other_20120810.ListTables', '{}', signature, 'com.amazon.coral.service#UnknownOperationException'],
    ['DynamoDB_20120810.ListTables', '{', signature, 'com.amazon.coral.service#SerializationException'],
    [
      'DynamoDB_20120810.ListTables',
      '{}',
      '',
      'com.amazonaws.dynamodb.v20120810#MissingAuthenticationTokenException',
    ],
    [
      'DynamoDB_20120810.ListTables',
      '{}',
      'Bearer x',
      'com.amazonaws.dynamodb.v20120810#IncompleteSignatureException',
    ],
    [
      'DynamoDB_20120810.GetItem',
      '{"TableName":"none","Key":{}}',
      signature,
      'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
    ],
    [
      'DynamoDB_20120810.GetItem',
      '{"TableName":7}',
      signature,
      'com.amazon.coral.service#SerializationException',
    ],
    [
      'DynamoDB_20120810.GetItem',
      '{"TableName":"a"}',
      signature,
      'com.amazon.coral.validate#ValidationException',
    ],
  ])('refuses %s %s signed "%s"', async (target, body, authorization, type) => {
    await start();
    expect(await post(target, body, authorization)).toMatchObject({ status: 400, body: { __type: type } });
  });

  it('loses an answer after the commit when asked to: the write is there all the same', async () => {
    await start({ seed: 1, lostAnswer: 1 });
    await bench.client.send(new CreateTableCommand(filings));
    const Item = { PK: 'a', SK: '1' };
    await expect(bench.documents.send(new PutCommand({ TableName: 'filings', Item }))).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    const { Item: found } = await bench.documents.send(new GetCommand({ TableName: 'filings', Key: Item }));
    expect(found).toEqual(Item);
  });
});
