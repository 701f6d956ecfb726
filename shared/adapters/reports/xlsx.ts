/** The report as a workbook: what it is, the ranking, a sheet for each dimension, the records behind every figure, the scheme. */
import ExcelJS from 'exceljs';
import { officeOf } from '../../domain/identity/offices.ts';
import type { CityResult, EvaluationResult } from '../../domain/evaluation/result.ts';
import { indicatorsOf, type Scheme } from '../../domain/evaluation/scheme.ts';
import { dateWords, instantWords, sourceWords, tierNames, titleOf, unitOf, withoutFigure } from './words.ts';
import { bytesOfWorkbook } from './workbook.ts';

type Cell = string | number | null;

interface Column {
  readonly title: string;
  readonly width: number;
  readonly format?: string;
}

const text = (title: string, width: number): Column => ({ title, width });
const number = (title: string, width = 10, format = '0.00'): Column => ({ title, width, format });

export async function resultAsXlsx(result: EvaluationResult): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '安居';
  workbook.created = new Date(result.frozenAt);
  workbook.modified = new Date(result.frozenAt);
  about(workbook, result);
  ranking(workbook, result);
  for (const { code, name } of result.scheme.dimensions) {
    dimension(workbook, result, code, name.zh);
  }
  evidence(workbook, result);
  scheme(workbook, result.scheme);
  if (result.corrects) differences(workbook, result);
  return bytesOfWorkbook(workbook);
}

function about(workbook: ExcelJS.Workbook, result: EvaluationResult): void {
  const { run, from, to, frozenAt, inputs, corrects } = result;
  const sheet = workbook.addWorksheet('说明', { pageSetup: portrait });
  sheet.columns = [{ width: 18 }, { width: 90 }];
  sheet.addRows([
    ['名称', titleOf(result)],
    ['评价编号', run],
    ['评价期', `${dateWords(from)}至${dateWords(to)}`],
    ['数据冻结', instantWords(frozenAt)],
    ['冻结数据摘要', inputs],
    ['指标体系', sourceWords(result.scheme)],
    ['依据', '内政办发〔2021〕53号，三（三）（S-21）'],
    ...(corrects ? [['更正', `更正评价${corrects.run}：${corrects.reason}`]] : []),
    ['计分', '得分=权重×（指标值－起分值）÷（满分值－起分值），限于0至1之间'],
    ['留空', '不适用和平台尚无记录的指标不计分，其权重按比例分给同维度其他指标；应有而缺的计0分'],
  ]);
  sheet.getColumn(1).font = { bold: true };
  sheet.getColumn(2).alignment = { wrapText: true, vertical: 'top' };
}

function ranking(
  workbook: ExcelJS.Workbook,
  { cities, scheme: { grades, dimensions } }: EvaluationResult,
): void {
  const columns = [
    number('名次', 8, '0'),
    text('代码', 10),
    text('盟市', 14),
    text('类别', 14),
    ...dimensions.map(({ code }) => number(`${code}得分`)),
    number('得分'),
    number('可评分值', 12),
    number('折算百分', 12),
    text('等次', 10),
  ];
  const rows = [...cities]
    .sort(byRank)
    .map((city): Cell[] => [
      city.rank,
      city.city,
      city.name.zh,
      tierNames[city.tier],
      ...city.dimensions.map(({ score }) => score),
      city.points,
      city.possible,
      city.total,
      grades.find(({ code }) => code === city.grade)?.name.zh ?? '不参评',
    ]);
  table(workbook, '总表', columns, rows);
}

/** Cities without a rank come last, by code. */
export function byRank(a: CityResult, b: CityResult): number {
  return (a.rank ?? 99) - (b.rank ?? 99) || a.city.localeCompare(b.city);
}

function dimension(workbook: ExcelJS.Workbook, result: EvaluationResult, code: string, name: string): void {
  const indicators = indicatorsOf(result.scheme, code);
  const columns = [
    text('代码', 10),
    text('盟市', 14),
    ...indicators.flatMap((indicator) => {
      const unit = unitOf(indicator);
      return [
        number(`${indicator.code} ${indicator.name.zh}${unit ? `（${unit}）` : ''}`, 16),
        number(`${indicator.code} 得分`),
        text(`${indicator.code} 说明`, 14),
      ];
    }),
    number('维度得分', 12),
  ];
  const rows = result.cities.map((city): Cell[] => [
    city.city,
    city.name.zh,
    ...indicators.flatMap((indicator): Cell[] => {
      const figure = city.figures.find((one) => one.indicator === indicator.code);
      return [figure?.value ?? null, figure?.score ?? null, figure ? withoutFigure[figure.state] : ''];
    }),
    city.dimensions.find((one) => one.dimension === code)?.score ?? null,
  ]);
  table(workbook, `${code} ${name}`.replaceAll(/[，、]/g, ' ').slice(0, 31), columns, rows);
}

function evidence(workbook: ExcelJS.Workbook, { cities }: EvaluationResult): void {
  const columns = [
    text('盟市', 14),
    text('指标', 8),
    text('报送单位', 22),
    text('记录', 52),
    number('审计序号', 10, '0'),
    text('部分', 28),
    text('计入日', 12),
    number('分子', 8, '0'),
    number('分母', 8, '0'),
    text('内容', 80),
  ];
  const rows = cities.flatMap(({ name, figures }) =>
    figures.flatMap((figure) =>
      figure.evidence.map((line): Cell[] => [
        name.zh,
        figure.indicator,
        officeOf(line.office)?.zh ?? line.office,
        line.record,
        line.seq,
        line.part,
        line.day,
        line.numerator,
        line.denominator,
        line.says.zh,
      ]),
    ),
  );
  table(workbook, '佐证', columns, rows);
}

function scheme(workbook: ExcelJS.Workbook, { indicators }: Scheme): void {
  const columns = [
    text('指标', 8),
    text('名称', 22),
    text('计算方法', 50),
    number('起分值'),
    number('满分值'),
    number('权重', 8),
    text('条款', 14),
    text('数据来源', 28),
    text('数值来源', 28),
  ];
  const rows = indicators.map((one): Cell[] => [
    one.code,
    one.name.zh,
    one.formula.zh,
    one.floor,
    one.goal,
    one.weight,
    one.clauses.join('、'),
    one.records.zh,
    one.source,
  ]);
  table(workbook, '指标体系', columns, rows);
}

function differences(workbook: ExcelJS.Workbook, { corrects, cities }: EvaluationResult): void {
  const columns = [text('盟市', 14), text('项目', 14), text('更正前', 18), text('更正后', 18)];
  const names = new Map(cities.map(({ city, name }) => [city, name.zh]));
  const rows = (corrects?.differences ?? []).map((one): Cell[] => [
    names.get(one.city) ?? one.city,
    one.of,
    one.before === null ? '—' : one.before,
    one.after === null ? '—' : one.after,
  ]);
  table(workbook, '更正', columns, rows);
}

const portrait = { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;

function table(
  workbook: ExcelJS.Workbook,
  name: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): void {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { ...portrait, orientation: 'landscape', printTitlesRow: '1:1' },
  });
  sheet.columns = columns.map(({ width, format }) => ({
    width,
    ...(format ? { style: { numFmt: format } } : {}),
  }));
  const header = sheet.addRow(columns.map(({ title }) => title));
  header.font = { bold: true };
  header.alignment = { wrapText: true, vertical: 'middle' };
  header.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EDF3' } };
  for (const row of rows) sheet.addRow([...row]);
  if (rows.length > 0)
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
}
