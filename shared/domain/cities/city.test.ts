import { describe, expect, it } from 'vitest';
import { City, cityAtFirst, decidesItself, tiers } from './city.ts';
import { cities } from './divisions.ts';

describe('a city before anything was decided about it', () => {
  it('is what the notice says: Hohhot and Baotou hold the bottom line, Chifeng is key (S-04)', () => {
    const named = cities.map(({ code }) => cityAtFirst(code)).filter(({ tier }) => tier !== 'none');
    expect(named.map(({ code, tier, development }) => [code, tier, development])).toEqual([
      ['150100', 'bottom-line', 'developing'],
      ['150200', 'bottom-line', 'developing'],
      ['150400', 'key', 'developing'],
    ]);
  });

  it('has declared nothing, has no figures and no history', () => {
    const wuhai = cityAtFirst('150300');
    expect(wuhai).toEqual({
      code: '150300',
      tier: 'none',
      development: 'undeclared',
      figures: { demand: {}, target: {}, annual: {} },
      passed: {},
      seq: 0,
      hash: '',
    });
    expect(City().parse(wuhai)).toEqual(wuhai);
  });
});

it('only key and bottom-line cities decide and publish themselves (S-06, S-07)', () => {
  const city = cityAtFirst('150300');
  expect(tiers.filter((tier) => decidesItself({ ...city, tier }))).toEqual(['bottom-line', 'key']);
});

describe('the record of a city', () => {
  const city: City = {
    ...cityAtFirst('150300'),
    figures: {
      demand: { 2021: { homes: 900, submission: 's-1' } },
      target: { '2021-2025': { homes: 1000, submission: 's-2', years: { 2021: 400, 2022: 600 } } },
      annual: { 2021: { homes: 0, submission: 's-3' } },
    },
    passed: { 'annual-plan': 's-3' },
  };

  it('keeps each figure with the filing that it comes from', () => {
    expect(City().parse(city)).toEqual(city);
  });

  it.each<[string, unknown]>([
    ['fewer homes than none', { ...city.figures, annual: { 2021: { homes: -1, submission: 's' } } }],
    ['half a home', { ...city.figures, demand: { 2021: { homes: 0.5, submission: 's' } } }],
    ['a figure from nowhere', { ...city.figures, demand: { 2021: { homes: 5 } } }],
    [
      'a year of a target below none',
      {
        ...city.figures,
        target: { '2021-2025': { homes: 1, submission: 's', years: { 2021: -1 } } },
      },
    ],
  ])('is not read with %s', (_, figures) => {
    expect(City().safeParse({ ...city, figures }).success).toBe(false);
  });
});
