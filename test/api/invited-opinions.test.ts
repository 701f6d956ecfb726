/** A reviewer without an account, with his code: shown one version under a watermark, heard once, for a time. */
import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, type Answer, type Json } from '../support/bureau.ts';
import {
  answerOf,
  askToInvite,
  codeOf,
  invited,
  listed,
  look,
  openedBy,
  openWith,
  saidBy,
  sessionOf,
} from '../support/invited.ts';

let bureau: Bureau;
const four = [1, 2, 3, 4];

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  await bureau.annualPlan(100_000);
}, 120_000);
afterAll(() => bureau.close());

const opinionsOf = async (id: string): Promise<unknown> =>
  (await bureau.read('xincheng-lead', id)).body['opinions'];

describe('opened with the code', () => {
  test('shows the filing as a reviewer sees it, under the official’s own watermark', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const opened = await openedBy(bureau, one);
    expect(opened.status, opened.text).toBe(201);
    expect(opened.body['watermark']).toEqual({
      text: expect.stringMatching(/^苏日娜　新城区消防救援部门　2021-10-12 09:0\d　第1号邀请$/) as string,
      official: '苏日娜',
      department: '新城区消防救援部门',
      at: expect.any(String) as string,
      invitation: 1,
    });
    const shown = opened.body['filing'] as Json;
    const reviewer = await bureau.read('xincheng-fire', id);
    const { actions: _his, ...seen } = reviewer.body;
    const { actions, ...same } = shown;
    expect(same).toEqual(seen);
    expect(actions).toEqual(['opine']);
    const [file] = opened.body['downloads'] as { document: string; url: string }[];
    const bytes = await fetch(file?.url ?? '');
    expect(bytes.status).toBe(200);
    expect((await bytes.text()).slice(0, 5)).toBe('%PDF-');
    // The session shows it again, with fresh links, without another code.
    const again = await openWith(bureau, one.token, { session: opened.body['session'] });
    expect(again.status).toBe(201);
    expect(saidBy(await openWith(bureau, one.token, { session: 'A'.repeat(43) }))).toEqual([
      403,
      'session-ended',
    ]);
    expect((await listed(bureau, id))[0]).toMatchObject({ state: 'opened', codesAsked: 1 });
  });

  test('takes one opinion, in the invitation’s name, with its conditions; the second is refused', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const session = await sessionOf(bureau, one);
    const opinion = {
      verdict: 'agree-with-conditions',
      conditions: [{ text: '疏散宽度不小于1.4米', subject: 'fire', before: 'letting' }],
    };
    expect(saidBy(await answerOf(bureau, one, 'A'.repeat(43), opinion))).toEqual([403, 'session-ended']);
    expect((await answerOf(bureau, one, session, { verdict: 'disagree' })).status).toBe(422);
    const given = await answerOf(bureau, one, session, opinion, 'given');
    expect(given.status, given.text).toBe(201);
    expect(given.body).toMatchObject({
      state: 'answered',
      verdict: 'agree-with-conditions',
      watermark: { official: '苏日娜' },
    });
    const { body } = await bureau.read('company-drafter', id);
    expect(body['opinions']).toEqual([
      { office: '150102-FIRE', verdict: 'agree-with-conditions', version: 1 },
    ]);
    expect(body['review']).toMatchObject({
      conditions: [{ office: '150102-FIRE', text: '疏散宽度不小于1.4米' }],
    });
    const paper = (body['papers'] as Json[]).find(({ type }) => type === 'opinion');
    expect(paper).toMatchObject({
      office: '150102-FIRE',
      role: 'reviewer',
      body: { invitation: { number: 1, official: '苏**' } },
    });
    const history = await bureau.call('xincheng-lead', `GET /submissions/${id}/history?limit=100`);
    const entry = (history.body['items'] as Json[]).find(({ type }) => type === 'submission.opinion-given');
    expect(entry).toMatchObject({
      by: `invitation:${id}/1`,
      office: '150102-FIRE',
      facts: { invitation: `invitation:${id}/1` },
    });
    expect((await listed(bureau, id))[0]).toMatchObject({ state: 'answered', opinion: entry?.['number'] });

    // The same request again hears the same; another is one too many; nobody takes it back.
    expect((await answerOf(bureau, one, session, opinion, 'given')).status).toBe(201);
    expect(saidBy(await answerOf(bureau, one, session, { verdict: 'agree' }))).toEqual([
      409,
      'invitation-answered',
    ]);
    expect(saidBy(await openWith(bureau, one.token, { code: '123456' }))).toEqual([
      409,
      'invitation-answered',
    ]);
    expect((await look(bureau, one.token)).body).toMatchObject({ state: 'answered', standing: 'answered' });
    const recalled = await bureau.step('xincheng-fire', id, 'recall');
    expect(recalled.status).toBe(409);
    expect((await bureau.step('xincheng-fire', id, 'opine', { verdict: 'agree' })).status).toBe(409);
  });

  test('answered four times at once, under four keys or under one, is one opinion', async () => {
    for (const keyOf of [(n: number) => `answer-${n}`, () => 'answer']) {
      const id = await bureau.recognition('in-review');
      const one = await invited(bureau, id);
      const session = await sessionOf(bureau, one);
      const answers = await Promise.all(
        four.map((n) => answerOf(bureau, one, session, { verdict: 'agree' }, keyOf(n))),
      );
      const sameKey = keyOf(1) === keyOf(2);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(sameKey ? 4 : 1);
      for (const answer of answers.filter(({ status }) => status !== 201))
        expect(saidBy(answer)).toEqual([409, 'invitation-answered']);
      expect(await opinionsOf(id)).toEqual([{ office: '150102-FIRE', verdict: 'agree', version: 1 }]);
    }
  });

  test('is overtaken by the department itself, and says so', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const session = await sessionOf(bureau, one);
    await bureau.take('xincheng-fire', id, 'opine', { verdict: 'agree' });
    expect(saidBy(await answerOf(bureau, one, session))).toEqual([409, 'opinion-not-asked']);
    expect(saidBy(await openWith(bureau, one.token, { session }))).toEqual([409, 'opinion-not-asked']);
    expect((await listed(bureau, id))[0]).toMatchObject({ state: 'opened', standing: 'overtaken' });
    expect(await opinionsOf(id)).toHaveLength(1);
  });

  test('races with the department’s own account, and one of the two speaks', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const session = await sessionOf(bureau, one);
    const { etag } = await bureau.read('xincheng-fire', id);
    const body = { verdict: 'agree' };
    const call = { body, ifMatch: etag ?? '' };
    const answers = await Promise.all([
      answerOf(bureau, one, session),
      bureau.call('xincheng-fire', `POST /submissions/${id}/opine`, call),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(await opinionsOf(id)).toHaveLength(1);
  });

  test('speaks of no version but the one that he was shown: after a correction it is over', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const session = await sessionOf(bureau, one);
    await bureau.take('xincheng-lead', id, 'return', {
      defects: [{ pointer: '/content/project/name', text: '与批复不符' }],
    });
    const outdated = await answerOf(bureau, one, session);
    expect(saidBy(outdated)).toEqual([409, 'invitation-outdated']);
    expect(outdated.body['detail']).toContain('版本不再有效');
    const { body } = await bureau.read('company-drafter', id);
    const { content } = body['current'] as { content: Json };
    await bureau.save('company', id, {
      ...content,
      project: { ...(content['project'] as Json), name: '另一名称青年公寓' },
    });
    await bureau.send('company', id, 'signed');
    await bureau.take('xincheng-lead', id, 'accept');
    expect(saidBy(await answerOf(bureau, one, session))).toEqual([409, 'invitation-outdated']);
    expect((await look(bureau, one.token)).body).toMatchObject({ standing: 'outdated' });
    expect(await opinionsOf(id)).toEqual([]);
    // A new one for the new version does not wait for the end of the old.
    const next = await invited(bureau, id);
    expect((await answerOf(bureau, next, await sessionOf(bureau, next))).status).toBe(201);
    expect(await opinionsOf(id)).toEqual([{ office: '150102-FIRE', verdict: 'agree', version: 2 }]);
  });

  test('waits like its department while a supplement is asked for', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const session = await sessionOf(bureau, one);
    await bureau.take('xincheng-fire', id, 'ask-supplement', { questions: ['疏散图'] });
    expect(saidBy(await answerOf(bureau, one, session))).toEqual([409, 'opinion-not-asked']);
  });
});

