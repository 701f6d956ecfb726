/** What a filing means for its city's record: figures in force, tier, and whether the city develops such housing. */
import { describe, expect, test } from 'vitest';
import { cityAtFirst, type City } from '../cities/city.ts';
import { cityAfter } from './city-effects.ts';
import { ordos, plan, survey, target } from './kinds/sample-contents.ts';
import { contextOf, draft, on, signatory, signing, step, take, versionOf, walk } from './sample-filing.ts';
import type { Head } from './submission.ts';

const five = '2021-2025';
const undecided = cityAtFirst(ordos);
const reviewed = ['five-year-target', 'development-plan', 'annual-plan'];

/** The city after a filing of this kind has taken effect. */
function effect(city: City, kind: string, changes: Partial<Head> = {}, content?: object): City | undefined {
  const period = kind === 'annual-plan' || kind === 'demand-survey' ? '2021' : five;
  const head = draft({ id: `a ${kind}`, kind, period, ...changes });
  const version = versionOf(kind, content ? { content } : {});
  return cityAfter(head, { head, takesEffect: true }, 'consent', contextOf(kind, { city, version }));
}

function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) => orders(things.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

describe('three documents that passed', () => {
  test.each(orders(reviewed).map((order) => [order.join(', '), order] as const))(
    'determine a city when they come as %s',
    (_name, order) => {
      const tiers: string[] = [];
      let city = undecided;
      for (const kind of order) {
        city = effect(city, kind) ?? city;
        tiers.push(city.tier);
      }
      expect(tiers).toEqual(['none', 'none', 'determined']);
      expect(city.passed).toEqual(Object.fromEntries(reviewed.map((kind) => [kind, `a ${kind}`])));
      expect(city.development).toBe('developing');
    },
  );

  test('determine nothing when one of them passed twice', () => {
    const twice = reviewed.slice(0, 2).reduce((city, kind) => effect(city, kind) ?? city, undecided);
    const again = effect(twice, 'five-year-target', { id: 'amendment' });
    expect(again?.tier).toBe('none');
    expect(again?.passed['five-year-target']).toBe('amendment');
  });

  test('leave a key city and a bottom-line city what they are', () => {
    for (const code of ['150400', '150100']) {
      const first = cityAtFirst(code);
      const last = reviewed.reduce((city, kind) => effect(city, kind) ?? city, first);
      expect(last.tier).toBe(first.tier);
      expect(Object.keys(last.passed)).toHaveLength(3);
    }
  });

  test('that a city decided itself passed no review', () => {
    const key = cityAtFirst('150400');
    expect(effect(key, 'five-year-target', { path: 'own-decision' })?.passed).toEqual({});
  });
});

describe('figures', () => {
  const old = (homes: number) => ({ homes, submission: 'old' });
  const city: City = {
    ...undecided,
    development: 'developing',
    figures: {
      demand: { '2020': old(1), '2021': old(2) },
      target: { '2016-2020': { ...old(3), years: { '2016': 3 } }, [five]: { ...old(4), years: {} } },
      annual: { '2020': old(5), '2021': old(6) },
    },
  };

  test('of the same period are replaced, of others stay', () => {
    expect(effect(city, 'five-year-target')?.figures).toEqual({
      ...city.figures,
      target: {
        '2016-2020': { homes: 3, submission: 'old', years: { '2016': 3 } },
        [five]: {
          homes: target.totalHomes,
          submission: 'a five-year-target',
          years: Object.fromEntries(target.years.map(({ year, homes }) => [year, homes])),
        },
      },
    });
    expect(effect(city, 'annual-plan')?.figures).toEqual({
      ...city.figures,
      annual: { '2020': old(5), '2021': { homes: plan.totalHomes, submission: 'a annual-plan' } },
    });
    expect(effect(city, 'demand-survey', { path: 'acknowledgement' })?.figures).toEqual({
      ...city.figures,
      demand: { '2020': old(1), '2021': { homes: survey.homesNeeded, submission: 'a demand-survey' } },
    });
  });

  test('of a kind that gives none stay as they are', () => {
    expect(effect(city, 'development-plan')?.figures).toEqual(city.figures);
  });
});

describe('whether the city develops', () => {
  test('is declared by what takes effect, not by a survey', () => {
    expect(effect(undecided, 'not-developing', { path: 'acknowledgement' })).toEqual({
      ...undecided,
      development: 'not-developing',
    });
    expect(effect(undecided, 'annual-plan')?.development).toBe('developing');
    expect(effect(undecided, 'demand-survey')?.development).toBe('undeclared');
  });

  test('turns when a city that did not develop signs a plan, and only that turns', () => {
    const not: City = { ...undecided, development: 'not-developing' };
    const before = walk(draft(), ...signing);
    const { city, head } = take(before, step('sign', signatory, {}, '2021-10-11', { city: not }));
    expect(city).toEqual({ ...not, development: 'developing' });
    // It has changed another record: it can no longer be recalled.
    expect(head.step).toBeUndefined();
  });

  test('does not turn by signing when it was not declared, nor by a statement or a survey', () => {
    const not: City = { ...undecided, development: 'not-developing' };
    const bySigning = (city: City, kind: string) => {
      const head = draft({ kind });
      return cityAfter(head, { head }, 'sign', contextOf(kind, { city, now: on('2021-10-11') }));
    };
    expect(bySigning(not, 'annual-plan')?.development).toBe('developing');
    expect(bySigning(undecided, 'annual-plan')).toBeUndefined();
    expect(bySigning(not, 'not-developing')).toBeUndefined();
    expect(bySigning(not, 'demand-survey')).toBeUndefined();
  });
});

describe('nothing is written', () => {
  test('when the step does not take effect', () => {
    const head = draft();
    expect(cityAfter(head, { head }, 'opine', contextOf('five-year-target'))).toBeUndefined();
  });

  test('when the record would stay as it is', () => {
    const once = effect(undecided, 'five-year-target');
    expect(once).toBeDefined();
    expect(effect(once ?? undecided, 'five-year-target')).toBeUndefined();
    const developing: City = { ...undecided, development: 'developing' };
    expect(effect(developing, 'policy-measures', { path: 'own-decision' })).toBeUndefined();
  });
});
