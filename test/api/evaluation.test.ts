/** A year's evaluation from its duties to its publication: figures, records, objection, correction, report, public view. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roleNames } from '../../shared/domain/identity/roles.ts';
import { runActionNames, runActions, type RunActionName } from '../../shared/domain/evaluation/actions.ts';
import { proposedScheme } from '../../shared/domain/evaluation/schemes/proposal.ts';
import { demoUsers } from '../../infra/local/identity/demo-users.ts';
import { officeOf } from '../../shared/domain/identity/offices.ts';
import { Bureau, type Answer, type Json } from '../support/bureau.ts';

let bureau: Bureau;
/** The year's run, as the schedule asks for it on 5 January. */
const yearly = '2021.1';

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  await lay(['150100', '150200'], 'five-year-target', '2021-2025');
  await lay(['150600'], 'demand-survey', '2021', 'submitted');
  const target = await bureau.prepare('hohhot', 'five-year-target', 'signed');
  await bureau.take('hohhot-publisher', target, 'publish');
  const measures = await bureau.prepare('hohhot', 'policy-measures', 'signed');
  await bureau.take('hohhot-publisher', measures, 'publish');
  const statement = await bureau.prepare('alxa', 'not-developing', 'signed');
  await bureau.take('housing-lead', statement, 'acknowledge');
  const plan = await bureau.prepare('ordos', 'annual-plan', 'signed');
  await bureau.take('housing-lead', plan, 'accept');
  await bureau.take('ndrc-reviewer', plan, 'opine', { verdict: 'agree' });
  await bureau.until('2022-01-05T09:30:00+08:00');
});
afterAll(() => bureau.close());

async function lay(cities: string[], kind: string, period: string, satisfiedBy = 'published'): Promise<void> {
  const answer = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '演通〔2021〕1号',
      clause: 'S-06',
      cities,
      items: [{ kind, period }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy,
    },
  });
  expect(answer.status, answer.text).toBe(201);
}

const supervisor = 'housing-supervisor';

async function run(id: string, user = supervisor): Promise<Answer> {
  await bureau.platform.drain();
  return bureau.call(user, `GET /evaluations/${id}`);
}

/** Each call has a correlation id of its own; in all else twins hear the same. */
const saidBy = ({ status, body }: Answer) => ({ status, body: { ...body, correlationId: undefined } });

let number = 0;
async function act(user: string, id: string, action: RunActionName, body: Json = {}): Promise<Answer> {
  const { etag } = await run(id);
  const call = { body, ifMatch: etag ?? '"0"', key: `${id} ${action} ${(number += 1)}` };
  // Always four at once: one is done, and all hear of that one.
  const [first, ...twins] = await Promise.all(
    [1, 2, 3, 4].map(() => bureau.call(user, `POST /evaluations/${id}/${action}`, call)),
  );
  if (!first) throw new Error('Nothing was sent');
  for (const twin of twins) expect(saidBy(twin)).toEqual(saidBy(first));
  await bureau.platform.drain();
  return first;
}

