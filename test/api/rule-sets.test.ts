/** A city's rules: the region's default before it has measures in force, then its own, version after version. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PublishedEvent } from '../../events/contracts/index.ts';
import { verifyLedger } from '../../infra/local/verify-ledger.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import { Bureau, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

const rules = {
  modes: { newBuild: { rentCap: 85, smallestProject: { homes: 100, floorArea: null } } },
  review: { panel: ['NATRES', 'FIRE', 'TAX'], days: { review: 10, notice: 5 }, issuer: 'city' },
};

let bureau: Bureau;
let measures: string;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
});
afterAll(() => bureau.close());

/** Measures of a city up to the signature. */
async function file(
  city: string,
  more: Json,
  documentNumber: string,
  amends?: string,
  period = '2021-2025',
): Promise<string> {
  const { content, papers } = sampleOfKind('policy-measures');
  const id = await bureau.begin(city, 'policy-measures', period, amends);
  const filing = {
    documentNumber,
    issueDate: '2021-10-11',
    contact: { name: '王演示', phone: '13800001234' },
  };
  await bureau.save(city, id, { ...content, ...more }, { filing });
  for (const paper of papers) await bureau.upload(`${city}-drafter`, id, paper);
  return bureau.send(city, id, 'signed');
}

async function inForce(city: string, on: string): Promise<unknown> {
  const { body } = await bureau.call('housing-lead', `GET /rule-sets?city=${city}&on=${on}`);
  return (body['items'] as Json[])[0]?.['inForce'];
}

async function changes(call: string): Promise<string[]> {
  const answer = await bureau.call('ordos-drafter', call);
  expect(answer.status, answer.text).toBe(200);
  return (answer.body['changes'] as { text: { zh: string } }[]).map(({ text }) => text.zh);
}

const guide = (city: string) => bureau.call(undefined, `GET /public/guides/${city}`);

describe('before a city has measures in force', () => {
  test('the region’s default holds in every city, and says so', async () => {
    const { body } = await bureau.call('housing-lead', 'GET /rule-sets');
    const items = body['items'] as { inForce: string; byDefault: boolean; versions: []; says: Json }[];
    expect(body['on']).toBe('2021-10-12');
    expect(items).toHaveLength(14);
    for (const item of items)
      expect(item).toMatchObject({ inForce: 'default/1', byDefault: true, versions: [] });
    expect(items[0]?.says['zh']).toContain('适用自治区默认规则');
    // A city that names none sees itself.
    const own = await bureau.call('ordos-drafter', 'GET /rule-sets');
    expect((own.body['items'] as Json[]).map(({ city }) => city)).toEqual(['150600']);
  });

  test('the default can be read, each value with its source', async () => {
    const { body } = await bureau.call('tongliao-drafter', 'GET /rule-sets/default/1');
    expect(body).toMatchObject({ id: 'default/1', city: null, byDefault: true });
    const lines = body['lines'] as { pointer: string; source: string; text: Json; sourceText: Json }[];
    expect(lines.find(({ pointer }) => pointer === '/modes/newBuild/rentCap')).toMatchObject({
      source: 'unverified',
      text: { zh: '不超过90%' },
      sourceText: { zh: '待核实' },
    });
    expect(await changes('GET /rule-sets/default/1/difference')).toEqual([]);
  });

  test('so does its guide', async () => {
    const answer = await guide('150100');
    expect(answer.body).toMatchObject({ byDefault: true, ruleSet: 'default/1' });
    expect(answer.headers.get('cache-control')).toContain('public');
  });
});

