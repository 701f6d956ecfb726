/** “十四五”保障性租赁住房建设目标: how many homes in five years (S-06, S-07). */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import type { Facts, Finding } from '../kind.ts';
import { defineKind } from '../kind.ts';
import { yearsOf } from '../periods.ts';
import {
  addsUp,
  count,
  decidedByTier,
  defaultLimits,
  hard,
  homesByMode,
  paper,
  rentSubsidyHouseholds,
  soft,
  text,
  threeDepartments,
} from './fields.ts';

const content = once(() =>
  z.strictObject({
    totalHomes: count('五年筹集总套（间）数|Homes in five years'),
    years: z
      .array(
        z.strictObject({
          year: z
            .string()
            .regex(/^20\d\d$/)
            .describe('年度|Year'),
          homes: count('套（间）数|Homes'),
        }),
      )
      .max(5)
      .describe('分年度目标|By year'),
    byMode: homesByMode(),
    rentSubsidyHouseholds: rentSubsidyHouseholds(),
    supplyShare: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .describe(
        '占新增住房供应总量的比例（%），通知未定数值|Share of new housing supply (%), left open by the notice (S-05)',
      ),
    basis: text(2000, '测算依据|Basis'),
  }),
);
type Target = z.infer<ReturnType<typeof content>>;

export const fiveYearTarget = defineKind<Target>({
  code: 'five-year-target',
  name: { zh: '五年建设目标', en: 'Five-year target' },
  description: {
    zh: '确定五年保障性租赁住房建设目标：总量、分年度、分建设方式。',
    en: 'The target of five years: in total, by year and by supply mode.',
  },
  clauses: ['S-05', 'S-06', 'S-07', 'S-10'],
  period: 'five-years',
  content,
  papers: [paper('target-document', { zh: '目标文件', en: 'Document setting the target' }, 'S-06', 'always')],
  path: decidedByTier,
  reviewers: threeDepartments,
  limits: defaultLimits,
  check: (target, facts) => [
    ...yearFindings(target, facts.period),
    ...addsUp(target.totalHomes, Object.values(target.byMode), 'modes-do-not-add-up', '/byMode', {
      zh: '各建设方式',
      en: 'The supply modes',
    }),
    ...belowDemand(target, facts),
  ],
  figures: ({ totalHomes, years }, period, submission) => ({
    target: {
      [period]: {
        homes: totalHomes,
        submission,
        years: Object.fromEntries(years.map(({ year, homes }) => [year, homes])),
      },
    },
  }),
  declares: 'developing',
  determines: true,
  published: ({ totalHomes, years, byMode, rentSubsidyHouseholds: subsidies, supplyShare }) => ({
    totalHomes,
    years,
    byMode,
    rentSubsidyHouseholds: subsidies,
    supplyShare,
  }),
});

function yearFindings({ years, totalHomes }: Target, period: string): Finding[] {
  const wanted = yearsOf(period);
  const given = years.map(({ year }) => year);
  // The form takes no more years than there are, so that none stands twice when all are there.
  const exact = wanted.every((year) => given.includes(year));
  const wrongYears = exact
    ? []
    : [
        hard(
          'years-differ-from-period',
          '/years',
          `分年度目标须逐年列出${wanted.join('、')}`,
          `Give each year once: ${wanted.join(', ')}`,
        ),
      ];
  const homes = years.map((year) => year.homes);
  return [
    ...wrongYears,
    ...addsUp(totalHomes, homes, 'years-do-not-add-up', '/years', { zh: '分年度目标', en: 'The years' }),
  ];
}

/** S-08: the target follows the surveyed demand. */
function belowDemand({ totalHomes }: Target, { city }: Facts): Finding[] {
  // Years as keys of an object come in order.
  const latest = Object.keys(city.figures.demand).at(-1);
  const demand = latest ? city.figures.demand[latest] : undefined;
  if (!demand || totalHomes >= demand.homes) return [];
  return [
    soft(
      'target-below-demand',
      '/totalHomes',
      `目标${totalHomes}套低于${latest}年调查的需求${demand.homes}套`,
      `The target of ${totalHomes} homes is below the demand of ${demand.homes} surveyed in ${latest}`,
    ),
  ];
}
