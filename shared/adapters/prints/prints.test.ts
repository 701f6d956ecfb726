import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putFonts } from '../../../infra/fonts.ts';
import { countersignSheet } from '../../app/prints/countersign-sheet.ts';
import type { RenderPdf } from '../../app/prints/ports.ts';
import { digestOf, type Block, type Print } from '../../app/prints/print.ts';
import { reviewOf } from '../../app/prints/sample-review.ts';
import { pdfWith } from './render.ts';

let folder: string;
let render: RenderPdf;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'anju-review-prints-'));
  await putFonts(folder);
  render = pdfWith(pathToFileURL(`${folder}/`));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const sheet = (): Print => countersignSheet(reviewOf());
const pagesOf = async (print: Print): Promise<number> =>
  (await PDFDocument.load(await render(print))).getPageCount();

/** In the order in which it was set, without spaces and line ends; undefined where no tool reads it. */
async function textOf(print: Print): Promise<string | undefined> {
  return (await textsOf(print))?.join('');
}

/** Page by page. */
async function textsOf(print: Print): Promise<readonly string[] | undefined> {
  const file = path.join(folder, 'print.pdf');
  writeFileSync(file, await render(print));
  try {
    const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
    return text.split('\f').map((page) => page.replaceAll(/\s/g, ''));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.warn('pdftotext (poppler-utils) is not installed: the text of the PDF was NOT read back');
    return undefined;
  }
}

test('is the same bytes for the same print, whenever, and others for another', async () => {
  const once = await render(sheet());
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(Buffer.compare(await render(structuredClone(sheet())), once)).toBe(0);
  expect(Buffer.compare(await render({ ...sheet(), under: '' }), once)).not.toBe(0);
});

test('carries its title and the day of its records, and its hashes on the last page', async () => {
  const print = sheet();
  const document = await PDFDocument.load(await render(print), { updateMetadata: false });
  expect(document.getTitle()).toBe('保障性租赁住房项目部门联审会签表 filing');
  expect(document.getCreationDate()).toEqual(new Date(print.source.at));
  const text = await textOf(print);
  if (text === undefined) return;
  expect(text).toContain(`内容摘要${digestOf(print)}`);
  expect(text).toMatch(/第1页共\d页/);
});

/** So many sentences, each with its number, so that none can be lost unseen. */
const sentences = (count: number): string =>
  Array.from({ length: count }, (_, index) => `第${index + 1}句说明疏散宽度不足须整改。`).join('');

function printOf(...blocks: Block[]): Print {
  return { ...sheet(), blocks };
}

test('a row and a paragraph longer than a page go on over the next, and nothing of them is lost', async () => {
  const columns = [
    { title: '部门', share: 1 },
    { title: '意见', share: 1 },
  ];
  const rows = [
    ['消防救援', sentences(200)],
    ['供电', '同意'],
  ];
  const long = printOf(
    { kind: 'table', columns, rows, none: '无' },
    { kind: 'fields', rows: [[{ label: '理由', value: sentences(220) }]] },
    { kind: 'paragraph', text: sentences(240) },
    { kind: 'signature', office: '新城区人民政府', on: '2021年9月24日' },
  );
  expect(await pagesOf(long)).toBeGreaterThan(4);
  const text = await textOf(long);
  if (text === undefined) return;
  const plain = text.replaceAll(/保障性租赁住房项目部门联审会签表内容摘要[0-9a-f]{16}第\d+页共\d+页/g, '');
  for (const count of [200, 220, 240]) {
    const found = [...plain.matchAll(/第(\d+)句说明/g)].filter(([, number]) => Number(number) === count);
    expect(found, String(count)).toHaveLength(1 + [220, 240].filter((other) => other > count).length);
  }
  expect(plain).toContain('新城区人民政府（盖章）2021年9月24日');
});

test('a table that has no rows says so, and one of many repeats its head on each page', async () => {
  const columns = [{ title: '表头标题', share: 1 }];
  const many = Array.from({ length: 90 }, (_, index) => [`第${index}行`]);
  const [none, all] = [
    await textOf(printOf({ kind: 'table', columns, rows: [], none: '尚未登记' })),
    await textOf(printOf({ kind: 'table', columns, rows: many, none: '尚未登记' })),
  ];
  if (none === undefined || all === undefined) return;
  expect(none).toContain('表头标题尚未登记');
  expect(all.match(/表头标题/g)).toHaveLength(
    await pagesOf(printOf({ kind: 'table', columns, rows: many, none: '' })),
  );
  expect(all).not.toContain('尚未登记');
});

test('no heading stands alone at the foot of a page, and no seal without words above it', async () => {
  const columns = [{ title: '表头标题', share: 1 }];
  for (let lines = 22; lines < 34; lines += 1) {
    const above: Block[] = Array.from({ length: lines }, () => ({ kind: 'paragraph', text: '上文。' }));
    const pages = await textsOf(
      printOf(
        ...above,
        { kind: 'heading', text: { zh: '一、小标题', en: 'Heading' } },
        { kind: 'table', columns, rows: [['首行']], none: '无' },
        { kind: 'paragraph', text: '末段。' },
        { kind: 'signature', office: '新城区人民政府', on: '2021年9月24日' },
      ),
    );
    if (pages === undefined) return;
    const headed = pages.find((page) => page.includes('一、小标题'));
    expect(headed, String(lines)).toContain('表头标题首行');
    const sealed = pages.find((page) => page.includes('（盖章）'));
    expect(sealed, String(lines)).toMatch(/末段。.*以平台记录为准/);
  }
});

test('a sign that no font has is printed as 〓, never as nothing', async () => {
  const text = await textOf(printOf({ kind: 'paragraph', text: '喆堃燚珺龑，ᠮᠣ，安居' }));
  if (text !== undefined) expect(text).toContain('喆堃燚珺龑，〓〓，安居');
});
