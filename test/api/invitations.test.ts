/**
 * A reviewer without an account: invited by the lead of the joint review, reached on his own phone. Nothing of his link says
 * anything to anybody else.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../shared/adapters/dynamodb/keys.ts';
import { Bureau, type Answer } from '../support/bureau.ts';
import {
  askToInvite,
  codeOf,
  freshPhone,
  invited,
  lastMessage,
  listed,
  look,
  openedBy,
  openWith,
  saidBy,
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
async function revoke(id: string, number: number): Promise<Answer> {
  const one = (await listed(bureau, id)).find((line) => line['number'] === number);
  return bureau.call('xincheng-lead', `POST /submissions/${id}/invitations/${number}/revoke`, {
    body: {},
    ifMatch: `"${String(one?.['revision'])}"`,
  });
}

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
    const [line] = await listed(bureau, filing);
    expect(line).toMatchObject({ number: 1, link: 'sent', official: { name: '苏**' } });
    expect(JSON.stringify(line)).not.toMatch(/sealed|token|苏日娜/);
  });

  test('keeps neither link nor number nor name in the table, and nothing of them in the log', async () => {
    const one = await invited(bureau, filing, { department: 'POWER' });
    const code = await codeOf(bureau, one);
    const session = String((await openWith(bureau, one.token, { code })).body['session']);
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
    expect(saidBy(await bureau.call('housing-lead', path, { body }))).toEqual([403, 'not-allowed']);
    expect((await bureau.call('housing-lead', `GET /submissions/${filing}/invitations`)).status).toBe(403);
    expect(saidBy(await askToInvite(bureau, filing, { department: 'TAX' }))).toEqual([
      409,
      'invitation-open',
    ]);
    expect(saidBy(await askToInvite(bureau, filing, { department: 'HOUSING' }))).toEqual([
      409,
      'opinion-not-asked',
    ]);
    await bureau.take('xincheng-ndrc', filing, 'opine', { verdict: 'agree' });
    expect(saidBy(await askToInvite(bureau, filing, { department: 'NDRC' }))).toEqual([
      409,
      'opinion-not-asked',
    ]);
    const submitted = await bureau.recognition('submitted');
    expect(saidBy(await askToInvite(bureau, submitted))).toEqual([409, 'wrong-state']);
  });

  test('nobody sits on both sides: not the filing’s contact, and not who invites', async () => {
    // As `Bureau.save` has it.
    expect(saidBy(await askToInvite(bureau, filing, { phone: '13800001234' }))).toEqual([
      422,
      'invited-party',
    ]);
    const phone = freshPhone();
    const own = { locale: 'zh-CN', delivery: 'daily', phone };
    expect((await bureau.call('xincheng-lead', 'PUT /me/preferences', { body: own })).status).toBe(200);
    expect(saidBy(await askToInvite(bureau, filing, { phone }))).toEqual([422, 'invited-party']);
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
    const answer = await look(bureau, one.token);
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
    expect(saidBy(await revoke(other, ended.number))).toEqual([409, 'invitation-ended']);
  });

  test('a wrong code five times spends the code, also at once, and the right one is no use then', async () => {
    const who = await invited(bureau, await bureau.recognition('in-review'));
    const code = await codeOf(bureau, who);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const first = await openWith(bureau, who.token, { code: wrong });
    expect(saidBy(first)).toEqual([403, 'code-wrong']);
    expect(first.body['detail']).toContain('还可尝试4次');
    const answers = await Promise.all(
      [...four, 5, 6].map(() => openWith(bureau, who.token, { code: wrong })),
    );
    const counted = answers.filter(({ body }) => body['code'] === 'code-wrong');
    expect(counted).toHaveLength(4);
    for (const { status } of answers) expect([403, 409, 503]).toContain(status);
    expect(saidBy(await openWith(bureau, who.token, { code }))).toEqual([409, 'code-ended']);
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
    expect(saidBy(await openWith(bureau, who.token, { code }))).toEqual([409, 'code-ended']);
  });

  test('gives three codes an hour, each for ten minutes', async () => {
    const who = await invited(bureau, await bureau.recognition('in-review'));
    const ask = (): Promise<Answer> =>
      bureau.call(undefined, `POST /invitations/${who.token}/code`, { body: {} });
    const answers = await Promise.all([...four, 5].map(ask));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const { status } of answers.filter((one) => one.status !== 201))
      expect([429, 503]).toContain(status);
    expect(saidBy(await ask())).toEqual([429, 'too-many-codes']);
    expect((await ask()).body['detail']).toContain('每小时至多3次');
  });
});
