/** 项目认定申请: the joint review of a project, at whose end stands the certificate (项目认定书; S-08 to S-12). */
import type { Text } from '../../../kernel/refusal.ts';
import { defineKind, type PaperRule } from '../kind.ts';
import { defaultLimits, paper } from './fields.ts';
import { recognitionContent, type Recognition } from './recognition-fields.ts';
import { projectOf, termsOf } from './recognition-outcome.ts';
import { recognitionFindings } from './recognition-rules.ts';

const on = (content: unknown): Recognition => content as Recognition;

function when(zh: string, en: string, holds: (content: Recognition) => boolean): PaperRule['required'] {
  return {
    says: { zh, en },
    when: (content) => {
      const parsed = recognitionContent().safeParse(content);
      return parsed.success && holds(on(parsed.data));
    },
  };
}

const isNew = ({ supplyMode }: Recognition): boolean => supplyMode === 'newBuild';
/** 非居住存量房屋改建 */
const isConversion = ({ supplyMode }: Recognition): boolean => supplyMode === 'conversion';
const source = 'S-12';

function always(code: string, zh: string, en: string): PaperRule {
  return paper(code, { zh, en }, source, 'always');
}

function conditional(code: string, name: Text, required: PaperRule['required']): PaperRule {
  return paper(code, name, source, required);
}

/** The first line is partly sourced (重庆南岸), the rest a proposal: what a city wants besides, it asks for as a supplement. */
const papers: readonly PaperRule[] = [
  always('application', '申报表和申请报告', 'Application'),
  always('undertaking', '承诺书（不上市销售或变相销售）', 'Undertaking (no sale, no disguised sale)'),
  always('licence', '统一社会信用代码证照', 'Licence with the credit code'),
  always('title', '土地或不动产权属证明', 'Title to land or building'),
  conditional(
    'consent-of-holder',
    { zh: '权利人授权或者抵押权人书面同意', en: 'Authorisation of the holder, or consent of the mortgagee' },
    when(
      '非本单位产权或者已抵押',
      'somebody else owns it, or it is mortgaged',
      (one) => one.notOwned || one.mortgaged,
    ),
  ),
  conditional(
    'works-plan',
    { zh: '建设（改建）方案', en: 'Plan of the works' },
    when('新建或者改建', 'new build or conversion', (one) => isNew(one) || isConversion(one)),
  ),
  conditional(
    'land-approval',
    { zh: '规划条件或者用地批准文件', en: 'Planning conditions or approval of the land' },
    when('新建', 'new build', isNew),
  ),
  conditional(
    'collective-consent',
    {
      zh: '集体成员三分之二以上同意的决议（土地管理法第六十三条）',
      en: 'Consent of two thirds of the collective',
    },
    when('使用集体经营性建设用地', 'collective land', ({ landPath }) => landPath === 'collective'),
  ),
  conditional(
    'safety-appraisal',
    { zh: '房屋安全鉴定报告', en: 'Appraisal of structural safety' },
    when(
      '改建，或者改造改变结构',
      'conversion, or altered renovation',
      (one) => isConversion(one) || one.altered,
    ),
  ),
  conditional(
    'fire-design',
    { zh: '消防设计方案', en: 'Fire-safety design' },
    when(
      '改建，或者改造改变结构',
      'conversion, or altered renovation',
      (one) => isConversion(one) || one.altered,
    ),
  ),
  conditional(
    'survey',
    { zh: '房屋测绘报告', en: 'Survey of the building' },
    when(
      '改建或者改造',
      'conversion or renovation',
      (one) => isConversion(one) || one.supplyMode === 'renovation',
    ),
  ),
  conditional(
    'rent-assessment',
    { zh: '市场租金评估报告及拟定租金', en: 'Assessment of market rents and proposed rents' },
    when(
      '改造（其他方式在出租前提交）',
      'renovation; others before letting',
      ({ supplyMode }) => supplyMode === 'renovation',
    ),
  ),
  conditional(
    'operating-contract',
    { zh: '委托运营合同', en: 'Contract with the operator' },
    when('委托运营', 'somebody else operates it', ({ operator }) => operator !== null),
  ),
];

export const recognition = defineKind<Recognition>({
  code: 'recognition',
  name: { zh: '项目认定申请', en: 'Application for recognition' },
  description: {
    zh: '申请认定保障性租赁住房项目：部门联审、计划核对、公示、决定，发给项目认定书。',
    en: 'Recognition of a project: joint review, plan check, public notice, decision, certificate.',
  },
  clauses: ['S-08', 'S-09', 'S-10', 'S-12'],
  period: 'new-project',
  filedBy: 'organisation',
  content: recognitionContent,
  papers,
  path: (city) =>
    city.development === 'not-developing'
      ? {
          refused: {
            zh: '该市已说明不发展保障性租赁住房',
            en: 'this city does not develop such housing (S-03)',
          },
        }
      : 'joint-review',
  reviewers: [],
  limits: defaultLimits,
  check: recognitionFindings,
  certificate: 'issue',
  project: projectOf,
  certifies: termsOf,
  promises: ({ promised }) => promised,
});