describe('measures that take effect', () => {
  test('are a rule-set from the moment of their publication, with each value’s source, under one key once', async () => {
    measures = await file('hohhot', { rules }, '呼政发〔2021〕40号');
    expect(await inForce('150100', '2021-12-01')).toBe('default/1');
    const { etag } = await bureau.read('hohhot-publisher', measures);
    const call = { body: {}, ifMatch: etag ?? '', key: 'publish-once' };
    for (let time = 1; time <= 2; time += 1) {
      const answer = await bureau.call('hohhot-publisher', `POST /submissions/${measures}/publish`, call);
      expect(answer.status, answer.text).toBe(200);
    }
    const { body } = await bureau.call('ordos-drafter', 'GET /rule-sets?city=150100');
    expect(body['items']).toMatchObject([
      {
        // Published, and effective only from November.
        inForce: 'default/1',
        versions: [
          {
            id: '150100/1',
            effectiveFrom: '2021-11-01',
            documentNumber: '呼政发〔2021〕40号',
            submission: measures,
            inForce: false,
          },
        ],
      },
    ]);
    const made = await bureau.call('ordos-drafter', 'GET /rule-sets/150100/1');
    expect(made.body).toMatchObject({
      byDefault: false,
      modes: {
        newBuild: {
          smallUnitArea: { value: 70, source: '呼政发〔2021〕40号' },
          rentCap: { value: 85, source: '呼政发〔2021〕40号' },
          riseCap: { value: 5, source: 'unverified' },
          smallestProject: { floorArea: { value: null, source: '呼政发〔2021〕40号' } },
        },
        conversion: null,
      },
      review: {
        issuer: { value: 'city', source: '呼政发〔2021〕40号' },
        days: { decision: { value: 3, source: 'unverified' } },
      },
    });
  });

  test('hold from their day on, in the guide without any event', async () => {
    expect(await inForce('150100', '2021-10-31')).toBe('default/1');
    expect(await inForce('150100', '2021-11-01')).toBe('150100/1');
    expect(await inForce('150200', '2021-11-01')).toBe('default/1');
    await bureau.platform.drain();
    const before = await guide('150100');
    expect((before.body['says'] as Json[])[0]?.['zh']).toContain('自2021-11-01起施行');
    await bureau.until('2021-11-01T00:00:00+08:00');
    const after = await guide('150100');
    expect(after.body).toMatchObject({ byDefault: false, ruleSet: '150100/1' });
    expect((await guide('150200')).body).toMatchObject({ byDefault: true });
  });

  test('of which a city gave no numbers are the default’s', async () => {
    const id = await file('baotou', {}, '包府发〔2021〕9号');
    await bureau.take('baotou-publisher', id, 'publish');
    const told = await changes('GET /rule-sets/150200/1/difference?from=default');
    // What measures always say, the ways that are not used, and their day: nothing else is another.
    const said = /准入条件|退出条件|工作流程|小户型建筑面积标准|不再采用|施行日期/;
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter((text) => !said.test(text))).toEqual([]);
  });

  test('that are amended are the next version, and what changed is told in words', async () => {
    const stricter = { ...rules, modes: { newBuild: { ...rules.modes.newBuild, rentCap: 80 } } };
    const id = await file(
      'hohhot',
      { rules: stricter, effectiveFrom: '2021-12-01' },
      '呼政发〔2021〕50号',
      measures,
    );
    await bureau.take('hohhot-publisher', id, 'publish');
    const { body } = await bureau.call('hohhot-drafter', 'GET /rule-sets?on=2021-12-01');
    expect(body['items']).toMatchObject([
      {
        inForce: '150100/2',
        versions: [
          { id: '150100/1', inForce: false },
          { id: '150100/2', replaces: 1, inForce: true, submission: id },
        ],
      },
    ]);
    expect(await inForce('150100', '2021-11-30')).toBe('150100/1');
    const told = await changes('GET /rule-sets/150100/2/difference');
    expect(told).toContain('施行日期由“2021-11-01”改为“2021-12-01”');
    expect(told).toContain('新建：租金占同地段同品质市场评估租金的比例由“不超过85%”改为“不超过80%”');
    // A decision under the first version can still be read under it.
    const first = await bureau.call('ordos-drafter', 'GET /rule-sets/150100/1');
    expect(first.body).toMatchObject({ modes: { newBuild: { rentCap: { value: 85 } } } });
  });

  test('of two periods published at once are two versions, none lost', async () => {
    const ids = [
      await file('chifeng', { rules }, '赤政发〔2021〕1号'),
      await file('chifeng', { effectiveFrom: '2026-01-01' }, '赤政发〔2021〕2号', undefined, '2026-2030'),
    ];
    await Promise.all(ids.map((id) => bureau.take('chifeng-publisher', id, 'publish')));
    const { body } = await bureau.call('chifeng-drafter', 'GET /rule-sets');
    const { versions } = (body['items'] as { versions: { number: number; submission: string }[] }[])[0] ?? {
      versions: [],
    };
    expect(versions.map(({ number }) => number)).toEqual([1, 2]);
    expect(versions.map(({ submission }) => submission).toSorted()).toEqual(ids.toSorted());
  });

  test('with numbers that are wrong or looser than usual are told so before anybody signs', async () => {
    const { content } = sampleOfKind('policy-measures');
    const id = await bureau.begin('chifeng', 'policy-measures', '2031-2035');
    const odd = {
      modes: { newBuild: { rentCap: 95 }, conversion: { rentCap: 80 } },
      review: { panel: ['HOUSING', 'NOWHERE'] },
    };
    await bureau.save('chifeng', id, { ...content, rules: odd });
    const { body } = await bureau.call('chifeng-drafter', `GET /submissions/${id}/checks`);
    const codes = (body['missing'] as { code: string; pointer: string }[]).map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining([
        'mode-not-used',
        'lead-on-panel',
        'department-unknown',
        'rent-cap-above-default-newBuild',
      ]),
    );
  });
});

