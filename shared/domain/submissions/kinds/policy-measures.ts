/** 实施办法: entry, exit, small-unit area and workflow by supply mode, and the joint review (S-06, S-11, S-12). */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import { findingsOnRules } from '../../policies/measures-findings.ts';
import { MeasuresRules } from '../../policies/measures-rules.ts';
import { ruleSetFrom } from '../../policies/rule-set-from.ts';
import type { Finding } from '../kind.ts';
import { defineKind } from '../kind.ts';
import { recognition } from './recognition.ts';
import { civilDate, defaultLimits, hard, paper, soft, text } from './fields.ts';

/** 国办发〔2021〕22号: mainly at most 70 ㎡; the city sets the number. Seen in government English texts of July 2021. */
const nationalSmallUnit = 70;

const cells = once(() => ({
  entry: text(3000, '准入条件|Entry'),
  exit: text(3000, '退出条件|Exit'),
  workflow: text(3000, '申请审核工作流程|Workflow of application and review'),
}));
const areaSays = '小户型面积标准（平方米）|Small-unit area (m²)';
const area = once(() => z.number().positive().max(500).describe(areaSays));
const built = (says: string) =>
  z
    .strictObject({ ...cells(), smallUnitArea: area() })
    .nullable()
    .describe(says);

const content = once(() =>
  z.strictObject({
    effectiveFrom: civilDate('施行日期|Effective from'),
    matrix: z
      .strictObject({
        newBuild: built('新建（不采用填空）|New build (null: not used)'),
        conversion: built('改建（不采用填空）|Conversion (null: not used)'),
        renovation: built('改造（不采用填空）|Renovation (null: not used)'),
        rentSubsidy: z
          .strictObject({ ...cells(), smallUnitArea: area().nullable().describe(areaSays) })
          .nullable()
          .describe('租赁补贴（不采用填空）|Rent subsidy (null: not used)'),
        other: built('其他（不采用填空）|Other (null: not used)'),
      })
      .describe('分类管理要求|Requirements by supply mode'),
    jointReview: z
      .strictObject({
        lead: text(200, '牵头部门|Lead'),
        members: z
          .array(text(200, '成员单位|Member'))
          .min(1)
          .max(30)
          .describe('联审成员单位|Members of the joint review'),
        mechanism: text(5000, '联审机制|Mechanism'),
      })
      .describe('部门联审机制|Joint review by the departments'),
    rules: MeasuresRules(),
  }),
);
type Measures = z.infer<ReturnType<typeof content>>;

export const policyMeasures = defineKind<Measures>({
  code: 'policy-measures',
  name: { zh: '政策措施', en: 'Policy measures' },
  description: {
    zh: '针对不同建设方式，分类制定准入和退出条件、小户型面积标准、申请审核工作流程；建立部门联审机制。',
    en: 'Entry, exit, small-unit area and workflow by supply mode; the joint review by the departments.',
  },
  clauses: ['S-06', 'S-11', 'S-12'],
  period: 'five-years',
  content,
  papers: [
    paper('measures-document', { zh: '实施办法文本', en: 'Text of the measures' }, 'S-11', 'always'),
    paper(
      'joint-review-mechanism',
      { zh: '部门联审机制文件', en: 'Document of the joint review' },
      'S-12',
      'always',
    ),
  ],
  path: () => 'own-decision',
  reviewers: [],
  limits: defaultLimits,
  check: ({ matrix, rules }) => [
    ...noneUsed(matrix),
    ...aboveNational(matrix),
    ...findingsOnRules({ matrix, rules }),
    ...unknownLatePapers(rules?.review?.latePapers ?? []),
  ],
  declares: 'developing',
  ruleSet: (content, about) => ruleSetFrom(content, { ...about, effectiveFrom: content.effectiveFrom }),
  published: ({ effectiveFrom, matrix, jointReview, rules }) => ({
    effectiveFrom,
    matrix,
    jointReview,
    ...(rules ? { rules } : {}),
  }),
});

function noneUsed(matrix: Measures['matrix']): Finding[] {
  return Object.values(matrix).some((mode) => mode !== null)
    ? []
    : [
        hard(
          'no-mode-used',
          '/matrix',
          '至少填写一种建设方式的管理要求',
          'Fill in the requirements of at least one supply mode',
        ),
      ];
}

function aboveNational(matrix: Measures['matrix']): Finding[] {
  return Object.entries(matrix).flatMap(([mode, cell]) =>
    cell?.smallUnitArea && cell.smallUnitArea > nationalSmallUnit
      ? [
          soft(
            `area-above-national-${mode}`,
            `/matrix/${mode}/smallUnitArea`,
            `小户型面积标准${cell.smallUnitArea}平方米超过国家“以不超过70平方米为主”的要求`,
            `The small-unit area of ${cell.smallUnitArea} m² is above the national “mainly at most 70 m²”`,
          ),
        ]
      : [],
  );
}

/** 容缺材料: a paper that no application for recognition has could never come later. */
function unknownLatePapers(codes: readonly string[]): Finding[] {
  const known = recognition.papers.map(({ code }) => code);
  return codes.flatMap((code, index) =>
    known.includes(code)
      ? []
      : [
          hard(
            'late-paper-unknown',
            `/rules/review/latePapers/${index}`,
            `项目认定申请没有这项材料：${code}`,
            `An application for recognition has no such paper: ${code}`,
          ),
        ],
  );
}
