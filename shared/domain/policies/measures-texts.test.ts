/** In what words a finding on the numbers of policy measures is told. */
import { describe, expect, it } from 'vitest';
import { measures } from '../submissions/kinds/sample-contents.ts';
import { findingsOnRules } from './measures-findings.ts';
import { MeasuresRules } from './measures-rules.ts';

const told = (newBuild: object): string[] =>
  findingsOnRules({ ...measures, rules: { modes: { newBuild } } }).map(({ text }) => text.en);

describe('a number that is looser than the default', () => {
  it.each([
    [{ rentCap: 95 }, 'The rent cap for new build is 95 %; the regional default is 90 % (unverified)'],
    [{ rentCap: 99.9 }, 'The rent cap for new build is 99.9 %; the regional default is 90 % (unverified)'],
    [{ depositMonths: 2 }, 'The deposit cap for new build is 2 month(s) of rent; the regional default is 1'],
    [{ riseCap: null }, 'The cap on the yearly rise for new build has no limit; the regional default is 5 %'],
  ])('of %j is told with the number of both', (numbers, text) => {
    expect(told(numbers)).toEqual([expect.stringContaining(text)]);
  });

  it('is told in Chinese as well', () => {
    const of = (rentCap: number | null): string[] =>
      findingsOnRules({ ...measures, rules: { modes: { newBuild: { rentCap } } } }).map(
        ({ text }) => text.zh,
      );
    expect(of(95)).toEqual(['新建的租金上限为95%，宽于自治区默认规则的90%（待核实）']);
    expect(of(null)).toEqual(['新建的租金上限不设限，宽于自治区默认规则的90%（待核实）']);
  });

  it('is explained for a rise of 100 % too: only of a rent is that a defect', () => {
    const found = findingsOnRules({ ...measures, rules: { modes: { newBuild: { riseCap: 100 } } } });
    expect(found.map(({ level, code }) => `${level} ${code}`)).toEqual([
      'soft rise-cap-above-default-newBuild',
    ]);
  });
});

it.each(['房屋safety', 'safety鉴定', 'Safety', 'safety appraisal', ''])(
  '%j is no code of a paper',
  (code) => {
    expect(MeasuresRules().safeParse({ review: { latePapers: [code] } }).success).toBe(false);
  },
);
