/** An official without an account: what he reads on his phone, and what he does with his link. */
import type { Answer, Bureau, Json } from './bureau.ts';

export interface Invited {
  readonly number: number;
  readonly token: string;
  readonly phone: string;
}

let phones = 0;

/** A number of his own for each, so that nobody reads another's messages. */
export function freshPhone(): string {
  phones += 1;
  return `139${String(10_000_000 + phones)}`;
}

export function askToInvite(bureau: Bureau, id: string, more: Json = {}): Promise<Answer> {
  const body = { department: 'FIRE', name: '苏日娜', phone: freshPhone(), ...more };
  return bureau.call('xincheng-lead', `POST /submissions/${id}/invitations`, { body });
}

/** Invited, and the link has come by text message. */
export async function invited(bureau: Bureau, id: string, more: Json = {}): Promise<Invited> {
  const phone = freshPhone();
  const answer = await askToInvite(bureau, id, { phone, ...more });
  if (answer.status !== 201) throw new Error(`Not invited: ${answer.status} ${answer.text}`);
  await bureau.platform.drain();
  const token = /\/invitations\/([\w-]{43})$/.exec(lastMessage(bureau, phone))?.[1] ?? '';
  return { number: Number(answer.body['number']), token, phone };
}

/** The newest message on a phone. */
export function lastMessage(bureau: Bureau, phone: string): string {
  return bureau.platform.mailbox.sms().find(({ to }) => to === phone)?.text ?? '';
}

/** A code as it comes. */
export async function codeOf(bureau: Bureau, { token, phone }: Invited): Promise<string> {
  const asked = await bureau.call(undefined, `POST /invitations/${token}/code`, { body: {} });
  if (asked.status !== 201) throw new Error(`No code: ${asked.status} ${asked.text}`);
  await bureau.platform.drain();
  return /验证码(\d{6})/.exec(lastMessage(bureau, phone))?.[1] ?? '';
}

export async function openedBy(bureau: Bureau, who: Invited): Promise<Answer> {
  return openWith(bureau, who.token, { code: await codeOf(bureau, who) });
}

export async function sessionOf(bureau: Bureau, who: Invited): Promise<string> {
  const opened = await openedBy(bureau, who);
  if (opened.status !== 201) throw new Error(`Not opened: ${opened.status} ${opened.text}`);
  return String(opened.body['session']);
}

export function answerOf(
  bureau: Bureau,
  { token }: Invited,
  session: string,
  opinion: Json = { verdict: 'agree' },
  key?: string,
): Promise<Answer> {
  return bureau.call(undefined, `POST /invitations/${token}/answer`, {
    body: { session, opinion },
    ...(key === undefined ? {} : { key }),
  });
}

/** What the link says before the code: in one line, what it is about. */
export function look(bureau: Bureau, token: string): Promise<Answer> {
  return bureau.call(undefined, `GET /invitations/${token}`);
}

/** @param body a code, or the session that one has opened */
export function openWith(bureau: Bureau, token: string, body: Json): Promise<Answer> {
  return bureau.call(undefined, `POST /invitations/${token}/open`, { body });
}

/** The filing's invitations, as its lead sees them. */
export async function listed(bureau: Bureau, id: string): Promise<Json[]> {
  const { body } = await bureau.call('xincheng-lead', `GET /submissions/${id}/invitations`);
  return body['items'] as Json[];
}

/** Status and code of an answer: what a refusal is known by. */
export function saidBy({ status, body }: Answer): (string | number | undefined)[] {
  return [status, body['code'] as string];
}
