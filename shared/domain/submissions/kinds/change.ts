/** 项目变更申请: what a recognised project is to become; its certificate then gets a further version under its number (S-12). */
import { defineKind, type PaperRule } from '../kind.ts';
import { changeAspects, changeContent, type ChangeAspect, type ProjectChange } from './change-fields.ts';
import { changeFindings } from './change-rules.ts';
import { defaultLimits, paper } from './fields.ts';
import { amendedTermsOf, projectOf } from './recognition-outcome.ts';

function whenOf(...aspects: readonly ChangeAspect[]): PaperRule['required'] {
  const names = (language: 'zh' | 'en'): string[] => aspects.map((one) => changeAspects[one][language]);
  return {
    says: { zh: `变更${names('zh').join('、')}`, en: `a change of: ${names('en').join('; ')}` },
    when: (content) => {
      const parsed = changeContent().safeParse(content);
      return parsed.success && parsed.data.changes.some((one) => aspects.includes(one));
    },
  };
}

/** A proposal of ours, as with the recognition: what a city wants besides, it asks for as a supplement. */
const papers: readonly PaperRule[] = [
  paper('application', { zh: '变更申请', en: 'Application' }, 'S-12', 'always'),
  paper(
    'undertaking',
    { zh: '承诺书（不上市销售或变相销售）', en: 'Undertaking (no sale, no disguised sale)' },
    'S-12',
    'always',
  ),
  {
    ...paper('change-proof', { zh: '变更事项证明材料', en: 'Proof of what changes' }, 'S-12', 'always'),
    multiple: true,
  },
  paper(
    'licence',
    { zh: '统一社会信用代码证照', en: 'Licence with the credit code' },
    'S-12',
    whenOf('owner', 'operator'),
  ),
  paper(
    'transfer',
    { zh: '产权转移或者主体变更的证明', en: 'Proof of the transfer' },
    'S-12',
    whenOf('owner'),
  ),
  paper(
    'operating-contract',
    { zh: '委托运营合同', en: 'Contract with the operator' },
    'S-12',
    whenOf('operator'),
  ),
  paper('works-plan', { zh: '建设（改建）方案', en: 'Plan of the works' }, 'S-12', whenOf('extent', 'homes')),
  paper('survey', { zh: '房屋测绘报告', en: 'Survey of the building' }, 'S-12', whenOf('extent', 'homes')),
  paper(
    'rent-assessment',
    { zh: '市场租金评估报告及拟定租金', en: 'Assessment of market rents and proposed rents' },
    'S-12',
    whenOf('rent'),
  ),
];

export const change = defineKind<ProjectChange>({
  code: 'change',
  name: { zh: '项目变更申请', en: 'Application for a change' },
  description: {
    zh: '已认定项目的主体、规模、户型、工期、租金等发生变化：重新联审、核对计划、决定，认定书换发新版本，编号不变。',
    en: 'A recognised project changes: reviewed and decided anew; its certificate gets a further version under the same number.',
  },
  clauses: ['S-12'],
  period: 'project',
  filedBy: 'organisation',
  inPlaceOf: 'recognition',
  content: changeContent,
  papers,
  path: () => 'joint-review',
  reviewers: [],
  limits: defaultLimits,
  check: changeFindings,
  certificate: 'amend',
  project: projectOf,
  certifies: amendedTermsOf,
  promises: ({ promised }) => promised,
});
