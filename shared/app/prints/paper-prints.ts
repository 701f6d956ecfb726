/** A filing's papers (文书) as prints: one function a type; a type without one is a note on the record and has none. */
import type { Text } from '../../kernel/refusal.ts';
import { paperTypes, type Paper, type PaperType } from '../../domain/submissions/submission.ts';
import { correctionNotice, decisionLetter, refusalLetter, supplementRequest } from './letters.ts';
import { paragraph, type Block, type Print, type PrintSource } from './print.ts';
import type { ReviewRecords } from './records.ts';
import { dayWords, delegationOf } from './words.ts';
import { minutesOfReview, opinionPrint, planCheckPrint, siteVisitPrint } from './review-papers.ts';

interface Layout {
  readonly title: Text;
  /** Its own 文号; absent: it has its number on the platform alone. */
  readonly documentNumber?: string | undefined;
  readonly blocks: readonly Block[];
}

export type PaperLayout = (paper: Paper, records: ReviewRecords) => Layout;

const layouts: Readonly<Partial<Record<PaperType, PaperLayout>>> = {
  'correction-notice': correctionNotice,
  opinion: opinionPrint,
  'supplement-request': supplementRequest,
  refusal: refusalLetter,
  'site-visit': siteVisitPrint,
  minutes: minutesOfReview,
  'plan-check': planCheckPrint,
  decision: decisionLetter,
};

export const printedPapers: readonly PaperType[] = (Object.keys(paperTypes) as PaperType[]).filter(
  (type) => type in layouts,
);

/** @returns undefined for a type that has no print */
export function paperPrint(
  paper: Paper,
  records: ReviewRecords,
  entry: Pick<PrintSource, 'entryHash'>,
): Print | undefined {
  const layout = layouts[paper.type]?.(paper, records);
  if (!layout) return undefined;
  const { title, documentNumber, blocks } = layout;
  const onPlatform = `平台文书第${paper.seq}号`;
  return {
    title,
    under: documentNumber === undefined ? onPlatform : `${documentNumber}　　${onPlatform}`,
    calledBy: '本件',
    blocks: withDelegation(blocks, paper),
    source: {
      submission: records.head.id,
      version: paper.version,
      versionHash: records.version.hash,
      entry: paper.seq,
      ...entry,
      at: paper.at,
    },
  };
}

/** What a delegate signs shows the limits of his authorisation, above the seal (行政许可法第二十四条). */
function withDelegation(blocks: readonly Block[], paper: Paper): readonly Block[] {
  const delegation = delegationOf(paper);
  if (!delegation) return blocks;
  const { document, limits, to } = delegation;
  const says = `本件由受委托人签署。授权文号：${document}；授权事项和限额：${limits}；授权至${dayWords(to)}（含当日）。`;
  const sealed = blocks.findIndex(({ kind }) => kind === 'signature');
  return blocks.toSpliced(sealed, 0, paragraph(says));
}
