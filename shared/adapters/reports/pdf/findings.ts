/** What the evaluation found: the overview in words, the ranking, a table for each dimension, what was late or missing. */
import type { CityResult, EvaluationResult } from '../../../domain/evaluation/result.ts';
import { weightWithSource } from '../../../domain/evaluation/evaluate.ts';
import { indicatorsOf } from '../../../domain/evaluation/scheme.ts';
import { byRank } from '../xlsx.ts';
import { dateWords, plain, points, sourceWords, tierNames, valueWords } from '../words.ts';
import { drawBars } from './chart.ts';
import type { Paper } from './paper.ts';
import { drawTable, type TableCell, type TableColumn } from './table.ts';

export function overview(paper: Paper, result: EvaluationResult): void {
  const { cities, scheme, from, to, region } = result;
  const evaluated = cities.filter(({ total }) => total !== null);
  const notDeveloping = cities.filter(({ development }) => development === 'not-developing');
  const others = cities.filter(
    ({ total, development }) => total === null && development !== 'not-developing',
  );
  paper.chapter('一、评价概况');
  paper.paragraph(
    `依据《内蒙古自治区人民政府办公厅关于加快发展保障性租赁住房的实施意见》（内政办发〔2021〕53号）三（三）“自治区住房城乡建设厅要会同有关部门对各盟市发展保障性租赁住房情况实施监测评价”的要求，对${dateWords(from)}至${dateWords(to)}各盟市发展保障性租赁住房情况进行监测评价。`,
  );
  paper.paragraph(
    `${evaluated.length > 0 ? `全区12个盟市中，${evaluated.length}个参加本次评价（${namesOf(evaluated)}）` : '全区12个盟市本次均无可评事项'}` +
      `${notDeveloping.length > 0 ? `；${namesOf(notDeveloping)}已申报不发展保障性租赁住房，按通知一“没有需求的城市不要盲目发展保障性租赁住房”的规定不作评价` : ''}` +
      `${others.length > 0 ? `；${namesOf(others)}期内没有应评事项` : ''}。`,
  );
  const withSource = weightWithSource(scheme);
  paper.paragraph(
    `指标体系共${scheme.dimensions.length}个维度、${scheme.indicators.length}项指标，总权重100。平台目前已有记录可据以计算的指标权重合计${plain(withSource)}，其余${plain(100 - withSource)}因平台尚无相应记录，本次不计分，其权重按比例分给同一维度的其他指标；整个维度无记录的，该维度不计入可评分值。得分按可评分值折算为百分。`,
  );
  const onTime = region.find(({ indicator }) => indicator === 'A1');
  if (onTime?.value != null)
    paper.paragraph(
      `期内全区到期报送事项${onTime.denominator}项，按时完成${onTime.numerator}项，按时报送率${plain(onTime.value)}%。`,
    );
  paper.note(`指标体系：${sourceWords(scheme)}。起分值、满分值和权重未经正式发布的，均注明为建议值。`);
}

function namesOf(cities: readonly CityResult[]): string {
  return cities.map(({ name }) => name.zh).join('、');
}

export function ranking(paper: Paper, { cities, scheme }: EvaluationResult): void {
  paper.chapter('二、评价结果');
  const sorted = [...cities].sort(byRank);
  const columns: TableColumn[] = [
    { title: '名次', share: 6, align: 'center' },
    { title: '盟市', share: 14 },
    { title: '类别', share: 14 },
    ...scheme.dimensions.map(({ code }): TableColumn => ({ title: `${code}`, share: 8, align: 'right' })),
    { title: '得分/可评', share: 15, align: 'right' },
    { title: '折算百分', share: 11, align: 'right' },
    { title: '等次', share: 9, align: 'center' },
  ];
  const rows = sorted.map((city): (string | TableCell)[] => {
    const evaluated = city.total !== null;
    const grade = scheme.grades.find(({ code }) => code === city.grade)?.name.zh;
    return [
      city.rank === null ? '—' : String(city.rank),
      city.name.zh,
      tierNames[city.tier],
      ...city.dimensions.map(({ score }): TableCell => ({
        text: points(score),
        ...(score === null ? { tone: 'soft' } : {}),
      })),
      evaluated ? `${points(city.points)} / ${plain(city.possible)}` : { text: '—', tone: 'soft' },
      evaluated ? { text: points(city.total), tone: 'strong' } : { text: '—', tone: 'soft' },
      grade ?? { text: '不参评', tone: 'soft' },
    ];
  });
  drawTable(paper, columns, rows);
  paper.note(
    `A至D为各维度得分：${scheme.dimensions.map(({ code, name, weight }) => `${code} ${name.zh}（${weight}分）`).join('；')}。“—”为不计分。得分相同的名次并列。`,
  );
  const scored = sorted.filter(({ total }) => total !== null);
  if (scored.length > 0) {
    paper.section('各盟市得分（折算百分）', 80 + scored.length * 19);
    drawBars(
      paper,
      scored.map(({ name, total }) => ({ name: name.zh, value: total ?? 0 })),
      100,
    );
  }
}

