/**
 * Grants against what is really asked: the whole story is played on the guarded platform; nothing may be denied, and what is
 * granted and was never asked for must stand here with its reason.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sample } from '../../events/samples/sample.ts';
import { startPlatform, type Platform } from '../../infra/local/platform.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { StoryPlayer } from '../../infra/local/story-player.ts';
import { civilDateOf } from '../../shared/kernel/civil-date.ts';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import { CertificateBench } from '../support/certificate-bench.ts';
import { neverAsked } from './never-asked.ts';

let platform: Platform;
const used = new Set<string>();

beforeAll(async () => {
  platform = await startPlatform({
    port: 0,
    at: '2021-09-23T09:00:00+08:00',
    used: ({ function: name, action }) => used.add(`${name.replace('anju-', '')} ${action}`),
  });
});
afterAll(() => platform.close());

function granted(): string[] {
  return platform.assembly.ofType('AWS::Lambda::Function').flatMap((lambda) => {
    const role = platform.assembly
      .ofType('AWS::IAM::Role')
      .find((one) => platform.assembly.arnOf(one) === lambda.properties['Role']);
    const policies = (role?.properties['Policies'] ?? []) as {
      PolicyDocument: { Statement: { Action: string | string[] }[] };
    }[];
    const name = platform.assembly.nameOf(lambda).replace('anju-', '');
    const actions = policies.flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.flatMap(({ Action }) => [Action].flat()),
    );
    return [...new Set(actions)].map((action) => `${name} ${action}`);
  });
}

test('every grant is asked for by the story, or says why not', { timeout: 240_000 }, async () => {
  const player = new StoryPlayer(platform, samplePdf, () => undefined);
  const folder = path.join('events', 'samples');
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort())
    await player.play(Sample.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))));
  // What the story leaves out: a list as a file, a mail, an event that fails for good.
  const asked = async (user: string, call: string, body?: object, headers: Record<string, string> = {}) => {
    const [method = '', target = ''] = call.split(' ');
    const answer = await fetch(`${platform.url}${target}`, {
      method,
      headers: {
        authorization: `Bearer ${await platform.token(user)}`,
        'idempotency-key': call,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    expect(answer.status, `${call}: ${text}`).toBeLessThan(300);
    return text;
  };
  await asked('housing-supervisor', 'GET /exports/submissions?city=150600');
  await asked('housing-supervisor', 'GET /exports/deadlines');
  const resource = await asked('wuhai-drafter', 'POST /resources', sampleDetails({ county: '150302' }));
  await asked('wuhai-drafter', `GET /resources/${(JSON.parse(resource) as { id: string }).id}`);
  await asked('wuhai-drafter', 'GET /resources');
  await asked('wuhai-drafter', 'PUT /me/preferences', {
    locale: 'zh-CN',
    delivery: 'at-once',
    mail: 'wuhai@example.cn',
  });
  await asked('housing-supervisor', 'POST /obligations', {
    notice: '演通〔2022〕1号',
    clause: 'S-06',
    cities: ['150300'],
    items: [{ kind: 'annual-plan', period: '2022' }],
    dueBefore: '2022-01-28T16:00:00.000Z',
    satisfiedBy: 'submitted',
  });
  await platform.drain();
  await asked('wuhai-drafter', `POST /inbox/${civilDateOf(platform.clock.iso())}/read`, {});
  const bench = await CertificateBench.on({ platform });
  await bench.issue();
  bench.close();
  const left = granted().filter((one) => !used.has(one));
  const excused = left.filter((one) => neverAsked.some(({ grants }) => grants.test(one)));
  expect(left.filter((one) => !excused.includes(one))).toEqual([]);
  // And no excuse outlives its grant.
  expect(neverAsked.filter(({ grants }) => !left.some((one) => grants.test(one)))).toEqual([]);
});

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
