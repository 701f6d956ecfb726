/** What only the local platform serves: its issuer, its clock, and where its engines are. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PlatformClock } from './clock.ts';
import type { Engines } from './engines.ts';
import { closeTo, demoUser, demoUsers } from './identity/demo-users.ts';
import { audience, type Issuer } from './identity/issuer.ts';
import type { DevMailbox } from './dev-mailbox.ts';
import { Disturbance } from './disturbance.ts';
import { inboxPage, invitationRedirect, mailList, mailPage, smsList } from './dev-pages.ts';
import type { Assembly } from './template.ts';

export interface DevDeps {
  readonly issuer: Issuer;
  readonly mailbox: DevMailbox;
  readonly clock: PlatformClock;
  readonly url: string;
  readonly advance: (to: string) => Promise<void>;
  readonly drain: () => Promise<void>;
  /** @throws Error when a function is asked for that is not there */
  readonly disturb: (what: Disturbance) => void;
  readonly engines: Engines;
  readonly assembly: Assembly;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
}

/** The end of what schedules know (ms). */
const lastInstant = Date.UTC(2200, 0);

interface Asked {
  readonly raw: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
}

type Handler = (
  body: Record<string, unknown>,
  asked: Asked,
) => Promise<{ status: number; body: unknown; html?: string }>;

export function devRoutes(deps: DevDeps) {
  const { issuer, mailbox, clock, url, engines, assembly } = deps;
  const runtime = {
    engines: engines.urls,
    credentials: deps.credentials,
    region: deps.region,
    table: assembly.output('TableName'),
    ledger: assembly.output('LedgerBucket'),
    failures: assembly.output('FailuresBucket'),
  };
  const handlers: Record<string, Handler> = {
    'GET /.well-known/openid-configuration': async () => ({
      status: 200,
      body: {
        issuer: url,
        jwks_uri: `${url}/dev/jwks.json`,
        token_endpoint: `${url}/dev/token`,
        id_token_signing_alg_values_supported: ['RS256'],
      },
    }),
    'GET /dev/jwks.json': async () => ({ status: 200, body: issuer.jwks }),
    'GET /dev/users': async () => ({ status: 200, body: { audience, items: demoUsers } }),
    'GET /': async () => ({ status: 200, body: '', html: userPage() }),
    'GET /dev': async () => ({ status: 200, body: '', html: userPage() }),
    'POST /dev/token': async ({ user }) => {
      const found = demoUser(String(user));
      return found
        ? { status: 200, body: await issuer.token(found) }
        : {
            status: 404,
            body: {
              message: `没有这个演示用户 / no such demo user: ${String(user)}`,
              close: closeTo(String(user)),
            },
          };
    },
    'GET /dev/clock': async () => ({ status: 200, body: { now: clock.iso() } }),
    'POST /dev/clock': async ({ to, advanceSeconds }) => {
      const instant = typeof to === 'string' ? Date.parse(to) : clock.now() + Number(advanceSeconds) * 1000;
      if (!(instant <= lastInstant))
        return {
          status: 422,
          body: {
            message: '须给出时刻to或秒数advanceSeconds / an instant (to) or advanceSeconds is wanted',
            now: clock.iso(),
          },
        };
      if (instant < clock.now())
        return {
          status: 422,
          body: { message: '时钟只能向前 / the clock only moves forward', now: clock.iso() },
        };
      await deps.advance(new Date(instant).toISOString());
      return { status: 200, body: { now: clock.iso() } };
    },
    'POST /dev/drain': async () => {
      await deps.drain();
      return { status: 200, body: { now: clock.iso() } };
    },
    'POST /dev/faults': async (body) => {
      const wanted = Disturbance.safeParse(body);
      if (!wanted.success) return { status: 422, body: { message: wanted.error.message } };
      try {
        deps.disturb(wanted.data);
      } catch (error) {
        return { status: 422, body: { message: (error as Error).message } };
      }
      return { status: 200, body: wanted.data };
    },
    'GET /dev/mail': async (_body, { json }) => {
      const items = await mailbox.mails();
      return json ? { status: 200, body: { items } } : { status: 200, body: '', html: mailList(items) };
    },
    'GET /dev/sms': async (_body, { json }) =>
      json
        ? { status: 200, body: { items: mailbox.sms() } }
        : { status: 200, body: '', html: smsList(mailbox.sms()) },
    'POST /dev/sms': async (_body, { raw, headers }) => mailbox.takeSms(raw, headers),
    'GET /dev/runtime': async () => ({ status: 200, body: runtime }),
  };

  /** One mail, by its number; the inbox, on the day that a mail's link names. */
  function mailHandler(at: string): Handler | undefined {
    const day = /^GET \/dev\/inbox(?:\/(\d{4}-\d\d-\d\d))?$/.exec(at);
    if (day) return async () => ({ status: 200, body: '', html: inboxPage(demoUsers, day[1] ?? '') });
    // Where a portal would stand: its links lead to the platform's own page.
    const link = /^GET \/dev\/invitations\/([\w-]{43})$/.exec(at)?.[1];
    if (link !== undefined) return async () => ({ status: 200, body: '', html: invitationRedirect(link) });
    const number = /^GET \/dev\/mail\/(\d{1,6})$/.exec(at)?.[1];
    if (number === undefined) return undefined;
    return async (_body, { json }) => {
      const mail = await mailbox.mail(Number(number));
      if (!mail) return { status: 404, body: { message: '没有这封邮件 / there is no such mail' } };
      return json ? { status: 200, body: mail } : { status: 200, body: '', html: mailPage(mail) };
    };
  }

  /** Whether the request was one of these. */
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const at = `${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
    const handler = handlers[at] ?? mailHandler(at);
    if (!handler) return false;
    const raw = await rawOf(request);
    const asked = {
      raw,
      headers: request.headers as Record<string, string | undefined>,
      // A browser gets a page, a program the data.
      json: !(request.headers.accept ?? '').includes('text/html'),
    };
    const answer = await handler(bodyOf(raw), asked);
    response.writeHead(answer.status, {
      'content-type':
        answer.html === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    });
    response.end(answer.html ?? JSON.stringify(answer.body));
    return true;
  }
  return Object.assign(serve, { runtime });
}

async function rawOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function bodyOf(raw: string): Record<string, unknown> {
  try {
    const body = JSON.parse(raw) as unknown;
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A small page to pick a demo user and copy a token. */
function userPage(): string {
  const options = demoUsers.map(({ id, name }) => `<option value="${id}">${id}　${name}</option>`).join('');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>安居 · 演示用户</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}textarea{width:100%;height:10rem}</style>
<h1>安居 · 演示用户</h1><p>选择演示用户并取得令牌。人员均为虚构。 / Pick a demo user and get a token. Nobody here is real.</p>
<select id="u">${options}</select> <button id="b">取得令牌 / get a token</button><textarea id="t" readonly></textarea>
<p><a href="/openapi.json">openapi.json</a> · <a href="/public/cities">/public/cities</a> · <a href="/public/plans">/public/plans</a> · <a href="/dev/inbox">站内通知 / inbox</a> · <a href="/dev/mail">本机邮箱 / mail</a> · <a href="/dev/sms">本机短信 / text messages</a></p>
<script>b.onclick=async()=>{const r=await fetch('/dev/token',{method:'POST',body:JSON.stringify({user:u.value})});t.value=(await r.json()).access_token}</script></html>`;
}
