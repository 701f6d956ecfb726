/** Rule-sets: every value has its source, what measures leave out is the default's, and what holds on a day. */
import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { validOf } from '../../../test/contract/shapes.ts';
import { addDays } from '../../kernel/civil-date.ts';
import { MeasuresRules } from './measures-rules.ts';
import { documentNumber, madeOf, rules } from './sample-rules.ts';
import {
  regionalDefault,
  RuleSet,
  ruleSetInForce,
  sourcedValues,
  unverified,
  type Sourced,
} from './rule-set.ts';
import { ruleTextAt } from './rule-texts.ts';
import { supplyModeNames } from './supply-modes.ts';

const anyRules = validOf(z.toJSONSchema(MeasuresRules(), { io: 'input' })) as fc.Arbitrary<MeasuresRules>;
const national = '国办发〔2021〕22号';

function valuesOf(set: RuleSet): Readonly<Record<string, Sourced<unknown>>> {
  return Object.fromEntries(sourcedValues(set));
}

describe('the region’s default', () => {
  test('fits the schema, and gives as sourced only what is', () => {
    expect(RuleSet().parse(regionalDefault)).toEqual(regionalDefault);
    const sourced = Object.entries(valuesOf(regionalDefault)).filter(
      ([, { source }]) => source !== unverified,
    );
    expect(sourced).toEqual(
      ['newBuild', 'conversion', 'renovation', 'other'].map((mode) => [
        `/modes/${mode}/smallUnitArea`,
        { value: 70, source: national },
      ]),
    );
  });

  test('is what the examples from elsewhere say', () => {
    expect(valuesOf(regionalDefault)).toMatchObject({
      '/modes/newBuild/rentCap': { value: 90 },
      '/modes/newBuild/riseCap': { value: 5 },
      '/modes/newBuild/depositMonths': { value: 1 },
      '/modes/newBuild/leaseTermMonths/least': { value: 12 },
      '/modes/newBuild/leaseTermMonths/most': { value: 36 },
      '/modes/newBuild/smallestProject/homes': { value: 50 },
      '/modes/newBuild/smallestProject/floorArea': { value: null },
      '/modes/conversion/smallestProject/floorArea': { value: 1500 },
      '/modes/newBuild/shortestOperatingYears': { value: 6 },
      '/review/days/acceptance': { value: 5 },
      '/review/days/review': { value: 15 },
      '/review/days/planCheck': { value: 5 },
      '/review/days/notice': { value: 0 },
      '/review/days/decision': { value: 3 },
      '/review/days/correction': { value: 10 },
      '/review/silenceConsents': { value: false },
    });
    expect(regionalDefault.review.panel.value).not.toContain('HOUSING');
  });
});

