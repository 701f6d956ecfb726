/**
 * The notice's own case, played over HTTP on the template run in memory, every call of every function held to its grants; then
 * its audit chains are verified.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Sample } from '../../events/samples/sample.ts';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { PublishedEvent } from '../../events/contracts/index.ts';
import { ledgerOf } from '../../shared/adapters/s3/ledger.ts';
import { addDays } from '../../shared/kernel/civil-date.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../../infra/local/platform.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { StoryPlayer } from '../../infra/local/story-player.ts';
import { verifyLedger } from '../../infra/local/verify-ledger.ts';
import { neverAsked } from '../infra/never-asked.ts';
import { askTheRest, grantsOf } from '../support/grants.ts';

interface Runtime {
  readonly engines: { readonly table: string; readonly objects: string };
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly table: string;
  readonly ledger: string;
}

let platform: Platform;
let runtime: Runtime;
let table: DynamoDBDocumentClient;
let objects: S3Client;
/** `commands dynamodb:GetItem`: every action that a function asked for. */
const used = new Set<string>();

beforeAll(async () => {
  platform = await startPlatform({
    port: 0,
    at: '2021-09-23T09:00:00+08:00',
    used: ({ function: name, action }) => used.add(`${name.replace('anju-', '')} ${action}`),
  });
  runtime = (await (await fetch(`${platform.url}/dev/runtime`)).json()) as Runtime;
});

afterAll(async () => {
  await platform.close();
});

test('plays every sample to its end', async () => {
  const lines: string[] = [];
  const player = new StoryPlayer(platform, samplePdf, (line) => lines.push(line));
  const folder = path.join('events', 'samples');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const file of files.sort()) {
    await player.play(Sample.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))));
  }
  expect(files).toHaveLength(9);
  expect(lines.some((line) => line.includes('EICAR'))).toBe(true);
}, 240_000);

test('its chains hold, and a changed byte, a cut tail and a missing chain are found', async () => {
  await platform.drain();
  const offset = platform.clock.now() - Date.now();
  const common = { region: runtime.region, credentials: runtime.credentials, systemClockOffset: offset };
  table = DynamoDBDocumentClient.from(new DynamoDBClient({ ...common, endpoint: runtime.engines.table }));
  objects = new S3Client({ ...common, endpoint: runtime.engines.objects, forcePathStyle: true });
  const verify = () => verifyLedger(table, runtime.table, objects, runtime.ledger);
  const whole = await verify();
  expect(whole.faults).toEqual([]);
  expect(whole.roots).toBeGreaterThan(40);
  expect(whole.chains).toBeGreaterThan(20);

  const key = { PK: 'CITY#150600', SK: 'AUD#HEAD#000001' };
  const { Item: entry } = await table.send(new GetCommand({ TableName: runtime.table, Key: key }));
  // The hash leaves the correlation id out; the journal remembers it.
  await table.send(
    new PutCommand({
      TableName: runtime.table,
      Item: { ...entry, entry: { ...(entry?.['entry'] as object), correlationId: 'another' } },
    }),
  );
  expect((await verify()).faults).toEqual([{ fault: 'differs-from-journal', record: 'city:150600', seq: 1 }]);
  await table.send(
    new PutCommand({
      TableName: runtime.table,
      Item: { ...entry, entry: { ...(entry?.['entry'] as object), at: '2021-10-29T00:00:00.000Z' } },
    }),
  );
  expect((await verify()).faults).toEqual([{ fault: 'altered-entry', record: 'city:150600', seq: 1 }]);

  await table.send(new DeleteCommand({ TableName: runtime.table, Key: key }));
  expect((await verify()).faults).toEqual([{ fault: 'gap', record: 'city:150600', seq: 1 }]);

  const { Items: rest } = await table.send(
    new QueryCommand({
      TableName: runtime.table,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': key.PK },
    }),
  );
  for (const item of rest ?? [])
    await table.send(
      new DeleteCommand({ TableName: runtime.table, Key: { PK: key.PK, SK: String(item['SK']) } }),
    );
  // Without any of it only journal and root remember that there was a record.
  const expected = rest?.length ?? 0;
  expect((await verify()).faults).toEqual([{ fault: 'missing-chain', record: 'city:150600', expected }]);
}, 120_000);

