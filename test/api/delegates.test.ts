/** What a delegate signs shows the limits of his authorisation; when it is over he signs nothing (行政许可法第二十四条). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Bureau, type Json } from '../support/bureau.ts';

let bureau: Bureau;
let subject: string;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  await bureau.measures('hohhot', { review: { panel: ['FIRE'], days: { notice: 0 } } });
  await bureau.annualPlan(500);
  subject = String((await bureau.call('xincheng-decider', 'GET /me')).body['sub']);
});
afterAll(() => bureau.close());

const at = '/offices/150102/delegates';
const delegate = (to: string): Json => ({
  sub: subject,
  document: '新政授〔2021〕3号',
  limits: '总投资五千万元以下项目的认定',
  from: '2021-10-01',
  to,
});
const say = (user: string, delegates: readonly Json[], ifMatch: string | null = null) =>
  bureau.call(user, `PUT ${at}`, { body: { delegates }, ifMatch });

async function decidable(): Promise<string> {
  const id = await bureau.prepare('company', 'recognition', 'signed');
  await bureau.take('xincheng-lead', id, 'accept');
  await bureau.take('xincheng-fire', id, 'opine', { verdict: 'agree' });
  await bureau.take('xincheng-lead', id, 'conclude-review');
  await bureau.take('hohhot-planner', id, 'pass-plan-check');
  return id;
}

test('who answers for the office says whom it has authorised; the region may read it, others know of nothing', async () => {
  expect((await say('xincheng-decider', [])).status).toBe(403);
  expect((await say('baotou-leader', [])).status).toBe(404);
  const wrong = await say('xincheng-leader', [{ ...delegate('2021-09-30') }]);
  expect([wrong.status, (wrong.body['errors'] as Json[])[0]]).toMatchObject([
    422,
    { code: 'term-reversed', pointer: '/delegates/0/to' },
  ]);
  const said = await say('xincheng-leader', [delegate('2021-10-31')]);
  expect([said.status, said.body]).toMatchObject([200, { office: '150102', revision: 1 }]);
  expect((await say('xincheng-leader', [])).status).toBe(428);
  expect((await say('xincheng-leader', [], '"9"')).status).toBe(412);
  const seen = await bureau.call('housing-lead', `GET ${at}`);
  expect(seen.body).toMatchObject({ delegates: [delegate('2021-10-31')] });
  expect((await bureau.call('baotou-drafter', `GET ${at}`)).status).toBe(404);
});

test('what he signs shows the document and its limits', { timeout: 60_000 }, async () => {
  const id = await decidable();
  await bureau.take('xincheng-decider', id, 'approve', { documentNumber: '新政认〔2021〕5号' });
  const { body } = await bureau.read('company-drafter', id);
  const decision = (body['papers'] as { type: string; body: Json }[]).find(({ type }) => type === 'decision');
  expect(decision?.body['delegation']).toEqual({
    document: '新政授〔2021〕3号',
    limits: '总投资五千万元以下项目的认定',
    to: '2021-10-31',
  });
  const history = await bureau.call('company-drafter', `GET /submissions/${id}/history?limit=100`);
  const approved = (history.body['items'] as { type: string; facts: Json }[]).find(
    ({ type }) => type === 'submission.approved',
  );
  expect(approved?.facts['delegation']).toBe('新政授〔2021〕3号');
  expect(JSON.stringify(approved)).not.toContain('五千万元');
});

test(
  'after its last day he signs nothing, until it is said anew or taken back',
  { timeout: 60_000 },
  async () => {
    const id = await decidable();
    const { etag } = await bureau.call('xincheng-leader', `GET ${at}`);
    const over = await say('xincheng-leader', [delegate('2021-10-11')], etag ?? null);
    const late = await bureau.step('xincheng-decider', id, 'approve', {});
    expect([late.status, late.body['code']]).toEqual([403, 'delegation-over']);
    await say('xincheng-leader', [], over.etag ?? null);
    await bureau.take('xincheng-decider', id, 'approve', {});
    const { body } = await bureau.read('company-drafter', id);
    const decision = (body['papers'] as { type: string; body: Json }[]).find(
      ({ type }) => type === 'decision',
    );
    expect(decision?.body['delegation']).toBeUndefined();
  },
);
