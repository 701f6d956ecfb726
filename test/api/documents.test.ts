/** Documents as their filers meet them: the wrong file, the broken one, the late one, the replaced one. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';
import { encryptedPdf, pdfCarryingEicar, sampleOf, samplePng } from '../support/sample-files.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';

let bureau: Bureau;
let filing: string;
const drafter = 'ordos-drafter';
const paper = 'target-document';

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  filing = await bureau.begin('ordos', 'five-year-target', '2021-2025');
  await bureau.save('ordos', filing, sampleOfKind('five-year-target').content);
});
afterAll(() => bureau.close());

async function stateOf(document: string): Promise<Json> {
  return (await bureau.call(drafter, `GET /submissions/${filing}/documents/${document}`)).body;
}

async function paperReasons(): Promise<string[]> {
  const checks = await bureau.call(drafter, `GET /submissions/${filing}/checks`);
  return (checks.body['missing'] as Json[])
    .filter(({ pointer }) => String(pointer).startsWith('/documents'))
    .map(({ code }) => String(code));
}

describe('a place to upload', () => {
  test.each([
    ['an unknown paper', { paper: 'passport' }, '/paper', 'paper-unknown'],
    ['a type that the paper does not take', { type: 'png' }, '/type', 'type-not-allowed'],
    ['a file of more than 20 MB', { length: 20_000_001 }, '/length', 'too-large'],
    ['a hash that is none', { sha256: 'abc' }, '/sha256', 'invalid-format'],
    ['a file name with a path', { fileName: '../a.pdf' }, '/fileName', 'invalid-format'],
    ['an empty file', { length: 0 }, '/length', 'too-small'],
  ])('is refused for %s', async (_what, announced, pointer, code) => {
    const answer = await bureau.ask(drafter, filing, paper, await samplePdf.pdf('x'), announced);
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toMatchObject([{ pointer, code }]);
  });

  test('is not given to another city, the region, or the checker', async () => {
    const bytes = await samplePdf.pdf('x');
    expect((await bureau.ask('baotou-drafter', filing, paper, bytes)).status).toBe(404);
    expect((await bureau.ask('housing-lead', filing, paper, bytes)).status).toBe(404);
    expect((await bureau.ask('ordos-checker', filing, paper, bytes)).status).toBe(403);
  });

  test('takes exactly the announced bytes: another length or content is refused by the bucket', async () => {
    const bytes = await samplePdf.pdf('announced');
    const asked = await bureau.ask(drafter, filing, paper, bytes);
    const longer = Buffer.concat([bytes, Buffer.from(' ')]);
    expect((await bureau.post(asked.body, longer)).status).toBe(400);
    const altered = Buffer.from(bytes);
    altered[altered.length - 3] = 0x41;
    expect((await bureau.post(asked.body, altered)).status).toBe(400);
    const id = String((asked.body['document'] as Json)['id']);
    await bureau.platform.drain();
    expect(await stateOf(id)).toMatchObject({ state: 'awaiting-upload', stateText: { zh: '待上传' } });
    expect((await bureau.post(asked.body, bytes)).ok).toBe(true);
    await bureau.platform.drain();
    expect(await stateOf(id)).toMatchObject({ state: 'available' });
  });
});

describe('what is inside', () => {
  test.each([
    [
      'a PNG named PDF',
      samplePng,
      'rejected',
      'type-differs-from-claim',
      '登记为PDF文档，内容却是其他类型。',
    ],
    ['an encrypted PDF', encryptedPdf, 'rejected', 'encrypted', '文件已加密或设有密码，请去除后上传。'],
    ['half a PDF', async () => (await samplePdf.pdf('半')).slice(0, 300), 'rejected', 'broken', undefined],
    ['a virus', () => pdfCarryingEicar('毒'), 'infected', undefined, undefined],
  ] as const)(
    '%s does not pass, is named among what is missing, and never downloads',
    async (_, make, state, reason, zh) => {
      const id = await bureau.upload(drafter, filing, paper, await make());
      const seen = await stateOf(id);
      expect(seen['state']).toBe(state);
      if (reason) expect(seen['reason']).toBe(reason);
      if (zh) expect((seen['reasonText'] as Json)['zh']).toBe(zh);
      expect(await paperReasons()).toEqual([`document-${state}`]);
      const download = await bureau.call(drafter, `GET /submissions/${filing}/documents/${id}/download`);
      expect([download.status, download.body['code']]).toEqual([409, 'document-not-available']);
      const left = bureau.platform.engines.objects.pendingEvents(1);
      expect(left).toEqual([]);
    },
  );

  test.each(['docx', 'xlsx', 'jpeg', 'png', 'ofd', 'pdf'] as const)(
    'a sound %s passes where it is taken',
    async (type) => {
      const city = {
        docx: 'tongliao',
        xlsx: 'hinggan',
        jpeg: 'wuhai',
        png: 'bayannur',
        ofd: 'ulanqab',
        pdf: 'xilingol',
      }[type];
      const id = await bureau.prepare(city, 'five-year-target', 'signed');
      await bureau.take('housing-lead', id, 'accept');
      await bureau.take('ndrc-reviewer', id, 'ask-supplement', { questions: ['附件'] });
      const bytes = await sampleOf(type, '附件');
      const document = await bureau.upload(`${city}-drafter`, id, 'supplement', bytes, {
        type,
        fileName: `附件.${type}`,
      });
      const link = await bureau.call(
        'ndrc-reviewer',
        `GET /submissions/${id}/documents/${document}/download`,
      );
      expect(link.status).toBe(200);
      const file = await fetch(String(link.body['url']));
      expect(file.headers.get('content-disposition')).toContain(encodeURIComponent(`附件.${type}`));
      expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    },
  );
});

describe('replacing and removing', () => {
  test('the new file takes the place, the old one stays readable in the list', async () => {
    const first = await bureau.upload(drafter, filing, paper);
    const second = await bureau.upload(drafter, filing, paper, await samplePdf.pdf('第二稿'));
    expect(await stateOf(second)).toMatchObject({ state: 'available', replaces: first });
    expect(await stateOf(first)).toMatchObject({ removedIn: 1 });
    const current = (await bureau.read(drafter, filing)).body['documents'] as Json[];
    expect(current.map(({ id }) => id)).toEqual([second]);
    expect(await paperReasons()).toEqual([]);
  });

  test('a removed paper is missing again; a stranger removes nothing', async () => {
    const id = await bureau.upload(drafter, filing, paper);
    expect((await bureau.remove('baotou-drafter', filing, id)).status).toBe(404);
    const at = `DELETE /submissions/${filing}/documents/${id}`;
    expect((await bureau.call(drafter, at)).status).toBe(428);
    expect((await bureau.call(drafter, at, { ifMatch: '"99"' })).status).toBe(412);
    const removed = await bureau.remove(drafter, filing, id);
    expect([removed.status, removed.body['removedIn']]).toEqual([200, 1]);
    expect((await bureau.remove(drafter, filing, id)).status).toBe(404);
    expect(await paperReasons()).toEqual(['paper-missing']);
  });

  test('nothing changes once it is with the checker', async () => {
    const id = await bureau.upload(drafter, filing, paper);
    await bureau.take(drafter, filing, 'send-to-check');
    const replaced = await bureau.ask(drafter, filing, paper, await samplePdf.pdf('迟'));
    expect(replaced.body['code']).toBe('document-in-use');
    const removed = await bureau.remove(drafter, filing, id);
    expect(removed.body['code']).toBe('document-in-use');
    await bureau.take(drafter, filing, 'recall');
  });
});

describe('an upload that is never made', () => {
  test('expires after half an hour; a new one can be asked for, and the old ticket is worth nothing', async () => {
    const bytes = await samplePdf.pdf('忘了');
    const asked = await bureau.ask(drafter, filing, paper, bytes);
    const id = String((asked.body['document'] as Json)['id']);
    expect(await paperReasons()).toEqual(['document-awaiting-upload']);
    await bureau.until('2021-10-12T12:30:00+08:00');
    expect(await stateOf(id)).toMatchObject({ state: 'expired', stateText: { zh: '逾期未上传' } });
    expect((await bureau.post(asked.body, bytes)).status).toBe(403);
    expect(await paperReasons()).toEqual(['paper-missing']);
    await bureau.upload(drafter, filing, paper, bytes);
    expect(await paperReasons()).toEqual([]);
  });
});

test('an upload asked for while the draft goes to the checker comes before it or not at all', async () => {
  const bytes = await samplePdf.pdf('竞');
  const body = {
    paper: 'statement',
    fileName: '说明.pdf',
    type: 'pdf',
    length: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('base64'),
  };
  const seen: string[] = [];
  for (let round = 0; round < 20; round += 1) {
    const id = await bureau.begin('alxa', 'not-developing', '2021-2025');
    await bureau.save('alxa', id, { reason: '无需求', survey: '2021年调查', publicRental: '公租房' });
    const { etag } = await bureau.read('alxa-drafter', id);
    const [asked, sent] = await Promise.all([
      bureau.call('alxa-drafter', `POST /submissions/${id}/documents`, { body }),
      bureau.call('alxa-drafter', `POST /submissions/${id}/send-to-check`, { body: {}, ifMatch: etag ?? '' }),
    ]);
    seen.push(`${asked.status} ${sent.status}`);
    const after = await bureau.read('alxa-drafter', id);
    if (sent.status === 200 && asked.status !== 201) expect(asked.body['code']).toBe('document-in-use');
    if (sent.status === 200 && asked.status === 201) {
      // Asked for while the step was being decided: it belongs to the filing, and the checker is told that it is missing.
      expect(after.body['documents']).toHaveLength(1);
      const checked = await bureau.step('alxa-checker', id, 'pass-check');
      expect(checked.body['errors']).toMatchObject([{ code: 'document-awaiting-upload' }]);
    }
    await bureau.take('alxa-signatory', id, 'withdraw', { reason: '演示' });
  }
  expect(seen).toHaveLength(20);
});

test('an upload asked for twice under one key is one document, with one ticket', async () => {
  const bytes = await samplePdf.pdf('双击');
  const body = {
    paper,
    fileName: '双击.pdf',
    type: 'pdf',
    length: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('base64'),
  };
  const call = () => bureau.call(drafter, `POST /submissions/${filing}/documents`, { body, key: 'double' });
  const [one, two] = await Promise.all([call(), call()]);
  expect(one.text).toBe(two.text);
});
