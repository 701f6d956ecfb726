/** What operators do when things went wrong: replay what functions failed on, and show that the table can be restored. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arnOf } from '../../infra/local/testing.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { namesIn, verifyLedger } from '../../infra/local/verify-ledger.ts';
import { redrive, type Replayed } from '../../infra/redrive.ts';
import { censusOf, createLike, differences, exportTable, importTable } from '../../infra/restore.ts';
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { ledgerOf } from '../../shared/adapters/s3/ledger.ts';
import { checkCounters } from '../../shared/app/evaluation/check-counters.ts';
import { Bureau, type Json } from '../support/bureau.ts';
import { CertificateBench } from '../support/certificate-bench.ts';
import { sampleOfKind } from '../support/contents.ts';

interface Runtime {
  readonly engines: { readonly table: string; readonly objects: string };
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly table: string;
  readonly ledger: string;
  readonly failures: string;
}

/** Every function of the template that has a place for what it fails on. */
const watched = ['certificates', 'daily', 'delivery', 'follow-up', 'inspection', 'journal', 'reports'];

/** Called by orders alone, which the follow-up puts: they fail only when it is mended. */
const byOrder = ['certificates', 'reports'];

let bureau: Bureau;
let runtime: Runtime;
let client: DynamoDBClient;
let objects: S3Client;
let functions: LambdaClient;
let document: string;
let filing: string;
let certificate: string;

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-15T11:00:00+08:00');
  runtime = (await (await fetch(`${bureau.platform.url}/dev/runtime`)).json()) as Runtime;
  const offset = bureau.platform.clock.now() - Date.now();
  const common = { region: runtime.region, credentials: runtime.credentials, systemClockOffset: offset };
  client = new DynamoDBClient({ ...common, endpoint: runtime.engines.table });
  objects = new S3Client({ ...common, endpoint: runtime.engines.objects, forcePathStyle: true });
  functions = new LambdaClient({ ...common, endpoint: bureau.platform.url });
  await bureau.call('baotou-drafter', 'PUT /me/preferences', {
    body: { locale: 'zh-CN', delivery: 'at-once', mail: 'li.yanshi@baotou.example.cn' },
  });
});
afterAll(() => bureau.close());

/** Every invocation of these fails from now on. */
async function breaking(...names: readonly string[]): Promise<void> {
  const body = JSON.stringify({ functions: names.map((name) => `anju-${name}`) });
  const answer = await fetch(`${bureau.platform.url}/dev/faults`, { method: 'POST', body });
  expect(answer.status).toBe(200);
}

async function replay(): Promise<readonly Replayed[]> {
  const told: Replayed[] = [];
  for await (const one of redrive({ objects, functions, bucket: runtime.failures })) told.push(one);
  await bureau.platform.drain();
  return told;
}

const outcomes = (told: readonly Replayed[]): string[] =>
  [...new Set(told.map(({ function: name, outcome }) => `${name} ${outcome}`))].toSorted();

const verified = (table: string) =>
  verifyLedger(DynamoDBDocumentClient.from(client), table, objects, runtime.ledger);

