/**
 * A company has a building in 新城区 of Hohhot recognised (项目认定): the notice's joint review, over HTTP, under the rules that the
 * city has published itself.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';
import { hohhotRules } from '../support/hohhot-rules.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-09-24T09:00:00+08:00');
  await bureau.measures('hohhot', hohhotRules);
  await bureau.annualPlan(150);
});
afterAll(() => bureau.close());

const deskOf = async (user: string): Promise<string[]> => {
  const desk = await bureau.call(user, 'GET /desk?limit=100');
  return (desk.body['items'] as Json[]).map(
    ({ task, record, due }) => `${String(task)} ${String(record)} ${String(due)}`,
  );
};

const four = [1, 2, 3, 4];

/**
 * A step that only some rules know, sent four times at the same moment: under one key it is done once and all hear the same
 * answer; under keys of their own the others come too late.
 */
async function takenOnce(user: string, id: string, action: string, body: Json = {}): Promise<void> {
  const before = await bureau.read(user, id);
  const call = `POST /submissions/${id}/${action}`;
  const ifMatch = before.etag ?? '';
  const key = `one-${action}`;
  const twins = await Promise.all(four.map(() => bureau.call(user, call, { body, key, ifMatch })));
  expect(twins.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
  const others = await Promise.all(
    four.map((n) => bureau.call(user, call, { body, key: `${n}-${action}`, ifMatch })),
  );
  expect(others.map(({ status }) => status)).toEqual([412, 412, 412, 412]);
  const after = await bureau.read(user, id);
  expect(Number(after.body['revision'])).toBe(Number(before.body['revision']) + 1);
}

describe('who may begin it', () => {
  const begin = (user: string, body: Json) => bureau.call(user, 'POST /submissions', { body });

  test('a company, naming the county and no period', async () => {
    const begun = await begin('company-drafter', { kind: 'recognition', county: '150102' });
    expect([begun.status, begun.body['county'], begun.body['period']]).toEqual([
      201,
      '150102',
      begun.body['id'],
    ]);
    const unknown = await begin('company-drafter', { kind: 'recognition', county: '150172', period: '2021' });
    expect([unknown.status, (unknown.body['errors'] as Json[]).map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/county', '/period'],
    ]);
    expect((await begin('company-drafter', { kind: 'recognition' })).status).toBe(422);
  });

  test('no city; and a company no plan of a city', async () => {
    const city = await begin('hohhot-drafter', { kind: 'recognition', county: '150102' });
    expect([city.status, city.body['code']]).toEqual([409, 'kind-not-yours']);
    const company = await begin('company-drafter', { kind: 'annual-plan', period: '2021' });
    expect([company.status, company.body['code']]).toEqual([409, 'kind-not-yours']);
  });
});

describe('from the application to the decision', { timeout: 180_000 }, () => {
  let id: string;

  test('is received by the county’s housing department under the city’s own rules', async () => {
    const { content, papers } = sampleOfKind('recognition');
    id = await bureau.begin('company', 'recognition', '');
    // 容缺受理: the rules let the survey come later.
    await bureau.save('company', id, { ...content, promised: [{ paper: 'survey', by: '2021-10-15' }] });
    for (const paper of papers.filter((one) => one !== 'survey'))
      await bureau.upload('company-drafter', id, paper);
    await bureau.send('company', id, 'signed');
    expect(await deskOf('xincheng-lead')).toEqual([`accept submission:${id} 2021-09-30`]);
    const seen = await bureau.read('xincheng-lead', id);
    expect(seen.body).toMatchObject({ state: 'submitted', path: 'joint-review', county: '150102' });
    expect((await bureau.read('xincheng-fire', id)).status).toBe(200);
    expect((await bureau.read('baotou-drafter', id)).status).toBe(404);
    const listed = async (user: string, query = ''): Promise<unknown[]> => {
      const { body } = await bureau.call(user, `GET /submissions?kind=recognition${query}`);
      return (body['items'] as Json[]).map((line) => line['id']);
    };
    await bureau.platform.drain();
    for (const user of ['xincheng-lead', 'xincheng-fire', 'hohhot-drafter', 'hohhot-planner', 'housing-lead'])
      expect(await listed(user), user).toEqual([id]);
    expect((await listed('company-drafter')).length).toBeGreaterThan(1);
    expect(await listed('baotou-drafter')).toEqual([]);
    expect(await listed('xincheng-lead', '&state=draft')).toEqual([]);
    expect(await listed('housing-lead', '&city=150200')).toEqual([]);
  });

  test('each department of the panel opines on its own, with the conditions listed together', async () => {
    await bureau.take('xincheng-lead', id, 'accept');
    expect((await bureau.step('xincheng-tax', id, 'opine', { verdict: 'agree' })).status).toBe(403);
    await bureau.take('xincheng-natres', id, 'opine', { verdict: 'agree' });
    const conditions = [{ text: '疏散宽度不小于1.4米', subject: 'fire', before: 'decision' }];
    await bureau.take('xincheng-fire', id, 'opine', { verdict: 'agree-with-conditions', conditions });
    const { body } = await bureau.read('company-drafter', id);
    expect(body['review']).toMatchObject({
      conditions: [{ number: 1, office: '150102-FIRE', state: 'open', text: '疏散宽度不小于1.4米' }],
    });
    expect(await deskOf('company-drafter')).toContain(`prove-condition submission:${id} undefined`);
  });

  test('a department that is silent when its limit is over is told of to the county’s leader, and does not agree', async () => {
    await bureau.until('2021-09-29T09:00:00+08:00');
    expect(await deskOf('xincheng-leader')).toEqual([`urge-opinion submission:${id} undefined`]);
    const early = await bureau.step('xincheng-lead', id, 'conclude-review');
    expect([early.status, (early.body['errors'] as Json[]).map(({ code }) => code)]).toEqual([
      422,
      ['opinion-missing'],
    ]);
    await bureau.take('xincheng-power', id, 'opine', { verdict: 'agree' });
    expect(await deskOf('xincheng-leader')).toEqual([]);
  });

  test('the plan check, the public notice with an objection, and the decision', async () => {
    const scan = await bureau.upload('company-drafter', id, 'condition-proof');
    await bureau.take('company-drafter', id, 'prove-condition', {
      condition: 1,
      statement: '已整改',
      documents: [scan],
    });
    await bureau.take('xincheng-fire', id, 'close-condition', {
      condition: 1,
      met: true,
      reason: '现场核查',
    });
    await bureau.take('xincheng-lead', id, 'conclude-review');
    expect(await deskOf('hohhot-planner')).toEqual([`check-plan submission:${id} 2021-10-12`]);
    await bureau.take('hohhot-planner', id, 'pass-plan-check');
    const objection = { receivedOn: '2021-09-29', by: 'letter', text: '停车位不足' };
    await takenOnce('xincheng-lead', id, 'record-objection', objection);
    const runs = await bureau.step('xincheng-lead', id, 'close-notice');
    expect((runs.body['errors'] as Json[]).map(({ code }) => code)).toEqual([
      'notice-runs',
      'objection-open',
    ]);
    const answer = { objection: 1, upheld: false, answer: '已按标准配建' };
    await takenOnce('xincheng-lead', id, 'answer-objection', answer);
    await bureau.until('2021-10-01T09:00:00+08:00');
    await takenOnce('xincheng-lead', id, 'close-notice');
    expect(await deskOf('xincheng-decider')).toEqual([`decide submission:${id} 2021-10-11`]);
    const early = await bureau.step('xincheng-decider', id, 'approve');
    expect((early.body['errors'] as Json[]).map(({ code }) => code)).toEqual(['promised-paper-missing']);
    const document = await bureau.upload('company-drafter', id, 'survey');
    await takenOnce('company-drafter', id, 'deliver-paper', { paper: 'survey', document });
    const decided = await bureau.take('xincheng-decider', id, 'approve', {
      documentNumber: '新政认〔2021〕1号',
    });
    expect(decided['state']).toBe('decided');
    await bureau.platform.drain();
    expect((await bureau.read('company-drafter', id)).body).toMatchObject({
      state: 'granted',
      waitingFor: [],
    });
    const { body } = await bureau.call('company-drafter', `GET /submissions/${id}/history?limit=100`);
    const types = (body['items'] as Json[]).map(({ type }) => type);
    expect(types).toContain('submission.opinion-escalated');
    expect(types.slice(-2)).toEqual(['submission.approved', 'submission.granted']);
  });

  test('the certificate has the first number of the county and year, and anyone can look it up', async () => {
    const number = '保租认字〔2021〕150102-0001号';
    const shown = await bureau.call(undefined, `GET /public/certificates/${encodeURIComponent(number)}`);
    expect([shown.status, shown.body]).toMatchObject([200, { number, state: 'valid', version: 1 }]);
    expect(shown.text).not.toMatch(/王演示|王\*|(?<!\w)1[3-9]\d{9}(?!\w)/);
  });
});
