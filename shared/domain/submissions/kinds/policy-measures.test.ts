/** What policy measures make when they are published: the rules of their city, and what the public reads. */
import { describe, expect, it } from 'vitest';
import { measuresWith, rules } from '../../policies/sample-rules.ts';
import { checkContent } from './check-content.ts';
import { policyMeasures } from './policy-measures.ts';
import { factsOf } from './sample-contents.ts';

const found = (content: object): string[] =>
  checkContent(policyMeasures, content, factsOf('2021-2025')).map(
    ({ level, code, pointer }) => `${level} ${code} ${pointer}`,
  );

describe('policy measures with numbers', () => {
  it('are checked on them, and need none about the joint review', () => {
    const leaseTermMonths = { least: 24, most: 12 };
    expect(found(measuresWith({ modes: { newBuild: { leaseTermMonths } } }))).toEqual([
      'hard term-reversed /rules/modes/newBuild/leaseTermMonths',
    ]);
  });

  it('have no numbers for a way of supply that they do not use', () => {
    expect(found(measuresWith({ modes: { renovation: { rentCap: 80 } } }))).toEqual([
      'hard mode-not-used /rules/modes/renovation',
    ]);
  });

  it('make the rules of their city, from the day on which they take effect', () => {
    const about = { city: '150600', number: 2, submission: 's-2', documentNumber: '演政发〔2021〕8号' };
    const made = policyMeasures.ruleSet?.(measuresWith(rules), { ...about, replaces: 1 });
    expect(made).toMatchObject({ ...about, id: '150600/2', replaces: 1, effectiveFrom: '2021-11-01' });
    expect(made?.modes.newBuild?.rentCap).toEqual({ value: 85, source: about.documentNumber });
    expect(made?.modes.renovation).toBeNull();
  });

  it('are published with them, and without any where there are none', () => {
    expect(policyMeasures.published?.(measuresWith(rules))).toEqual(measuresWith(rules));
    expect(policyMeasures.published?.(measuresWith(undefined))).not.toHaveProperty('rules');
  });
});
