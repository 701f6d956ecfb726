/** Contents that are in order, one for each kind, for tests to break. Ordos (150600) files them. */
import { cityAtFirst, type City } from '../../cities/city.ts';
import { sampleRecognition } from './sample-recognition.ts';
import type { Facts } from '../kind.ts';

export const ordos = '150600';

/** What the rules look at: a city before anything was decided about it, with what the test changes of it. */
export function factsOf(period: string, changes: Partial<City> = {}): Facts {
  return { city: { ...cityAtFirst(changes.code ?? ordos), ...changes }, period };
}

export const target = {
  totalHomes: 5000,
  years: ['2021', '2022', '2023', '2024', '2025'].map((year) => ({ year, homes: 1000 })),
  byMode: { newBuild: 2000, conversion: 1500, renovation: 1000, other: 500 },
  rentSubsidyHouseholds: 500,
  supplyShare: null,
  basis: '按常住人口增长和住房调查测算',
};

export const plan = {
  totalHomes: 600,
  byMode: { newBuild: 400, conversion: 200, renovation: 0, other: 0 },
  byCounty: [
    { county: '150602', homes: 300 },
    { county: '150603', homes: 300 },
  ],
  starts: 600,
  completions: 0,
  investment: 7500.5,
  rentSubsidyHouseholds: 100,
};

export const development = {
  goals: '五年筹集保障性租赁住房',
  tasks: '新建、改建、改造并举',
  landSupply: '利用存量土地和非居住存量房屋',
  safeguards: '部门联审、资金和税费支持',
  schedule: '分年度实施',
  byCounty: plan.byCounty,
};

const cell = { entry: '住房困难的新市民、青年人', exit: '合同期满退出', workflow: '申请、核验、公示、配租' };

export const measures = {
  effectiveFrom: '2021-11-01',
  matrix: {
    newBuild: { ...cell, smallUnitArea: 70 },
    conversion: { ...cell, smallUnitArea: 50 },
    renovation: null,
    rentSubsidy: { ...cell, smallUnitArea: null },
    other: null,
  },
  jointReview: { lead: '市住房和城乡建设局', members: ['市发展改革委', '市财政局'], mechanism: '部门联审' },
};

const stock = { plots: 3, area: 12_000.5 };

export const survey = {
  asOf: '2021-09-30',
  method: '入户调查和用工单位填报',
  newResidents: { households: 4000, persons: 9000 },
  youngPeople: { households: 2000, persons: 2000 },
  homesNeeded: 5000,
  idleLand: { collective: stock, enterprise: stock, park: stock, stateNew: stock },
  idleBuildings: stock,
};

export const statement = {
  reason: '经调查没有保障性租赁住房需求',
  survey: '2021年住房需求调查',
  publicRental: '继续以公租房做好住房保障',
};

export const renewalSample = {
  years: 5,
  reason: '需求稳定，继续运营',
  leases: 110,
  operation: '出租率95%，无投诉',
};

export const cancellationSample = {
  reason: '房屋列入征收',
  endsOn: '2021-12-31',
  leases: 0,
  settlement: '承租人均已退租',
  support: '未享受补助资金',
};

/** By kind: content and a period that fit each other. */
export const samples: Readonly<Record<string, { readonly content: object; readonly period: string }>> = {
  recognition: { content: sampleRecognition, period: 'one' },
  change: {
    content: { changes: ['operator'], reason: '改为委托运营', ...sampleRecognition },
    period: 'one',
  },
  renewal: { content: renewalSample, period: 'one' },
  cancellation: { content: cancellationSample, period: 'one' },
  'demand-survey': { content: survey, period: '2021' },
  'five-year-target': { content: target, period: '2021-2025' },
  'development-plan': { content: development, period: '2021-2025' },
  'annual-plan': { content: plan, period: '2021' },
  'policy-measures': { content: measures, period: '2021-2025' },
  'not-developing': { content: statement, period: '2021-2025' },
};