export function dimensionTables(paper: Paper, { cities, scheme }: EvaluationResult): void {
  paper.chapter('三、分项情况');
  for (const { code, name, weight } of scheme.dimensions) {
    const indicators = indicatorsOf(scheme, code);
    const scored = cities.some(({ dimensions }) =>
      dimensions.some((one) => one.dimension === code && one.score !== null),
    );
    // With its table, whole where it can be.
    paper.section(`（${code}）${name.zh}（${weight}分）`, scored ? 330 : 90);
    if (!scored) {
      paper.paragraph(
        `本维度${indicators.length}项指标（${indicators.map((one) => one.name.zh).join('、')}）平台尚无相应记录，或对各盟市均不适用，本次不计分。`,
      );
      continue;
    }
    const columns: TableColumn[] = [
      { title: '盟市', share: 13 },
      ...indicators.map((one): TableColumn => ({
        title: `${one.code} ${one.name.zh}`,
        share: 12,
        align: 'right',
      })),
      { title: '得分', share: 8, align: 'right' },
    ];
    const rows = cities.map((city): (string | TableCell)[] => [
      city.name.zh,
      ...indicators.map((indicator): TableCell => {
        const figure = city.figures.find((one) => one.indicator === indicator.code);
        if (!figure) return { text: '—', tone: 'soft' };
        const { state, score, weight: of } = figure;
        if (state === 'no-data') return { text: valueWords(figure, indicator), tone: 'warn' };
        if (state !== 'scored') return { text: valueWords(figure, indicator), tone: 'soft' };
        return {
          text: `${valueWords(figure, indicator)}\n${points(score)}分`,
          shade: of ? (score ?? 0) / of : 0,
        };
      }),
      { text: points(city.dimensions.find((one) => one.dimension === code)?.score ?? null), tone: 'strong' },
    ]);
    drawTable(paper, columns, rows, { size: 8 });
  }
  paper.note('每格上为指标值，下为得分；底色深浅示意得分占该项可得分的比例。');
}

export function lateAndMissing(paper: Paper, { cities }: EvaluationResult): void {
  paper.chapter('五、逾期与缺报');
  const late = cities.flatMap(({ name, figures }) =>
    figures
      .filter(({ indicator }) => indicator === 'A1')
      .flatMap(({ evidence }) => evidence.filter(({ numerator }) => numerator === 0))
      .map((line) => [name.zh, line.says.zh]),
  );
  if (late.length === 0) paper.paragraph('期内到期的报送事项均按时完成，或没有到期事项。');
  else {
    paper.paragraph(`期内到期而未按时完成的报送事项共${late.length}项，如下表。`);
    drawTable(
      paper,
      [
        { title: '盟市', share: 14 },
        { title: '事项', share: 86 },
      ],
      late,
    );
  }
  const missing = cities.flatMap(({ name, figures }) =>
    figures
      .filter(({ state }) => state === 'no-data')
      .map(({ indicator, reason }) => [name.zh, indicator, reason?.zh ?? '']),
  );
  if (missing.length > 0) {
    paper.section('应有而缺的资料（计0分）');
    drawTable(
      paper,
      [
        { title: '盟市', share: 14 },
        { title: '指标', share: 8 },
        { title: '情况', share: 78 },
      ],
      missing,
    );
  }
}

export function corrections(paper: Paper, { corrects, cities }: EvaluationResult): void {
  paper.chapter('六、更正说明');
  paper.paragraph(`本次评价更正评价${corrects?.run ?? ''}，理由：${corrects?.reason ?? ''}。`);
  const names = new Map(cities.map(({ city, name }) => [city, name.zh]));
  const of: Readonly<Record<string, string>> = { total: '折算百分', grade: '等次', rank: '名次' };
  const rows = (corrects?.differences ?? []).map((one) => [
    names.get(one.city) ?? one.city,
    of[one.of] ?? one.of,
    one.before === null ? '—' : String(one.before),
    one.after === null ? '—' : String(one.after),
  ]);
  if (rows.length === 0) paper.paragraph('更正后各项结果与更正前相同。');
  else
    drawTable(
      paper,
      [
        { title: '盟市', share: 20 },
        { title: '项目', share: 20 },
        { title: '更正前', share: 30, align: 'right' },
        { title: '更正后', share: 30, align: 'right' },
      ],
      rows,
    );
}
