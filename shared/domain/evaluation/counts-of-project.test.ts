import { describe, expect, test } from 'vitest';
import { end, start, type StatutoryClock } from '../calendar/statutory-clock.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import { moveProject } from '../projects/lifecycle.ts';
import { sampleProject } from '../projects/sample-project.ts';
import { on } from '../submissions/sample-filing.ts';
import { Contribution } from './contribution.ts';
import { countsOfProject, countsOfRecognition, type RecognitionToCount } from './counts-of-project.ts';

const calendar = builtInCalendar();

const short = ({ indicator, year, city, day, numerator, denominator }: Contribution): string =>
  `${indicator} ${year} ${city} ${day} ${numerator}/${denominator}`;

describe('a project', () => {
  test('counts as applied for, and as recognised while it stands', () => {
    const applied = sampleProject();
    expect(countsOfProject(applied).map(short)).toEqual([
      'project-applied 2021 150100 2021-01-01 1/1',
      'project-applied-homes 2021 150100 2021-01-01 300/1',
    ]);
    const recognised = moveProject('project.recognised', applied, { at: on('2021-11-08') });
    if (!recognised.ok) throw new Error(recognised.error.code);
    const counts = countsOfProject(recognised.value);
    expect(counts.slice(2).map(short)).toEqual([
      'project-recognised 2021 150100 2021-01-01 1/1',
      'project-recognised-homes 2021 150100 2021-01-01 300/1',
      'C1 2021 150100 2021-11-08 1/1',
    ]);
    for (const one of counts) expect(Contribution().parse(one)).toEqual(one);
    const revoked = moveProject('project.ended', recognised.value, {
      at: on('2022-03-01'),
      stage: 'revoked',
    });
    expect(revoked.ok && countsOfProject(revoked.value)).toHaveLength(2);
    const withdrawn = moveProject('project.ended', applied, { at: on('2021-10-13'), stage: 'withdrawn' });
    expect(withdrawn.ok && countsOfProject(withdrawn.value)).toEqual([]);
  });

  test('counts in the year of its plan, and for the city that its county rolls up to', () => {
    const project = sampleProject({ county: '150781', planYear: 2023 });
    expect(countsOfProject(project).map(short)[0]).toBe('project-applied 2023 150700 2023-01-01 1/1');
  });
});

describe('a recognition, B2 and B3', () => {
  const clock = (name: string, limit: number, from: string, to?: string): StatutoryClock => {
    const running = start({ name, office: '150102-HOUSING', limit, basis: 'unverified' }, on(from), 1);
    if (to === undefined) return running;
    const ended = end(running, on(to), 2, 'given');
    if (!ended.ok) throw new Error(ended.error.code);
    return ended.value;
  };
  const counted = (given: Partial<RecognitionToCount>): string[] => {
    const found = countsOfRecognition({ city: '150100', name: '演示公寓', clocks: [], ...given }, calendar);
    if (!found.ok) throw new Error(found.error.code);
    return found.value.map(short);
  };

  // The worked example of the default limits: each stage ends on its last day.
  const inTime = [
    clock('acceptance', 5, '2021-09-24', '2021-09-30'),
    clock('joint-review', 15, '2021-09-30', '2021-10-27'),
    clock('plan-check', 5, '2021-10-27', '2021-11-03'),
    clock('decision', 3, '2021-11-03', '2021-11-08'),
  ];

  test('decided in time counts with its net working days', () => {
    expect(counted({ clocks: inTime, decidedAt: on('2021-11-08') })).toEqual([
      'B2 2021 150100 2021-11-08 1/1',
      'B3 2021 150100 2021-11-08 28/4',
    ]);
  });

  test('is late when one office was, by so many days more', () => {
    const clocks = [...inTime.slice(0, 3), clock('decision', 3, '2021-11-03', '2021-11-10')];
    expect(counted({ clocks, decidedAt: on('2021-11-10') })).toEqual([
      'B2 2021 150100 2021-11-10 0/1',
      'B3 2021 150100 2021-11-10 30/4',
    ]);
  });

  test('says how long it took, and that it was late only when it was', () => {
    const said = (clocks: readonly StatutoryClock[], day: string) => {
      const counts = countsOfRecognition(
        { city: '150100', name: '演示', clocks, decidedAt: on(day) },
        calendar,
      );
      return counts.ok ? counts.value[0]?.says : undefined;
    };
    expect(said(inTime, '2021-11-08')).toEqual({
      zh: '演示：2021-11-08办结认定，4个环节共用时28个工作日',
      en: '演示: decided on 2021-11-08, 28 working day(s) over 4 stage(s)',
    });
    const late = [...inTime.slice(0, 3), clock('decision', 3, '2021-11-03', '2021-11-10')];
    expect(said(late, '2021-11-10')).toMatchObject({
      zh: expect.stringMatching(/，逾期2个工作日$/) as string,
      en: expect.stringMatching(/, 2 late$/) as string,
    });
    expect(
      countsOfRecognition(
        { city: '150100', name: '演示', clocks: [], decidedAt: on('2021-11-08') },
        calendar,
      ),
    ).toMatchObject({
      ok: true,
      value: [{ indicator: 'B2', numerator: 1 }],
    });
  });

  test('open counts against its city from the day after a stage was due, and withdrawn not at all', () => {
    const open = [...inTime.slice(0, 1), clock('joint-review', 15, '2021-09-30')];
    expect(counted({ clocks: open })).toEqual(['B2 2021 150100 2021-10-28 0/1']);
    expect(counted({ clocks: open, withdrawn: true })).toEqual([]);
    expect(counted({ clocks: inTime })).toEqual([]);
    const beyond = [clock('joint-review', 15, '2026-12-25')];
    expect(countsOfRecognition({ city: '150100', name: 'x', clocks: beyond }, calendar)).toMatchObject({
      ok: false,
      error: { code: 'calendar-year-missing' },
    });
  });
});
