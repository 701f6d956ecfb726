import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ExcelJS from 'exceljs';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putFonts } from '../../../infra/fonts.ts';
import {
  correctedResult,
  emptyResult,
  fullResult,
  storyResult,
} from '../../../test/support/sample-evaluation.ts';
import type { EvaluationResult } from '../../domain/evaluation/result.ts';
import type { FormName } from '../../domain/evaluation/run.ts';
import { resultColumns } from './csv.ts';
import { reportForms } from './index.ts';
import { Paper } from './pdf/paper.ts';
import { valueWords } from './words.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'anju-report-'));
  await putFonts(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const forms = () => reportForms(pathToFileURL(`${folder}/`));
const render = (form: FormName, result: EvaluationResult) => forms()[form].render(result);

async function textOf(form: FormName, result: EvaluationResult): Promise<string> {
  return new TextDecoder().decode(await render(form, result));
}

async function opened(result: EvaluationResult): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await render('xlsx', result)).buffer as ArrayBuffer);
  return workbook;
}

describe('every form', () => {
  test.each(['json', 'csv', 'xlsx', 'pdf'] as const)(
    '%s is the same bytes for the same result',
    async (form) => {
      const result = storyResult();
      const once = await render(form, result);
      await new Promise((resolve) => setTimeout(resolve, 1100));
      const again = await render(form, JSON.parse(JSON.stringify(result)) as EvaluationResult);
      expect(Buffer.compare(once, again)).toBe(0);
    },
  );

  test.each(['json', 'csv', 'xlsx', 'pdf'] as const)('%s can be made of any result', async (form) => {
    for (const result of [fullResult(), emptyResult(), correctedResult()])
      expect((await render(form, result)).length).toBeGreaterThan(1000);
  });
});

test('the JSON is the result itself', async () => {
  expect(JSON.parse(await textOf('json', storyResult()))).toEqual(storyResult());
});

test('the CSV has a line for every city and indicator, with stable columns', async () => {
  const lines = (await textOf('csv', storyResult())).trim().split('\r\n');
  expect(lines[0]).toBe(`\uFEFF${resultColumns.join(',')}`.replace('\uFEFF', ''));
  expect(lines).toHaveLength(1 + 12 * 23);
  expect(lines.find((line) => line.includes(',150200,包头市,A1,'))).toBe(
    '2021.1,2021,2021-01-01,2021-12-31,150200,包头市,A1,按时报送率,scored,0,3,0,percent,0,11.43,,3',
  );
});

describe('the workbook', () => {
  test('has a sheet for each dimension, the records and the scheme', async () => {
    const names = (await opened(storyResult())).worksheets.map(({ name }) => name);
    expect(names).toEqual([
      '说明',
      '总表',
      'A 确定发展目标 推进计划完成',
      'B 建立工作机制 落实支持政策',
      'C 严格监督管理',
      'D 取得工作成效',
      '佐证',
      '指标体系',
    ]);
  });

  test('keeps numbers as numbers, best first, those without a rank last', async () => {
    const sheet = (await opened(storyResult())).getWorksheet('总表');
    const first = sheet?.getRow(2).values as unknown[];
    expect(first.slice(1, 4)).toEqual([1, '150100', '呼和浩特市']);
    expect(first.at(-2)).toBe(storyResult().cities[0]?.total);
    expect(sheet?.getRow(13).getCell(1).value).toBeNull();
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  });

  test('lists every record behind a figure', async () => {
    const result = storyResult();
    const records = result.cities.flatMap(({ figures }) => figures.flatMap(({ evidence }) => evidence));
    const sheet = (await opened(result)).getWorksheet('佐证');
    expect(sheet?.rowCount).toBe(1 + records.length);
    expect(sheet?.getRow(2).getCell(4).value).toBe(records[0]?.record);
  });

  test('of a correction says what changed', async () => {
    const sheet = (await opened(correctedResult())).getWorksheet('更正');
    const rows = sheet?.getSheetValues().slice(2) as unknown[][];
    expect(rows.map((row) => row.slice(1))).toContainEqual(['包头市', 'A1', 0, 100]);
  });
});

describe('the PDF', () => {
  test('is a Chinese A4 report with its title and date, and no page is blank', async () => {
    const bytes = await render('pdf', storyResult());
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    expect(document.getTitle()).toBe('内蒙古自治区保障性租赁住房发展情况监测评价报告（2021年度）');
    expect(document.getCreationDate()).toEqual(new Date('2022-01-05T01:00:00.000Z'));
    const { width, height } = document.getPage(0).getSize();
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
  });

  test('repeats a long table over many pages', async () => {
    const pages = async (result: EvaluationResult) =>
      (await PDFDocument.load(await render('pdf', result))).getPageCount();
    expect(await pages(fullResult())).toBeGreaterThan((await pages(emptyResult())) + 20);
  });

  test('says what it says: read back as text', async () => {
    const file = path.join(folder, 'report.pdf');
    writeFileSync(file, await render('pdf', storyResult()));
    let text: string;
    try {
      text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      console.warn('pdftotext (poppler-utils) is not installed: the text of the PDF was NOT read back');
      return;
    }
    for (const words of ['一、评价概况', '呼和浩特市', '95.37', '应有而缺', '锡林郭勒盟', '附件二']) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/第\s*1\s*页/u);
    const blank = text
      .split('\f')
      .slice(0, -1)
      .filter((page) => page.replaceAll(/\s/g, '').length < 60);
    expect(blank).toEqual([]);
  });

  test('prints the rare signs of names, and never nothing for a sign that no font has', async () => {
    const [regular, bold] = await Promise.all(
      ['regular.ttf', 'bold.ttf'].map(async (name) =>
        (await import('node:fs')).readFileSync(path.join(folder, name)),
      ),
    );
    if (!regular || !bold) throw new Error('No fonts');
    const paper = new Paper({ regular, bold }, { title: '', at: '2022-01-05T01:00:00.000Z' });
    expect(paper.drawable('喆堃燚珺龑〔2021〕㎡‰—“”')).toBe('喆堃燚珺龑〔2021〕㎡‰—“”');
    expect(paper.drawable('ᠮᠣ安居', true)).toBe('〓〓安居');
  });
});

test('a figure says its value with its unit, or in a word why there is none', () => {
  const [city] = storyResult().cities;
  const of = (code: string): string => {
    const figure = city?.figures.find(({ indicator }) => indicator === code);
    const indicator = storyResult().scheme.indicators.find((one) => one.code === code);
    return figure && indicator ? valueWords(figure, indicator) : '';
  };
  expect([of('A1'), of('B1'), of('B3'), of('D4')]).toEqual(['100%', '有', '不适用', '尚无记录']);
});
