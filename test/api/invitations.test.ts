/**
 * A reviewer without an account: invited by the lead of the joint review, reached on his own phone, shown one version under a
 * watermark, heard once. Nothing of his link says anything to anybody else.
 */
import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../shared/adapters/dynamodb/keys.ts';
import { Bureau, type Answer, type Json } from '../support/bureau.ts';
import {
  answerOf,
  askToInvite,
  codeOf,
  freshPhone,
  invited,
  lastMessage,
  openedBy,
  sessionOf,
  type Invited,
} from '../support/invited.ts';

let bureau: Bureau;
let filing: string;
const log: string[] = [];
const four = [1, 2, 3, 4];

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00', { log: (text) => log.push(text) });
  await bureau.annualPlan(100_000);
  filing = await bureau.recognition('in-review');
}, 120_000);
afterAll(() => bureau.close());

const at = (answer: Answer): (string | number | undefined)[] => [
  answer.status,
  answer.body['code'] as string,
];
const look = (token: string): Promise<Answer> => bureau.call(undefined, `GET /invitations/${token}`);
const openWith = (token: string, body: Json): Promise<Answer> =>
  bureau.call(undefined, `POST /invitations/${token}/open`, { body });

async function listed(id: string): Promise<Json[]> {
  const { body } = await bureau.call('xincheng-lead', `GET /submissions/${id}/invitations`);
  return body['items'] as Json[];
}

async function revoke(id: string, number: number): Promise<Answer> {
  const one = (await listed(id)).find((line) => line['number'] === number);
  return bureau.call('xincheng-lead', `POST /submissions/${id}/invitations/${number}/revoke`, {
    body: {},
    ifMatch: `"${String(one?.['revision'])}"`,
  });
}

const opinionsOf = async (id: string): Promise<unknown> =>
  (await bureau.read('xincheng-lead', id)).body['opinions'];

/** Everything that lies in the table, as text. */
function tableText(): string {
  const { engines, assembly } = bureau.platform;
  return JSON.stringify(engines.table.execute('Scan', { TableName: assembly.output('TableName') }));
}

