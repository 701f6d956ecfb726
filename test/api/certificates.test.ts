/** Certificates from the decision on: issued, printed, checked by anyone, changed, suspended, revoked, expired, taken in from paper. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putFonts } from '../../infra/fonts.ts';
import { keysIn, verifyCode, verifyPdf } from '../../infra/verify-certificate.ts';
import { embeddedJws } from '../../shared/adapters/certificates/pdf/embedded.ts';
import { printWith } from '../../shared/adapters/certificates/render.ts';
import type { KeySet } from '../../shared/domain/certificates/jws.ts';
import { qrOfJws } from '../../shared/domain/certificates/qr.ts';
import { sampleTerms } from '../../shared/domain/certificates/sample-certificate.ts';
import { Bureau, type Answer, type Json } from '../support/bureau.ts';
import { CertificateBench } from '../support/certificate-bench.ts';

let bureau: Bureau;
let bench: CertificateBench;
let fonts: string;
beforeAll(async () => {
  bureau = await Bureau.open('2021-11-09T09:00:00+08:00');
  bench = await CertificateBench.on(bureau);
  fonts = mkdtempSync(path.join(tmpdir(), 'anju-certificates-'));
  await putFonts(fonts);
});
afterAll(async () => {
  bench.close();
  await bureau.close();
  rmSync(fonts, { recursive: true });
});

const decider = 'xincheng-decider';
const decision = { reason: '出租对象不符，责令整改', document: '演新政发〔2021〕9号' };

async function read(id: string, user = decider): Promise<Answer> {
  return bureau.call(user, `GET /certificates/${id}`);
}

/** In short form, as it stands in addresses. */
async function shortOf(id: string): Promise<string> {
  const number = String((await read(id)).body['number']);
  return number.replace(/^保租认字〔(\d+)〕(\d+)-(\d+)号$/, '$2-$1-$3');
}