describe('the operating guide as a page', () => {
  test('is in Chinese, names the source of each number, and marks what waits to be confirmed', async () => {
    const page = await bureau.call(undefined, 'GET /public/guides/150100?format=html');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('<html lang="zh-CN">');
    expect(page.text).toContain('不超过85%');
    expect(page.text).toContain('呼政发〔2021〕40号');
    expect(page.text).toContain('待核实');
  });
});

test.each([
  'GET /rule-sets/150100/3',
  'GET /rule-sets/150100/01',
  'GET /rule-sets/150100/0',
  'GET /rule-sets/default/2',
  'GET /rule-sets/150199/1',
  'GET /rule-sets/150100/1/difference?from=9',
  'GET /rule-sets/150100/x/difference',
])('%s is not found', async (call) => {
  expect((await bureau.call('ordos-drafter', call)).status).toBe(404);
});

test.each(['on=2021-02-30', 'on=today', 'city=159999', 'cities=150100'])(
  'GET /rule-sets?%s is refused',
  async (query) => {
    const answer = await bureau.call('ordos-drafter', `GET /rule-sets?${query}`);
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid-request']);
  },
);

test.each(['150199', 'R_HOUSING', 'default'])('there is no guide of %s', async (city) => {
  expect((await guide(city)).status).toBe(404);
});

test('every rule-set stands in a chain that holds, made at the moment of its publication, as the contract says', async () => {
  await bureau.platform.drain();
  const { engines, credentials, region, table, ledger } = (await (
    await fetch(`${bureau.platform.url}/dev/runtime`)
  ).json()) as {
    engines: { table: string; objects: string };
    credentials: { accessKeyId: string; secretAccessKey: string };
    region: string;
    table: string;
    ledger: string;
  };
  const common = { region, credentials, systemClockOffset: bureau.platform.clock.now() - Date.now() };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...common, endpoint: engines.table }));
  const objects = new S3Client({ ...common, endpoint: engines.objects, forcePathStyle: true });
  const found = await verifyLedger(client, table, objects, ledger);
  expect(found.faults).toEqual([]);
  const entries = async (PK: string, prefix: string): Promise<AuditEntry[]> => {
    const { Items: items } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
        ExpressionAttributeValues: { ':pk': PK, ':prefix': prefix },
      }),
    );
    return (items ?? []).map((item) => PublishedEvent.parse(item['entry']) as AuditEntry);
  };
  const made = await entries('RULES#150100', 'AUD#');
  expect(made.map(({ record, type, facts }) => [record, type, facts])).toMatchObject([
    ['rule-set:150100/1', 'rule-set.made', { because: `submission:${measures}`, given: 14 }],
    ['rule-set:150100/2', 'rule-set.made', { replaces: 1, documentNumber: '呼政发〔2021〕50号' }],
  ]);
  const published = (await entries(`SUB#${measures}`, 'AUD#HEAD#')).find(
    ({ type }) => type === 'submission.published',
  );
  expect(made[0]).toMatchObject({
    at: published?.at,
    by: published?.by,
    correlationId: published?.correlationId,
  });
  client.destroy();
  objects.destroy();
}, 60_000);