describe('inviting', () => {
  test('reaches the official by text message; the lead sees that it was sent, and no more', async () => {
    const phone = freshPhone();
    const answer = await askToInvite(bureau, filing, { department: 'TAX', phone });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body).toMatchObject({
      number: 1,
      office: '150102-TAX',
      official: { name: '苏**', phone: `139****${phone.slice(-4)}` },
      state: 'sent',
      standing: 'open',
      link: 'waiting',
      // Five days, since the department's fifteen working days end later.
      validUntil: expect.stringMatching(/^2021-10-17T01:0\d:/) as string,
    });
    await bureau.platform.drain();
    expect(lastMessage(bureau, phone)).toMatch(
      /^【安居】新城区住房和城乡建设部门邀请您代表新城区税务部门出具联审意见，2021-10-17 09:0\d前有效，请勿转发：http\S+\/invitations\/[\w-]{43}$/,
    );
    const [line] = await listed(filing);
    expect(line).toMatchObject({ number: 1, link: 'sent', official: { name: '苏**' } });
    expect(JSON.stringify(line)).not.toMatch(/sealed|token|苏日娜/);
  });

  test('keeps neither link nor number nor name in the table, and nothing of them in the log', async () => {
    const one = await invited(bureau, filing, { department: 'POWER' });
    const code = await codeOf(bureau, one);
    const session = String((await openWith(one.token, { code })).body['session']);
    expect(session).toMatch(/^[\w-]{43}$/);
    const kept = tableText();
    for (const secret of [one.token, one.phone, '苏日娜', session]) expect(kept).not.toContain(secret);
    for (const secret of [one.token, one.phone, '苏日娜', session, code])
      expect(log.join('')).not.toContain(secret);
    expect(log.join('')).toContain('POST /invitations/{token}/open');
    expect((await revoke(filing, one.number)).status).toBe(200);
    // What has ended keeps no cipher either.
    const { Item: ended } = bureau.platform.engines.table.execute('GetItem', {
      TableName: bureau.platform.assembly.output('TableName'),
      Key: Object.fromEntries(
        Object.entries(keys.invitation(filing, one.number)).map(([name, S]) => [name, { S: String(S) }]),
      ),
    }) as { Item: unknown };
    expect(JSON.stringify(ended)).toContain('revoked');
    expect(JSON.stringify(ended)).not.toMatch(/sealed|salt|"session"/);
  });

  test('is the lead’s alone, of a department whose opinion is wanted, and once at a time', async () => {
    const body = { department: 'NATRES', name: '苏日娜', phone: freshPhone() };
    const path = `POST /submissions/${filing}/invitations`;
    expect((await bureau.call('xincheng-natres', path, { body })).status).toBe(403);
    expect(at(await bureau.call('housing-lead', path, { body }))).toEqual([403, 'not-allowed']);
    expect((await bureau.call('housing-lead', `GET /submissions/${filing}/invitations`)).status).toBe(403);
    expect(at(await askToInvite(bureau, filing, { department: 'TAX' }))).toEqual([409, 'invitation-open']);
    expect(at(await askToInvite(bureau, filing, { department: 'HOUSING' }))).toEqual([
      409,
      'opinion-not-asked',
    ]);
    await bureau.take('xincheng-ndrc', filing, 'opine', { verdict: 'agree' });
    expect(at(await askToInvite(bureau, filing, { department: 'NDRC' }))).toEqual([409, 'opinion-not-asked']);
    const submitted = await bureau.recognition('submitted');
    expect(at(await askToInvite(bureau, submitted))).toEqual([409, 'wrong-state']);
  });

  test('nobody sits on both sides: not the filing’s contact, and not who invites', async () => {
    // As `Bureau.save` has it.
    expect(at(await askToInvite(bureau, filing, { phone: '13800001234' }))).toEqual([422, 'invited-party']);
    const phone = freshPhone();
    const own = { locale: 'zh-CN', delivery: 'daily', phone };
    expect((await bureau.call('xincheng-lead', 'PUT /me/preferences', { body: own })).status).toBe(200);
    expect(at(await askToInvite(bureau, filing, { phone }))).toEqual([422, 'invited-party']);
  });

  test('four times at once is one invitation', async () => {
    const body = { department: 'MARKET', name: '苏日娜', phone: freshPhone() };
    const path = `POST /submissions/${filing}/invitations`;
    const answers = await Promise.all(four.map(() => bureau.call('xincheng-lead', path, { body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const key = 'invite-once';
    const other = { ...body, department: 'ECOLOGY' };
    const twins = await Promise.all(four.map(() => bureau.call('xincheng-lead', path, { body: other, key })));
    expect(twins.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
  });
});

describe('the link', () => {
  let one: Invited;
  beforeAll(async () => {
    one = await invited(bureau, filing);
  });

  test('says what it is about in one line, and nothing that is in the filing', async () => {
    const answer = await look(one.token);
    expect(answer.body).toEqual({
      number: one.number,
      about: {
        zh: '新城区人民政府2021-10-12收到的“项目认定申请”',
        en: expect.stringContaining('received 2021-10-12') as string,
      },
      department: { zh: '新城区消防救援部门', en: expect.any(String) as string },
      phone: `139****${one.phone.slice(-4)}`,
      state: 'sent',
      standing: 'open',
      standingText: { zh: '可以使用', en: 'can be used' },
      validUntil: expect.stringMatching(/^2021-10-17T01:0\d:/) as string,
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('that is wrong, misspelt or revoked finds nothing, in the same words', async () => {
    const other = await bureau.recognition('in-review');
    const ended = await invited(bureau, other);
    expect((await revoke(other, ended.number)).body).toMatchObject({ state: 'revoked', standing: 'gone' });
    const answers: string[] = [];
    for (const token of ['A'.repeat(43), 'x', `${one.token}x`, ended.token]) {
      for (const [call, body] of [
        [`GET /invitations/${token}`, undefined],
        [`POST /invitations/${token}/code`, {}],
        [`POST /invitations/${token}/open`, { code: '123456' }],
        [`POST /invitations/${token}/answer`, { session: 'A'.repeat(43), opinion: { verdict: 'agree' } }],
      ] as const) {
        const answer = await bureau.call(undefined, call, { ...(body ? { body } : {}) });
        expect(answer.status, call).toBe(404);
        const { correlationId: _own, instance, ...same } = answer.body;
        expect(instance).toContain('{token}');
        answers.push(JSON.stringify(same));
      }
    }
    expect(new Set(answers).size).toBe(1);
    expect(at(await revoke(other, ended.number))).toEqual([409, 'invitation-ended']);
  });

  test('a wrong code five times spends the code, also at once, and the right one is no use then', async () => {
    const who = await invited(bureau, await bureau.recognition('in-review'));
    const code = await codeOf(bureau, who);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const first = await openWith(who.token, { code: wrong });
    expect(at(first)).toEqual([403, 'code-wrong']);
    expect(first.body['detail']).toContain('还可尝试4次');
    const answers = await Promise.all([...four, 5, 6].map(() => openWith(who.token, { code: wrong })));
    const counted = answers.filter(({ body }) => body['code'] === 'code-wrong');
    expect(counted).toHaveLength(4);
    for (const { status } of answers) expect([403, 409, 503]).toContain(status);
    expect(at(await openWith(who.token, { code }))).toEqual([409, 'code-ended']);
    // Another code opens it all the same.
    expect((await openedBy(bureau, who)).status).toBe(201);
  });

  test('a wrong guess sent again under its key is the same guess', async () => {
    const who = await invited(bureau, await bureau.recognition('in-review'));
    const code = await codeOf(bureau, who);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const call = `POST /invitations/${who.token}/open`;
    for (const _time of four) {
      const again = await bureau.call(undefined, call, { body: { code: wrong }, key: 'one' });
      expect(again.body['detail']).toContain('还可尝试4次');
    }
    // And the right one, under its own key, opens the same session twice.
    const twins = [1, 2].map(() => bureau.call(undefined, call, { body: { code }, key: 'two' }));
    const [a, b] = await Promise.all(twins);
    expect([a?.status, b?.status]).toEqual([201, 201]);
    expect(a?.body['session']).toBe(b?.body['session']);
    // Used up: under another key it opens nothing.
    expect(at(await openWith(who.token, { code }))).toEqual([409, 'code-ended']);
  });

  test('gives three codes an hour, each for ten minutes', async () => {
    const who = await invited(bureau, await bureau.recognition('in-review'));
    const ask = (): Promise<Answer> =>
      bureau.call(undefined, `POST /invitations/${who.token}/code`, { body: {} });
    const answers = await Promise.all([...four, 5].map(ask));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const { status } of answers.filter((one) => one.status !== 201))
      expect([429, 503]).toContain(status);
    expect(at(await ask())).toEqual([429, 'too-many-codes']);
    expect((await ask()).body['detail']).toContain('每小时至多3次');
  });
});

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
    const again = await openWith(one.token, { session: opened.body['session'] });
    expect(again.status).toBe(201);
    expect(at(await openWith(one.token, { session: 'A'.repeat(43) }))).toEqual([403, 'session-ended']);
    expect((await listed(id))[0]).toMatchObject({ state: 'opened', codesAsked: 1 });
  });

  test('takes one opinion, in the invitation’s name, with its conditions; the second is refused', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const session = await sessionOf(bureau, one);
    const opinion = {
      verdict: 'agree-with-conditions',
      conditions: [{ text: '疏散宽度不小于1.4米', subject: 'fire', before: 'letting' }],
    };
    expect(at(await answerOf(bureau, one, 'A'.repeat(43), opinion))).toEqual([403, 'session-ended']);
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
    expect((await listed(id))[0]).toMatchObject({ state: 'answered', opinion: entry?.['number'] });

    // The same request again hears the same; another is one too many; nobody takes it back.
    expect((await answerOf(bureau, one, session, opinion, 'given')).status).toBe(201);
    expect(at(await answerOf(bureau, one, session, { verdict: 'agree' }))).toEqual([
      409,
      'invitation-answered',
    ]);
    expect(at(await openWith(one.token, { code: '123456' }))).toEqual([409, 'invitation-answered']);
    expect((await look(one.token)).body).toMatchObject({ state: 'answered', standing: 'answered' });
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
        expect([...at(answer)]).toEqual([409, 'invitation-answered']);
      expect(await opinionsOf(id)).toEqual([{ office: '150102-FIRE', verdict: 'agree', version: 1 }]);
    }
  });

  test('is overtaken by the department itself, and says so', async () => {
    const id = await bureau.recognition('in-review');
    const one = await invited(bureau, id);
    const session = await sessionOf(bureau, one);
    await bureau.take('xincheng-fire', id, 'opine', { verdict: 'agree' });
    expect(at(await answerOf(bureau, one, session))).toEqual([409, 'opinion-not-asked']);
    expect(at(await openWith(one.token, { session }))).toEqual([409, 'opinion-not-asked']);
    expect((await listed(id))[0]).toMatchObject({ state: 'opened', standing: 'overtaken' });
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
    expect(at(outdated)).toEqual([409, 'invitation-outdated']);
    expect(outdated.body['detail']).toContain('版本不再有效');
    const { body } = await bureau.read('company-drafter', id);
    const { content } = body['current'] as { content: Json };
    await bureau.save('company', id, {
      ...content,
      project: { ...(content['project'] as Json), name: '另一名称青年公寓' },
    });
    await bureau.send('company', id, 'signed');
    await bureau.take('xincheng-lead', id, 'accept');
    expect(at(await answerOf(bureau, one, session))).toEqual([409, 'invitation-outdated']);
    expect((await look(one.token)).body).toMatchObject({ standing: 'outdated' });
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
    expect(at(await answerOf(bureau, one, session))).toEqual([409, 'opinion-not-asked']);
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
    expect(at(await openWith(one.token, { code: late }))).toEqual([409, 'code-ended']);
    const session = await sessionOf(bureau, one);
    await forward(30);
    expect(at(await answerOf(bureau, one, session))).toEqual([403, 'session-ended']);
    expect(at(await openWith(one.token, { session }))).toEqual([403, 'session-ended']);

    const fresh = await sessionOf(bureau, one);
    await bureau.until('2021-10-17T12:00:00+08:00');
    expect((await look(one.token)).status).toBe(404);
    expect((await answerOf(bureau, one, fresh)).status).toBe(404);
    expect((await listed(id))[0]).toMatchObject({ state: 'opened', standing: 'gone' });
    await bureau.until('2021-10-18T01:00:00+08:00');
    expect((await listed(id))[0]).toMatchObject({ state: 'expired', standing: 'gone' });
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
