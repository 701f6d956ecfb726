/** The cover: title, who reports, the period, the freeze, and by what the report can be told from another. */
import type { EvaluationResult } from '../../../domain/evaluation/result.ts';
import { dateWords, instantWords } from '../words.ts';
import { colours, margins, type Paper } from './paper.ts';

export function cover(paper: Paper, result: EvaluationResult): void {
  const { doc } = paper;
  const { cycle, year, run, from, to, frozenAt, inputs, corrects } = result;
  doc.rect(margins.left, 150, paper.width, 2.2).fill(colours.accent);
  paper.y = 186;
  paper.write('内蒙古自治区保障性租赁住房', { size: 25, bold: true, align: 'center' });
  paper.gap(2);
  paper.write(cycle === 'yearly' ? '发展情况监测评价报告' : '发展情况监测月报', {
    size: 25,
    bold: true,
    align: 'center',
  });
  paper.gap(16);
  paper.write(cycle === 'yearly' ? `（${year}年度）` : `（${year}年${Number(to.slice(5, 7))}月）`, {
    size: 17,
    align: 'center',
  });
  if (corrects) {
    paper.gap(14);
    paper.write(`更正稿：更正评价${corrects.run}`, { size: 11, align: 'center', colour: colours.warn });
  }
  doc.rect(margins.left, paper.y + 28, paper.width, 0.8).fill(colours.accent);
  paper.y = 520;
  paper.write('内蒙古自治区住房和城乡建设厅', { size: 15, align: 'center' });
  paper.gap(6);
  paper.write(dateWords(localDay(frozenAt)), { size: 12, align: 'center' });
  paper.y = 640;
  const lines: readonly (readonly [string, string])[] = [
    ['评价编号', run],
    ['评价期', `${dateWords(from)}至${dateWords(to)}`],
    ['数据冻结', instantWords(frozenAt)],
    ['数据摘要', inputs],
  ];
  for (const [name, value] of lines) {
    doc
      .font('regular')
      .fontSize(9)
      .fillColor(colours.soft)
      .text(name, margins.left, paper.y, { lineBreak: false });
    doc.fillColor(colours.ink).text(value, margins.left + 58, paper.y, { width: paper.width - 58 });
    paper.y = doc.y + 4;
  }
  paper.gap(4);
  paper.write(
    '本报告由内蒙古自治区保障性租赁住房管理服务平台依据冻结数据自动生成，据同一数据可逐字节重新生成。',
    {
      size: 8.5,
      colour: colours.soft,
    },
  );
}

function localDay(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
}