async function standing(number: string, query = ''): Promise<Json> {
  const answer = await bureau.call(undefined, `GET /public/certificates/${number}${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

async function act(user: string, id: string, action: string, body: Json = decision): Promise<Answer> {
  const { etag } = await read(id);
  const answer = await bureau.call(user, `POST /certificates/${id}/${action}`, {
    body,
    ifMatch: etag ?? '"0"',
  });
  await bureau.platform.drain();
  return answer;
}

async function publicKeys(): Promise<KeySet> {
  const { text } = await bureau.call(undefined, 'GET /.well-known/jwks.json');
  const keys = keysIn(text);
  if (!keys) throw new Error(text);
  return keys;
}

async function pdfOf(id: string, query = ''): Promise<Buffer> {
  const link = await bureau.call(decider, `GET /certificates/${id}/pdf${query}`);
  expect(link.status, link.text).toBe(200);
  const bytes = Buffer.from(await (await fetch(String(link.body['url']))).arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(link.body['sha256']);
  return bytes;
}

describe('a decided certificate', () => {
  test('is numbered in order, signed and printed, and verifies without the platform', async () => {
    // Three decisions before anything is issued.
    const ids = [await bench.decide(), await bench.decide(), await bench.decide()];
    const pending = (await read(ids[2] ?? '')).body;
    expect([pending['number'], pending['state']]).toEqual([null, 'pending']);
    await bureau.platform.drain();
    const issued = await Promise.all(ids.map((id) => read(id)));
    expect(issued.map(({ body }) => body['number'])).toEqual([
      '保租认字〔2021〕150102-0001号',
      '保租认字〔2021〕150102-0002号',
      '保租认字〔2021〕150102-0003号',
    ]);
    const [first] = ids;
    const pdf = await pdfOf(first ?? '');
    const keys = await publicKeys();
    const render = printWith(pathToFileURL(`${fonts}/`));
    const verdict = await verifyPdf(pdf, keys, render);
    expect(verdict.exit, verdict.lines.join('\n')).toBe(0);
    const [jws = ''] = embeddedJws(pdf) ?? [];
    const code = qrOfJws(jws) ?? '';
    expect(verifyCode(code, keys).exit).toBe(0);
    // The code opens the public page on this very platform.
    const opened = await fetch(code);
    expect(opened.status).toBe(200);
    expect(await opened.json()).toMatchObject({
      number: issued[0]?.body['number'],
      state: 'valid',
      version: 1,
    });
  });

  test('is found by its number, and seen by those it concerns alone', async () => {
    const id = await bench.issue();
    const short = await shortOf(id);
    expect((await read(short)).body['id']).toBe(id);
    for (const user of ['hohhot-leader', 'housing-supervisor', decider])
      expect((await read(id, user)).status, user).toBe(200);
    expect((await read(id, 'baotou-leader')).status).toBe(404);
    expect((await read(id)).body).toMatchObject({
      content: { homes: 320 },
      actions: ['suspend', 'revoke', 'seal'],
    });
  });
});

describe('anyone', () => {
  test('reads its standing as JSON, by either form of its number, and nothing personal', async () => {
    const id = await bench.issue();
    const short = await shortOf(id);
    const told = await standing(short);
    expect(told).toMatchObject({
      state: 'valid',
      stateText: { zh: '有效' },
      since: '2021-11-09',
      version: 1,
    });
    const { number } = (await read(id)).body;
    expect(await standing(encodeURIComponent(String(number)))).toEqual(told);
    expect(JSON.stringify(told)).not.toMatch(/"sub"|xincheng-decider|(?<!\w)1[3-9]\d{9}(?!\w)/);
    const { headers } = await bureau.call(undefined, `GET /public/certificates/${short}`);
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    for (const none of ['150102-2021-9999', 'x', `${short}?v=2`])
      expect((await bureau.call(undefined, `GET /public/certificates/${none}`)).status).toBe(404);
  });

  test('gets a page in a browser, with nothing in it that runs', async () => {
    const id = await bench.issue({ project: { ...sampleTerms.project, name: '<script>alert(1)</script>' } });
    const short = await shortOf(id);
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
    const url = `${bureau.platform.url}/public/certificates/${short}`;
    const page = await fetch(url, { headers: browser });
    const html = await page.text();
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('有效');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    const missing = await fetch(`${bureau.platform.url}/public/certificates/x`, { headers: browser });
    expect([missing.status, (await missing.text()).includes('查无此证')]).toEqual([404, true]);
    expect((await bureau.call(undefined, `GET /public/certificates/${short}?format=html`)).status).toBe(200);
  });
});

describe('the issuing government', () => {
  test('suspends, resumes and revokes, and the public hears of it with the next batch of the stream', async () => {
    const id = await bench.issue();
    const short = await shortOf(id);
    expect((await act(decider, id, 'suspend')).status).toBe(200);
    expect(await standing(short)).toMatchObject({ state: 'suspended', document: decision.document });
    expect((await act(decider, id, 'suspend')).status).toBe(409);
    expect((await act(decider, id, 'resume')).status).toBe(200);
    expect(await standing(short)).toMatchObject({ state: 'valid' });
    const { body } = await act(decider, id, 'revoke');
    expect(body).toMatchObject({ state: 'revoked', actions: [] });
    expect(await standing(short, '?v=1')).toMatchObject({ state: 'revoked', stateText: { zh: '已撤销' } });
    for (const action of ['suspend', 'resume', 'revoke'])
      expect((await act(decider, id, action)).status, action).toBe(409);
  });

  test('alone may do so, with reason and number, under the revision that it saw', async () => {
    const id = await bench.issue();
    expect((await act('hohhot-leader', id, 'revoke')).status).toBe(403);
    expect((await act(decider, id, 'revoke', { reason: '' })).status).toBe(422);
    const stale = await bureau.call(decider, `POST /certificates/${id}/revoke`, {
      body: decision,
      ifMatch: '"1"',
    });
    expect(stale.status).toBe(412);
    const elsewhere = await bench.decide({ issuer: { code: '150103', name: '回民区人民政府' } }, '150103');
    await bureau.platform.drain();
    const other = await bureau.call(decider, `POST /certificates/${elsewhere}/revoke`, {
      body: decision,
      ifMatch: '"2"',
    });
    expect(other.status).toBe(404);
  });

  test('binds the sealed print to its version: a checked document of its own filing, by its bytes', async () => {
    const filing = await bureau.begin('hohhot', 'annual-plan', '2022');
    const document = await bureau.upload('hohhot-drafter', filing, 'plan-document');
    const id = await bench.decide({}, '150102', filing);
    await bureau.platform.drain();
    const seal = { version: 1, form: 'scan', submission: filing, document };
    for (const [wrong, pointer] of [
      [{ ...seal, submission: 'none' }, '/submission'],
      [{ ...seal, document: 'none' }, '/document'],
      [{ ...seal, form: 'ofd' }, '/document'],
    ] as const) {
      const refused = await act(decider, id, 'seal', wrong);
      expect([refused.status, (refused.body['errors'] as Json[])[0]?.['pointer']]).toEqual([422, pointer]);
    }
    expect((await act(decider, id, 'seal', { ...seal, version: 2 })).status).toBe(409);
    const sealed = await act(decider, id, 'seal', seal);
    expect(sealed.status, sealed.text).toBe(200);
    const { sha256 } = await bench.store.document(filing, document).then((found) => found ?? { sha256: '' });
    expect(sealed.body['versions']).toMatchObject([{ print: {}, seal: { form: 'scan', document, sha256 } }]);
  });

  test('four times at once under one key is once', async () => {
    const id = await bench.issue();
    const { etag } = await read(id);
    const call = { body: decision, key: `revoke-${id}`, ifMatch: etag ?? '' };
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => bureau.call(decider, `POST /certificates/${id}/revoke`, call)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
  });
});

describe('a change', () => {
  test('makes the next version under the same number; the paper of the first is told as changed', async () => {
    const id = await bench.issue();
    const short = await shortOf(id);
    await bench.change('amend', id, { homes: 300 });
    const { body } = await read(id);
    expect(body).toMatchObject({ version: 2, content: { homes: 300, previous: { version: 1 } } });
    expect(await standing(short)).toMatchObject({ state: 'valid', version: 2 });
    expect(await standing(short, '?v=1')).toMatchObject({
      state: 'changed',
      stateText: { zh: '已变更' },
      currentVersion: 2,
    });
    const [one, two] = [await pdfOf(id, '?version=1'), await pdfOf(id)];
    expect(one.equals(two)).toBe(false);
    // Both stay signed.
    const render = printWith(pathToFileURL(`${fonts}/`));
    for (const pdf of [one, two]) expect((await verifyPdf(pdf, await publicKeys(), render)).exit).toBe(0);
  });
});

describe('a certificate from before the platform', () => {
  const { issuer, project, owner, homes } = sampleTerms;
  const paper = {
    issuer,
    project,
    owner,
    homes,
    issuedOn: '2020-06-01',
    validFrom: '2020-06-01',
    validTo: '2026-05-31',
  };
  const bring = (content: Json, more: Json = {}): Promise<Answer> =>
    bureau.call(decider, 'POST /certificates/import', {
      body: { content: { ...paper, ...content }, grade: 'B', ...more },
    });

  test('keeps its old number, its grade is told, and there is no print of ours', async () => {
    const number = '呼新房租证（2020）第7号';
    const made = await bring({ number });
    expect(made.status, made.text).toBe(201);
    await bureau.platform.drain();
    const id = String(made.body['id']);
    expect(await standing(encodeURIComponent(number))).toMatchObject({
      state: 'valid',
      since: '2020-06-01',
      evidence: { grade: 'B' },
    });
    expect((await bureau.call(decider, `GET /certificates/${id}/pdf`)).body['code']).toBe(
      'certificate-on-paper',
    );
    const again = await bring({ number });
    expect([again.status, again.body['code']]).toEqual([409, 'certificate-number-taken']);
    // Its next version is decided here, under its old number, and signed.
    await bench.change('renew', id, { validTo: '2032-05-31' });
    expect((await read(id)).body).toMatchObject({
      number,
      version: 2,
      state: 'valid',
      validTo: '2032-05-31',
    });
    expect(await standing(encodeURIComponent(number), '?v=1')).toMatchObject({ state: 'changed' });
  });

  test('with a number of our form stands before what the platform numbers, and never beyond', async () => {
    const elsewhere = { project: { ...project, county: '150105' }, issuer };
    const wrong = await bring({
      ...elsewhere,
      number: '保租认字〔2021〕150105-0003号',
      validTo: '2019-01-01',
    });
    expect(wrong.status).toBe(422);
    expect((wrong.body['errors'] as Json[]).map((one) => one['pointer'])).toEqual([
      '/content/project/county',
      '/content/validTo',
    ]);
    // Numbers of 2020: nothing was numbered by the platform there.
    expect((await bring({ number: '保租认字〔2020〕150102-0007号' })).status).toBe(201);
    expect((await bring({ number: '150102-2020-0003' })).status).toBe(201);
    expect(await bench.store.issueCounter('150102', 2020)).toMatchObject({ last: 7, begun: false });
    const beyond = await bring({ number: '保租认字〔2021〕150102-9000号' });
    expect([beyond.status, beyond.body['code']]).toEqual([409, 'certificate-number-beyond']);
    expect((await bring({ number: '演补〔2020〕8号' }, { grade: 'C' })).body['errors']).toMatchObject([
      { pointer: '/scan' },
    ]);
  });
});

describe('the clock', () => {
  test('ends a term after its last day, with an event of its own', { timeout: 120_000 }, async () => {
    const id = await bench.issue({ validTo: '2021-11-10' });
    const short = await shortOf(id);
    expect(await standing(short)).toMatchObject({ state: 'valid' });
    await bureau.until('2021-11-11T00:30:00+08:00');
    await bureau.platform.drain();
    expect((await read(id)).body).toMatchObject({ state: 'expired' });
    expect(await standing(short)).toMatchObject({ state: 'expired', since: '2021-11-11' });
    const entries = await bench.store.entries(`certificate:${id}`, 0, 50);
    expect(entries.map(({ type }) => type)).toEqual([
      'certificate.decided',
      'certificate.issued',
      'certificate.printed',
      'certificate.renewal-reminded',
      'certificate.expired',
    ]);
  });
});