async function result(id: string, user = supervisor): Promise<Json> {
  const answer = await bureau.call(user, `GET /evaluations/${id}/result`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

function figureOf(of: Json, city: string, indicator: string): Json {
  const found = (of['cities'] as Json[]).find((one) => one['city'] === city);
  return (found?.['figures'] as Json[]).find((one) => one['indicator'] === indicator) ?? {};
}

describe('the schedules', () => {
  test('made the month’s and the year’s runs by themselves, once', async () => {
    await bureau.platform.drain();
    const { body } = await bureau.call(supervisor, 'GET /evaluations?year=2021');
    const runs = (body['items'] as Json[]).map(({ id, state }) => [id, state]);
    expect(runs).toEqual([
      ['2021-10.1', 'ready'],
      ['2021-11.1', 'ready'],
      ['2021-12.1', 'ready'],
      [yearly, 'ready'],
    ]);
  });

  test('put the year’s run on the supervisor’s desk, due on 31 January', async () => {
    const { body } = await bureau.call(supervisor, 'GET /desk?limit=100');
    expect(body['items']).toContainEqual(
      expect.objectContaining({
        record: `evaluation:${yearly}`,
        task: 'circulate-evaluation',
        due: '2022-01-31',
      }),
    );
  });
});

describe('the figures', () => {
  test('are what the records say', async () => {
    const found = await result(yearly);
    expect(figureOf(found, '150100', 'A1')).toMatchObject({
      state: 'scored',
      value: 100,
      numerator: 1,
      denominator: 1,
    });
    expect(figureOf(found, '150200', 'A1')).toMatchObject({ state: 'scored', value: 0, score: 0 });
    expect(figureOf(found, '150600', 'A1')).toMatchObject({ value: 0, denominator: 1 });
    expect(figureOf(found, '152900', 'A1')).toMatchObject({ state: 'not-applicable', value: null });
    expect(figureOf(found, '150300', 'A1')).toMatchObject({ state: 'not-applicable', value: null });
    expect(figureOf(found, '150100', 'A2')).toMatchObject({ value: 100, denominator: 2 });
    expect(figureOf(found, '150100', 'B1')).toMatchObject({ value: 1 });
    expect(figureOf(found, '150100', 'B7')['state']).toBe('scored');
    expect(figureOf(found, '150200', 'B7')['state']).toBe('no-data');
    // One of three opinions was given; the two others were due in October and are open.
    expect(figureOf(found, '150600', 'B2')).toMatchObject({ numerator: 1, denominator: 3, value: 33.33 });
    expect(figureOf(found, '150600', 'B3')).toMatchObject({ denominator: 1 });
    expect(figureOf(found, '150600', 'C2')['state']).toBe('no-source');
  });

  test('each open to the records behind them', async () => {
    const answer = await bureau.call(supervisor, `GET /evaluations/${yearly}/figures/150600/B2`);
    const { figure, links } = answer.body as { figure: Json; links: { href: string }[] };
    expect(figure['evidenceCount']).toBe(3);
    expect((figure['evidence'] as { says: { zh: string } }[]).map(({ says }) => says.zh).join()).toContain(
      '自治区发展和改革委员会2021-10-12出具审查意见',
    );
    for (const { href } of links) expect((await bureau.call(supervisor, `GET ${href}`)).status).toBe(200);
    const duty = await bureau.call(supervisor, `GET /evaluations/${yearly}/figures/150200/A1`);
    const [link] = (duty.body as { links: { href: string }[] }).links;
    expect((await bureau.call('baotou-drafter', `GET ${link?.href ?? ''}`)).status).toBe(200);
    expect((await bureau.call(supervisor, `GET /evaluations/${yearly}/figures/150200/Z9`)).status).toBe(404);
  });

  test('are counted right: the counters agree with the records', async () => {
    const { checkCounters } = await import('../../shared/app/evaluation/check-counters.ts');
    const { counters, store, names } = await adapters();
    const found = await checkCounters({ store, counters }, names());
    expect(found.faults).toEqual([]);
    expect(found.contributions).toBeGreaterThan(10);
  });

  test('are found wrong when a sum is changed behind their back, and mended', async () => {
    const { checkCounters } = await import('../../shared/app/evaluation/check-counters.ts');
    const { counters, store, names, break_ } = await adapters();
    break_('150200', 'A1', '2021-10-31');
    const found = await checkCounters({ store, counters }, names());
    expect(found.faults).toEqual([
      expect.objectContaining({
        fault: 'sum',
        should: expect.objectContaining({ city: '150200', denominator: 1 }) as unknown,
      }),
    ]);
    await checkCounters({ store, counters }, names(), { mend: true });
    expect((await checkCounters({ store, counters }, names())).faults).toEqual([]);
  });
});

async function adapters() {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { DynamoDBDocumentClient } = await import('@aws-sdk/lib-dynamodb');
  const { dynamoStore } = await import('../../shared/adapters/dynamodb/store.ts');
  const { dynamoCounters } = await import('../../shared/adapters/dynamodb/counters.ts');
  const { engines, assembly, clock } = bureau.platform;
  const table = assembly.output('TableName');
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: engines.urls.table,
      region: 'local-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'x' },
    }),
  );
  async function* names(): AsyncIterable<string> {
    const { Items } = engines.table.execute('Scan', {
      TableName: table,
      ProjectionExpression: 'entry',
      FilterExpression: 'attribute_exists(entry)',
    }) as { Items: { entry: { M: { record: { S: string } } } }[] };
    for (const { entry } of Items) yield entry.M.record.S;
  }
  const break_ = (city: string, indicator: string, day: string): void => {
    engines.table.execute('UpdateItem', {
      TableName: table,
      Key: { PK: { S: `COUNT#${city}#2021` }, SK: { S: `SUM#${indicator}#${day}` } },
      UpdateExpression: 'ADD denominator :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
  };
  return {
    store: dynamoStore(client, table, () => clock.iso()),
    counters: dynamoCounters(client, table),
    names,
    break_,
  };
}

describe('the report', () => {
  test.each(['json', 'csv', 'xlsx', 'pdf'])(
    'in %s can be downloaded, and is what its hash says',
    async (form) => {
      const answer = await bureau.call(supervisor, `GET /evaluations/${yearly}/report/${form}`);
      expect(answer.status, answer.text).toBe(200);
      const { url, sha256, bytes } = answer.body as { url: string; sha256: string; bytes: number };
      const file = await fetch(url);
      const content = new Uint8Array(await file.arrayBuffer());
      expect([file.status, content.length]).toEqual([200, bytes]);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(file.headers.get('content-disposition')).toContain(`2021.1.${form}`);
    },
  );

  test('has four forms and no fifth', async () => {
    expect((await bureau.call(supervisor, `GET /evaluations/${yearly}/report/docx`)).status).toBe(404);
  });
});

describe('asking for a run', () => {
  const ask = (body: Json): Promise<Answer> => bureau.call(supervisor, 'POST /evaluations', { body });

  test('of a period that is not over is refused with its last day', async () => {
    const answer = await ask({ year: 2022 });
    expect([answer.status, answer.body['code']]).toEqual([409, 'period-not-over']);
    expect(answer.body['detail']).toContain('2022-12-31');
  });

  test('of a period that has one asks for a correction instead', async () => {
    const answer = await ask({ year: 2021 });
    expect([answer.status, answer.body['code']]).toEqual([409, 'run-exists']);
    expect((await ask({ year: 2021, corrects: yearly, reason: '更正' })).body['code']).toBe(
      'run-not-correctable',
    );
  });

  test('is done once, however often it is sent at once', async () => {
    const key = 'march';
    const calls = [1, 2, 3, 4].map(() =>
      bureau.call(supervisor, 'POST /evaluations', { key, body: { year: 2021, month: 3 } }),
    );
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body['id']))).toEqual(new Set(['2021-03.1']));
    expect((await run('2021-03.1')).body).toMatchObject({ state: 'ready', progress: { done: 6, of: 6 } });
    // Nothing was due by then; of the developing cities measures are wanted all the same.
    const early = await result('2021-03.1');
    expect(figureOf(early, '150200', 'A1')['state']).toBe('not-applicable');
    expect(figureOf(early, '150200', 'B1')['state']).toBe('no-data');
  });

  test('under four keys at once makes one run', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        bureau.call(supervisor, 'POST /evaluations', { key: `april-${n}`, body: { year: 2021, month: 4 } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  test('says every defect', async () => {
    const answer = await ask({ year: 1999, month: 13, corrects: 5 });
    expect((answer.body['errors'] as Json[]).map(({ pointer }) => pointer)).toEqual([
      '/year',
      '/month',
      '/corrects',
    ]);
  });
});

describe('the scheme', () => {
  test('that is shipped can be read, and the region’s own put in its place', async () => {
    const shipped = await bureau.call('baotou-drafter', 'GET /evaluation-schemes/2023');
    expect(shipped.body).toMatchObject({ year: 2023, version: 0 });
    const { year: _year, version: _version, ...own } = proposedScheme(2023);
    const put = await bureau.call(supervisor, 'PUT /evaluation-schemes/2023', {
      body: { ...own, source: '内建发〔2023〕1号' },
    });
    expect([put.status, put.body]).toEqual([200, { year: 2023, version: 1 }]);
    const read = await bureau.call('baotou-drafter', 'GET /evaluation-schemes/2023');
    expect([read.body['source'], read.etag]).toEqual(['内建发〔2023〕1号', '"1"']);
    const blind = await bureau.call(supervisor, 'PUT /evaluation-schemes/2023', { body: own });
    expect(blind.status).toBe(428);
    const seen = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        bureau.call(supervisor, 'PUT /evaluation-schemes/2023', {
          body: own,
          ifMatch: '"1"',
          key: `scheme-${n}`,
        }),
      ),
    );
    expect(seen.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await bureau.call(supervisor, 'GET /evaluation-schemes/2023')).body['version']).toBe(2);
  });

  test('with weights that do not add up is refused with the places', async () => {
    const { year: _year, version: _version, ...own } = proposedScheme(2024);
    const [first, ...rest] = own.indicators;
    const body = { ...own, indicators: [{ ...first, weight: 99 }, ...rest] };
    const answer = await bureau.call(supervisor, 'PUT /evaluation-schemes/2024', { body });
    expect([answer.status, (answer.body['errors'] as Json[])[0]?.['pointer']]).toEqual([
      422,
      '/dimensions/0/weight',
    ]);
    expect((await bureau.call(supervisor, 'GET /evaluation-schemes/1999')).status).toBe(404);
  });
});

