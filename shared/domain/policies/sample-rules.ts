/** Policy measures with numbers of their own, for tests to break; and arbitrary ones. Every figure is invented. */
import { measures } from '../submissions/kinds/sample-contents.ts';
import type { MeasuresContent, MeasuresRules } from './measures-rules.ts';
import type { GuideAbout } from './guide.ts';
import type { ProjectFacts } from './requirements.ts';
import { ruleSetFrom, type RuleSetOrigin } from './rule-set-from.ts';
import type { RuleSet } from './rule-set.ts';

export const documentNumber = '演政发〔2021〕7号';

export const rules = {
  modes: {
    newBuild: {
      smallUnitShare: 80,
      rentCap: 85,
      riseCap: 3,
      depositMonths: 1,
      leaseTermMonths: { least: 6, most: 24 },
      smallestProject: { homes: 100, floorArea: null },
      shortestOperatingYears: 8,
    },
    conversion: { rentCap: 80 },
  },
  review: {
    panel: ['NATRES', 'FIRE', 'TAX'],
    days: { review: 10, notice: 5 },
    issuer: 'city',
    latePapers: ['safety-appraisal'],
    latePaperDays: 15,
  },
} satisfies MeasuresRules;

export function measuresWith(given: MeasuresRules | undefined): MeasuresContent {
  return { ...measures, ...(given === undefined ? {} : { rules: given }) };
}

/** A rule-set of Ordos, made of the sample measures with these numbers. */
export function madeOf(
  given: MeasuresRules | undefined,
  about: Partial<RuleSetOrigin> & { readonly effectiveFrom?: string } = {},
): RuleSet {
  return ruleSetFrom(measuresWith(given), {
    city: '150600',
    number: 1,
    effectiveFrom: '2021-11-01',
    submission: 's-1',
    documentNumber,
    ...about,
  });
}

export type NewBuildNumbers = NonNullable<NonNullable<NonNullable<MeasuresRules>['modes']>['newBuild']>;

/** The same with these numbers for what is newly built, and nothing else of its own. */
export function newBuildUnder(numbers: NewBuildNumbers, about: Partial<RuleSetOrigin> = {}): RuleSet {
  return madeOf({ modes: { newBuild: numbers } }, about);
}

/** A newly built project of sixty homes, as rules look at it. */
export function projectFacts(
  homesByArea: NonNullable<ProjectFacts['homesByArea']>,
  rents: NonNullable<ProjectFacts['rents']>,
): ProjectFacts {
  return {
    id: 'p-1',
    name: '演示青年公寓',
    mode: 'newBuild',
    homes: 60,
    homesByArea,
    floorArea: 3200,
    operatingYears: 6,
    rents,
  };
}

/** The guide of Ordos on the day on which its sample measures begin. */
export const guideAbout: GuideAbout = {
  city: '150600',
  cityName: { zh: '鄂尔多斯市人民政府', en: 'Ordos' },
  development: 'developing',
  on: '2021-11-01',
  papers: [],
};
