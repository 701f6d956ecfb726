/** Who may apply for recognition, and which papers an application has to bring, by what the project is. */
import { describe, expect, it } from 'vitest';
import { cityAtFirst } from '../../cities/city.ts';
import { company, sampleRecognition } from './sample-recognition.ts';
import { recognition } from './recognition.ts';

/** A project that none of the conditions concerns. */
const plain = {
  ...sampleRecognition,
  supplyMode: 'other',
  landPath: 'institution',
  altered: false,
};

/** The papers that this content calls for, besides those that every application brings. */
function wanted(content: unknown): string[] {
  return recognition.papers
    .filter(({ required }) => typeof required === 'object' && required.when(content))
    .map(({ code }) => code);
}

describe('an application for recognition', () => {
  it.each([
    ['none of them', {}, []],
    ['a new build', { supplyMode: 'newBuild' }, ['works-plan', 'land-approval']],
    [
      'a conversion',
      { supplyMode: 'conversion' },
      ['works-plan', 'safety-appraisal', 'fire-design', 'survey'],
    ],
    ['a renovation', { supplyMode: 'renovation' }, ['survey', 'rent-assessment']],
    ['an altered structure', { altered: true }, ['safety-appraisal', 'fire-design']],
    ['land of a collective', { landPath: 'collective' }, ['collective-consent']],
    ['what somebody else owns', { notOwned: true }, ['consent-of-holder']],
    ['what is mortgaged', { mortgaged: true }, ['consent-of-holder']],
    [
      'an operator of its own',
      { operator: { name: '演示运营有限公司', creditCode: company } },
      ['operating-contract'],
    ],
  ])('brings the papers for %s', (_what, changes, papers) => {
    expect(wanted({ ...plain, ...changes })).toEqual(papers);
  });

  it('calls for no conditional paper while its form is not filled in', () => {
    expect(wanted({ supplyMode: 'conversion', notOwned: true })).toEqual([]);
    expect(wanted(undefined)).toEqual([]);
  });

  it.each(['undeclared', 'developing'] as const)('goes to the joint review in a city %s', (development) => {
    expect(recognition.path({ ...cityAtFirst('150100'), development })).toBe('joint-review');
  });

  it('is refused, with the reason, in a city that has said it does not develop such housing', () => {
    expect(recognition.path({ ...cityAtFirst('150100'), development: 'not-developing' })).toEqual({
      refused: {
        zh: expect.stringContaining('不发展') as unknown,
        en: expect.stringContaining('S-03') as unknown,
      },
    });
  });
});
