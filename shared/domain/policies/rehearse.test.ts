/** A proposed rule-set, tried on projects: what is newly missed, newly met, and what nobody can tell. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rehearse } from './rehearse.ts';
import { judged, smallHomesOf, type ProjectFacts } from './requirements.ts';
import type { RuleSet } from './rule-set.ts';
import { madeOf, newBuildUnder, projectFacts, type NewBuildNumbers } from './sample-rules.ts';
import { supplyModeNames } from './supply-modes.ts';

const project = projectFacts(
  [
    { area: 45, homes: 40 },
    { area: 65, homes: 15 },
    { area: 88, homes: 5 },
  ],
  [
    { proposed: 27, assessed: 30 },
    { proposed: 24.3, assessed: 27 },
  ],
);

const under = (numbers: NewBuildNumbers): RuleSet => newBuildUnder(numbers, { number: 2 });
const today = madeOf(undefined);

function changes(proposed: RuleSet, of: Partial<ProjectFacts> = {}, current = today): string[] {
  const { projects } = rehearse(proposed, current, [{ ...project, ...of }]);
  return projects.flatMap(({ newlyMissed, newlyMet }) => [
    ...newlyMissed.map(({ requirement }) => `- ${requirement}`),
    ...newlyMet.map(({ requirement }) => `+ ${requirement}`),
  ]);
}

describe('a project', () => {
  test('under the rules as they are changes nothing', () => {
    const rehearsal = rehearse(today, today, [project]);
    expect(rehearsal).toMatchObject({ changes: [], projects: [] });
    expect(rehearsal.counts).toEqual({ projects: 1, newlyMissing: 0, newlyMeeting: 0, unchanged: 1 });
  });

  test('newly misses what is asked for beyond what it has, and meets it the other way round', () => {
    const stricter = under({
      smallestProject: { homes: 61, floorArea: 3201 },
      shortestOperatingYears: 7,
      rentCap: 89.9,
      smallUnitShare: 92,
    });
    const all = ['homes', 'floor-area', 'small-unit-share', 'operating-years', 'rent-cap'];
    expect(changes(stricter)).toEqual(all.map((name) => `- ${name}`));
    expect(changes(today, {}, stricter)).toEqual(all.map((name) => `+ ${name}`));
  });

  test('that has exactly what is asked for meets it', () => {
    const exact = under({
      smallestProject: { homes: 60, floorArea: 3200 },
      shortestOperatingYears: 6,
      rentCap: 90,
      // 55 of 60 are at most 70 ㎡.
      smallUnitShare: 91.66,
    });
    expect(changes(exact)).toEqual([]);
  });

  test('is told in words what is asked and what it has, with the source of the rule', () => {
    const { projects } = rehearse(under({ shortestOperatingYears: 10 }), today, [project]);
    expect(projects[0]?.newlyMissed).toEqual([
      {
        requirement: 'operating-years',
        label: { zh: '运营年限', en: 'operating term' },
        source: '演政发〔2021〕7号',
        text: {
          zh: '运营年限须不少于10年，本项目6年',
          en: 'operating term: at least 10 years; the project has 6 years',
        },
      },
    ]);
    const eased = rehearse(under({ shortestOperatingYears: null }), under({ shortestOperatingYears: 10 }), [
      project,
    ]);
    expect(eased.projects[0]?.newlyMet[0]?.text.zh).toBe('不再要求运营年限');
  });

  test('of a way of supply that is given up misses that alone, and meets nothing for it', () => {
    const used = { ...today, modes: { ...today.modes, other: newBuildOf(today) } };
    // Too small under the rules of today: that is no gain when the way itself is gone.
    expect(changes(today, { mode: 'other', homes: 10 }, used)).toEqual(['- mode-used']);
    expect(changes(used, { mode: 'other', homes: 10 }, today)).toEqual(['- homes', '+ mode-used']);
  });

  test('is shown for the homes that count as small, even where no share is asked for', () => {
    const smaller = {
      ...today,
      modes: {
        ...today.modes,
        newBuild: { ...newBuildOf(today), smallUnitArea: { value: 50, source: '演示' } },
      },
    };
    const { projects } = rehearse(smaller, today, [project]);
    expect(projects).toMatchObject([
      { newlyMissed: [], newlyMet: [], smallHomes: { before: 55, after: 40 } },
    ]);
  });

  test('of which nobody knows the homes by area is judged by what it declared, or not at all', () => {
    const { homesByArea: _unknown, ...bare } = project;
    const share = under({ smallUnitShare: 50 });
    const small = (of: ProjectFacts): unknown =>
      judged(share, of).find(({ requirement }) => requirement === 'small-unit-share')?.met;
    expect([small(bare), small({ ...bare, smallHomes: 29 }), small({ ...bare, smallHomes: 30 })]).toEqual([
      undefined,
      false,
      true,
    ]);
    expect(smallHomesOf(share, bare)).toBeUndefined();
  });

  test('without assessed rents is not judged by them', () => {
    const { rents: _none, ...bare } = project;
    expect(judged(under({ rentCap: 1 }), bare).map(({ requirement }) => requirement)).not.toContain(
      'rent-cap',
    );
    expect(judged(under({ rentCap: 1 }), { ...bare, rents: [] })).toEqual(
      judged(under({ rentCap: 1 }), bare),
    );
  });
});

test('property: what is newly missed one way is newly met the other, and every project is counted', () => {
  const limit = fc.option(fc.integer({ min: 0, max: 20 }), { nil: null });
  const numbers = fc.record<NewBuildNumbers>(
    {
      smallUnitShare: fc.integer({ min: 0, max: 100 }),
      rentCap: fc.integer({ min: 1, max: 99 }),
      smallestProject: fc.record({ homes: limit, floorArea: limit }),
      shortestOperatingYears: limit,
    },
    { requiredKeys: [] },
  );
  const rent = fc.record({
    proposed: fc.integer({ min: 1, max: 60 }),
    assessed: fc.integer({ min: 1, max: 60 }),
  });
  const facts: fc.Arbitrary<ProjectFacts> = fc.record({
    id: fc.uuid(),
    name: fc.constant('演示'),
    mode: fc.constantFrom(...supplyModeNames),
    homes: fc.integer({ min: 1, max: 20 }),
    smallHomes: fc.integer({ min: 0, max: 20 }),
    floorArea: fc.integer({ min: 1, max: 20 }),
    operatingYears: fc.integer({ min: 1, max: 20 }),
    rents: fc.array(rent, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(numbers, numbers, fc.array(facts, { maxLength: 5 }), (a, b, projects) => {
      const [one, other] = [under(a), under(b)];
      const there = rehearse(one, other, projects);
      const back = rehearse(other, one, projects);
      const names = (of: typeof there, which: 'newlyMissed' | 'newlyMet'): unknown[] =>
        of.projects.map((each) => [each.project, each[which].map(({ requirement }) => requirement)]);
      expect(names(there, 'newlyMissed')).toEqual(names(back, 'newlyMet'));
      expect(there.counts.projects).toBe(projects.length);
      expect(there.counts.unchanged + there.projects.length).toBe(projects.length);
      for (const { newlyMissed, newlyMet, stillMissed } of there.projects) {
        const missed = [...newlyMissed, ...newlyMet, ...stillMissed].map(({ requirement }) => requirement);
        expect(new Set(missed).size).toBe(missed.length);
      }
    }),
  );
});

function newBuildOf(set: RuleSet): NonNullable<RuleSet['modes']['newBuild']> {
  if (!set.modes.newBuild) throw new Error('New build is used in the samples');
  return set.modes.newBuild;
}
