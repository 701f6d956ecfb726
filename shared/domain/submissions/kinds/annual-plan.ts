/** 年度建设计划: what is built and raised this year (S-06, S-07). */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import type { Facts, Finding } from '../kind.ts';
import { defineKind } from '../kind.ts';
import { fiveYearPeriodOf, yearsOf } from '../periods.ts';
import {
  addsUp,
  count,
  countyFindings,
  decidedByTier,
  defaultLimits,
  homesByCounty,
  homesByMode,
  paper,
  rentSubsidyHouseholds,
  soft,
  sum,
  threeDepartments,
} from './fields.ts';

const content = once(() =>
  z.strictObject({
    totalHomes: count('本年筹集总套（间）数|Homes this year'),
    byMode: homesByMode(),
    byCounty: homesByCounty(),
    starts: count('本年开工（套、间）|Homes started'),
    completions: count('本年竣工（套、间）|Homes completed'),
    investment: z.number().min(0).max(100_000_000).describe('计划投资（万元）|Investment (10,000 yuan)'),
    rentSubsidyHouseholds: rentSubsidyHouseholds(),
  }),
);
type Plan = z.infer<ReturnType<typeof content>>;

export const annualPlan = defineKind<Plan>({
  code: 'annual-plan',
  name: { zh: '年度建设计划', en: 'Annual plan' },
  description: {
    zh: '本年度保障性租赁住房建设计划：套数、方式、布局、投资。',
    en: 'Homes, modes, places and investment of a year.',
  },
  clauses: ['S-06', 'S-07', 'S-10'],
  period: 'year',
  content,
  papers: [
    paper('plan-document', { zh: '年度计划文件', en: 'Document of the annual plan' }, 'S-06', 'always'),
  ],
  path: decidedByTier,
  reviewers: threeDepartments,
  limits: defaultLimits,
  check: (plan, facts) => [
    ...addsUp(plan.totalHomes, Object.values(plan.byMode), 'modes-do-not-add-up', '/byMode', {
      zh: '各建设方式',
      en: 'The supply modes',
    }),
    ...addsUp(
      plan.totalHomes,
      plan.byCounty.map(({ homes }) => homes),
      'counties-do-not-add-up',
      '/byCounty',
      { zh: '各旗县区', en: 'The counties' },
    ),
    ...countyFindings(facts.city, plan.byCounty, '/byCounty'),
    ...aboveRemaining(plan, facts),
  ],
  figures: ({ totalHomes }, period, submission) => ({
    annual: { [period]: { homes: totalHomes, submission } },
  }),
  declares: 'developing',
  determines: true,
  published: ({
    totalHomes,
    byMode,
    byCounty,
    starts,
    completions,
    investment,
    rentSubsidyHouseholds: subsidies,
  }) => ({
    totalHomes,
    byMode,
    byCounty,
    starts,
    completions,
    investment,
    rentSubsidyHouseholds: subsidies,
  }),
});

/** What the target still leaves after the plans of the other years in force. */
function aboveRemaining({ totalHomes }: Plan, { city, period }: Facts): Finding[] {
  const five = fiveYearPeriodOf(period);
  const target = city.figures.target[five];
  if (!target) return [];
  const others = yearsOf(five).filter((year) => year !== period);
  const planned = sum(others.map((year) => city.figures.annual[year]?.homes ?? 0));
  const remaining = Math.max(0, target.homes - planned);
  if (totalHomes <= remaining) return [];
  return [
    soft(
      'plan-above-remaining-target',
      '/totalHomes',
      `本年计划${totalHomes}套超过五年目标剩余的${remaining}套`,
      `The plan of ${totalHomes} homes is above the ${remaining} that the five-year target still leaves`,
    ),
  ];
}
