import { sampleRecognition } from '../../shared/domain/submissions/kinds/sample-recognition.ts';

/** A valid content of each kind, with invented figures, and the papers that it asks for. */
interface Sample {
  readonly period: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly papers: readonly string[];
}

const byMode = { newBuild: 500, conversion: 300, renovation: 200, other: 0 };
const cell = {
  entry: '在本市稳定就业，无自有住房',
  exit: '取得自有住房的，六个月内退出',
  workflow: '申请、初审、复核、公示',
};
const people = { households: 400, persons: 900 };
const stock = { plots: 3, area: 12_000 };

export const samples: Readonly<Record<string, Sample>> = {
  recognition: {
    period: '',
    papers: [
      'application',
      'undertaking',
      'licence',
      'title',
      'works-plan',
      'safety-appraisal',
      'fire-design',
      'survey',
    ],
    content: sampleRecognition,
  },
  change: {
    period: 'the-project',
    papers: ['application', 'undertaking', 'change-proof', 'works-plan', 'survey', 'rent-assessment'],
    content: { changes: ['homes'], reason: '一套改作管理用房', ...sampleRecognition },
  },
  renewal: {
    period: 'the-project',
    papers: ['application', 'undertaking', 'operating-report'],
    content: { years: 5, reason: '需求稳定，继续运营', leases: 110, operation: '出租率95%，无投诉' },
  },
  cancellation: {
    period: 'the-project',
    papers: ['application'],
    content: {
      reason: '房屋征收',
      endsOn: '2021-12-31',
      leases: 0,
      settlement: '承租人均已退租',
      support: '未享受补助资金',
    },
  },
  'demand-survey': {
    period: '2021',
    papers: [],
    content: {
      asOf: '2021-09-30',
      method: '入户抽样与用人单位问卷',
      newResidents: people,
      youngPeople: people,
      homesNeeded: 800,
      idleLand: { collective: stock, enterprise: stock, park: stock, stateNew: stock },
      idleBuildings: stock,
    },
  },
  'five-year-target': {
    period: '2021-2025',
    papers: ['target-document'],
    content: {
      totalHomes: 1000,
      years: [2021, 2022, 2023, 2024, 2025].map((year) => ({ year: String(year), homes: 200 })),
      byMode,
      rentSubsidyHouseholds: 100,
      supplyShare: null,
      basis: '按常住人口增长测算',
    },
  },
  'development-plan': {
    period: '2021-2025',
    papers: ['plan-document'],
    content: {
      goals: '五年筹集一千套',
      tasks: '新建、改建并举',
      landSupply: '利用存量土地和房屋',
      safeguards: '部门联审，统筹资金',
      schedule: '分年度推进',
      byCounty: [],
    },
  },
  'annual-plan': {
    period: '2021',
    papers: ['plan-document'],
    content: {
      totalHomes: 0,
      byMode: { newBuild: 0, conversion: 0, renovation: 0, other: 0 },
      byCounty: [],
      starts: 0,
      completions: 0,
      investment: 0,
      rentSubsidyHouseholds: 50,
    },
  },
  'policy-measures': {
    period: '2021-2025',
    papers: ['measures-document', 'joint-review-mechanism'],
    content: {
      effectiveFrom: '2021-11-01',
      matrix: {
        newBuild: { ...cell, smallUnitArea: 70 },
        conversion: null,
        renovation: null,
        rentSubsidy: { ...cell, smallUnitArea: null },
        other: null,
      },
      jointReview: { lead: '市住房和城乡建设局', members: ['市发展和改革委员会'], mechanism: '每月联审一次' },
    },
  },
  'not-developing': {
    period: '2021-2025',
    papers: [],
    content: { reason: '常住人口减少，没有需求', survey: '2021年入户调查', publicRental: '以公租房继续保障' },
  },
};

export function sampleOfKind(kind: string): Sample {
  const sample = samples[kind];
  if (!sample) throw new Error(`No sample content of ${kind}`);
  return sample;
}
