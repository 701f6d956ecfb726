/**
 * The region's default rules, as data. The notice names no number. The small-unit area is the national one; everything
 * else is an example from other places (Shanghai, Fuzhou, Yichang), `unverified`, until a city's own measures say otherwise.
 */
import type { ModeRules, RuleSet } from './rule-set.ts';

const source = 'unverified';
/** 以建筑面积不超过70平方米的小户型为主; the exact standard is the city's. */
const national = '国办发〔2021〕22号';

const built: ModeRules = {
  entry: { value: '在本地就业、住房困难的新市民、青年人', source },
  exit: { value: '租赁合同期满不再续租，或者不再符合准入条件的，腾退住房', source },
  workflow: { value: '申请、核验、公示、配租、签约、备案', source },
  smallUnitArea: { value: 70, source: national },
  rentCap: { value: 90, source },
  riseCap: { value: 5, source },
  depositMonths: { value: 1, source },
  leaseTermMonths: { least: { value: 12, source }, most: { value: 36, source } },
  smallestProject: { homes: { value: 50, source }, floorArea: { value: null, source } },
  shortestOperatingYears: { value: 6, source },
};

/** Nothing is built and no project operates: what is let is somebody else's home. */
const subsidised: ModeRules = {
  ...built,
  exit: { value: '不再符合准入条件的，停止发放租赁补贴', source },
  workflow: { value: '申请、核验、公示、发放', source },
  smallUnitArea: null,
  rentCap: { value: null, source },
  riseCap: { value: null, source },
  depositMonths: { value: null, source },
  leaseTermMonths: { least: { value: null, source }, most: { value: null, source } },
  smallestProject: { homes: { value: null, source }, floorArea: { value: null, source } },
  shortestOperatingYears: { value: null, source },
};

export const defaultRules: RuleSet = {
  id: 'default/1',
  city: null,
  number: 1,
  // The day of the notice 内政办发〔2021〕53号.
  effectiveFrom: '2021-09-23',
  modes: {
    newBuild: built,
    conversion: {
      ...built,
      smallestProject: { ...built.smallestProject, floorArea: { value: 1500, source } },
    },
    renovation: built,
    rentSubsidy: subsidised,
    other: built,
  },
  review: {
    panel: { value: ['NATRES', 'NDRC', 'FINANCE', 'FIRE', 'ECOLOGY', 'MARKET', 'TAX', 'POWER'], source },
    days: {
      acceptance: { value: 5, source },
      review: { value: 15, source },
      planCheck: { value: 5, source },
      notice: { value: 0, source },
      decision: { value: 3, source },
      correction: { value: 10, source },
    },
    issuer: { value: 'county', source },
    silenceConsents: { value: false, source },
    latePapers: { value: [], source },
    latePaperDays: { value: 20, source },
  },
  seq: 0,
  hash: '',
};
