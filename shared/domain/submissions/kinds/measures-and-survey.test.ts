/** The rules of the policy measures and of the survey, which no city's record enters into. */
import { describe, expect, test } from 'vitest';
import { checkContent } from './check-content.ts';
import { demandSurvey } from './demand-survey.ts';
import { policyMeasures } from './policy-measures.ts';
import { factsOf, measures, survey } from './sample-contents.ts';

function brief(findings: readonly { level: string; code: string; pointer: string }[]): string[] {
  return findings.map(({ level, code, pointer }) => `${level} ${code} ${pointer}`);
}

describe('the policy measures', () => {
  const on = (matrix: object) =>
    brief(
      checkContent(
        policyMeasures,
        { ...measures, matrix: { ...measures.matrix, ...matrix } },
        factsOf('2021-2025'),
      ),
    );
  const unused = { newBuild: null, conversion: null, renovation: null, rentSubsidy: null, other: null };
  const { newBuild, rentSubsidy } = measures.matrix;

  test('regulate at least one mode; a rent subsidy is one', () => {
    expect(on(unused)).toEqual(['hard no-mode-used /matrix']);
    expect(on({ ...unused, rentSubsidy })).toEqual([]);
  });

  test('explain each mode whose small unit is above the national 70 m²', () => {
    expect(on({ newBuild: { ...newBuild, smallUnitArea: 70 } })).toEqual([]);
    expect(on({ newBuild: { ...newBuild, smallUnitArea: 70.1 } })).toEqual([
      'soft area-above-national-newBuild /matrix/newBuild/smallUnitArea',
    ]);
    expect(
      on({
        other: { ...newBuild, smallUnitArea: 90 },
        rentSubsidy: { ...rentSubsidy, smallUnitArea: 71 },
      }),
    ).toEqual([
      'soft area-above-national-rentSubsidy /matrix/rentSubsidy/smallUnitArea',
      'soft area-above-national-other /matrix/other/smallUnitArea',
    ]);
  });

  test('let come later what an application for recognition has, and nothing else', () => {
    const late = (...latePapers: string[]) =>
      brief(
        checkContent(
          policyMeasures,
          { ...measures, rules: { review: { latePapers } } },
          factsOf('2021-2025'),
        ),
      );
    expect(late('survey', 'fire-design')).toEqual([]);
    expect(late('survey', 'measures-document')).toEqual([
      'hard late-paper-unknown /rules/review/latePapers/1',
    ]);
  });

  test('may leave the area open for a rent subsidy only, and never at nothing', () => {
    expect(on({ rentSubsidy: { ...rentSubsidy, smallUnitArea: null } })).toEqual([]);
    expect(on({ newBuild: { ...newBuild, smallUnitArea: null } })).toEqual([
      'hard invalid-type /matrix/newBuild/smallUnitArea',
    ]);
    expect(on({ newBuild: { ...newBuild, smallUnitArea: 0 } })).toEqual([
      'hard too-small /matrix/newBuild/smallUnitArea',
    ]);
  });

  test('name the members of the joint review', () => {
    const jointReview = { ...measures.jointReview, members: [] };
    const found = checkContent(policyMeasures, { ...measures, jointReview }, factsOf('2021-2025'));
    expect(brief(found)).toEqual(['hard too-small /jointReview/members']);
  });
});

describe('the survey', () => {
  const on = (change: object) => brief(checkContent(demandSurvey, { ...survey, ...change }, factsOf('2021')));
  const fewer = { households: 10, persons: 9 };

  test('counts at least one person to a household, in each group', () => {
    expect(on({ newResidents: { households: 10, persons: 10 } })).toEqual([]);
    expect(on({ newResidents: fewer })).toEqual(['hard fewer-persons-than-households /newResidents/persons']);
    expect(on({ newResidents: fewer, youngPeople: fewer })).toEqual([
      'hard fewer-persons-than-households /newResidents/persons',
      'hard fewer-persons-than-households /youngPeople/persons',
    ]);
  });

  test('gives the homes needed to the record of the city, under its year', () => {
    expect(demandSurvey.figures?.(survey, '2021', 'filing')).toEqual({
      demand: { '2021': { homes: 5000, submission: 'filing' } },
    });
  });
});
