/** What a function is not granted it cannot do on one machine either: each reaches for what is not its own. */
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../../infra/local/platform.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ port: 0, at: '2021-09-23T09:00:00+08:00' });
});
afterAll(() => platform.close());

describe('a function that reaches for what is not its own', () => {
  const common = async (name: string) => {
    const { credentials, region, engines, table } = (await (
      await fetch(`${platform.url}/dev/runtime`)
    ).json()) as {
      credentials: { accessKeyId: string; secretAccessKey: string };
      region: string;
      engines: { table: string; objects: string; keys: string };
      table: string;
    };
    return {
      engines: platform.engines.urls,
      url: engines,
      table,
      sdk: {
        region,
        maxAttempts: 1,
        systemClockOffset: platform.clock.now() - Date.now(),
        credentials: { ...credentials, accessKeyId: `${credentials.accessKeyId}-anju-${name}` },
      },
    };
  };

  test('is refused by the table', async () => {
    const { sdk, engines, table } = await common('public');
    const client = new DynamoDBClient({ ...sdk, endpoint: engines.table });
    const read = (PK: string) =>
      client.send(new GetItemCommand({ TableName: table, Key: { PK: { S: PK }, SK: { S: 'HEAD' } } }));
    await expect(read('PUBLIC#plans')).resolves.toBeDefined();
    await expect(read('SUB#1')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'anju-public is not authorized to perform: dynamodb:GetItem',
      ) as string,
    });
    const index = new QueryCommand({
      TableName: table,
      IndexName: 'by-owner',
      KeyConditionExpression: 'ownerPk = :o',
      ExpressionAttributeValues: { ':o': { S: 'PUBLIC#x' } },
    });
    await expect(client.send(index)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is refused by a bucket', async () => {
    const { sdk, engines } = await common('journal');
    const s3 = new S3Client({ ...sdk, endpoint: engines.objects, forcePathStyle: true });
    const Bucket = platform.assembly.output('LedgerBucket');
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'roots/x' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('is refused by a key', async () => {
    const { sdk, engines } = await common('queries');
    const kms = new KMSClient({ ...sdk, endpoint: engines.keys });
    const [key] = platform.assembly.ofType('AWS::KMS::Key');
    const KeyId = key && platform.assembly.arnOf(key);
    await expect(
      kms.send(new DecryptCommand({ KeyId, CiphertextBlob: new Uint8Array(64) })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('that nobody knows is refused everywhere', async () => {
    const { sdk, engines, table } = await common('stranger');
    const client = new DynamoDBClient({ ...sdk, endpoint: engines.table });
    await expect(
      client.send(
        new GetItemCommand({ TableName: table, Key: { PK: { S: 'PUBLIC#plans' }, SK: { S: 'x' } } }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
