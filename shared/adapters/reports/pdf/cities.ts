/** Each city by itself: its totals, and every figure with its points or with the reason why there is none. */
import type { CityResult, EvaluationResult } from '../../../domain/evaluation/result.ts';
import type { Scheme } from '../../../domain/evaluation/scheme.ts';
import { plain, points, tierNames, valueWords } from '../words.ts';
import type { Paper } from './paper.ts';
import { drawTable, type TableCell } from './table.ts';

export function cityPages(paper: Paper, { cities, scheme }: EvaluationResult): void {
  paper.chapter('四、各盟市情况', 260);
  for (const city of cities.filter(({ total }) => total !== null)) onePlace(paper, city, scheme);
  const others = cities.filter(({ total }) => total === null);
  if (others.length === 0) return;
  paper.section('不参评的盟市', 110);
  drawTable(
    paper,
    [
      { title: '盟市', share: 18 },
      { title: '类别', share: 18 },
      { title: '情况', share: 64 },
    ],
    others.map(({ name, tier, figures }) => [
      name.zh,
      tierNames[tier],
      figures.find(({ state }) => state === 'not-applicable')?.reason?.zh ?? '',
    ]),
  );
}

function onePlace(paper: Paper, city: CityResult, scheme: Scheme): void {
  const { name, tier, total, rank, grade, figures } = city;
  const gradeName = scheme.grades.find(({ code }) => code === grade)?.name.zh ?? '';
  // Heading, sentence and table stay together.
  paper.section(`${name.zh}（${tierNames[tier]}）`, 200);
  paper.paragraph(
    `得分${points(city.points)}（可评${plain(city.possible)}），折算百分${points(total)}，等次${gradeName}，名次第${rank}。`,
  );
  // Indicators without a source are the same for all: they stand in the annex, once.
  const rows = scheme.indicators.flatMap((indicator): (string | TableCell)[][] => {
    const figure = figures.find((one) => one.indicator === indicator.code);
    if (!figure || figure.state === 'no-source') return [];
    const { state, numerator, denominator, score, weight, reason, evidenceCount } = figure;
    const counted = state === 'scored' && indicator.unit !== 'yes-no' ? `${numerator}/${denominator}` : '';
    return [
      [
        `${indicator.code} ${indicator.name.zh}`,
        { text: valueWords(figure, indicator), ...(state === 'no-data' ? { tone: 'warn' as const } : {}) },
        counted,
        weight === null ? '—' : `${points(score)} / ${points(weight)}`,
        reason?.zh ?? (evidenceCount > 0 ? `佐证${evidenceCount}条，见附件二` : ''),
      ],
    ];
  });
  drawTable(
    paper,
    [
      { title: '指标', share: 24 },
      { title: '指标值', share: 14, align: 'right' },
      { title: '计数', share: 10, align: 'right' },
      { title: '得分/应得', share: 16, align: 'right' },
      { title: '说明', share: 36 },
    ],
    rows,
    { size: 8.5 },
  );
}