describe('on a phone', () => {
  const html = { accept: 'text/html,application/xhtml+xml' };
  /** What its policy lets run is what stands in the page. */
  function heldByPolicy({ text, headers }: Answer): void {
    const [, script = ''] = /<script>([^]*)<\/script>/.exec(text) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(() => new Script(script)).not.toThrow();
    expect(text.match(/<script/g)).toHaveLength(1);
  }

  test('the link is a page that asks for the code, the filing one under his watermark, the end one of thanks', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id, { name: '苏<img src=x>' });
    const at = `/invitations/${one.token}`;
    const first = await bureau.call(undefined, `GET ${at}`, html);
    expect(first.status).toBe(200);
    heldByPolicy(first);
    expect(first.text).toContain('data-step="code"');
    expect(first.text).not.toContain(one.token);

    const body = { code: await codeOf(bureau, one) };
    const shown = await bureau.call(undefined, `POST ${at}/open`, { body, ...html });
    expect(shown.status).toBe(201);
    heldByPolicy(shown);
    const mark = `<span>苏&lt;img src=x&gt;　新城区消防救援部门　`;
    expect(shown.text.split(mark).length).toBeGreaterThan(100);
    expect(shown.text).not.toContain('<img');
    expect(shown.text).toContain('演示·新城区青年公寓项目');
    expect(shown.text).toMatch(/<a href="http[^"]+" rel="noreferrer">fire-design\.pdf<\/a>/);
    const session = /data-session="([\w-]{43})"/.exec(shown.text)?.[1] ?? '';
    const opinion = { verdict: 'agree' };
    const thanks = await bureau.call(undefined, `POST ${at}/answer`, { body: { session, opinion }, ...html });
    expect([thanks.status, thanks.text.includes('意见已收到：<strong>同意</strong>')]).toEqual([201, true]);
    heldByPolicy(thanks);
    const after = await bureau.call(undefined, `GET ${at}`, html);
    expect(after.text).toContain('已出具意见');
    expect(after.text).not.toContain('data-step="open"');

    const wrong = await bureau.call(undefined, `GET /invitations/${'A'.repeat(43)}`, html);
    expect(wrong.status).toBe(404);
    expect(wrong.text).toContain('链接不存在或者已失效');
    // One machine stands in for the portal.
    const led = await fetch(`${bureau.platform.url}/dev${at}`, { headers: html });
    expect(await led.text()).toContain(`url=${at}"`);
  });
});

