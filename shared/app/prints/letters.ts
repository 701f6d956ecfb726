/** Letters to the owner: what is to be corrected or supplied, why it is refused and what he can do, what was decided. */
import { pointerParts } from '../../kernel/json-pointer.ts';
import { standingRestrictions } from '../../domain/certificates/terms.ts';
import type { Paper } from '../../domain/submissions/submission.ts';
import { conditionTimes } from '../../domain/submissions/joint-review/review-file.ts';
import { contentSchema, labelAt } from '../../domain/submissions/kinds/labels.ts';
import { clockNamed } from '../../domain/submissions/stage-clocks.ts';
import { effectWords } from './effects.ts';
import type { PaperLayout } from './paper-prints.ts';
import { heading, paragraph, type Block } from './print.ts';
import { bodyOf, type ReviewRecords } from './records.ts';
import { officeName, signature } from './words.ts';

/** 行政许可法第三十八条 asks a refusal to name them; the notice of 2021 says nothing of them, so no days are named here. */
const remediesByLaw =
  '决定机关未另行载明救济途径。申请人对本决定不服的，可以依法申请行政复议或者提起行政诉讼。';

function salutation(records: ReviewRecords): Block {
  return { kind: 'salutation', text: `${officeName(records.head.owner, records)}：` };
}

/** `你单位提交的《项目认定申请》（演发〔2021〕1号，项目：演示公寓，第1稿）`. */
function theFiling({ kind, subject, version: { filing } }: ReviewRecords, { version }: Paper): string {
  const about = [filing.documentNumber, subject ? `项目：${subject.name}` : '', `第${version}稿`];
  return `你单位提交的《${kind.name.zh}》（${about.filter((one) => one !== '').join('，')}）`;
}

export const correctionNotice: PaperLayout = (paper, records) => {
  const { head } = records;
  const { defects } = bodyOf<'return'>(paper);
  const limit = head.terms?.days.correction ?? clockNamed(head, 'correction')?.limit;
  return {
    title: { zh: '一次性补正告知书', en: 'Correction notice' },
    blocks: [
      salutation(records),
      paragraph(`${theFiling(records, paper)}，经审查，须补正下列事项。本告知书一次性列明全部需补正事项：`),
      {
        kind: 'list',
        items: defects.map(({ pointer, text, toldLate }) => {
          const why = toldLate === undefined ? '' : `（此前未告知的原因：${toldLate}）`;
          return `${fieldNamed(records, pointer)}${text}${why}`;
        }),
      },
      paragraph(
        `请${limit === undefined ? '' : `自收到本告知书之日起${limit}个工作日内`}通过平台补正后重新报送。补正期间不计入办理时限。`,
      ),
      signature(records, paper),
    ],
  };
};

/** `总套（间）数：` of the field that a defect points at; nothing of one that is of the filing as a whole. */
function fieldNamed({ kind }: ReviewRecords, pointer: string): string {
  const path = pointerParts(pointer);
  return path.length === 0 ? '' : `${labelAt(contentSchema(kind), path).zh}：`;
}

export const supplementRequest: PaperLayout = (paper, records) => ({
  title: { zh: '补充材料通知书', en: 'Request for a supplement' },
  blocks: [
    salutation(records),
    paragraph(`${theFiling(records, paper)}，审查中须补充说明或者补充材料：`),
    { kind: 'list', items: bodyOf<'ask-supplement'>(paper).questions },
    paragraph('请通过平台答复。答复期间，本单位的审查时限中止计算。'),
    signature(records, paper),
  ],
});

export const refusalLetter: PaperLayout = (paper, records) => {
  const { reason, remedies } = bodyOf<'refuse'>(paper);
  const words = effectWords(records.kind);
  const byDecider = paper.role === 'decider';
  const disagreed = paper.role === 'lead' ? disagreements(paper, records) : [];
  return {
    title: byDecider ? words.refusal : { zh: '不予通过决定书', en: 'Refusal' },
    blocks: [
      salutation(records),
      paragraph(`${theFiling(records, paper)}，经审查，决定${byDecider ? words.refused : '不予通过'}。`),
      heading('一、理由', 'Reasons'),
      paragraph(reason),
      ...(disagreed.length > 0
        ? [paragraph('下列部门出具了不同意的意见：'), { kind: 'list', items: disagreed } as const]
        : []),
      heading('二、救济途径', 'Remedies'),
      paragraph(remedies ?? remediesByLaw),
      signature(records, paper),
    ],
  };
};

/** `新城区消防救援部门：疏散宽度不足`, of the opinions that stood when it was refused. */
function disagreements(refusal: Paper, records: ReviewRecords): string[] {
  const { head, papers } = records;
  return head.opinions
    .filter(({ verdict, seq }) => verdict === 'disagree' && seq < refusal.seq)
    .map(({ office, seq }) => {
      const paper = papers.find((one) => one.seq === seq);
      const reason =
        paper?.type === 'minutes'
          ? bodyOf<'record-minutes'>(paper).opinions.find(({ department }) =>
              office.endsWith(`-${department}`),
            )?.reason
          : paper && bodyOf<'opine'>(paper).reason;
      return `${officeName(office, records)}：${reason ?? ''}`;
    });
}

export const decisionLetter: PaperLayout = (paper, records) => {
  const { kind, subject, head, review } = records;
  const { documentNumber, note } = bodyOf<'approve'>(paper);
  const words = effectWords(kind);
  // Those of before the decision are met by then, or were set aside.
  const later = (review?.conditions ?? []).filter(
    ({ state, before }) => state !== 'set-aside' && before !== 'decision',
  );
  const project = subject ? `${subject.name}（${subject.address}，${subject.homes}套（间））` : '该项目';
  return {
    title: words.decision,
    documentNumber,
    blocks: [
      salutation(records),
      paragraph(
        `${theFiling(records, paper)}，依照《内蒙古自治区人民政府办公厅关于加快发展保障性租赁住房的实施意见》（内政办发〔2021〕53号）和适用规则（${head.terms?.rules ?? ''}），经部门联审，决定：`,
      ),
      paragraph(`${project}${words.grants}。`),
      ...(note === undefined ? [] : [paragraph(note)]),
      ...(later.length > 0
        ? [
            heading('附带条件', 'Conditions'),
            {
              kind: 'list',
              items: later.map(
                ({ text, before, office }) =>
                  `${text}（${conditionTimes[before].zh}落实；${officeName(office, records)}）`,
              ),
            } as const,
          ]
        : []),
      ...(kind.certificate === 'cancel' ? [] : standingRestrictions.map(paragraph)),
      signature(records, paper),
    ],
  };
};
