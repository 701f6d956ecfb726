/** A rehearsal on several projects: how many miss and meet something, and what each already missed. */
import { describe, expect, it } from 'vitest';
import type { MeasuresRules } from './measures-rules.ts';
import { rehearse } from './rehearse.ts';
import type { ProjectFacts } from './requirements.ts';
import type { RuleSet } from './rule-set.ts';
import { documentNumber, madeOf } from './sample-rules.ts';

const facts: ProjectFacts = {
  id: 'p-1',
  name: '演示青年公寓',
  mode: 'newBuild',
  homes: 60,
  floorArea: 3200,
  operatingYears: 6,
};
type Numbers = NonNullable<NonNullable<NonNullable<MeasuresRules>['modes']>['newBuild']>;
const under = (newBuild: Numbers): RuleSet => madeOf({ modes: { newBuild } }, { number: 2 });
const today = madeOf(undefined);

describe('of several projects', () => {
  it('those that miss, those that meet and those for which nothing changes are counted apart', () => {
    const proposed = under({ shortestOperatingYears: 8, smallestProject: { homes: 40 } });
    const projects = [
      { ...facts, id: 'misses' },
      { ...facts, id: 'misses-too', operatingYears: 7 },
      { ...facts, id: 'meets', operatingYears: 8, homes: 45 },
      { ...facts, id: 'stays', operatingYears: 8 },
      { ...facts, id: 'both', homes: 45 },
    ];
    const rehearsal = rehearse(proposed, today, projects);
    expect(rehearsal.counts).toEqual({ projects: 5, newlyMissing: 3, newlyMeeting: 2, unchanged: 1 });
    expect(rehearsal.projects.map(({ project }) => project)).toEqual([
      'misses',
      'misses-too',
      'meets',
      'both',
    ]);
    expect(rehearsal).toMatchObject({ current: '150600/1', proposed: '150600/2' });
  });
});

describe('a requirement', () => {
  it('that is met now is told as the proposed rule has it', () => {
    const { projects } = rehearse(under({ shortestOperatingYears: 5 }), today, [
      { ...facts, operatingYears: 5 },
    ]);
    expect(projects[0]?.newlyMet).toMatchObject([
      { source: documentNumber, text: { en: 'operating term: at least 5 years; the project has 5 years' } },
    ]);
  });

  it('that falls away is told with the source that it had', () => {
    const [current, proposed] = [
      under({ shortestOperatingYears: 10 }),
      under({ shortestOperatingYears: null }),
    ];
    expect(rehearse(proposed, current, [facts]).projects[0]?.newlyMet).toEqual([
      {
        requirement: 'operating-years',
        label: { zh: '运营年限', en: 'operating term' },
        source: documentNumber,
        text: { zh: '不再要求运营年限', en: 'operating term is no longer asked for' },
      },
    ]);
  });

  it('that was missed and still is stands apart from what is new', () => {
    const proposed = under({ smallestProject: { homes: 100 }, shortestOperatingYears: 7 });
    const { projects } = rehearse(proposed, today, [{ ...facts, homes: 40 }]);
    expect(projects[0]?.newlyMissed.map(({ requirement }) => requirement)).toEqual(['operating-years']);
    expect(projects[0]?.stillMissed).toMatchObject([
      {
        requirement: 'homes',
        text: { en: 'smallest project: at least 100 homes; the project has 40 homes' },
      },
    ]);
  });
});

describe('small homes', () => {
  const stricter = under({ shortestOperatingYears: 7 });

  it('are told before and after where they are known', () => {
    const { projects } = rehearse(stricter, today, [{ ...facts, smallHomes: 20 }]);
    expect(projects[0]?.smallHomes).toEqual({ before: 20, after: 20 });
  });

  it.each([
    ['nobody counted them', facts, today],
    ['the way of supply was not used', { ...facts, smallHomes: 20 }, notBuilding(today)],
  ])('are not told where %s', (_why, project, current) => {
    const [rehearsed] = rehearse(stricter, current, [project]).projects;
    expect(rehearsed?.newlyMissed.map(({ requirement }) => requirement)).toEqual(['operating-years']);
    expect(rehearsed).not.toHaveProperty('smallHomes');
  });

  it('are not told where the way of supply is given up', () => {
    const [rehearsed] = rehearse(notBuilding(today), today, [{ ...facts, smallHomes: 20 }]).projects;
    expect(rehearsed).not.toHaveProperty('smallHomes');
  });

  function notBuilding(rules: RuleSet): RuleSet {
    return { ...rules, modes: { ...rules.modes, newBuild: null } };
  }
});