describe('what functions failed on', () => {
  test('is kept whole, of every one of them, while the commands go on', { timeout: 120_000 }, async () => {
    const { content, papers, period } = sampleOfKind('five-year-target');
    filing = await bureau.begin('baotou', 'five-year-target', period);
    await bureau.save('baotou', filing, content);
    const file = await samplePdf.pdf('paper');
    const { body: ticket } = await bureau.ask('baotou-drafter', filing, papers[0] ?? '', file);
    document = String((ticket['document'] as Json)['id']);
    await bureau.platform.drain();

    await breaking(...watched);
    const duty = await bureau.call('housing-supervisor', 'POST /obligations', {
      body: {
        notice: '内政办发〔2021〕53号',
        clause: 'S-06',
        cities: ['150200'],
        items: [{ kind: 'five-year-target', period: '2021-2025' }],
        dueBefore: '2021-10-31T16:00:00.000Z',
        satisfiedBy: 'published',
      },
    });
    expect(duty.status, duty.text).toBe(201);
    expect((await bureau.post(ticket, file)).ok).toBe(true);
    const run = await bureau.call('housing-supervisor', 'POST /evaluations', {
      body: { year: 2021, month: 9 },
    });
    expect(run.status, run.text).toBe(201);
    const bench = await CertificateBench.on(bureau);
    certificate = await bench.decide();
    bench.close();
    await bureau.until('2021-10-15T12:10:00+08:00');
    expect(outcomes(await replay())).toEqual(
      watched.filter((name) => !byOrder.includes(name)).map((name) => `anju-${name} failed`),
    );
    const { body } = await bureau.call('baotou-drafter', `GET /submissions/${filing}/documents/${document}`);
    expect(body['state']).toBe('awaiting-upload');
    expect((await bureau.call('baotou-drafter', 'GET /inbox')).body['items']).toEqual([]);
  });

  test(
    'is replayed, what fails again stays, and all has followed in the end',
    { timeout: 120_000 },
    async () => {
      // The orders come with the replay of the events, and meet functions that still fail.
      await breaking(...byOrder);
      expect(outcomes(await replay())).toEqual(
        watched.filter((name) => !byOrder.includes(name)).map((name) => `anju-${name} taken`),
      );
      expect(outcomes(await replay())).toEqual(byOrder.map((name) => `anju-${name} failed`));
      await breaking();
      expect(outcomes(await replay())).toEqual(byOrder.map((name) => `anju-${name} taken`));
      expect(await replay()).toEqual([]);

      const { body } = await bureau.call(
        'baotou-drafter',
        `GET /submissions/${filing}/documents/${document}`,
      );
      expect(body['state']).toBe('available');
      expect((await bureau.call('baotou-drafter', 'GET /inbox')).body['items']).toHaveLength(1);
      expect((await bureau.platform.mailbox.mails()).map(({ to }) => to)).toEqual([
        'li.yanshi@baotou.example.cn',
      ]);
      const { body: run } = await bureau.call('housing-supervisor', 'GET /evaluations/2021-09.1');
      expect(run['state']).toBe('ready');
      const { body: issued } = await bureau.call('xincheng-decider', `GET /certificates/${certificate}`);
      expect(issued).toMatchObject({ state: 'valid', versions: [{ print: {} }] });
      expect((await verified(runtime.table)).faults).toEqual([]);
      const table = DynamoDBDocumentClient.from(client);
      const counted = await checkCounters(
        {
          store: dynamoStore(table, runtime.table, () => bureau.platform.clock.iso()),
          counters: dynamoCounters(table, runtime.table),
        },
        namesIn(ledgerOf(objects, runtime.ledger)),
        { mend: false },
      );
      expect(counted.faults).toEqual([]);
      expect(counted.contributions).toBeGreaterThan(0);
    },
  );

  test('that nobody can read stays, and is told of', async () => {
    const there = { Bucket: runtime.failures, Key: 'aws/lambda/async/anju-daily/odd' };
    for (const body of [
      'not JSON',
      JSON.stringify({ requestContext: { functionArn: arnOf('anju-daily') } }),
    ]) {
      await objects.send(new PutObjectCommand({ ...there, Body: body }));
      for (let time = 1; time <= 2; time += 1)
        expect(await replay()).toEqual([{ key: there.Key, function: '', outcome: 'unreadable' }]);
    }
    await objects.send(new DeleteObjectCommand(there));
  });

  test('of a function that is no more stops the replay and takes nothing away', async () => {
    const there = { Bucket: runtime.failures, Key: 'aws/lambda/async/anju-gone/1' };
    const requestContext = { functionArn: `${arnOf('anju-gone')}:$LATEST` };
    const body = JSON.stringify({ requestContext, requestPayload: {} });
    await objects.send(new PutObjectCommand({ ...there, Body: body }));
    for (let time = 1; time <= 2; time += 1) await expect(replay()).rejects.toThrow('Function not found');
    await objects.send(new DeleteObjectCommand(there));
  });
});

describe('the restore drill', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'restore-'));
  const restored = 'restored';
  let live: Json;
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('fills a new table from an export: counts and contents are equal, and the chains verify', async () => {
    const file = path.join(folder, 'export.json.gz');
    const exported = await exportTable(client, runtime.table, file);
    await createLike(client, runtime.table, restored);
    expect(await importTable(client, restored, file)).toBe(exported);
    const census = await censusOf(client, runtime.table);
    live = census;
    expect(Object.values(census).reduce((sum, { items }) => sum + items, 0)).toBe(exported);
    expect(census['SUB/HEAD']?.items).toBe(1);
    expect(differences(census, await censusOf(client, restored))).toEqual([]);
    const found = await verified(restored);
    expect(found.faults).toEqual([]);
    expect(found.chains).toBeGreaterThan(3);
    expect(found).toEqual(await verified(runtime.table));
  });

  test('finds what a restore left out or changed', async () => {
    const key = { PK: { S: `SUB#${filing}` }, SK: { S: 'AUD#HEAD#000001' } };
    await client.send(new DeleteItemCommand({ TableName: restored, Key: key }));
    const [different, ...others] = differences(live as never, await censusOf(client, restored));
    expect(others).toEqual([]);
    expect((different?.live ?? 0) - (different?.restored ?? 0)).toBe(1);
    expect((await verified(restored)).faults).toContainEqual(
      expect.objectContaining({ fault: 'gap', record: `submission:${filing}` }),
    );
  });
});
