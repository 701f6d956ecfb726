/**
 * A client whose types are made from the API's document alone plays the notice's case. The compiler holds every call to the
 * document (it runs before the tests); here the platform is held to what the compiler was told.
 */
import createClient, { type Client } from 'openapi-fetch';
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { paths } from '../../.build/contract/api.d.ts';
import { startPlatform, type Platform } from '../../infra/local/platform.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { sampleOfKind } from '../support/contents.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ port: 0, at: '2021-10-12T09:00:00+08:00' });
});
afterAll(() => platform.close());

async function as(user?: string): Promise<Client<paths>> {
  const headers = user === undefined ? {} : { authorization: `Bearer ${await platform.token(user)}` };
  return createClient<paths>({ baseUrl: platform.url, headers });
}

interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** What was answered, of a call that must succeed. */
async function done<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined) throw new Error(`${response.url} ${response.status} ${JSON.stringify(error)}`);
  return data;
}

const fresh = () => ({ 'Idempotency-Key': randomUUID() });

/** The revision that the caller sees, for the step that he takes next. */
async function seen(user: string, id: string) {
  const { response } = await (await as(user)).GET('/submissions/{id}', { params: { path: { id } } });
  return { params: { path: { id }, header: { ...fresh(), 'If-Match': response.headers.get('etag') ?? '' } } };
}

/** Begun, filled in, with its paper, checked and signed. */
async function file(city: string, kind: 'five-year-target'): Promise<string> {
  const [drafter, checker, signatory] = [`${city}-drafter`, `${city}-checker`, `${city}-signatory`];
  const { period, content, papers } = sampleOfKind(kind);
  const client = await as(drafter);
  const { id } = await done(
    client.POST('/submissions', { params: { header: fresh() }, body: { kind, period } }),
  );
  const filing = {
    documentNumber: '演发〔2021〕1号',
    issueDate: '2021-09-20',
    contact: { name: '王演示', phone: '13800001234' },
  };
  await done(
    client.POST('/submissions/{id}/save', { ...(await seen(drafter, id)), body: { content, filing } }),
  );
  const bytes = await samplePdf.pdf('paper');
  const ticket = await done(
    client.POST('/submissions/{id}/documents', {
      params: { path: { id }, header: fresh() },
      body: {
        paper: papers[0] ?? '',
        fileName: '目标.pdf',
        type: 'pdf',
        length: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('base64'),
      },
    }),
  );
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.upload.fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'file');
  expect((await fetch(ticket.upload.url, { method: 'POST', body: form })).ok).toBe(true);
  await platform.drain();

  const checks = await done(client.GET('/submissions/{id}/checks', { params: { path: { id } } }));
  expect(checks.missing).toEqual([]);
  await done(client.POST('/submissions/{id}/send-to-check', { ...(await seen(drafter, id)), body: {} }));
  await done(
    (await as(checker)).POST('/submissions/{id}/pass-check', { ...(await seen(checker, id)), body: {} }),
  );
  await done(
    (await as(signatory)).POST('/submissions/{id}/sign', { ...(await seen(signatory, id)), body: {} }),
  );
  return id;
}

test('lays down the duties', async () => {
  const laid = await done(
    (await as('housing-supervisor')).POST('/obligations', {
      params: { header: fresh() },
      body: {
        notice: '内政办发〔2021〕53号',
        clause: 'S-06',
        cities: ['150100'],
        items: [{ kind: 'five-year-target', period: '2021-2025' }],
        dueBefore: '2021-10-31T16:00:00.000Z',
        satisfiedBy: 'published',
      },
    }),
  );
  expect(laid.items.map(({ city }) => city)).toEqual(['150100']);
});

test('files for a key city, which publishes by itself (S-06)', async () => {
  const id = await file('hohhot', 'five-year-target');
  const publisher = 'hohhot-publisher';
  await done(
    (await as(publisher)).POST('/submissions/{id}/publish', { ...(await seen(publisher, id)), body: {} }),
  );
  await platform.drain();
  const lists = await done((await as()).GET('/public/plans', {}));
  // The document says that it may be CSV, too.
  const plans = typeof lists === 'string' ? [] : lists.items;
  expect(plans.map(({ city, kind }) => [city, kind])).toEqual([['150100', 'five-year-target']]);
  const duties = await done((await as('hohhot-drafter')).GET('/obligations', {}));
  expect(duties.items.flatMap(({ items }) => items.map(({ submission }) => submission))).toEqual([id]);
});

test('files for another city, which is reviewed, asked and determined (S-07)', async () => {
  const id = await file('ordos', 'five-year-target');
  const step = async (user: string) => ({ client: await as(user), at: await seen(user, id) });
  const lead = await step('housing-lead');
  await done(lead.client.POST('/submissions/{id}/accept', { ...lead.at, body: {} }));
  const asks = await step('ndrc-reviewer');
  await done(
    asks.client.POST('/submissions/{id}/ask-supplement', { ...asks.at, body: { questions: ['何据'] } }),
  );
  const answers = await step('ordos-drafter');
  await done(
    answers.client.POST('/submissions/{id}/supply', {
      ...answers.at,
      body: { answer: '见附件', documents: [] },
    }),
  );
  for (const reviewer of ['housing-reviewer', 'ndrc-reviewer', 'finance-reviewer']) {
    const opines = await step(reviewer);
    await done(opines.client.POST('/submissions/{id}/opine', { ...opines.at, body: { verdict: 'agree' } }));
  }
  const consents = await step('government-consenter');
  await done(consents.client.POST('/submissions/{id}/consent', { ...consents.at, body: {} }));
  const publishes = await step('housing-publisher');
  const published = await done(
    publishes.client.POST('/submissions/{id}/publish', { ...publishes.at, body: {} }),
  );
  expect(published.state).toBe('published');
  const history = await done(
    (await as('ordos-drafter')).GET('/submissions/{id}/history', { params: { path: { id } } }),
  );
  expect(history.items.map(({ type }) => type)).toContain('submission.consented');
});

test('is told why a step is refused, in its language', async () => {
  const client = await as('ordos-drafter');
  const { error, response } = await client.POST('/submissions', {
    params: { header: { ...fresh(), 'Accept-Language': 'en' } },
    body: { kind: 'five-year-target', period: '2021' },
  });
  expect(response.status).toBe(422);
  // Of two ways to say no, this one is the platform's own.
  expect(error && 'code' in error ? [error.code, error.detail] : error).toEqual([
    'period-invalid',
    expect.stringContaining('The period “2021”'),
  ]);
});

/** Never called: each line must be an error to the compiler, or the document says less than it should. */
export async function notToCompile(client: Client<paths>): Promise<void> {
  // @ts-expect-error there is no such route
  await client.GET('/submission/{id}', {});
  // @ts-expect-error a command needs its key
  await client.POST('/submissions', { body: { kind: 'five-year-target', period: '2021-2025' } });
  // @ts-expect-error a field of another name
  await client.POST('/submissions', { params: { header: fresh() }, body: { kinds: '', period: '' } });
  const { data } = await client.GET('/me', {});
  // @ts-expect-error nobody promised this field
  void data?.password;
}
