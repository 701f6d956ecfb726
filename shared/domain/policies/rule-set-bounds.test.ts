/** What a rule-set may be, to the bounds; and which of two that begin on one day holds. */
import { describe, expect, it } from 'vitest';
import { RuleSet, ruleSetInForce, type Sourced } from './rule-set.ts';
import { ruleSetDifference } from './rule-difference.ts';
import { madeOf } from './sample-rules.ts';

const own = madeOf(undefined);
const fits = (changes: object): boolean => RuleSet().safeParse({ ...own, ...changes }).success;
const withDecision = (decision: Sourced<number>): object => ({
  review: { ...own.review, days: { ...own.review.days, decision } },
});

describe('a rule-set', () => {
  it.each(['default/1', '150600/1', '150600/20', '150600/999999'])('may be called %s', (id) => {
    expect(fits({ id })).toBe(true);
  });

  it.each(['1150600/1', 'a default/1', '150600/0', '150600/1a', '150600/1000000', '150600/1/2', '150600'])(
    'is not called %s',
    (id) => {
      expect(fits({ id })).toBe(false);
    },
  );

  it.each([
    [1, true],
    [2, true],
    [999_999, true],
    [0, false],
    [1_000_000, false],
  ])('has the number %s: %s', (number, may) => {
    expect(fits({ number })).toBe(may);
  });

  it('begins on a day that exists', () => {
    expect([fits({ effectiveFrom: '2021-11-31' }), fits({ effectiveFrom: '2021-11-30' })]).toEqual([
      false,
      true,
    ]);
  });

  it('has values of which each names its source, without the spaces around it', () => {
    expect(fits(withDecision({ value: 3, source: '  ' }))).toBe(false);
    const read = RuleSet().parse({ ...own, ...withDecision({ value: 3, source: ' 演示 ' }) });
    expect(read.review.days.decision).toEqual({ value: 3, source: '演示' });
  });

  it('tells whose measures it amends only where it amends any', () => {
    expect(madeOf(undefined)).not.toHaveProperty('replaces');
    expect(madeOf(undefined, { number: 2, replaces: 1 }).replaces).toBe(1);
  });

  it('that was made later holds of two that begin on one day, though neither replaces the other', () => {
    const [first, second] = [madeOf(undefined), madeOf(undefined, { number: 2 })];
    expect(ruleSetInForce([first, second], '2021-11-01').number).toBe(2);
    expect(ruleSetInForce([second, first], '2021-11-01').number).toBe(2);
  });
});

describe('the difference of two rule-sets', () => {
  it('in their day is told with the documents of both, a number where there is none', () => {
    const { documentNumber: _none, ...unnumbered } = own;
    const later = madeOf(undefined, {
      number: 2,
      effectiveFrom: '2022-01-01',
      documentNumber: '演政发〔2022〕1号',
    });
    expect(ruleSetDifference(unnumbered, later)[0]).toMatchObject({
      pointer: '/effectiveFrom',
      sourceOnly: false,
      before: { value: '2021-11-01', source: '150600/1' },
      after: { value: '2022-01-01', source: '演政发〔2022〕1号' },
    });
  });

  it('in a way of supply is more than one of sources', () => {
    const without = { ...own, modes: { ...own.modes, conversion: null } };
    expect(ruleSetDifference(own, without)).toMatchObject([
      { pointer: '/modes/conversion', sourceOnly: false, text: { en: 'conversion is no longer used' } },
    ]);
    expect(ruleSetDifference(without, own)[0]).toMatchObject({
      pointer: '/modes/conversion',
      sourceOnly: false,
      text: { en: 'conversion comes into use' },
    });
  });
});
