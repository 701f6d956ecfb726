import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, test } from 'vitest';
import { signatureOf, smsWebhook } from './sms-webhook.ts';
import { smtpMailer } from './smtp.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe('mail over SMTP', () => {
  /** @param answer a status for the recipient, as a server gives it; 0: taken */
  async function serverWith(answer = 0): Promise<{ url: string; raw: Buffer[] }> {
    const raw: Buffer[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo(_address, _session, done) {
        done(
          answer === 0
            ? null
            : Object.assign(new Error('person@example.cn: no such user'), { responseCode: answer }),
        );
      },
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          raw.push(Buffer.concat(chunks));
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    closing.push(() => server.close());
    return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, raw };
  }
  const mail = {
    subject: '【催报】锡林郭勒盟行政公署：年度建设计划，还有5个工作日',
    text: '正文：喆堃\n',
    html: '<p>正文：喆堃</p>',
  };

  test('arrives as it was written, in Chinese, under the name that its key gives', async () => {
    const { url, raw } = await serverWith();
    expect(
      await smtpMailer(url, 'notice@anju.example.cn').send('person@example.cn', mail, 'k1', ['t1', 't2']),
    ).toEqual({
      outcome: 'sent',
    });
    const read = await simpleParser(raw[0] ?? '');
    expect([read.subject, read.text, read.messageId]).toEqual([
      mail.subject,
      mail.text,
      '<k1@anju.example.cn>',
    ]);
    expect(read.headers.get('auto-submitted')).toBe('auto-generated');
    expect(read.headers.get('x-correlation-id')).toBe('t1, t2');
    // Nothing beyond ASCII goes over the wire as it is.
    expect(/^[\x00-\x7f]*$/.test((raw[0] ?? Buffer.alloc(0)).toString('latin1'))).toBe(true);
  });

  test.each([
    [550, { outcome: 'refused', reason: 'smtp-550' }],
    [451, { outcome: 'failed', reason: 'smtp-451' }],
    // The server's own trouble, however finally it says so.
    [554, { outcome: 'failed', reason: 'smtp-554' }],
  ])('that the server answers with %d is told apart, without the address', async (status, expected) => {
    const { url } = await serverWith(status);
    expect(await smtpMailer(url, 'notice@anju.example.cn').send('person@example.cn', mail, 'k', [])).toEqual(
      expected,
    );
  });

  test('to a server that is not there fails, and may be tried again', async () => {
    const result = await smtpMailer('smtp://127.0.0.1:1', 'notice@anju.example.cn').send(
      'person@example.cn',
      mail,
      'k',
      [],
    );
    expect(result.outcome).toBe('failed');
  });
});

describe('text messages through the gateway', () => {
  async function gateway(
    status: number,
  ): Promise<{ url: string; calls: { headers: Record<string, unknown>; body: string }[] }> {
    const calls: { headers: Record<string, unknown>; body: string }[] = [];
    const server: Server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(status).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`, calls };
  }
  const at = '2021-10-22T01:00:00.000Z';

  test('are signed over the instant and the body, and carry their key', async () => {
    const { url, calls } = await gateway(202);
    expect(await smsWebhook(url, 'secret').send('13800000001', '【安居】1项', 'k1', at)).toEqual({
      outcome: 'sent',
    });
    const [call] = calls;
    expect(JSON.parse(call?.body ?? '')).toEqual({ to: '13800000001', text: '【安居】1项', key: 'k1', at });
    expect(call?.headers).toMatchObject({
      'idempotency-key': 'k1',
      'x-anju-timestamp': at,
      'x-anju-signature': `sha256=${signatureOf('secret', at, call?.body ?? '')}`,
    });
    expect(signatureOf('other', at, call?.body ?? '')).not.toBe(signatureOf('secret', at, call?.body ?? ''));
  });

  test.each([
    [500, 'failed'],
    [429, 'failed'],
    [400, 'refused'],
    [401, 'refused'],
  ])('answered with %d have %s', async (status, outcome) => {
    const { url } = await gateway(status);
    expect((await smsWebhook(url, 'secret').send('1', 'x', 'k', at)).outcome).toBe(outcome);
  });

  test('to a gateway that is not there fail, and may be tried again', async () => {
    expect(await smsWebhook('http://127.0.0.1:1/', 'secret').send('1', 'x', 'k', at)).toEqual({
      outcome: 'failed',
      reason: 'unreachable',
    });
  });
});
