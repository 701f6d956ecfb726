/** The review of S-07 in all its turns: returned, disagreed, supplemented, extended, consented on paper, refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
});
afterAll(() => bureau.close());

const lead = 'housing-lead';
const target = sampleOfKind('five-year-target').content;

async function inReview(city: string, kind = 'five-year-target'): Promise<string> {
  const id = await bureau.prepare(city, kind, 'signed');
  await bureau.take(lead, id, 'accept');
  return id;
}

async function clockOf(user: string, id: string, name: string): Promise<Json | undefined> {
  const answer = await bureau.call(user, `GET /submissions/${id}/clock`);
  return (answer.body['clocks'] as Json[]).find((clock) => clock['name'] === name);
}

describe('returned for correction', () => {
  test('with all defects in one notice; the new version shows its difference; opinions on the old one are void', async () => {
    const id = await inReview('tongliao');
    await bureau.take('ndrc-reviewer', id, 'opine', { verdict: 'agree' });
    const defects = [
      { pointer: '/content/basis', text: '测算依据不足' },
      { pointer: '/documents/target-document', text: '缺少签章页' },
    ];
    const returned = await bureau.take(lead, id, 'return', { defects });
    expect(returned['state']).toBe('returned');
    const own = await bureau.read('tongliao-drafter', id);
    const notice = (own.body['papers'] as Json[]).find(({ type }) => type === 'correction-notice');
    expect((notice?.['body'] as Json)['defects']).toEqual(defects);
    expect(await clockOf('tongliao-drafter', id, 'correction')).toMatchObject({
      status: 'running',
      limit: 10,
    });
    // The reviewers keep what they saw while the city corrects.
    expect((await bureau.read('ndrc-reviewer', id)).body).toMatchObject({
      version: 1,
      current: { frozen: true },
    });

    await bureau.save('tongliao', id, { ...target, basis: '按2021年第七次人口普查测算' });
    expect((await bureau.read('ndrc-reviewer', id)).body['current']).toMatchObject({
      content: { basis: target['basis'] },
    });
    const replaced = await bureau.upload('tongliao-drafter', id, 'target-document');
    await bureau.send('tongliao', id, 'signed');
    await bureau.take(lead, id, 'accept');

    const now = await bureau.read('ndrc-reviewer', id);
    expect(now.body).toMatchObject({ version: 2, opinions: [] });
    const difference = await bureau.call('ndrc-reviewer', `GET /submissions/${id}/versions/2/difference`);
    expect(difference.body['changes']).toEqual([
      {
        pointer: '/basis',
        label: { zh: '测算依据', en: 'Basis' },
        before: target['basis'],
        after: '按2021年第七次人口普查测算',
      },
    ]);
    const { added, removed } = difference.body['documents'] as { added: Json[]; removed: Json[] };
    expect(added.map((one) => one['id'])).toEqual([replaced]);
    expect(removed).toHaveLength(1);
    expect(
      (await bureau.call('ndrc-reviewer', `GET /submissions/${id}/versions/1`)).body['documents'],
    ).toHaveLength(1);
    for (const odd of ['0', '3', 'x', '1.5', '-1'])
      expect((await bureau.call(lead, `GET /submissions/${id}/versions/${odd}`)).status, odd).toBe(404);

    const late = await bureau.step(lead, id, 'return', {
      defects: [defects[0], { pointer: '/content/totalHomes', text: '总数偏低' }],
    });
    expect(late.body['errors']).toMatchObject([{ code: 'told-late', pointer: '/defects/1/toldLate' }]);
    const excused = { pointer: '/content/totalHomes', text: '总数偏低', toldLate: '人口数据其后才公布' };
    expect((await bureau.take(lead, id, 'return', { defects: [excused] }))['state']).toBe('returned');
  });

  test('unchanged, the version keeps its opinions and only the missing ones are asked', async () => {
    const id = await inReview('hulunbuir');
    await bureau.take('ndrc-reviewer', id, 'opine', { verdict: 'agree' });
    await bureau.take(lead, id, 'return', { defects: [{ pointer: '', text: '请确认' }] });
    await bureau.send('hulunbuir', id, 'signed');
    await bureau.take(lead, id, 'accept');
    const waiting = (await bureau.read(lead, id)).body['waitingFor'] as Json[];
    expect(waiting.map(({ office, task }) => `${String(office)} ${String(task)}`)).toEqual([
      'R_HOUSING opine',
      'R_FINANCE opine',
    ]);
  });

  test('a notice without defects is refused', async () => {
    const id = await bureau.prepare('bayannur', 'five-year-target', 'signed');
    const answer = await bureau.step(lead, id, 'return', { defects: [] });
    expect(answer.body['errors']).toMatchObject([{ pointer: '/defects' }]);
  });
});

describe('opinions', () => {
  test('a disagreement keeps it with the lead, who rejects; the city takes note and may file anew', async () => {
    const id = await inReview('ulanqab');
    const bare = await bureau.step('ndrc-reviewer', id, 'opine', { verdict: 'disagree' });
    expect(bare.body['errors']).toMatchObject([{ code: 'reason-for-disagreement', pointer: '/reason' }]);
    const early = await bureau.step(lead, id, 'reject', { reason: '发改不同意' });
    expect(early.body['errors']).toMatchObject([{ code: 'no-disagreement' }]);
    await bureau.take('ndrc-reviewer', id, 'opine', { verdict: 'disagree', reason: '与国民经济规划不衔接' });
    const again = await bureau.step('ndrc-reviewer', id, 'opine', { verdict: 'agree' });
    expect(again.body['code']).toBe('opinion-not-asked');
    await bureau.take('finance-reviewer', id, 'opine', { verdict: 'agree' });
    const settled = await bureau.take('housing-reviewer', id, 'opine', { verdict: 'agree' });
    expect(settled['state']).toBe('in-review');
    const desk = await bureau.call(lead, 'GET /desk?limit=100');
    expect(desk.body['items']).toContainEqual(
      expect.objectContaining({ record: `submission:${id}`, task: 'settle' }),
    );

    expect((await bureau.take(lead, id, 'reject', { reason: '发改不同意' }))['state']).toBe('rejected');
    await bureau.take('ulanqab-drafter', id, 'take-note');
    expect((await bureau.step('ulanqab-drafter', id, 'take-note')).status).toBe(409);
    expect((await bureau.read('ulanqab-drafter', id)).body['waitingFor']).toEqual([]);
    expect(await bureau.begin('ulanqab', 'five-year-target', '2021-2025')).not.toBe(id);
  });

  test('agreement with conditions needs the conditions, which stand on its paper', async () => {
    const id = await inReview('hinggan');
    const bare = await bureau.step('finance-reviewer', id, 'opine', { verdict: 'agree-with-conditions' });
    expect(bare.body['errors']).toMatchObject([{ code: 'conditions-missing', pointer: '/conditions' }]);
    const conditions = ['落实专项资金', '按季报告进度'];
    await bureau.take('finance-reviewer', id, 'opine', { verdict: 'agree-with-conditions', conditions });
    const papers = (await bureau.read('hinggan-drafter', id)).body['papers'] as Json[];
    expect(papers.map((paper) => [paper['type'], (paper['body'] as Json)['conditions']])).toEqual([
      ['opinion', conditions],
    ]);
  });

  test('two departments may ask for supplements at once; each answer starts only that clock again', async () => {
    const id = await inReview('xilingol');
    await bureau.take('ndrc-reviewer', id, 'ask-supplement', { questions: ['人口依据'] });
    await bureau.take('finance-reviewer', id, 'ask-supplement', { questions: ['资金来源'] });
    const opined = await bureau.step('ndrc-reviewer', id, 'opine', { verdict: 'agree' });
    expect(opined.body['code']).toBe('opinion-not-asked');
    const vague = await bureau.step('xilingol-drafter', id, 'supply', { answer: '见附件' });
    expect(vague.body['code']).toBe('supplement-not-open');
    const file = await bureau.upload('xilingol-drafter', id, 'supplement');
    const unknown = await bureau.step('xilingol-drafter', id, 'supply', {
      office: 'R_NDRC',
      answer: '见附件',
      documents: [file, 'no-such-file'],
    });
    expect(unknown.body['errors']).toMatchObject([{ code: 'document-unknown', pointer: '/documents/1' }]);
    await bureau.take('xilingol-drafter', id, 'supply', {
      office: 'R_NDRC',
      answer: '见附件',
      documents: [file],
    });
    expect(await clockOf(lead, id, 'opinion:R_NDRC')).toMatchObject({ status: 'running' });
    expect(await clockOf(lead, id, 'opinion:R_FINANCE')).toMatchObject({ status: 'suspended', due: null });
    expect((await bureau.read(lead, id)).body['openSupplements']).toMatchObject([{ office: 'R_FINANCE' }]);
  });
});

describe('more time', () => {
  test('a department asks, the lead grants; its own request goes to the government', async () => {
    const id = await inReview('tongliao', 'development-plan');
    const before = await clockOf(lead, id, 'opinion:R_NDRC');
    const foreign = await bureau.step('finance-reviewer', id, 'request-extension', {
      clock: 'opinion:R_NDRC',
      days: 3,
      reason: '不是我的时限',
    });
    expect(foreign.body['code']).toBe('clock-not-running');
    const ask = { clock: 'opinion:R_NDRC', days: 3, reason: '需实地核查' };
    await bureau.take('ndrc-reviewer', id, 'request-extension', ask);
    expect((await bureau.step('ndrc-reviewer', id, 'request-extension', ask)).status).toBe(409);
    const wrong = { clock: 'opinion:R_NDRC', grant: true, reason: '同意' };
    expect((await bureau.step('government-consenter', id, 'answer-extension', wrong)).body['code']).toBe(
      'extension-not-open',
    );
    await bureau.take(lead, id, 'answer-extension', wrong);
    const after = await clockOf(lead, id, 'opinion:R_NDRC');
    expect([before?.['due'], after?.['due'], after?.['extended']]).toEqual(['2021-10-19', '2021-10-22', 3]);

    await bureau.take('housing-reviewer', id, 'request-extension', { ...ask, clock: 'opinion:R_HOUSING' });
    const own = { clock: 'opinion:R_HOUSING', grant: false, reason: '按期办理' };
    expect((await bureau.step(lead, id, 'answer-extension', own)).status).toBe(409);
    await bureau.take('government-consenter', id, 'answer-extension', own);
    expect(await clockOf(lead, id, 'opinion:R_HOUSING')).toMatchObject({ extended: 0, due: '2021-10-19' });
    expect((await bureau.read(lead, id)).body['openExtensions']).toEqual([]);
  });
});

describe('the consent', () => {
  test('on paper: number, date and a scan that has passed its checks', async () => {
    const id = await inReview('bayannur', 'development-plan');
    const tooEarly = await bureau.ask(lead, id, 'consent-scan', Buffer.from('x'));
    expect(tooEarly.status).toBe(409);
    await bureau.agree(id);
    const consent = { documentNumber: '内政字〔2021〕99号', date: '2021-10-20' };
    const without = await bureau.step(lead, id, 'record-consent', { ...consent, document: 'none' });
    expect(without.body['errors']).toMatchObject([{ code: 'document-unknown', pointer: '/document' }]);
    const scan = await bureau.upload(lead, id, 'consent-scan');
    const odd = await bureau.step(lead, id, 'record-consent', {
      ...consent,
      date: '2021-02-30',
      document: scan,
    });
    expect(odd.body['errors']).toMatchObject([{ code: 'civil-date', pointer: '/date' }]);
    const done = await bureau.take(lead, id, 'record-consent', { ...consent, document: scan });
    expect(done['state']).toBe('approved');
    await bureau.take('housing-publisher', id, 'publish');
    await bureau.platform.drain();
    const plans = await bureau.call(undefined, 'GET /public/plans?city=150800');
    expect(plans.body['items']).toMatchObject([{ kind: 'development-plan', edition: 1 }]);
  });

  test('refused with a reason; the city takes note', async () => {
    const id = await inReview('hinggan', 'annual-plan');
    await bureau.agree(id);
    await bureau.take('government-consenter', id, 'refuse-consent', { reason: '与区域规划不符' });
    const seen = await bureau.read('hinggan-drafter', id);
    expect(seen.body['papers']).toContainEqual(
      expect.objectContaining({ type: 'refusal', body: { reason: '与区域规划不符' } }),
    );
    expect(seen.body['actions']).toEqual(['take-note']);
  });
});

describe('withdrawn', () => {
  test('at any time before it is decided, with a reason; the clocks end and the place is free', async () => {
    const id = await inReview('xilingol', 'annual-plan');
    await bureau.take('ndrc-reviewer', id, 'ask-supplement', { questions: ['依据'] });
    expect((await bureau.step('xilingol-drafter', id, 'withdraw', { reason: '撤' })).status).toBe(403);
    await bureau.take('xilingol-signatory', id, 'withdraw', { reason: '数据重新核定' });
    const clocks = await bureau.call(lead, `GET /submissions/${id}/clock`);
    expect((clocks.body['clocks'] as Json[]).every(({ status }) => status === 'ended')).toBe(true);
    const desk = await bureau.call('ndrc-reviewer', 'GET /desk?limit=100');
    expect((desk.body['items'] as Json[]).filter(({ record }) => record === `submission:${id}`)).toEqual([]);
    await bureau.begin('xilingol', 'annual-plan', '2021');
  });
});

describe('the contact person', () => {
  test('is masked for all, shown to those who handle the filing, for a purpose, on the record', async () => {
    const id = await bureau.prepare('wuhai', 'five-year-target', 'signed');
    const seen = await bureau.read(lead, id);
    expect((seen.body['current'] as Json)['filing']).toMatchObject({
      contact: { name: '王**', phone: '138****1234' },
    });
    expect(seen.text).not.toContain('13800001234');
    expect((await bureau.step('auditor', id, 'view-contact', { purpose: '好奇' })).status).toBe(403);
    expect((await bureau.step(lead, id, 'view-contact', {})).status).toBe(422);
    const shown = await bureau.step(lead, id, 'view-contact', { purpose: '核实目标数' });
    expect(shown.body).toEqual({ name: '王演示', phone: '13800001234' });
    const history = await bureau.call(lead, `GET /submissions/${id}/history`);
    expect((history.body['items'] as Json[]).at(-1)).toMatchObject({
      type: 'submission.contact-viewed',
      by: 'housing-lead',
    });
    expect(history.text).not.toContain('13800001234');
    // The look did not count as acting: the signature can still be recalled.
    expect((await bureau.take('wuhai-signatory', id, 'recall'))['state']).toBe('signing');
  });

  test('is kept nowhere in the clear: records, versions, audit entries, receipts', async () => {
    await bureau.platform.drain();
    const table = bureau.platform.assembly.output('TableName');
    const scanned = bureau.platform.engines.table.execute('Scan', { TableName: table }) as {
      Items: unknown[];
    };
    expect(scanned.Items.length).toBeGreaterThan(100);
    const everything = JSON.stringify(scanned.Items);
    expect(everything).not.toContain('13800001234');
    expect(everything).not.toContain('王演示');
    expect(everything).toContain('138****1234');
  });
});
