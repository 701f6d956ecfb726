/** Any list that an official sees, as a file: the same rows, real dates and numbers, and nothing of others. */
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lists, listNames, type ListName } from '../../shared/domain/disclosure/lists.ts';
import { Bureau, type Json } from '../support/bureau.ts';

let bureau: Bureau;
let obligation: string;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-09T09:00:00+08:00');
  const answer = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '=HYPERLINK("http://x","内政办发〔2021〕53号")',
      clause: 'S-06',
      cities: ['150100', '150200'],
      items: [
        { kind: 'five-year-target', period: '2021-2025' },
        { kind: 'annual-plan', period: '2021' },
      ],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy: 'published',
    },
  });
  const laid = answer.body['items'] as { id: string; city: string }[];
  obligation = laid.find(({ city }) => city === '150200')?.id ?? '';
  await bureau.prepare('baotou', 'annual-plan', 'signed');
  await bureau.call('housing-supervisor', 'POST /evaluations', { body: { year: 2021, month: 9 } });
  await bureau.platform.drain();
});
afterAll(() => bureau.close());

interface File {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}

async function fetched(user: string, list: string, language = 'zh-CN'): Promise<File> {
  const answer = await fetch(`${bureau.platform.url}/exports/${list}`, {
    headers: { authorization: `Bearer ${await bureau.tokenOf(user)}`, 'accept-language': language },
  });
  return {
    status: answer.status,
    bytes: new Uint8Array(await answer.arrayBuffer()),
    headers: answer.headers,
  };
}

async function opened({
  bytes,
}: File): Promise<{ head: unknown[]; rows: unknown[][]; book: ExcelJS.Workbook }> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.buffer as ArrayBuffer);
  const values = (book.worksheets[0]?.getSheetValues() ?? []).slice(1) as unknown[][];
  const [head = [], ...rows] = values.map((row) =>
    Array.from({ length: row.length - 1 }, (_, index) => row[index + 1]),
  );
  return { head, rows, book };
}

const suffix = (name: ListName): string =>
  name === 'reminders' ? `?obligation=${obligation}` : name === 'evaluations' ? '?year=2021' : '';

describe.each(listNames)('%s', (name) => {
  test('has in Chinese and in English the columns that are declared, and a page about itself', async () => {
    for (const language of ['zh', 'en'] as const) {
      const file = await fetched(
        'housing-supervisor',
        `${name}${suffix(name)}`,
        language === 'zh' ? 'zh-CN' : 'en',
      );
      expect(file.status).toBe(200);
      const { head, book } = await opened(file);
      const titles = lists[name].columns.map(({ title }) => title[language]);
      expect(head.map((cell) => String(cell).replace(/（北京时间）| \(Beijing\)/, ''))).toEqual(titles);
      expect(book.worksheets.map((sheet) => sheet.name)).toEqual([
        lists[name].name[language],
        language === 'zh' ? '说明' : 'About',
      ]);
      expect(book.worksheets[0]?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    }
  });

  test('has as CSV the same rows, with a mark for spreadsheets', async () => {
    const ask = (format: string) =>
      fetched('baotou-drafter', `${name}${suffix(name)}${suffix(name) ? '&' : '?'}format=${format}`);
    const { rows } = await opened(await ask('xlsx'));
    const csv = await ask('csv');
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(csv.bytes);
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text.trim().split('\r\n')).toHaveLength(1 + rows.length);
  });
});

test('duties have a row for each item, with real dates and no formula', async () => {
  const { rows } = await opened(await fetched('housing-supervisor', 'obligations'));
  expect(rows).toHaveLength(4);
  const [city, , period, notice, , lastDay] = rows[0] ?? [];
  expect([city, period]).toEqual(['呼和浩特市人民政府', '2021-2025']);
  expect(lastDay).toEqual(new Date('2021-10-31T00:00:00.000Z'));
  expect(notice).toBe('=HYPERLINK("http://x","内政办发〔2021〕53号")');
  const csv = new TextDecoder().decode((await fetched('housing-supervisor', 'obligations?format=csv')).bytes);
  expect(csv).toContain(`"'=HYPERLINK(""http://x""`);
});

test('a city takes away its own only, and a filter filters', async () => {
  const mine = await opened(await fetched('baotou-drafter', 'obligations'));
  expect(new Set(mine.rows.map(([city]) => city))).toEqual(new Set(['包头市人民政府']));
  expect((await opened(await fetched('baotou-drafter', 'obligations?city=150100'))).rows).toEqual([]);
  const one = await opened(await fetched('housing-supervisor', 'obligations?city=150100'));
  expect(one.rows).toHaveLength(2);
  expect((await fetched('chifeng-drafter', `reminders?obligation=${obligation}`)).status).toBe(404);
  expect((await fetched('chifeng-drafter', 'reminders')).status).toBe(404);
});

test('working days are numbers, and why a duty may be late stands in words', async () => {
  const { head, rows } = await opened(await fetched('baotou-drafter', 'deadlines'));
  const at = (title: string): number => head.findIndex((cell) => cell === title);
  expect(typeof rows[0]?.[at('剩余工作日')]).toBe('number');
  expect(String(rows[0]?.[at('原因')])).toMatch(/[\u4e00-\u9fff]/);
});

test('an empty list is a file with its head; an unknown one is none', async () => {
  const { head, rows } = await opened(await fetched('alxa-drafter', 'desk'));
  expect([head.length, rows.length]).toEqual([lists.desk.columns.length, 0]);
  expect((await fetched('alxa-drafter', 'secrets')).status).toBe(404);
  expect((await fetched('alxa-drafter', 'desk?format=docx')).status).toBe(422);
});

test('the file has a Chinese name, and a plain one for old programs', async () => {
  const { headers } = await fetched('baotou-drafter', 'desk');
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="anju-desk-20211009.xlsx"; filename*=UTF-8''${encodeURIComponent('安居-待办-20211009.xlsx')}`,
  );
});

test('more rows than an export holds are said to be more', async () => {
  const { exportHandlers } = await import('../../functions/exports/handler.ts');
  const items = Array.from({ length: 150 }, (_, index) => ({ id: `run-${index}` }));
  const list = async (request: { query: Json }) => {
    const from = Number(request.query['cursor'] ?? 0);
    const page = items.slice(from, from + 100);
    const body = JSON.stringify({
      items: page,
      ...(from + 100 < items.length ? { cursor: String(from + 100) } : {}),
    });
    return { ok: true as const, value: { statusCode: 200, headers: {}, body } };
  };
  const export_ = exportHandlers({ 'GET /desk': list }, () => '2021-10-09T01:00:00.000Z', 120)[
    'GET /exports/{list}'
  ];
  const answer = await export_?.({
    path: { list: 'desk' },
    query: { format: 'csv' },
    locale: 'en',
    actor: { office: '150200' },
  } as never);
  if (!answer?.ok) throw new Error('refused');
  const lines = Buffer.from(answer.value.body, 'base64').toString('utf8').trim().split('\r\n');
  expect(lines).toHaveLength(1 + 120 + 1);
  expect(lines.at(-1)).toContain('There are more rows');
  expect(answer.value.headers['x-anju-truncated']).toBe('120');
});
