/** Which rules hold, in a sentence: the city's own, or the default with what is published for later. */
import { describe, expect, it } from 'vitest';
import { ruleSetSays } from './rule-set-says.ts';
import { documentNumber, madeOf } from './sample-rules.ts';

const first = madeOf(undefined);
const second = madeOf(undefined, {
  number: 2,
  effectiveFrom: '2022-01-01',
  documentNumber: '演政发〔2022〕1号',
});

describe('the rules of a city', () => {
  it('are its own from the day on which they are effective', () => {
    const on = (day: string): string => ruleSetSays([second, first], day).zh;
    expect(on('2021-11-01')).toBe(
      `适用${documentNumber}，自2021-11-01起施行；其中未规定的，适用自治区默认规则。`,
    );
    expect(on('2022-01-01')).toContain('适用演政发〔2022〕1号，自2022-01-01起施行');
  });

  it('go by their number where they have no document', () => {
    const { documentNumber: _none, ...unnumbered } = first;
    expect(ruleSetSays([unnumbered], '2021-11-01').zh).toContain('适用150600/1，');
    expect(ruleSetSays([unnumbered], '2021-10-31').zh).toContain('已公布的150600/1自2021-11-01起施行');
  });
});

describe('the default holds', () => {
  it('and nothing is published for later', () => {
    const { zh, en } = ruleSetSays([], '2021-11-01');
    expect(zh).toMatch(/^本地尚无施行中的政策措施，.*均待核实。$/);
    expect(en).toMatch(/^The city has no measures in force: .* unless a source is given\.$/);
  });

  it.each([
    ['in the order of their days', () => [first, second]],
    ['in any other', () => [second, first]],
  ])('until the first of those that are published, given %s', (_order, given) => {
    const all = given();
    const { zh, en } = ruleSetSays(all, '2021-10-31');
    expect(zh).toMatch(/（default\/1），其数值除注明出处的外均待核实；/);
    expect(zh).toContain(`；已公布的${documentNumber}自2021-11-01起施行。`);
    expect(en).toContain(`; ${documentNumber} is published and effective from 2021-11-01.`);
    // What was given stays in its order.
    expect(all).toEqual(given());
  });

  it('until what amends them from the same day on', () => {
    const amended = { ...second, replaces: 1, effectiveFrom: first.effectiveFrom };
    for (const all of [
      [first, amended],
      [amended, first],
    ])
      expect(ruleSetSays(all, '2021-10-31').zh).toContain('已公布的演政发〔2022〕1号自2021-11-01起施行');
  });
});
