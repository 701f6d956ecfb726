/** A list as a spreadsheet or as CSV: real dates and numbers, a frozen head, and a page that says what it is. */
import ExcelJS from 'exceljs';
import { csv } from '../../kernel/csv.ts';
import type { ListColumn, ListTable, Row } from '../../domain/disclosure/lists.ts';
import { bytesOfWorkbook } from './workbook.ts';

export interface ListExport {
  readonly list: ListTable;
  readonly rows: readonly Row[];
  readonly language: 'zh' | 'en';
  /** Instant at which it was made. */
  readonly at: string;
  /** By whose office. */
  readonly office: string;
  readonly filters: Readonly<Record<string, string>>;
  /** There were more rows than an export holds. */
  readonly truncated: boolean;
}

export async function listAsXlsx(given: ListExport): Promise<Uint8Array> {
  const { list, rows, language, at, office, filters, truncated } = given;
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '安居';
  workbook.created = new Date(at);
  workbook.modified = new Date(at);
  const sheet = workbook.addWorksheet(list.name[language], {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = list.columns.map(({ width, is }) => ({
    width,
    ...(is === 'date' ? { style: { numFmt: 'yyyy-mm-dd' } } : {}),
  }));
  const head = sheet.addRow(list.columns.map((column) => titleOf(column, language)));
  head.font = { bold: true };
  head.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EDF3' } };
  for (const row of rows) sheet.addRow(list.columns.map((column) => cellOf(column, row, language)));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: list.columns.length } };
  if (truncated) sheet.addRow([truncatedWords[language]]);
  const about = workbook.addWorksheet(language === 'zh' ? '说明' : 'About');
  about.columns = [{ width: 16 }, { width: 70 }];
  const words = aboutWords[language];
  about.addRows([
    [words.list, list.name[language]],
    [words.at, localTime(at)],
    [words.office, office],
    [words.rows, rows.length],
    ...Object.entries(filters).map(([name, value]) => [`${words.filter} ${name}`, value]),
    ...(truncated ? [[words.note, truncatedWords[language]]] : []),
  ]);
  about.getColumn(1).font = { bold: true };
  return bytesOfWorkbook(workbook);
}

export function listAsCsv({ list, rows, language, truncated }: ListExport): string {
  const cells = rows.map((row) =>
    list.columns.map((column) => {
      const value = cellOf(column, row, language);
      if (value instanceof Date) return value.toISOString().slice(0, 10);
      return value === null ? '' : String(value);
    }),
  );
  const more = truncated ? [[truncatedWords[language]]] : [];
  return csv(
    list.columns.map((column) => titleOf(column, language)),
    [...cells, ...more],
  );
}

const truncatedWords = {
  zh: '行数超过导出上限，其余请加筛选后另行导出。',
  en: 'There are more rows than an export holds: narrow the filters for the rest.',
} as const;

const aboutWords = {
  zh: {
    list: '列表',
    at: '导出时刻（北京时间）',
    office: '导出单位',
    rows: '行数',
    filter: '筛选',
    note: '说明',
  },
  en: { list: 'List', at: 'Made at (Beijing)', office: 'By', rows: 'Rows', filter: 'Filter', note: 'Note' },
} as const;

function titleOf({ title, is }: ListColumn, language: 'zh' | 'en'): string {
  if (is !== 'instant') return title[language];
  return language === 'zh' ? `${title.zh}（北京时间）` : `${title.en} (Beijing)`;
}

function cellOf(column: ListColumn, row: Row, language: 'zh' | 'en'): string | number | Date | null {
  const value = column.value(row, language);
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return null;
  switch (column.is) {
    case 'number':
      return Number(value);
    case 'date':
      // A day is a day: at midnight of no zone, as spreadsheets keep it.
      return new Date(`${String(value)}T00:00:00.000Z`);
    case 'instant':
      return localTime(String(value));
    case 'text':
      return String(value);
  }
}

/** `2021-10-22 09:00` in Beijing. */
function localTime(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