test('a tail that was cut together with its record is found by the root', async () => {
  const { Items: heads } = await table.send(
    new QueryCommand({
      TableName: runtime.table,
      IndexName: 'by-owner',
      KeyConditionExpression: 'ownerPk = :owner',
      ExpressionAttributeValues: { ':owner': 'OWNER#150400' },
      Limit: 1,
    }),
  );
  const { PK } = heads?.[0] as { PK: string };
  const { Items: chain } = await table.send(
    new QueryCommand({
      TableName: runtime.table,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :entry)',
      ExpressionAttributeValues: { ':pk': PK, ':entry': 'AUD#HEAD#' },
    }),
  );
  const last = chain?.at(-1) as { PK: string; SK: string };
  await table.send(new DeleteCommand({ TableName: runtime.table, Key: { PK: last.PK, SK: last.SK } }));
  await table.send(new DeleteCommand({ TableName: runtime.table, Key: { PK, SK: 'HEAD' } }));
  const { faults } = await verifyLedger(table, runtime.table, objects, runtime.ledger);
  const record = `submission:${PK.slice('SUB#'.length)}`;
  const expected = chain?.length ?? 0;
  expect(expected).toBeGreaterThan(4);
  expect(faults).toContainEqual({ fault: 'cut-tail', record, seq: expected - 1, expected });
});

test('every event of the story is as its contract says, and its chain numbers follow without a gap', async () => {
  const ledger = ledgerOf(objects, runtime.ledger);
  const types = new Set<string>();
  const numbers = new Map<string, number[]>();
  for (let day = '2021-09-23'; day <= '2021-11-08'; day = addDays(day, 1)) {
    for await (const batch of ledger.journalOf(day)) {
      for (const event of batch) {
        const parsed = PublishedEvent.safeParse(event);
        expect(parsed.error?.issues, event.type).toBeUndefined();
        types.add(event.type);
        numbers.set(event.record, [...(numbers.get(event.record) ?? []), event.seq]);
      }
    }
  }
  expect(types.size).toBeGreaterThan(18);
  for (const [record, given] of numbers) {
    const inOrder = [...new Set(given)].sort((x, y) => x - y);
    expect(inOrder, record).toEqual(inOrder.map((_, index) => index + 1));
  }
});

test('refuses the wrong role, the stranger, the missing key and the stale revision, in the caller’s language', async () => {
  const token = await platform.token('hohhot-drafter');
  const call = (
    method: string,
    at: string,
    headers: Record<string, string>,
    body?: unknown,
    bearer = token,
  ) =>
    fetch(`${platform.url}${at}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  expect((await fetch(`${platform.url}/desk`)).status).toBe(401);
  expect((await call('POST', '/obligations', { 'idempotency-key': 'x' }, {})).status).toBe(403);
  expect((await call('POST', '/submissions', {}, { kind: 'demand-survey', period: '2021' })).status).toBe(
    400,
  );

  const survey = { kind: 'demand-survey', period: '2021' };
  const twins = await Promise.all(
    [1, 2, 3].map(() => call('POST', '/submissions', { 'idempotency-key': 'twin' }, survey)),
  );
  const bodies = await Promise.all(twins.map((answer) => answer.text()));
  expect(twins.map((answer) => answer.status)).toEqual([201, 201, 201]);
  expect(new Set(bodies).size).toBe(1);
  const { id } = JSON.parse(bodies[0] ?? '{}') as { id: string };

  const other = await call(
    'POST',
    '/submissions',
    { 'idempotency-key': 'twin' },
    { ...survey, period: '2022' },
  );
  expect(other.status).toBe(422);
  const again = await call(
    'POST',
    '/submissions',
    { 'idempotency-key': 'second', 'accept-language': 'en' },
    survey,
  );
  const problem = (await again.json()) as { status: number; code: string; detail: string };
  expect(problem).toMatchObject({ status: 409, code: 'already-filed' });
  expect(problem.detail).toContain(`There already is such a filing (${id})`);

  expect(
    (await call('POST', `/submissions/${id}/send-to-check`, { 'idempotency-key': 'a' }, {})).status,
  ).toBe(428);
  expect(
    (
      await call(
        'POST',
        `/submissions/${id}/send-to-check`,
        { 'idempotency-key': 'b', 'if-match': '"9"' },
        {},
      )
    ).status,
  ).toBe(412);
  const bare = await call(
    'POST',
    `/submissions/${id}/send-to-check`,
    { 'idempotency-key': 'c', 'if-match': '"1"' },
    {},
  );
  expect(bare.status).toBe(422);
  expect(await bare.json()).toMatchObject({
    code: 'incomplete',
    errors: [{ code: 'content-missing', pointer: '/content' }],
  });
  expect(
    (await call('GET', `/submissions/${id}`, {}, undefined, await platform.token('housing-lead'))).status,
  ).toBe(404);
  expect(
    (await call('GET', `/submissions/${id}`, {}, undefined, await platform.token('baotou-drafter'))).status,
  ).toBe(404);
});

test('every grant is asked for by the story, or says why not', async () => {
  await askTheRest(platform);
  const left = grantsOf(platform).filter((one) => !used.has(one));
  const excused = left.filter((one) => neverAsked.some(({ grants }) => grants.test(one)));
  expect(left.filter((one) => !excused.includes(one))).toEqual([]);
  // And no excuse outlives its grant.
  expect(neverAsked.filter(({ grants }) => !left.some((one) => grants.test(one)))).toEqual([]);
}, 120_000);
