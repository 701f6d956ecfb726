/** What is wrong or strange with the numbers of policy measures, as the kind tells it. */
import { expect, test } from 'vitest';
import { checkContent } from '../submissions/kinds/check-content.ts';
import { policyMeasures } from '../submissions/kinds/policy-measures.ts';
import { factsOf, measures } from '../submissions/kinds/sample-contents.ts';
import { rules as sample } from './sample-rules.ts';

function on(rules: unknown, matrix: object = {}): string[] {
  const content = { ...measures, matrix: { ...measures.matrix, ...matrix }, rules };
  const found = checkContent(policyMeasures, content, factsOf('2021-2025'));
  return found.map(({ level, code, pointer }) => `${level} ${code} ${pointer}`);
}
const newBuild = (numbers: object): string[] => on({ modes: { newBuild: numbers } });
const review = (given: object): string[] => on({ review: given });

test('nothing, where they keep to the default or say nothing', () => {
  expect([on(undefined), on(null), on({}), on(sample)].flat()).toEqual([]);
  expect(newBuild({ rentCap: 90, riseCap: 5, depositMonths: 1, leaseTermMonths: { most: 36 } })).toEqual([]);
});

test('what is looser than the default, or without any limit, wants an explanation', () => {
  expect(newBuild({ rentCap: 90.5, riseCap: 6, depositMonths: 2, leaseTermMonths: { most: 60 } })).toEqual([
    'soft rent-cap-above-default-newBuild /rules/modes/newBuild/rentCap',
    'soft rise-cap-above-default-newBuild /rules/modes/newBuild/riseCap',
    'soft deposit-above-default-newBuild /rules/modes/newBuild/depositMonths',
    'soft longest-term-above-default-newBuild /rules/modes/newBuild/leaseTermMonths/most',
  ]);
  expect(newBuild({ rentCap: null, riseCap: null })).toEqual([
    'soft rent-cap-above-default-newBuild /rules/modes/newBuild/rentCap',
    'soft rise-cap-above-default-newBuild /rules/modes/newBuild/riseCap',
  ]);
  // Where the default itself has no limit, none is missed.
  expect(on({ modes: { rentSubsidy: { riseCap: 50 } } })).toEqual([]);
});

test('a rent that is not below the market is a defect, and nothing besides', () => {
  expect(newBuild({ rentCap: 100 })).toEqual(['hard rent-not-below-market /rules/modes/newBuild/rentCap']);
  expect(newBuild({ rentCap: 100.5 })).toEqual(['hard too-big /rules/modes/newBuild/rentCap']);
});

test('a term that is reversed, and numbers for a way of supply that is not used', () => {
  expect(newBuild({ leaseTermMonths: { least: 13, most: 12 } })).toEqual([
    'hard term-reversed /rules/modes/newBuild/leaseTermMonths',
  ]);
  expect(newBuild({ leaseTermMonths: { least: 12, most: 12 } })).toEqual([]);
  expect(newBuild({ leaseTermMonths: { least: 12, most: null } })).toEqual([
    'soft longest-term-above-default-newBuild /rules/modes/newBuild/leaseTermMonths/most',
  ]);
  expect(on({ modes: { renovation: {} } })).toEqual(['hard mode-not-used /rules/modes/renovation']);
  expect(on({ modes: { renovation: {} } }, { renovation: measures.matrix.newBuild })).toEqual([]);
});

test('a panel of departments that are known, each once, without the lead', () => {
  expect(review({ panel: ['NATRES', 'CULTURE', 'HOUSING', 'NATRES'] })).toEqual([
    'hard department-unknown /rules/review/panel/1',
    'hard lead-on-panel /rules/review/panel/2',
    'hard department-repeated /rules/review/panel/3',
  ]);
  expect(review({ panel: [] })).toEqual(['hard too-small /rules/review/panel']);
  expect(review({ panel: ['toString'] })).toEqual(['hard department-unknown /rules/review/panel/0']);
});

test('days within bounds, and an explanation above what the law knows', () => {
  expect(review({ days: { acceptance: 0 } })).toEqual(['hard too-small /rules/review/days/acceptance']);
  expect(review({ days: { review: 61 } })).toEqual(['hard too-big /rules/review/days/review']);
  expect(review({ days: { acceptance: 6 } })).toEqual([
    'soft acceptance-above-five-days /rules/review/days/acceptance',
  ]);
  // 15 + 5 + 0 + 3 by default: 22 days of notice reach the 45, one more passes them.
  expect(review({ days: { notice: 22 } })).toEqual([]);
  expect(review({ days: { notice: 23 } })).toEqual(['soft review-above-45-days /rules/review/days']);
});

test('silence that consents wants its ground', () => {
  expect(review({ silenceConsents: true })).toEqual(['soft silence-consents /rules/review/silenceConsents']);
  expect(review({ silenceConsents: false })).toEqual([]);
});

test('a paper’s code is written as codes are', () => {
  expect(review({ latePapers: ['safety-appraisal'] })).toEqual([]);
  expect(review({ latePapers: ['房屋安全鉴定'] })).toEqual([
    'hard invalid-format /rules/review/latePapers/0',
  ]);
});