/** In the order of a year: each test goes on from the one before. */
describe('the life of a yearly run', () => {
  test('before it is sent to the cities they do not see it', async () => {
    expect((await run(yearly, 'baotou-leader')).status).toBe(404);
    expect((await bureau.call('baotou-leader', 'GET /evaluations?year=2021')).body['items']).toEqual([]);
    expect((await bureau.call('baotou-leader', `GET /evaluations/${yearly}/result`)).status).toBe(404);
  });

  test('nobody acts out of his role or before its time', async () => {
    for (const action of runActionNames) {
      const { by, from } = runActions[action];
      if (from.includes('ready' as never)) continue;
      const user =
        by.office === 'city'
          ? 'baotou-leader'
          : by.roles[0] === 'consenter'
            ? 'government-consenter'
            : `housing-${by.roles[0]}`;
      const answer = await act(user, yearly, action, bodies[action]);
      expect([404, 409], `${user} ${action}`).toContain(answer.status);
    }
    expect((await act('housing-lead', yearly, 'circulate')).status).toBe(403);
    expect((await act(supervisor, '2021-11.1', 'circulate')).body['code']).toBe('run-is-monthly');
  });

  test('resumed or discarded under four keys at once, it is so once', async () => {
    const asked = await bureau.call(supervisor, 'POST /evaluations', { body: { year: 2021, month: 5 } });
    const id = String(asked.body['id']);
    const { etag } = await run(id);
    const twins = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        bureau.call(supervisor, `POST /evaluations/${id}/discard`, {
          body: bodies.discard,
          key: `discard-${n}`,
          ifMatch: etag ?? '',
        }),
      ),
    );
    expect(twins.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await run(id)).body).toMatchObject({ state: 'discarded', discardedBecause: '作废' });
    expect((await act(supervisor, id, 'resume')).body['code']).toBe('run-not-in-state');
    // What was discarded leaves its period free.
    const again = await bureau.call(supervisor, 'POST /evaluations', { body: { year: 2021, month: 5 } });
    expect(again.body['id']).toBe('2021-05.2');
  });

  test('sent to the cities, it lies on the desks of their leaders until the window closes', async () => {
    const sent = await act(supervisor, yearly, 'circulate');
    // Five working days after Wednesday 5 January 2022.
    expect(sent.body).toMatchObject({ state: 'circulated', objectUntil: '2022-01-12' });
    const desk = await bureau.call('baotou-leader', 'GET /desk');
    expect(desk.body['items']).toContainEqual(
      expect.objectContaining({
        task: 'look-at-evaluation',
        due: '2022-01-12',
        kindName: { zh: '监测评价', en: 'Evaluation' },
      }),
    );
    expect((await run(yearly, 'baotou-leader')).body['can']).toEqual(['object']);
  });

  test('a city sees its own figures with their records, and of the others totals, grades and ranks', async () => {
    const seen = await result(yearly, 'baotou-leader');
    expect(figureOf(seen, '150200', 'A1')['evidenceCount']).toBe(1);
    const other = (seen['cities'] as Json[]).find(({ city }) => city === '150100');
    expect(other).toMatchObject({ rank: 1, figures: [] });
    const foreign = await bureau.call('baotou-leader', `GET /evaluations/${yearly}/figures/150100/A1`);
    expect(foreign.status).toBe(404);
    expect((await bureau.call('baotou-leader', `GET /evaluations/${yearly}/report/pdf`)).status).toBe(404);
  });

  test('a city objects, the region answers, and only that city sees it', async () => {
    const odd = await act('baotou-leader', yearly, 'object', { indicator: 'Z9', text: '异议' });
    expect((odd.body['errors'] as Json[])[0]?.['pointer']).toBe('/indicator');
    const objected = await act('baotou-leader', yearly, 'object', {
      indicator: 'A1',
      text: '已于10月30日报送，签收有误',
    });
    expect(objected.body['objections']).toHaveLength(1);
    expect((await run(yearly, 'hohhot-leader')).body['objections']).toEqual([]);
    const desk = await bureau.call(supervisor, 'GET /desk?limit=100');
    expect((desk.body['items'] as Json[]).map(({ task }) => task)).toContain('answer-objection');
    expect((await act('government-consenter', yearly, 'approve', bodies.approve)).body['code']).toBe(
      'objections-still-possible',
    );
    const answered = await act(supervisor, yearly, 'answer-objection', {
      number: 1,
      upheld: true,
      text: '经核实，另行更正',
    });
    expect(answered.status).toBe(200);
    expect(
      (await act(supervisor, yearly, 'answer-objection', { number: 1, upheld: false, text: '再' })).body[
        'code'
      ],
    ).toBe('objection-answered');
    const [mine] = (await run(yearly, 'baotou-leader')).body['objections'] as Json[];
    expect(mine?.['answer']).toMatchObject({ upheld: true, text: '经核实，另行更正' });
  });

  test('after the window nobody objects, and what was upheld is corrected before it is approved', async () => {
    await bureau.until('2022-01-13T09:00:00+08:00');
    expect((await act('chifeng-leader', yearly, 'object', { text: '迟了' })).body['code']).toBe(
      'objection-too-late',
    );
    expect((await act('government-consenter', yearly, 'approve', bodies.approve)).body['code']).toBe(
      'objection-upheld',
    );
  });

  test('a correction is a new run that says what is different, and takes the other’s place', async () => {
    const { body } = await bureau.call(supervisor, 'GET /obligations?city=150200');
    const [duty] = body['items'] as Json[];
    const at = `/obligations/${String(duty?.['id'])}`;
    const { etag } = await bureau.call(supervisor, `GET ${at}`);
    await bureau.call(supervisor, `POST ${at}/waive`, {
      body: { reason: '经核实已报送' },
      ifMatch: etag ?? '',
    });
    await bureau.platform.drain();
    const asked = await bureau.call(supervisor, 'POST /evaluations', {
      body: { year: 2021, corrects: yearly, reason: '包头市签收有误' },
    });
    expect([asked.status, asked.body['id']]).toEqual([201, '2021.2']);
    expect((await run('2021.2')).body['state']).toBe('ready');
    const { corrects } = (await result('2021.2')) as { corrects: { run: string; differences: Json[] } };
    expect(corrects.run).toBe(yearly);
    expect(corrects.differences).toContainEqual({
      city: '150200',
      of: 'A1',
      before: 0,
      after: 'not-applicable',
    });
    await act(supervisor, '2021.2', 'circulate');
    expect((await run(yearly)).body['state']).toBe('superseded');
    // The city still finds its objection and the answer there.
    expect((await run(yearly, 'baotou-leader')).body['objections']).toHaveLength(1);
    const desk = await bureau.call('baotou-leader', 'GET /desk');
    expect((desk.body['items'] as Json[]).map(({ record }) => record)).toEqual(['evaluation:2021.2']);
  });

  test('past runs are as they were: their inputs make the same bytes', async () => {
    const { resultOf, bytesOf } = await import('../../shared/app/evaluation/carry-out.ts');
    const { store } = await adapters();
    for (const id of [yearly, '2021.2', '2021-11.1']) {
      const found = await store.evaluation(id);
      if (!found?.result) throw new Error(id);
      const files = { put: () => Promise.reject(new Error('Nothing is written')), get: objectOf };
      const again = bytesOf(await resultOf({ files, store }, found));
      expect(createHash('sha256').update(again).digest('hex')).toBe(found.result.sha256);
    }
  });

  test('approved and published, everybody sees it, and the cities get the report', async () => {
    await bureau.until('2022-01-24T09:00:00+08:00');
    const early = { documentNumber: '内政函〔2022〕1号', date: '2022-01-25' };
    const refused = await act('government-consenter', '2021.2', 'approve', early);
    expect((refused.body['errors'] as Json[])[0]?.['pointer']).toBe('/date');
    expect((await act('government-consenter', '2021.2', 'approve', bodies.approve)).body['state']).toBe(
      'approved',
    );
    expect((await act('housing-publisher', '2021.2', 'publish')).body['state']).toBe('published');
    expect((await bureau.call('baotou-leader', 'GET /evaluations/2021.2/report/pdf')).status).toBe(200);
    const open = await bureau.call(undefined, 'GET /public/evaluations/2021');
    expect(open.status, open.text).toBe(200);
    expect(open.body).toMatchObject({ year: 2021, run: '2021.2', approval: '内政函〔2022〕1号' });
    expect(open.text).not.toContain('obligation:');
    const csv = await bureau.call(undefined, 'GET /public/evaluations/2021?format=csv');
    expect(csv.text.split('\r\n')).toHaveLength(1 + 12 * 23 + 1);
    expect((await bureau.call(undefined, 'GET /public/evaluations/2020')).status).toBe(404);
  });

  test('every step stands in its chain, and the words of the objection do not', async () => {
    const { store } = await adapters();
    const entries = await store.entries(`evaluation:${yearly}`, 0, 100);
    expect(entries.map(({ type }) => type)).toEqual([
      'evaluation.requested',
      'evaluation.frozen',
      'evaluation.computed',
      ...Array.from({ length: 4 }, () => 'evaluation.form-made'),
      'evaluation.ready',
      'evaluation.circulated',
      'evaluation.objected',
      'evaluation.objection-answered',
      'evaluation.superseded',
    ]);
    expect(JSON.stringify(entries)).not.toContain('签收有误');
  });
});

