/** What the rules ask of a project, to the limit, in words, and what is not asked. */
import { describe, expect, it } from 'vitest';
import { judged, smallHomesOf, type Judgement, type Requirement } from './requirements.ts';
import { regionalDefault, type RuleSet } from './rule-set.ts';
import { documentNumber, madeOf, newBuildUnder, projectFacts } from './sample-rules.ts';

const project = projectFacts(
  [
    { area: 70, homes: 30 },
    { area: 70.01, homes: 30 },
  ],
  [
    { proposed: 27, assessed: 30 },
    { proposed: 28, assessed: 30 },
  ],
);

const of = (rules: RuleSet, requirement: Requirement, facts = project): Judgement | undefined =>
  judged(rules, facts).find((one) => one.requirement === requirement);

describe('the way of supply', () => {
  it.each([
    ['newBuild', true, { zh: '采用新建方式', en: 'new build is used' }],
    ['renovation', false, { zh: '未采用改造方式', en: 'renovation is not used' }],
  ] as const)('%s is used: %s', (mode, met, text) => {
    expect(judged(madeOf(undefined), { ...project, mode })[0]).toEqual({
      requirement: 'mode-used',
      met,
      source: documentNumber,
      text,
    });
  });

  it('that is not used asks for nothing else', () => {
    expect(judged(madeOf(undefined), { ...project, mode: 'other' })).toHaveLength(1);
  });

  it('is of the regional default, by its name, where the city has no document', () => {
    expect(of(regionalDefault, 'mode-used')?.source).toBe('default/1');
  });
});

describe('small homes', () => {
  it('are those of exactly the area and below, not above', () => {
    expect(smallHomesOf(newBuildUnder({}), project)).toBe(30);
  });

  it('are no part of what is asked where no share or no area is laid down', () => {
    expect(of(newBuildUnder({}), 'small-unit-share')).toBeUndefined();
    const subsidised = madeOf({ modes: { rentSubsidy: { smallUnitShare: 50 } } });
    expect(judged(subsidised, { ...project, mode: 'rentSubsidy' })).toHaveLength(1);
    expect(smallHomesOf(subsidised, { ...project, mode: 'rentSubsidy' })).toBeUndefined();
  });

  it.each([
    [50, true],
    [50.1, false],
  ])('of half the homes keep to a share of %s %%: %s', (smallUnitShare, met) => {
    expect(of(newBuildUnder({ smallUnitShare }), 'small-unit-share')).toEqual({
      requirement: 'small-unit-share',
      met,
      source: documentNumber,
      text: {
        zh: `不超过70平方米的小户型须不少于${smallUnitShare}%，本项目60套（间）中有30套（间）`,
        en: `at least ${smallUnitShare} % of the homes at most 70 m²; 30 of the project's 60 are`,
      },
    });
  });

  it('that nobody counted are not judged', () => {
    const { homesByArea: _unknown, ...bare } = project;
    expect(judged(newBuildUnder({ smallUnitShare: 50 }), bare).map(({ requirement }) => requirement)).toEqual(
      ['mode-used', 'homes', 'operating-years', 'rent-cap'],
    );
  });
});

describe('a rent', () => {
  it('above the cap is told with the first type that is', () => {
    expect(of(newBuildUnder({ rentCap: 90 }), 'rent-cap')).toMatchObject({
      met: false,
      text: {
        zh: '租金须不超过市场评估租金的90%，本项目2类房源中1类超过（如拟定28元，评估30元）',
        en: expect.stringContaining(
          "1 of the project's 2 types are above (e.g. 28 yuan against 30)",
        ) as string,
      },
    });
  });

  it('within the cap is told for all types together', () => {
    expect(of(newBuildUnder({ rentCap: 94 }), 'rent-cap')).toMatchObject({
      met: true,
      text: {
        zh: '租金须不超过市场评估租金的94%，本项目各类房源均符合',
        en: expect.stringContaining('every type') as string,
      },
    });
  });

  it('without a cap, or that nobody assessed, is not judged', () => {
    expect(judged(newBuildUnder({ rentCap: null }), project).map(({ requirement }) => requirement)).toEqual([
      'mode-used',
      'homes',
      'operating-years',
    ]);
    const { rents: _none, ...bare } = project;
    expect(judged(newBuildUnder({ rentCap: 90 }), bare).map(({ requirement }) => requirement)).toEqual([
      'mode-used',
      'homes',
      'operating-years',
    ]);
  });
});
