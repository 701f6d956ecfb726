/** 不发展声明: a city without demand goes on with public rental housing (S-03). Reversible by filing a plan. */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import { decidesItself } from '../../cities/city.ts';
import { defineKind } from '../kind.ts';
import { defaultLimits, paper, text } from './fields.ts';

const content = once(() =>
  z.strictObject({
    reason: text(3000, '没有需求的理由|Why there is no demand'),
    survey: text(500, '需求调查依据|The survey that shows it'),
    publicRental: text(3000, '公租房保障安排|How public rental housing goes on'),
  }),
);

export const notDeveloping = defineKind<z.infer<ReturnType<typeof content>>>({
  code: 'not-developing',
  name: { zh: '不发展保障性租赁住房的说明', en: 'Statement of not developing' },
  description: {
    zh: '没有需求的城市说明不发展保障性租赁住房，主要以公租房形式继续做好住房保障。',
    en: 'A city without demand says so and goes on with public rental housing.',
  },
  clauses: ['S-03'],
  period: 'five-years',
  content,
  papers: [paper('statement', { zh: '说明文件', en: 'Statement' }, 'S-03')],
  path: (city) =>
    decidesItself(city)
      ? {
          refused: {
            zh: '通知确定其为重点城市，须制定目标、政策措施和年度计划（S-04、S-06）。',
            en: 'the notice names it a key city, which must set target, measures and annual plan (S-04, S-06).',
          },
        }
      : 'acknowledgement',
  reviewers: [],
  limits: defaultLimits,
  check: () => [],
  declares: 'not-developing',
});
