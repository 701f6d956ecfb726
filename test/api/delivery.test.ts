/** Notices on their way: who registered is reached by mail and text message, once, in words that can be read. */
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadMail, ReadSms } from '../../infra/local/dev-mailbox.ts';
import { Bureau, type Answer, type Json } from '../support/bureau.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-15T11:00:00+08:00');
});
afterAll(() => bureau.close());

const mails = (): Promise<readonly ReadMail[]> => bureau.platform.mailbox.mails();
const sms = (): readonly ReadSms[] => bureau.platform.mailbox.sms();

async function lay(cities: string[], kind: string, period = '2021-2025'): Promise<string> {
  const answer = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '内政办发〔2021〕53号',
      clause: 'S-06',
      cities,
      items: [{ kind, period }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy: 'published',
    },
  });
  expect(answer.status, answer.text).toBe(201);
  await bureau.platform.drain();
  return String((answer.body['items'] as Json[])[0]?.['id']);
}

/** With the revision that he has seen, as a portal does. */
async function prefer(user: string, body: Json): Promise<Answer> {
  const { etag } = await bureau.call(user, 'GET /me/preferences');
  const answer = await bureau.call(user, 'PUT /me/preferences', {
    body: { locale: 'zh-CN', delivery: 'at-once', ...body },
    ...(etag ? { ifMatch: etag } : {}),
  });
  expect(answer.status, answer.text).toBe(200);
  return answer;
}

beforeAll(async () => {
  await prefer('baotou-drafter', { mail: 'li.yanshi@baotou.example.cn', phone: '13800000001' });
  await prefer('chifeng-drafter', { mail: 'a@chifeng.example.cn', delivery: 'daily' });
  await prefer('ordos-drafter', { mail: 'four@ordos.example.cn', locale: 'en' });
  const box = await bureau.call('baotou-leader', 'PUT /offices/150200/mailbox', {
    body: { mail: 'office@baotou.example.cn' },
  });
  expect(box.status, box.text).toBe(200);
});

describe('a notice', () => {
  test('laid down late reaches the drafter and the office at once, by mail and by text message', async () => {
    await lay(['150200'], 'five-year-target');
    const sent = await mails();
    expect(sent.map(({ to }) => to).sort()).toEqual([
      'li.yanshi@baotou.example.cn',
      'office@baotou.example.cn',
    ]);
    const mail = sent.find(({ to }) => to.startsWith('li'));
    expect(mail?.subject).toBe('【催报】包头市人民政府1项报送义务，最近一项还有10个工作日');
    const lines = mail?.text.split('\n') ?? [];
    expect(lines.slice(0, 7)).toEqual([
      '包头市人民政府拟稿人：',
      '',
      '1. 包头市人民政府：五年建设目标（2021-2025）须于2021-10-31前（含当日）完成，还有10个工作日。依据内政办发〔2021〕53号（S-06）。',
      '',
      `请登录平台查看并办理：${bureau.platform.url}/dev/inbox/2021-10-15`,
      '',
      '本邮件由内蒙古自治区保障性租赁住房管理服务平台自动发送，请勿回复；接收方式可在平台更改。',
    ]);
    expect(mail?.text).toContain('To the drafter of Baotou:');
    expect(mail?.html).toContain(`<a href="${bureau.platform.url}/dev/inbox/2021-10-15">`);
    expect(mail?.text.match(/http/g)).toHaveLength(2);
    expect(sms().map(({ to, text }) => [to, text])).toEqual([
      ['13800000001', '【安居】1项将到期，最近一项还有10个工作日。请登录平台查看通知。'],
    ]);
  });

  test('added to on the same day sends what is new, and only that', async () => {
    const before = (await mails()).length;
    await lay(['150200'], 'policy-measures');
    const sent = (await mails()).slice(0, (await mails()).length - before);
    expect(sent).toHaveLength(2);
    for (const { text } of sent) {
      expect(text).toContain('政策措施');
      expect(text).not.toContain('五年建设目标');
    }
  });

  test('stands in its record: to whom, masked, when, how', async () => {
    const own = await bureau.call('baotou-drafter', 'GET /inbox/2021-10-15/deliveries');
    const items = own.body['items'] as Json[];
    expect(items.map(({ channel, state, to }) => [channel, state, to]).sort()).toEqual([
      ['mail', 'sent', 'l***@baotou.example.cn'],
      ['mail', 'sent', 'l***@baotou.example.cn'],
      ['mail', 'sent', 'o***@baotou.example.cn'],
      ['mail', 'sent', 'o***@baotou.example.cn'],
      ['sms', 'sent', '138****0001'],
      ['sms', 'sent', '138****0001'],
    ]);
    expect((items[0]?.['attempts'] as Json[]).map(({ outcome }) => outcome)).toEqual(['sent']);
    const region = await bureau.call(
      'housing-supervisor',
      'GET /inbox/2021-10-15/deliveries?office=150200&role=drafter',
    );
    expect(region.body['items']).toHaveLength(6);
    const other = await bureau.call(
      'chifeng-drafter',
      'GET /inbox/2021-10-15/deliveries?office=150200&role=drafter',
    );
    expect(other.status).toBe(404);
    expect((await bureau.call('chifeng-drafter', 'GET /inbox/2021-10-15/deliveries')).body).toEqual({
      items: [],
    });
  });

  test('handed on twice is sent once', async () => {
    const before = (await mails()).length;
    const { engines, assembly, clock } = bureau.platform;
    const runtime = (await (await fetch(`${bureau.platform.url}/dev/runtime`)).json()) as {
      credentials: { accessKeyId: string; secretAccessKey: string };
    };
    const s3 = new S3Client({
      endpoint: engines.urls.objects,
      region: 'local-1',
      credentials: runtime.credentials,
      forcePathStyle: true,
      systemClockOffset: clock.now() - Date.now(),
    });
    const Bucket = assembly.output('WorkBucket');
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'delivery/' }));
    expect(listed.Contents?.length).toBeGreaterThan(1);
    for (const { Key = '' } of listed.Contents ?? []) {
      const Body = new Uint8Array(await engines.objects.read(Bucket, Key));
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    }
    await bureau.platform.drain();
    expect((await mails()).length).toBe(before);
  });

  test('for who wants it once a day comes in the morning, all together', async () => {
    await lay(['150400'], 'five-year-target');
    await lay(['150400'], 'policy-measures');
    const to = (all: readonly ReadMail[]) => all.filter(({ to: one }) => one === 'a@chifeng.example.cn');
    // Two notices' worth of one day, ten working days ahead: nobody has to know before the morning.
    expect(to(await mails())).toHaveLength(0);
    await bureau.until('2021-10-16T08:45:00+08:00');
    expect(to(await mails())).toHaveLength(0);
    await bureau.until('2021-10-16T09:01:00+08:00');
    expect(to(await mails())).toHaveLength(1);
    await bureau.until('2021-10-22T09:01:00+08:00');
    const [digest] = to(await mails());
    expect(to(await mails())).toHaveLength(2);
    expect(digest?.text).toContain('五年建设目标');
    expect(digest?.text).toContain('政策措施');
    expect(digest?.subject).toBe('【催报】赤峰市人民政府2项报送义务，最近一项还有5个工作日');
  });

  test('of a duty that is fulfilled before it is sent is not sent', async () => {
    await prefer('hohhot-drafter', { mail: 'h@hohhot.example.cn', delivery: 'daily' });
    const id = await lay(['150100'], 'annual-plan', '2022');
    // The day of a point: nobody is told at once, and the digest waits for the morning.
    const at = `/obligations/${id}`;
    const { etag } = await bureau.call('housing-supervisor', `GET ${at}`);
    await bureau.until('2021-10-23T10:00:00+08:00');
    const sent = (await mails()).filter(({ to }) => to === 'h@hohhot.example.cn').length;
    const waived = await bureau.call('housing-supervisor', `POST ${at}/waive`, {
      body: { reason: '免' },
      ifMatch: etag ?? '',
    });
    expect(waived.status, waived.text).toBe(200);
    await bureau.until('2021-10-30T10:00:00+08:00');
    expect((await mails()).filter(({ to }) => to === 'h@hohhot.example.cn')).toHaveLength(sent);
  });
});