describe('time', { timeout: 120_000 }, () => {
  test('ends a code after ten minutes, a session after thirty, and the link on its day, in the record too', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const late = await codeOf(bureau, one);
    const forward = (minutes: number): Promise<void> =>
      bureau.until(new Date(bureau.platform.clock.now() + minutes * 60_000).toISOString());
    await forward(10);
    expect(saidBy(await openWith(bureau, one.token, { code: late }))).toEqual([409, 'code-ended']);
    const session = await sessionOf(bureau, one);
    await forward(30);
    expect(saidBy(await answerOf(bureau, one, session))).toEqual([403, 'session-ended']);
    expect(saidBy(await openWith(bureau, one.token, { session }))).toEqual([403, 'session-ended']);

    const fresh = await sessionOf(bureau, one);
    await bureau.until('2021-10-17T12:00:00+08:00');
    expect((await look(bureau, one.token)).status).toBe(404);
    expect((await answerOf(bureau, one, fresh)).status).toBe(404);
    expect((await listed(bureau, id))[0]).toMatchObject({ state: 'opened', standing: 'gone' });
    await bureau.until('2021-10-18T01:00:00+08:00');
    expect((await listed(bureau, id))[0]).toMatchObject({ state: 'expired', standing: 'gone' });
    expect(await opinionsOf(id)).toEqual([]);
  });

  test('of the department’s own limit is not outlived', async () => {
    const id = await bureau.recognition('in-review');
    await bureau.until('2021-11-05T09:00:00+08:00');
    const clock = await bureau.call('xincheng-lead', `GET /submissions/${id}/clock`);
    const opinion = (clock.body['clocks'] as { name: string; due?: string }[]).find(
      ({ name }) => name === 'opinion:150102-FIRE',
    );
    const answer = await askToInvite(bureau, id);
    expect(opinion?.due).toBe('2021-11-08');
    expect(answer.body['validUntil']).toBe('2021-11-08T16:00:00.000Z');
  });
});
