/** The rules of the target, the annual plan and the development plan: sums, years, counties, and what is still left. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countiesOf } from '../../cities/divisions.ts';
import type { Facts } from '../kind.ts';
import { annualPlan } from './annual-plan.ts';
import { checkContent } from './check-content.ts';
import { developmentPlan } from './development-plan.ts';
import { fiveYearTarget } from './five-year-target.ts';
import { development, factsOf, ordos, plan, target } from './sample-contents.ts';

const five = '2021-2025';
const none = { demand: {}, target: {}, annual: {} };
const homes = (number: number) => ({ homes: number, submission: 'earlier' });

const onTarget = (change: object, facts: Facts = factsOf(five)) =>
  brief(checkContent(fiveYearTarget, { ...target, ...change }, facts));
const onPlan = (change: object, facts: Facts = factsOf('2021')) =>
  brief(checkContent(annualPlan, { ...plan, ...change }, facts));
const onDevelopment = (change: object, facts: Facts = factsOf(five)) =>
  brief(checkContent(developmentPlan, { ...development, ...change }, facts));

function brief(findings: readonly { level: string; code: string; pointer: string }[]): string[] {
  return findings.map(({ level, code, pointer }) => `${level} ${code} ${pointer}`);
}

describe('the five-year target', () => {
  test('names each year of its period, once, in any order', () => {
    expect(onTarget({ years: target.years.toReversed() })).toEqual([]);
    expect(onTarget({}, factsOf('2026-2030'))).toEqual(['hard years-differ-from-period /years']);
    const twice = target.years.with(4, { year: '2021', homes: 1000 });
    expect(onTarget({ years: twice })).toEqual(['hard years-differ-from-period /years']);
    const four = [{ year: '2021', homes: 2000 }, ...target.years.slice(1, 4)];
    expect(onTarget({ years: four })).toEqual(['hard years-differ-from-period /years']);
  });

  test('adds up by year and by mode, and says both when both are wrong', () => {
    expect(onTarget({ totalHomes: 5001 })).toEqual([
      'hard years-do-not-add-up /years',
      'hard modes-do-not-add-up /byMode',
    ]);
    expect(onTarget({ byMode: { ...target.byMode, other: 499 } })).toEqual([
      'hard modes-do-not-add-up /byMode',
    ]);
    expect(onTarget({ years: target.years.with(0, { year: '2021', homes: 999 }) })).toEqual([
      'hard years-do-not-add-up /years',
    ]);
  });

  test('does not count rent subsidies as homes', () => {
    expect(onTarget({ rentSubsidyHouseholds: 99_999 })).toEqual([]);
  });

  test('follows the latest surveyed demand, not an earlier one', () => {
    const surveyed = (demand: Record<string, ReturnType<typeof homes>>) =>
      onTarget({}, factsOf(five, { figures: { ...none, demand } }));
    expect(surveyed({ '2020': homes(4000), '2021': homes(5001) })).toEqual([
      'soft target-below-demand /totalHomes',
    ]);
    expect(surveyed({ '2020': homes(9000), '2021': homes(5000) })).toEqual([]);
  });

  test('gives its total and its years to the record of the city', () => {
    expect(fiveYearTarget.figures?.(target, five, 'filing')).toEqual({
      target: {
        [five]: {
          homes: 5000,
          submission: 'filing',
          years: { '2021': 1000, '2022': 1000, '2023': 1000, '2024': 1000, '2025': 1000 },
        },
      },
    });
  });
});

describe('the annual plan', () => {
  test('adds up by mode and by county', () => {
    expect(onPlan({ byMode: { ...plan.byMode, renovation: 1 } })).toEqual([
      'hard modes-do-not-add-up /byMode',
    ]);
    expect(onPlan({ byCounty: [{ county: '150602', homes: 599 }] })).toEqual([
      'hard counties-do-not-add-up /byCounty',
    ]);
  });

  test('stays within what the target leaves after the plans of the other years of the same five', () => {
    const left = (total: number, annual: Record<string, ReturnType<typeof homes>>, period = '2021') =>
      onPlan(
        {},
        factsOf(period, { figures: { ...none, target: { [five]: { ...homes(total), years: {} } }, annual } }),
      );
    const above = ['soft plan-above-remaining-target /totalHomes'];
    expect(left(600, {})).toEqual([]);
    expect(left(599, {})).toEqual(above);
    expect(left(1000, { '2022': homes(400) })).toEqual([]);
    expect(left(1000, { '2022': homes(300), '2025': homes(101) })).toEqual(above);
    // Its own earlier figure is what it replaces; 2020 and 2026 belong to other targets.
    expect(left(600, { '2021': homes(600), '2020': homes(9000), '2026': homes(9000) })).toEqual([]);
    // A target that is planned out already leaves nothing, not less than nothing.
    const findings = checkContent(
      annualPlan,
      plan,
      factsOf('2021', {
        figures: {
          ...none,
          target: { [five]: { ...homes(100), years: {} } },
          annual: { '2022': homes(500) },
        },
      }),
    );
    expect(findings.map(({ text }) => text.en)).toEqual([
      'The plan of 600 homes is above the 0 that the five-year target still leaves',
    ]);
    // The target of 2021-2025 does not bind the plan of 2026.
    expect(left(1, {}, '2026')).toEqual([]);
  });

  test('gives its homes to the record of the city, under its year', () => {
    expect(annualPlan.figures?.(plan, '2021', 'filing')).toEqual({
      annual: { '2021': { homes: 600, submission: 'filing' } },
    });
  });
});

describe('counties', () => {
  test.each([
    ['annual plan', onPlan],
    ['development plan', onDevelopment],
  ])('of the %s are the city’s own, each once', (_name, on) => {
    const rows = (...counties: string[]) =>
      on({ byCounty: counties.map((county, index) => ({ county, homes: index === 0 ? 600 : 0 })) });
    expect(rows('150602')).toEqual([]);
    expect(rows('150602', '150102')).toEqual(['hard county-unknown /byCounty/1/county']);
    expect(rows('150602', '150600')).toEqual(['hard county-unknown /byCounty/1/county']);
    expect(rows('150602', '150603', '150602', '150602')).toEqual([
      'hard county-repeated /byCounty/2/county',
      'hard county-repeated /byCounty/3/county',
    ]);
  });

  test('a city leaves out the county that reports for itself, so that nothing is counted twice', () => {
    const hulunbuir = (county: string) =>
      onPlan({ byCounty: [{ county, homes: 600 }] }, factsOf('2021', { code: '150700' }));
    expect(hulunbuir('150702')).toEqual([]);
    expect(hulunbuir('150781')).toEqual(['hard county-reports-itself /byCounty/0/county']);
  });

  test('a sub-reporter is itself a county and names only itself', () => {
    const manzhouli = (county: string, period: string) => [
      ...onPlan({ byCounty: [{ county, homes: 600 }] }, factsOf(period, { code: '150781' })),
      ...onDevelopment({ byCounty: [{ county, homes: 600 }] }, factsOf(five, { code: '150781' })),
    ];
    expect(manzhouli('150781', '2021')).toEqual([]);
    expect(manzhouli('150702', '2021')).toEqual([
      'hard county-unknown /byCounty/0/county',
      'hard county-unknown /byCounty/0/county',
    ]);
  });
});

test('the development plan enters no figure into the record', () => {
  expect(onDevelopment({})).toEqual([]);
  expect(developmentPlan.figures).toBeUndefined();
});

test('property: a plan whose parts are shared out from its total is in order; one home more or less is not', () => {
  const counties = countiesOf(ordos).map(({ code }) => code);
  const parts = fc.array(fc.nat(100_000), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(
      parts,
      fc.uniqueArray(fc.constantFrom(...counties), { minLength: 1 }),
      fc.constantFrom(-1, 0, 1),
      (modes, named, off) => {
        const total = modes.reduce((all, one) => all + one, 1);
        const [newBuild = 0, conversion = 0, renovation = 0, other = 0] = modes;
        const found = onPlan({
          totalHomes: total,
          byMode: { newBuild: newBuild + 1, conversion, renovation, other },
          byCounty: named.map((county, index) => ({ county, homes: index === 0 ? total + off : 0 })),
        });
        expect(found).toEqual(off === 0 ? [] : ['hard counties-do-not-add-up /byCounty']);
      },
    ),
  );
});