test('while he is away his cover is told as well, and then he alone again; in the language of each', async () => {
  await prefer('ordos-checker', { mail: 'cover@ordos.example.cn' });
  const { body } = await bureau.call('ordos-drafter', 'GET /me/preferences');
  const [cover] = body['colleagues'] as { sub: string }[];
  const leave = await bureau.call('ordos-drafter', 'PUT /me/leave', {
    body: { from: '2021-10-30', to: '2021-11-02', cover: cover?.sub },
  });
  expect(leave.status, leave.text).toBe(200);
  const before = (await mails()).length;
  await lay(['150600'], 'annual-plan', '2021');
  const sent = (await mails()).slice(0, (await mails()).length - before);
  expect(sent.map(({ to }) => to).sort()).toEqual(['cover@ordos.example.cn', 'four@ordos.example.cn']);
  const [inChinese, inEnglish] = [...sent].sort((one, other) => one.to.localeCompare(other.to));
  expect(inChinese?.text).toContain('鄂尔多斯市人民政府拟稿人（您代办）：');
  expect(inEnglish?.subject).toBe('[Reminder] Ordos: 1 duty, the next due in 0 working day(s)');
  expect(inEnglish?.text.indexOf('To the drafter of Ordos')).toBe(0);
  await bureau.call('ordos-drafter', 'DELETE /me/leave');
  await lay(['150600'], 'policy-measures');
  expect((await mails())[0]?.to).toBe('four@ordos.example.cn');
});

test('the pages of the local mailbox show what arrived, and escape it', async () => {
  const page = await fetch(`${bureau.platform.url}/dev/mail`, { headers: { accept: 'text/html' } });
  const html = await page.text();
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(html).toContain('【催报】');
  const data = (await (await fetch(`${bureau.platform.url}/dev/mail`)).json()) as { items: ReadMail[] };
  const one = await fetch(`${bureau.platform.url}/dev/mail/${data.items[0]?.number ?? 0}`, {
    headers: { accept: 'text/html' },
  });
  expect(await one.text()).toContain('依据内政办发〔2021〕53号（S-06）');
  expect((await fetch(`${bureau.platform.url}/dev/mail/9999`)).status).toBe(404);
  const inbox = await fetch(`${bureau.platform.url}/dev/inbox/2021-10-15`);
  expect(await inbox.text()).toContain('baotou-drafter');
  const forged = await fetch(`${bureau.platform.url}/dev/sms`, {
    method: 'POST',
    body: '{}',
    headers: { 'x-anju-signature': 'sha256=0' },
  });
  expect(forged.status).toBe(401);
});
