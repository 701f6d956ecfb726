/** 发展规划: how the target is to be reached (S-07). */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import { defineKind } from '../kind.ts';
import {
  countyFindings,
  decidedByTier,
  defaultLimits,
  homesByCounty,
  paper,
  text,
  threeDepartments,
} from './fields.ts';

const content = once(() =>
  z.strictObject({
    goals: text(5000, '发展目标|Goals'),
    tasks: text(5000, '主要任务|Tasks'),
    landSupply: text(5000, '用地和房源保障|Land and buildings'),
    safeguards: text(5000, '保障措施|Safeguards'),
    schedule: text(5000, '实施步骤|Schedule'),
    byCounty: homesByCounty(),
  }),
);

export const developmentPlan = defineKind<z.infer<ReturnType<typeof content>>>({
  code: 'development-plan',
  name: { zh: '发展规划', en: 'Development plan' },
  description: {
    zh: '五年保障性租赁住房发展规划：目标、任务、布局和保障措施。',
    en: 'Goals, tasks, places and safeguards of five years.',
  },
  clauses: ['S-07'],
  period: 'five-years',
  content,
  papers: [paper('plan-document', { zh: '规划文本', en: 'Text of the plan' }, 'S-07', 'always')],
  path: decidedByTier,
  reviewers: threeDepartments,
  limits: defaultLimits,
  check: ({ byCounty }, { city }) => countyFindings(city, byCounty, '/byCounty'),
  declares: 'developing',
  determines: true,
  published: ({ goals, tasks, landSupply, safeguards, schedule, byCounty }) => ({
    goals,
    tasks,
    landSupply,
    safeguards,
    schedule,
    byCounty,
  }),
});
