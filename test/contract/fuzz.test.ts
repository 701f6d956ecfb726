/**
 * The API under requests that its own document makes: never a fault of the server, never an answer that the document does not
 * name, nothing lost. ANJU_FUZZ_SECONDS says how long (30), ANJU_FUZZ_SEED repeats a run; what was found is kept in `found.json`.
 */
import { readFileSync } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../infra/local/verify-ledger.ts';
import { Bureau } from '../support/bureau.ts';
import { hangUp, send } from './client.ts';
import { faultKinds, Fuzzer } from './fuzzer.ts';
import { settle, type Town } from './town.ts';

const seconds = Number(process.env['ANJU_FUZZ_SECONDS'] ?? 30);
const seed = Number(process.env['ANJU_FUZZ_SEED'] ?? 1);

let bureau: Bureau;
let town: Town;
let fuzzer: Fuzzer;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  town = await settle(bureau);
  fuzzer = new Fuzzer(bureau, town, seed);
});
afterAll(async () => {
  hangUp();
  await bureau.close();
});

test('what was found before is answered as the document says', async () => {
  const found = JSON.parse(readFileSync(new URL('found.json', import.meta.url), 'utf8')) as {
    user?: string;
    method: string;
    target: string;
    headers: Record<string, string>;
    body?: string;
  }[];
  for (const { user, method, target, headers, body } of found) {
    const place = target.replaceAll(/\$(\w+)/g, (_, part: string) => town.ids[part]?.[0] ?? 'none');
    const own = user ? ['authorization', `Bearer ${await bureau.tokenOf(user)}`] : [];
    await fuzzer.try({
      operation: `${method} ${target}`,
      fault: 'found',
      user,
      method,
      target: place,
      headers: [...own, ...Object.entries(headers).flat()],
      ...(body === undefined ? {} : { body }),
      json: undefined,
    });
  }
  expect(fuzzer.faults).toEqual([]);
});

test('every operation bears every fault', { timeout: 1000 * (seconds + 300) }, async () => {
  const until = Date.now() + seconds * 1000;
  let rounds = 0;
  // What is in order comes often: a step succeeds only where its filing, its caller and its state meet.
  for (let more = 0; more < 12; more += 1) await fuzzer.round('valid');
  do {
    for (const fault of faultKinds) await fuzzer.round(fault);
    rounds += 1;
  } while (Date.now() < until && fuzzer.faults.length === 0);
  const requests = [...fuzzer.tried.values()].reduce((sum, count) => sum + count, 0);
  const statuses = Map.groupBy(fuzzer.answered, ([seen]) => seen.split(' ').at(-1) ?? '');
  console.log(
    `契约 / contract: 种子 / seed ${seed}, ${rounds} 轮 / rounds, ${requests} 请求 / requests, ${fuzzer.operations.length} operations, ${fuzzer.acknowledged.size} 记录 / records acknowledged\n` +
      [...statuses]
        .sort()
        .map(([status, all]) => `${status}: ${all.reduce((sum, [, count]) => sum + count, 0)}`)
        .join(', '),
  );
  // As text: whatever is found is told whole.
  expect(fuzzer.faults.slice(0, 5).map((one) => JSON.stringify(one))).toEqual([]);
  expect(faultKinds.filter((fault) => !fuzzer.tried.has(fault))).toEqual([]);
  const silent = fuzzer.operations.filter(
    ({ key }) => ![...fuzzer.answered.keys()].some((seen) => seen.startsWith(`${key} `)),
  );
  expect(silent).toEqual([]);
  // Without successes it would say little.
  const succeeded = fuzzer.operations.filter(
    ({ key }) => fuzzer.answered.has(`${key} 200`) || fuzzer.answered.has(`${key} 201`),
  );
  expect(succeeded.length).toBeGreaterThan(fuzzer.operations.length / 2);
});

test('nothing that was acknowledged is lost', async () => {
  await bureau.platform.drain();
  for (const [id, revision] of fuzzer.acknowledged) {
    const authorization = `Bearer ${await bureau.tokenOf('housing-supervisor')}`;
    const place = town.ids['obligations']?.includes(id)
      ? 'obligations'
      : /^\d{4}(-\d\d)?\.\d+$/.test(id)
        ? 'evaluations'
        : fuzzer.registered.has(id)
          ? 'resources'
          : 'submissions';
    const found = await send(bureau.platform.url, {
      method: 'GET',
      target: `/${place}/${id}`,
      headers: ['authorization', authorization],
    });
    // A draft is its office's alone.
    if (found.status === 404 && place === 'submissions') continue;
    expect(found.status, id).toBe(200);
    expect((JSON.parse(found.text) as { revision: number }).revision, id).toBeGreaterThanOrEqual(revision);
  }
  const runtime = (await (await fetch(`${bureau.platform.url}/dev/runtime`)).json()) as {
    engines: { table: string; objects: string };
    credentials: { accessKeyId: string; secretAccessKey: string };
    region: string;
    table: string;
    ledger: string;
  };
  const common = {
    region: runtime.region,
    credentials: runtime.credentials,
    systemClockOffset: bureau.platform.clock.now() - Date.now(),
  };
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...common, endpoint: runtime.engines.table }),
  );
  const objects = new S3Client({ ...common, endpoint: runtime.engines.objects, forcePathStyle: true });
  const { faults, chains } = await verifyLedger(table, runtime.table, objects, runtime.ledger);
  expect(faults).toEqual([]);
  expect(chains).toBeGreaterThan(10);
});
