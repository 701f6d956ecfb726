/**
 * The mail server and the text-message gateway of one machine: what the platform sends stays here, to be read on a page.
 * Mails are kept as they came over the wire; they are taken apart when somebody looks.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { SMTPServer } from 'smtp-server';
import { signatureOf } from '../../shared/adapters/mail/sms-webhook.ts';

export interface ReadMail {
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string;
  readonly messageId: string;
  /** `X-Correlation-Id`: the requests that led to it. */
  readonly correlationId: string;
  readonly text: string;
  readonly html: string;
}

export interface ReadSms {
  readonly number: number;
  readonly to: string;
  readonly text: string;
  readonly key: string;
  readonly at: string;
}

interface Kept {
  readonly raw: Buffer;
  readonly to: string;
}

export class DevMailbox {
  readonly smtpUrl: string;
  /** Shared with the platform by its parameters. */
  readonly smsSecret: string;
  readonly #close: () => Promise<void>;
  readonly #mails: Kept[];
  readonly #sms: ReadSms[];
  readonly #keepMail: (mail: Kept, number: number) => void;
  readonly #keepSms: (all: readonly ReadSms[]) => void;

  private constructor(
    smtpUrl: string,
    smsSecret: string,
    close: () => Promise<void>,
    kept: Pick<Folder, 'mails' | 'sms' | 'keepMail' | 'keepSms'>,
  ) {
    this.smtpUrl = smtpUrl;
    this.smsSecret = smsSecret;
    this.#close = close;
    this.#mails = kept.mails;
    this.#sms = kept.sms;
    this.#keepMail = kept.keepMail;
    this.#keepSms = kept.keepSms;
  }

  /** @param folder where they are kept; absent: in memory */
  static async open(folder: string | undefined, smsSecret: string): Promise<DevMailbox> {
    const taken: { mailbox?: DevMailbox } = {};
    let smtp: Promise<SMTPServer> | undefined;
    // The door stands open from the start; what speaks SMTP is loaded when somebody comes in.
    const door = createServer((socket) => {
      smtp ??= smtpServer((mail) => taken.mailbox?.take(mail));
      void smtp.then((server) => server.server.emit('connection', socket));
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const { port } = door.address() as AddressInfo;
    const close = async (): Promise<void> => {
      (await smtp)?.close();
      await new Promise<void>((resolve) => {
        door.close(() => {
          resolve();
        });
      });
    };
    taken.mailbox = new DevMailbox(`smtp://127.0.0.1:${port}`, smsSecret, close, folderOf(folder));
    return taken.mailbox;
  }

  take(mail: Kept): void {
    this.#mails.push(mail);
    this.#keepMail(mail, this.#mails.length);
  }

  /** What a gateway does: checks the signature, and drops what it has had. */
  takeSms(
    body: string,
    headers: Readonly<Record<string, string | undefined>>,
  ): { status: number; body: unknown } {
    const { 'x-anju-timestamp': at = '', 'x-anju-signature': signature = '' } = headers;
    const wanted = `sha256=${signatureOf(this.smsSecret, at, body)}`;
    if (!sameText(signature, wanted))
      return { status: 401, body: { message: '签名不符 / the signature does not fit' } };
    const { to, text, key } = JSON.parse(body) as ReadSms;
    if (!this.#sms.some((one) => one.key === key)) {
      this.#sms.push({ number: this.#sms.length + 1, to, text, key, at });
      this.#keepSms(this.#sms);
    }
    return { status: 202, body: { key } };
  }

  /** Newest first. */
  async mails(): Promise<readonly ReadMail[]> {
    const all: ReadMail[] = [];
    for (const [index, mail] of this.#mails.entries()) all.unshift(await readMail(mail, index + 1));
    return all;
  }

  async mail(number: number): Promise<ReadMail | undefined> {
    const found = this.#mails[number - 1];
    return found && readMail(found, number);
  }

  sms(): readonly ReadSms[] {
    return [...this.#sms].reverse();
  }

  close(): Promise<void> {
    return this.#close();
  }
}

async function smtpServer(take: (mail: Kept) => void): Promise<SMTPServer> {
  const { SMTPServer: Server } = await import('smtp-server');
  const server = new Server({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
        take({ raw: Buffer.concat(chunks), to });
        done();
      });
    },
  });
  // A client that goes away in the middle is no reason to stop.
  server.on('error', () => undefined);
  return server;
}

async function readMail({ raw, to }: Kept, number: number): Promise<ReadMail> {
  const { simpleParser } = await import('mailparser');
  const { from, subject = '', date, messageId = '', text = '', html, headers } = await simpleParser(raw);
  const thread = headers.get('x-correlation-id');
  return {
    number,
    from: from?.text ?? '',
    to,
    subject,
    date: date?.toISOString() ?? '',
    messageId,
    correlationId: typeof thread === 'string' ? thread : '',
    text,
    html: html || '',
  };
}

interface Folder {
  readonly mails: Kept[];
  readonly sms: ReadSms[];
  keepMail(mail: Kept, number: number): void;
  keepSms(all: readonly ReadSms[]): void;
}

function folderOf(folder: string | undefined): Folder {
  if (folder === undefined)
    return { mails: [], sms: [], keepMail: () => undefined, keepSms: () => undefined };
  mkdirSync(folder, { recursive: true });
  const smsFile = path.join(folder, 'sms.json');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'sms.json');
  return {
    mails: files.sort().map((name): Kept => {
      const { raw, to } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
        raw: string;
        to: string;
      };
      return { raw: Buffer.from(raw, 'base64'), to };
    }),
    sms: existsSync(smsFile) ? (JSON.parse(readFileSync(smsFile, 'utf8')) as ReadSms[]) : [],
    keepMail({ raw, to }, number) {
      const name = `${String(number).padStart(6, '0')}.json`;
      writeFileSync(path.join(folder, name), JSON.stringify({ raw: raw.toString('base64'), to }));
    },
    keepSms(all) {
      writeFileSync(smsFile, JSON.stringify(all));
    },
  };
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
