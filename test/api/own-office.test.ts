/** What happens in the filer's own office: drafts that are wrong, four eyes, sending back, recalling a wrong click. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, nextPage, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
});
afterAll(() => bureau.close());

const codes = (answer: { body: Json }): string[] =>
  ((answer.body['errors'] ?? []) as { code: string; pointer: string }[]).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );

describe('a draft', () => {
  test('is kept although it is wrong, and everything wrong is told at once', async () => {
    const id = await bureau.begin('tongliao', 'five-year-target', '2021-2025');
    const content = { totalHomes: -1, years: 'five', surplus: true };
    await bureau.take('tongliao-drafter', id, 'save', {
      content,
      filing: { documentNumber: '', issueDate: '' },
    });
    const kept = await bureau.read('tongliao-drafter', id);
    expect(kept.body['current']).toMatchObject({ number: 1, frozen: false, content });

    const refused = await bureau.step('tongliao-drafter', id, 'send-to-check');
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(codes(refused)).toEqual([
      'too-small /content/totalHomes',
      'invalid-type /content/years',
      'invalid-type /content/byMode',
      'invalid-type /content/rentSubsidyHouseholds',
      'invalid-type /content/supplyShare',
      'invalid-type /content/basis',
      'unknown-field /content/surplus',
      'document-number-missing /filing/documentNumber',
      'issue-date-missing /filing/issueDate',
      'contact-missing /filing/contact',
      'paper-missing /documents/target-document',
    ]);
    expect(refused.body['detail']).toBe('尚有11处需要补正，全部列出如下。');
    const checks = await bureau.call('tongliao-drafter', `GET /submissions/${id}/checks`);
    expect((checks.body['missing'] as unknown[]).length).toBe(11);
  });

  test('that is not an object, not JSON, or too deep is refused and changes nothing', async () => {
    const id = await bureau.begin('tongliao', 'demand-survey', '2021');
    const before = await bureau.read('tongliao-drafter', id);
    const attempt = (raw: string) =>
      bureau.call('tongliao-drafter', `POST /submissions/${id}/save`, { raw, ifMatch: before.etag ?? '' });
    expect((await attempt('{"content":')).body['code']).toBe('malformed-body');
    expect((await attempt('[]')).status).toBe(422);
    expect((await attempt('"text"')).status).toBe(422);
    expect((await attempt('null')).status).toBe(422);
    const deep = `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`;
    const answer = await attempt(`{"content":${deep},"filing":{"documentNumber":"","issueDate":""}}`);
    expect(answer.status).toBe(422);
    const huge = await attempt(
      JSON.stringify({
        content: { text: '长'.repeat(200_000) },
        filing: { documentNumber: '', issueDate: '' },
      }),
    );
    expect([huge.status, huge.body['code']]).toEqual([413, 'body-too-large']);
    const infinite = '{"content":{"totalHomes":1e400},"filing":{"documentNumber":"","issueDate":""}}';
    expect((await attempt(infinite)).body['errors']).toMatchObject([{ pointer: '/content/totalHomes' }]);
    expect((await bureau.read('tongliao-drafter', id)).etag).toBe(before.etag);
  });

  test('above the remaining target wants an explanation, which the reviewers then see', async () => {
    const { content } = sampleOfKind('annual-plan');
    const target = await bureau.prepare('hohhot', 'five-year-target', 'signed');
    await bureau.take('hohhot-publisher', target, 'publish');
    const id = await bureau.begin('hohhot', 'annual-plan', '2021');
    const large = {
      ...content,
      totalHomes: 1200,
      byMode: { newBuild: 1200, conversion: 0, renovation: 0, other: 0 },
      byCounty: [{ county: '150102', homes: 1200 }],
    };
    await bureau.save('hohhot', id, large);
    await bureau.upload('hohhot-drafter', id, 'plan-document');
    const refused = await bureau.step('hohhot-drafter', id, 'send-to-check');
    expect(codes(refused)).toEqual(['plan-above-remaining-target /explanations/plan-above-remaining-target']);

    await bureau.save('hohhot', id, large, {
      explanations: { 'plan-above-remaining-target': '提前筹集两年任务' },
    });
    await bureau.send('hohhot', id, 'signed');
    const seen = await bureau.read('housing-lead', id);
    expect(seen.body['current']).toMatchObject({
      explanations: { 'plan-above-remaining-target': '提前筹集两年任务' },
    });
  });
});

describe('four eyes', () => {
  test('one person with every role may draft but neither check nor sign', async () => {
    const { content, period } = sampleOfKind('demand-survey');
    const created = await bureau.call('wuhai-clerk', 'POST /submissions', {
      body: { kind: 'demand-survey', period },
    });
    const id = String(created.body['id']);
    await bureau.take('wuhai-clerk', id, 'save', {
      content,
      filing: {
        documentNumber: '乌海政发〔2021〕1号',
        issueDate: '2021-10-11',
        contact: { name: '李演示', phone: '13900000000' },
      },
    });
    await bureau.take('wuhai-clerk', id, 'send-to-check');
    const own = await bureau.step('wuhai-clerk', id, 'pass-check');
    expect([own.status, own.body['code']]).toEqual([403, 'same-person']);
    await bureau.take('wuhai-checker', id, 'pass-check');
    const signed = await bureau.step('wuhai-clerk', id, 'sign');
    expect([signed.status, signed.body['code']]).toEqual([403, 'same-person']);
    expect((await bureau.take('wuhai-signatory', id, 'sign'))['state']).toBe('submitted');
  });

  test('a person with several roles has one desk, by due date, page by page', async () => {
    const { content, period } = sampleOfKind('annual-plan');
    await bureau.call('housing-supervisor', 'POST /obligations', {
      body: {
        notice: '演通〔2021〕2号',
        clause: 'S-07',
        cities: ['150300'],
        items: [{ kind: 'annual-plan', period }],
        dueBefore: '2021-10-31T16:00:00.000Z',
        satisfiedBy: 'submitted',
      },
    });
    const id = await bureau.begin('wuhai', 'annual-plan', period);
    await bureau.save('wuhai', id, content);
    await bureau.upload('wuhai-drafter', id, 'plan-document');
    await bureau.send('wuhai', id, 'checking');
    await bureau.begin('wuhai', 'development-plan', '2021-2025');
    const lines: Json[] = [];
    let cursor = '';
    do {
      const page = await bureau.call('wuhai-clerk', `GET /desk?limit=1${cursor}`);
      lines.push(...(page.body['items'] as Json[]));
      cursor = nextPage(page);
    } while (cursor);
    expect(lines.map(({ role, task, due }) => [role, task, due])).toEqual([
      ['drafter', 'fulfil', '2021-10-31'],
      ['checker', 'check', undefined],
      ['drafter', 'finish-draft', undefined],
    ]);
  });
});

describe('sending back and recalling', () => {
  test('the checker sends back with a reason that only his own office reads', async () => {
    const id = await bureau.prepare('baotou', 'policy-measures', 'checking');
    const empty = await bureau.step('baotou-checker', id, 'send-back', { reason: ' ' });
    expect(empty.status).toBe(422);
    expect((await bureau.take('baotou-checker', id, 'send-back', { reason: '文号不对' }))['state']).toBe(
      'draft',
    );
    await bureau.send('baotou', id, 'signing');
    await bureau.take('baotou-signatory', id, 'refuse-signature', { reason: '标题再议' });
    await bureau.send('baotou', id, 'signed');
    const own = (await bureau.read('baotou-drafter', id)).body['papers'] as Json[];
    expect(own.map(({ body }) => (body as Json)['reason'])).toEqual(['文号不对', '标题再议']);
    expect((await bureau.read('housing-lead', id)).body['papers']).toEqual([]);
  });

  test.each([
    ['send-to-check', 'checking', 'drafter', 'draft'],
    ['pass-check', 'signing', 'checker', 'checking'],
    ['sign', 'signed', 'signatory', 'signing'],
  ] as const)('%s is recalled by its doer', async (_action, upTo, role, back) => {
    const id = await bureau.prepare('hulunbuir', 'five-year-target', upTo);
    for (const other of ['drafter', 'checker', 'signatory'].filter((one) => one !== role)) {
      const answer = await bureau.step(`hulunbuir-${other}`, id, 'recall');
      expect(answer.body['code'], other).toBe('nothing-to-recall');
    }
    const recalled = await bureau.take(`hulunbuir-${role}`, id, 'recall');
    expect(recalled['state']).toBe(back);
    expect(recalled['receivedAt']).toBeUndefined();
    const twice = await bureau.step(`hulunbuir-${role}`, id, 'recall');
    expect(twice.status).toBe(409);
    // What was recalled does not exist for the region.
    expect((await bureau.read('housing-lead', id)).status).toBe(404);
    await bureau.take('hulunbuir-signatory', id, 'withdraw', { reason: '演示结束' });
  });

  test('a signature is not recalled once the region accepted it; the acceptance is, while nobody opined', async () => {
    const id = await bureau.prepare('hinggan', 'five-year-target', 'signed');
    await bureau.take('housing-lead', id, 'accept');
    expect((await bureau.step('hinggan-signatory', id, 'recall')).body['code']).toBe('nothing-to-recall');
    expect((await bureau.take('housing-lead', id, 'recall'))['state']).toBe('submitted');
    const clock = await bureau.call('housing-lead', `GET /submissions/${id}/clock`);
    expect((clock.body['clocks'] as Json[]).map(({ name, status }) => [name, status])).toEqual([
      ['acceptance', 'running'],
    ]);
    await bureau.take('housing-lead', id, 'accept');
    await bureau.take('ndrc-reviewer', id, 'opine', { verdict: 'agree' });
    expect((await bureau.step('housing-lead', id, 'recall')).status).toBe(409);
    expect((await bureau.take('ndrc-reviewer', id, 'recall'))['state']).toBe('in-review');
    expect((await bureau.read('housing-lead', id)).body['opinions']).toEqual([]);
  });

  test('a second click on the same step is answered as wrong state, or with the first answer under the same key', async () => {
    const id = await bureau.prepare('xilingol', 'five-year-target', 'draft');
    const { etag } = await bureau.read('xilingol-drafter', id);
    const call = { body: {}, ifMatch: etag ?? '', key: 'one-click' };
    const first = await bureau.call('xilingol-drafter', `POST /submissions/${id}/send-to-check`, call);
    const again = await bureau.call('xilingol-drafter', `POST /submissions/${id}/send-to-check`, call);
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
    const other = await bureau.step('xilingol-drafter', id, 'send-to-check');
    expect(other.body['code']).toBe('wrong-state');
    expect(other.body['detail']).toContain('可进行的操作：撤回上一步');
    const history = await bureau.call('xilingol-drafter', `GET /submissions/${id}/history`);
    const types = (history.body['items'] as Json[]).map(({ type }) => type);
    expect(types.filter((type) => type === 'submission.sent-to-check')).toHaveLength(1);
  });
});