describe('a rule-set made of measures', () => {
  test('has what they give from their document, and the rest from the default with its source', () => {
    const made = madeOf(rules);
    expect(made).toMatchObject({
      id: '150600/1',
      city: '150600',
      number: 1,
      documentNumber,
      submission: 's-1',
    });
    const values = valuesOf(made);
    expect(values).toMatchObject({
      '/modes/newBuild/entry': { value: '住房困难的新市民、青年人', source: documentNumber },
      '/modes/newBuild/rentCap': { value: 85, source: documentNumber },
      '/modes/newBuild/smallUnitShare': { value: 80, source: documentNumber },
      '/modes/newBuild/smallestProject/homes': { value: 100, source: documentNumber },
      // In so many words none: that is a value of its own.
      '/modes/newBuild/smallestProject/floorArea': { value: null, source: documentNumber },
      '/modes/conversion/rentCap': { value: 80, source: documentNumber },
      '/modes/conversion/riseCap': { value: 5, source: unverified },
      '/modes/conversion/smallUnitArea': { value: 50, source: documentNumber },
      '/review/panel': { value: ['NATRES', 'FIRE', 'TAX'], source: documentNumber },
      '/review/days/review': { value: 10, source: documentNumber },
      '/review/days/decision': { value: 3, source: unverified },
      '/review/issuer': { value: 'city', source: documentNumber },
      '/review/silenceConsents': { value: false, source: unverified },
    });
    expect(made.modes.renovation).toBeNull();
    expect(made.modes.rentSubsidy?.smallUnitArea).toBeNull();
    expect(made.modes.conversion?.smallUnitShare).toBeUndefined();
  });

  test.each([undefined, null, {}, { modes: {}, review: {} }])(
    'of measures with the numbers %j has the default’s values, each with its source',
    (given) => {
      const made = madeOf(given);
      for (const [pointer, value] of sourcedValues(made)) {
        const stated = /\/(entry|exit|workflow|smallUnitArea)$/.test(pointer);
        if (stated) expect(value.source, pointer).toBe(documentNumber);
        else expect(value, pointer).toEqual(sourcedValues(regionalDefault).get(pointer));
      }
    },
  );

  test('property: fits the schema, and every value has a source that is the document’s or the default’s', () => {
    fc.assert(
      fc.property(anyRules, (given) => {
        const made = madeOf(given);
        expect(RuleSet().parse(made)).toEqual(made);
        const values = sourcedValues(made);
        expect(values.size).toBeGreaterThan(30);
        for (const [pointer, { value, source }] of values) {
          expect(source, pointer).not.toBe('');
          const usual = sourcedValues(regionalDefault).get(pointer);
          // Nothing is of the document unless the measures give it; nothing else but the default's own.
          if (source !== documentNumber) expect({ value, source }, pointer).toEqual(usual);
        }
      }),
    );
  });

  test('property: every value can be said in words', () => {
    fc.assert(
      fc.property(anyRules, (given) => {
        for (const [pointer, { value }] of sourcedValues(madeOf(given))) {
          const text = ruleTextAt(pointer);
          expect(text, pointer).toBeDefined();
          const said = text?.say(value);
          expect(`${said?.zh} ${said?.en}`, pointer).not.toMatch(/undefined|null|NaN|object/);
        }
      }),
    );
  });
});

describe('what holds on a day', () => {
  const versions = fc
    .uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 })
    .map((days) => days.map((day, index) => version(index + 1, addDays('2021-10-01', day))));

  function version(number: number, effectiveFrom: string, replaces?: number): RuleSet {
    return madeOf(undefined, { number, effectiveFrom, ...(replaces ? { replaces } : {}) });
  }

  test('property: is the last effective not after it, whatever order they come in, and before any the default', () => {
    fc.assert(
      fc.property(versions, fc.integer({ min: -10, max: 410 }), (all, offset) => {
        const on = addDays('2021-10-01', offset);
        const inForce = ruleSetInForce(all, on);
        expect(ruleSetInForce(all.toReversed(), on)).toBe(inForce);
        const effective = all.filter(({ effectiveFrom }) => effectiveFrom <= on);
        if (effective.length === 0) expect(inForce).toBe(regionalDefault);
        else {
          expect(effective).toContain(inForce);
          for (const other of effective) expect(other.effectiveFrom <= inForce.effectiveFrom).toBe(true);
        }
      }),
    );
  });

  test('of two effective on one day is the later made', () => {
    const [first, second] = [version(1, '2021-11-01'), version(2, '2021-11-01', 1)];
    expect(ruleSetInForce([second, first], '2021-11-01').number).toBe(2);
  });

  test('is no longer what was amended, though the amendment is effective from an earlier day', () => {
    const all = [version(1, '2021-11-01'), version(2, '2022-01-01', 1), version(3, '2021-12-01', 2)];
    const on = (day: string): number => ruleSetInForce(all, day).number;
    expect([on('2021-11-30'), on('2021-12-01'), on('2022-01-01'), on('2022-06-01')]).toEqual([1, 3, 3, 3]);
  });

  test('of another five years begins on its own day, whatever is amended of the old ones meanwhile', () => {
    const all = [version(1, '2021-11-01'), version(2, '2026-01-01'), version(3, '2025-12-15', 1)];
    const on = (day: string): number => ruleSetInForce(all, day).number;
    expect([on('2025-12-14'), on('2025-12-31'), on('2026-01-01')]).toEqual([1, 3, 2]);
  });
});

test('the modes of a rule-set are the ways of supply', () => {
  expect(Object.keys(regionalDefault.modes)).toEqual(supplyModeNames);
});
