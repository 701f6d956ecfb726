/** Papers of the review itself: a department's opinion, the minutes, the site visit, the check against the plan. */
import { departmentOf } from '../../domain/identity/departments.ts';
import type { Paper } from '../../domain/submissions/submission.ts';
import type { PaperLayout } from './paper-prints.ts';
import { heading, paragraph, type Field } from './print.ts';
import { bodyOf, type ReviewRecords } from './records.ts';
import {
  blank,
  conditionWords,
  dayOf,
  dayWords,
  fileWords,
  none,
  numbered,
  officeName,
  signature,
  verdictWords,
} from './words.ts';

/** What the paper is about, in two rows. */
function about({ kind, subject }: ReviewRecords, { version }: Paper): readonly (readonly Field[])[] {
  return [
    [{ label: '项目名称', value: subject?.name ?? blank }],
    [{ label: '申报单位', value: subject?.owner.name ?? blank }],
    [
      { label: '申报事项', value: kind.name.zh },
      { label: '申报稿', value: `第${version}稿` },
    ],
  ];
}

export const opinionPrint: PaperLayout = (paper, records) => {
  const { verdict, conditions = [], reason } = bodyOf<'opine'>(paper);
  const stands = records.head.opinions.some(({ seq }) => seq === paper.seq);
  return {
    title: { zh: '部门审查意见书', en: 'Opinion of a department' },
    blocks: [
      {
        kind: 'fields',
        rows: [
          ...about(records, paper),
          [{ label: '审查部门', value: officeName(paper.office, records) }],
          [{ label: '审查意见', value: verdictWords[verdict] }],
          [{ label: '附带条件', value: numbered(conditionWords(conditions)) || none }],
          [{ label: '理由', value: reason ?? blank }],
        ],
      },
      ...(stands ? [] : [paragraph('本意见已不在案：已经撤回，或者因申报件补正后须重新审查。')]),
      signature(records, paper),
    ],
  };
};

export const minutesOfReview: PaperLayout = (paper, records) => {
  const { date, documentNumber, opinions } = bodyOf<'record-minutes'>(paper);
  return {
    title: { zh: '部门联审会议纪要', en: 'Minutes of the joint review' },
    documentNumber,
    blocks: [
      {
        kind: 'fields',
        rows: [
          ...about(records, paper),
          [
            { label: '会议日期', value: dayWords(date) },
            { label: '登记日期', value: dayOf(paper.at) },
          ],
          [{ label: '召集单位', value: officeName(paper.office, records) }],
          [{ label: '纪要扫描件', value: fileWords([paper.body['document']]) }],
        ],
      },
      heading('会上形成的部门意见', 'Opinions that the meeting settled'),
      {
        kind: 'table',
        columns: [
          { title: '部门', share: 22 },
          { title: '意见', share: 16, align: 'center' },
          { title: '附带条件', share: 34 },
          { title: '理由', share: 28 },
        ],
        rows: opinions.map(({ department, verdict, conditions = [], reason }) => [
          departmentOf(department)?.zh ?? department,
          verdictWords[verdict],
          numbered(conditionWords(conditions)) || none,
          reason ?? blank,
        ]),
        none: '会上未形成部门意见',
      },
      signature(records, paper),
    ],
  };
};

export const siteVisitPrint: PaperLayout = (paper, records) => {
  const { date, offices, findings } = bodyOf<'record-visit'>(paper);
  return {
    title: { zh: '现场踏勘记录', en: 'Record of the site visit' },
    blocks: [
      {
        kind: 'fields',
        rows: [
          ...about(records, paper),
          [{ label: '项目地址', value: records.subject?.address ?? blank }],
          [{ label: '踏勘日期', value: dayWords(date) }],
          [{ label: '参加单位', value: offices.join('、') }],
          [{ label: '踏勘情况', value: findings }],
          [{ label: '所附文件', value: fileWords(paper.body['documents']) }],
        ],
      },
      signature(records, paper),
    ],
  };
};

export const planCheckPrint: PaperLayout = (paper, records) => ({
  title: { zh: '年度计划核对意见', en: 'Check against the annual plan' },
  blocks: [
    {
      kind: 'fields',
      rows: [
        ...about(records, paper),
        [
          { label: '计划年度', value: records.subject ? `${records.subject.planYear}年` : blank },
          { label: '套数', value: records.subject ? `${records.subject.homes}套（间）` : blank },
        ],
        [{ label: '核对意见', value: '已列入年度计划，核对通过' }],
        [{ label: '说明', value: bodyOf<'pass-plan-check'>(paper).note ?? blank }],
      ],
    },
    signature(records, paper),
  ],
});