async function objectOf({ key }: { readonly key: string }): Promise<Uint8Array> {
  const { engines, assembly } = bureau.platform;
  const found = await engines.objects.read(assembly.output('LedgerBucket'), key);
  return new Uint8Array(found);
}

const bodies: Readonly<Record<RunActionName, Json>> = {
  resume: {},
  circulate: {},
  object: { text: '异议' },
  'answer-objection': { number: 1, upheld: false, text: '答复' },
  approve: { documentNumber: '内政函〔2022〕1号', date: '2022-01-24' },
  publish: {},
  discard: { reason: '作废' },
};

describe('who may do what with a run: every role × action', () => {
  // With those of a county, to whom a run says nothing.
  const users = demoUsers.filter(
    ({ office, id }) =>
      officeOf(office)?.level === 'region' ||
      office === '150200' ||
      ['hohhot-planner', 'xincheng-decider'].includes(id),
  );

  test('covers every role', () => {
    const held = new Set(users.flatMap((user) => user.roles));
    expect(roleNames.filter((role) => !held.has(role))).toEqual([]);
  });

  test.each(runActionNames)('%s', async (action) => {
    const { etag } = await run('2021-12.1');
    for (const user of users) {
      const { office, roles } = runActions[action].by;
      const holds = roles.some((role) => user.roles.includes(role));
      const fits = office === 'city' ? user.office === '150200' : user.office === office;
      const answer = await bureau.call(user.id, `POST /evaluations/2021-12.1/${action}`, {
        body: bodies[action],
        // Who may is refused for the revision, and so changes nothing.
        ifMatch: '"999"',
      });
      // A month’s run is never sent to a city: to it there is none.
      const expected = !holds ? 403 : user.office === '150200' ? 404 : fits ? 412 : 403;
      expect(answer.status, user.id).toBe(expected);
    }
    expect((await run('2021-12.1')).etag).toBe(etag);
  });
});
