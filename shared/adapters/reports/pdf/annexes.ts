/** Annexes: the scheme with its sources, and the records behind every figure. */
import { evidenceKept } from '../../../domain/evaluation/inputs.ts';
import { officeOf } from '../../../domain/identity/offices.ts';
import type { EvaluationResult } from '../../../domain/evaluation/result.ts';
import { plain, unitOf } from '../words.ts';
import type { Paper } from './paper.ts';
import { drawTable } from './table.ts';

export function schemeAnnex(paper: Paper, { scheme }: EvaluationResult): void {
  paper.chapter('附件一　指标体系');
  const rows = scheme.indicators.map((one) => [
    one.code,
    one.name.zh,
    one.formula.zh,
    `${plain(one.floor)}${unitOf(one)}`,
    `${plain(one.goal)}${unitOf(one)}`,
    plain(one.weight),
    one.clauses.join('、'),
    one.source.startsWith('unverified') ? '建议值' : one.source,
  ]);
  drawTable(
    paper,
    [
      { title: '指标', share: 6 },
      { title: '名称', share: 16 },
      { title: '计算方法', share: 29 },
      { title: '起分值', share: 11, align: 'right' },
      { title: '满分值', share: 10, align: 'right' },
      { title: '权重', share: 7, align: 'right' },
      { title: '条款', share: 14 },
      { title: '来源', share: 10 },
    ],
    rows,
    { size: 8 },
  );
  paper.note(
    '条款编号S-01至S-22为内政办发〔2021〕53号各条要求的顺序编号。建议值尚无正式发布的依据，正式指标体系载入平台后即行替换，以往评价不变。',
  );
}

export function evidenceAnnex(paper: Paper, { cities }: EvaluationResult): void {
  paper.chapter('附件二　佐证');
  const rows = cities.flatMap(({ name, figures }) =>
    figures.flatMap(({ indicator, evidence }) =>
      evidence.map((line) => [
        `${name.zh}\n${indicator}`,
        line.office === '' || officeOf(line.office)?.rollsUpTo === line.office
          ? line.says.zh
          : `${officeOf(line.office)?.zh ?? line.office}：${line.says.zh}`,
        line.day,
        `${line.numerator}/${line.denominator}`,
        `${idOf(line.record)}\n第${line.seq}条`,
      ]),
    ),
  );
  if (rows.length === 0) {
    paper.paragraph('期内没有计入指标的记录。');
    return;
  }
  drawTable(
    paper,
    [
      { title: '盟市 指标', share: 11 },
      { title: '内容', share: 38 },
      { title: '计入日', share: 11 },
      { title: '计数', share: 7, align: 'right' },
      { title: '记录及审计序号', share: 36 },
    ],
    rows,
    { size: 7 },
  );
  const more = cities.some(({ figures }) => figures.some((one) => one.evidenceCount > one.evidence.length));
  if (more) paper.note(`每一指标值至多列示${evidenceKept}条。`);
}

/** The kind of record in Chinese, and its whole id: by these it is found on the platform. */
function idOf(record: string): string {
  const [kind = '', id = ''] = [record.slice(0, record.indexOf(':')), record.slice(record.indexOf(':') + 1)];
  return `${kind === 'obligation' ? '义务' : '申报件'} ${id}`;
}
