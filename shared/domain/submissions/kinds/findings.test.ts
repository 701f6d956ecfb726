/** The words of the findings, and the edges of the forms. */
import { describe, expect, test } from 'vitest';
import { cityAtFirst } from '../../cities/city.ts';
import { annualPlan } from './annual-plan.ts';
import { checkContent } from './check-content.ts';
import { describeKind } from './describe.ts';
import { fiveYearTarget } from './five-year-target.ts';
import { notDeveloping } from './not-developing.ts';
import { factsOf, plan, target } from './sample-contents.ts';

const ofTarget = (change: object) =>
  checkContent(fiveYearTarget, { ...target, ...change }, factsOf('2021-2025'));
const ofPlan = (change: object) => checkContent(annualPlan, { ...plan, ...change }, factsOf('2021'));

describe('parts that do not add up', () => {
  test.each([
    [
      'the modes of a target',
      () => ofTarget({ byMode: { ...target.byMode, other: 0 } }),
      '各建设方式合计4500，与总数5000不一致',
      'The supply modes add up to 4500, not to the total of 5000',
    ],
    [
      'the years of a target',
      () => ofTarget({ years: target.years.map(({ year }) => ({ year, homes: 900 })) }),
      '分年度目标合计4500，与总数5000不一致',
      'The years add up to 4500, not to the total of 5000',
    ],
    [
      'the modes of a plan',
      () => ofPlan({ byMode: { ...plan.byMode, conversion: 0 } }),
      '各建设方式合计400，与总数600不一致',
      'The supply modes add up to 400, not to the total of 600',
    ],
    [
      'the counties of a plan',
      () => ofPlan({ byCounty: plan.byCounty.slice(1) }),
      '各旗县区合计300，与总数600不一致',
      'The counties add up to 300, not to the total of 600',
    ],
  ])('are told with their sum and the total: %s', (_, findings, zh, en) => {
    expect(findings().map(({ text }) => text)).toEqual([{ zh, en }]);
  });
});

describe('a form', () => {
  test.each(['12021', '20211', '1921', '2021年'])('takes no year like %j', (year) => {
    const years = [{ year, homes: 1000 }, ...target.years.slice(1)];
    expect(ofTarget({ years })[0]).toMatchObject({ pointer: '/years/0/year', code: 'invalid-format' });
  });

  test.each(['1506020', '2150602', '15060', 'A50602'])('takes no county like %j', (county) => {
    const [, second] = plan.byCounty;
    const findings = ofPlan({ byCounty: [{ county, homes: 300 }, second] });
    expect(findings[0]).toMatchObject({ pointer: '/byCounty/0/county', code: 'invalid-format' });
  });

  test('of a target wants each of the five years, once', () => {
    const codes = (years: object[]) => ofTarget({ years }).map(({ code }) => code);
    expect(codes(target.years.slice(1))).toEqual(['years-differ-from-period', 'years-do-not-add-up']);
    expect(codes([...target.years.slice(1), { year: '2022', homes: 1000 }])).toEqual([
      'years-differ-from-period',
    ]);
    expect(codes([...target.years, { year: '2026', homes: 0 }])).toEqual(['too-big']);
  });
});

test('the target is held against the latest survey, whichever was entered first (S-08)', () => {
  const demand = {
    2023: { homes: 9000, submission: 's-2' },
    2021: { homes: 1000, submission: 's-1' },
  };
  const { figures } = cityAtFirst('150600');
  const findings = checkContent(
    fiveYearTarget,
    target,
    factsOf('2021-2025', { figures: { ...figures, demand } }),
  );
  expect(findings.map(({ text }) => text.en)).toEqual([
    'The target of 5000 homes is below the demand of 9000 surveyed in 2023',
  ]);
});

describe('what a portal is told of a kind', () => {
  type Told = { papers: { code: string; required: string; requiredWhen?: unknown }[]; published: boolean };
  const told = (kind: Parameters<typeof describeKind>[0]) => describeKind(kind) as unknown as Told;

  test('is which papers it always wants, and which it may do without', () => {
    expect(told(fiveYearTarget).papers).toMatchObject([{ code: 'target-document', required: 'always' }]);
    expect(told(notDeveloping).papers).toMatchObject([{ code: 'statement', required: 'optional' }]);
    expect(told(fiveYearTarget).papers[0]).not.toHaveProperty('requiredWhen');
  });

  test('is on what condition it wants a paper', () => {
    const says = { zh: '新建时', en: 'when it builds' };
    const [paper] = fiveYearTarget.papers;
    const kind = { ...fiveYearTarget, papers: [{ ...paper!, required: { when: () => true, says } }] };
    expect(told(kind).papers).toMatchObject([{ required: 'conditional', requiredWhen: says }]);
  });

  test('is whether anything of it is published', () => {
    expect([told(fiveYearTarget).published, told(notDeveloping).published]).toEqual([true, false]);
  });

  test('is that a key city cannot leave it at public rental housing, and why (S-04, S-06)', () => {
    const { paths } = describeKind(notDeveloping) as {
      paths: { tier: string; refused?: unknown; path?: string }[];
    };
    expect(paths.map(({ tier, path }) => [tier, path])).toEqual([
      ['bottom-line', undefined],
      ['key', undefined],
      ['determined', 'acknowledgement'],
      ['none', 'acknowledgement'],
    ]);
    expect(paths[1]?.refused).toEqual({
      zh: '通知确定其为重点城市，须制定目标、政策措施和年度计划（S-04、S-06）。',
      en: 'the notice names it a key city, which must set target, measures and annual plan (S-04, S-06).',
    });
  });
});
