import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../audit/entry.ts';
import { end, start, suspend } from '../calendar/statutory-clock.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import type { Obligation } from '../duties/obligation.ts';
import { measures } from '../submissions/kinds/sample-contents.ts';
import { draft, on } from '../submissions/sample-filing.ts';
import type { Head } from '../submissions/submission.ts';
import type { Contribution } from './contribution.ts';
import { countsOfDuty } from './counts-of-duty.ts';
import { countsOfFiling } from './counts-of-filing.ts';

const calendar = builtInCalendar();

function duty(given: Partial<Obligation> = {}): Obligation {
  return {
    id: 'o-1',
    city: '150200',
    notice: '内政办发〔2021〕53号',
    clause: 'S-06',
    dueBefore: '2021-10-31T16:00:00.000Z',
    satisfiedBy: 'published',
    items: [],
    createdAt: on('2021-09-23'),
    seq: 4,
    hash: '',
    ...given,
  };
}

function filingCounts(
  head: Head,
  events: readonly (readonly [string, string, string, string])[],
  content?: unknown,
) {
  const entries = events.map(
    ([day, type, from, to]) => ({ at: on(day), type, facts: { from, to } }) as unknown as AuditEntry,
  );
  const counts = countsOfFiling({ head, entries, measures: content }, calendar);
  if (!counts.ok) throw new Error(counts.error.code);
  return counts.value;
}

const short = ({ indicator, year, part, day, numerator, denominator }: Contribution): string =>
  `${indicator} ${year} ${part} ${day} ${numerator}/${denominator}`;

describe('A1, on-time submission (S-06, S-07)', () => {
  test('counts each item of a duty from its last day on; late and open count as due and not in time', () => {
    const counts = countsOfDuty(
      duty({
        items: [
          { kind: 'five-year-target', period: '2021-2025', state: 'fulfilled', at: on('2021-10-20') },
          { kind: 'policy-measures', period: '2021-2025', state: 'fulfilled-late', at: on('2021-11-02') },
          { kind: 'annual-plan', period: '2021', state: 'open' },
        ],
      }),
    );
    expect(counts.map(short)).toEqual([
      'A1 2021 five-year-target 2021-2025 2021-10-31 1/1',
      'A1 2021 policy-measures 2021-2025 2021-10-31 0/1',
      'A1 2021 annual-plan 2021 2021-10-31 0/1',
    ]);
    expect(counts[1]?.says.zh).toContain('逾期履行');
    expect(counts[1]?.says.zh).toContain('2021-11-02');
  });

  test('leaves out what was waived or closed', () => {
    const items = [
      { kind: 'annual-plan', period: '2021', state: 'closed' as const, closedBecause: 'waived' },
    ];
    expect(countsOfDuty(duty({ items }))).toEqual([]);
  });

  test('counts a sub-reporter for the city that it rolls up to, and nowhere else', () => {
    const items = [{ kind: 'annual-plan', period: '2021', state: 'open' as const }];
    expect(countsOfDuty(duty({ city: '150781', items })).map(({ city, office }) => [city, office])).toEqual([
      ['150700', '150781'],
    ]);
  });

  test('says what was due, by when, and when it was done; of what is open again, no day', () => {
    const items = [
      { kind: 'annual-plan', period: '2021', state: 'fulfilled' as const, at: on('2021-10-20') },
      { kind: 'annual-plan', period: '2022', state: 'open' as const, at: on('2021-10-20') },
      { kind: 'lease', period: '2021', state: 'open' as const },
    ];
    const says = countsOfDuty(duty({ items })).map((one) => one.says);
    expect(says[0]).toEqual({
      zh: '年度建设计划（2021），内政办发〔2021〕53号要求2021-10-31前（含当日）完成：已按时履行，2021-10-20',
      en: 'Annual plan (2021), due by the end of 2021-10-31 under 内政办发〔2021〕53号: fulfilled in time, 2021-10-20',
    });
    expect(says[1]?.zh).toMatch(/：未履行$/);
    const undated = [{ kind: 'annual-plan', period: '2021', state: 'fulfilled' as const }];
    expect(countsOfDuty(duty({ items: undated }))[0]?.says.zh).toMatch(/：已按时履行$/);
    expect(says[2]).toMatchObject({ zh: expect.stringMatching(/^lease（2021）/) as unknown });
  });

  test('counts in the year of the deadline', () => {
    const items = [{ kind: 'annual-plan', period: '2022', state: 'open' as const }];
    const counts = countsOfDuty(duty({ dueBefore: '2022-01-31T16:00:00.000Z', items }));
    expect(counts.map(({ year, day }) => [year, day])).toEqual([[2022, '2022-01-31']]);
  });
});

describe('A2, publication of what was approved', () => {
  const approved = ['2021-10-20', 'submission.signed', 'signing', 'approved'] as const;

  test('is due from the approval on and done from the publication on', () => {
    const head = draft({ path: 'own-decision', state: 'published', owner: '150100' });
    const published = ['2021-10-25', 'submission.published', 'approved', 'published'] as const;
    expect(filingCounts(head, [approved, published]).map(short)).toEqual([
      'A2 2021 approved 2021-10-20 0/1',
      'A2 2021 published 2021-10-25 1/0',
    ]);
  });

  test('counts in the year of the approval, from the day of the publication', () => {
    const head = draft({ path: 'own-decision', state: 'published' });
    const late = ['2022-01-04', 'submission.published', 'approved', 'published'] as const;
    expect(filingCounts(head, [approved, late]).map(short)).toEqual([
      'A2 2021 approved 2021-10-20 0/1',
      'A2 2021 published 2022-01-04 1/0',
    ]);
  });

  test('says what was approved and published, and counts for the city that the office rolls up to', () => {
    const head = draft({ path: 'own-decision', state: 'published', owner: '150781' });
    const published = ['2021-10-25', 'submission.published', 'approved', 'published'] as const;
    const counts = filingCounts(head, [approved, published]);
    expect(counts.map(({ city, office }) => [city, office])).toEqual([
      ['150700', '150781'],
      ['150700', '150781'],
    ]);
    expect(counts.map(({ says }) => says)).toEqual([
      {
        zh: '五年建设目标（2021-2025）：2021-10-20通过',
        en: 'Five-year target (2021-2025): approved on 2021-10-20',
      },
      {
        zh: '五年建设目标（2021-2025）：2021-10-25公布',
        en: 'Five-year target (2021-2025): published on 2021-10-25',
      },
    ]);
  });

  test('is still to come for what is approved and not published', () => {
    expect(filingCounts(draft({ state: 'approved' }), [approved]).map(short)).toEqual([
      'A2 2021 approved 2021-10-20 0/1',
    ]);
  });

  test('counts from the step itself: what happens afterwards in the same state moves no day', () => {
    const head = draft({ path: 'own-decision', state: 'published' });
    const received = ['2021-10-22', 'submission.received', 'approved', 'approved'] as const;
    const published = ['2021-10-25', 'submission.published', 'approved', 'published'] as const;
    const seen = ['2021-12-01', 'submission.contact-viewed', 'published', 'published'] as const;
    expect(filingCounts(head, [approved, received, published, seen]).map(short)).toEqual([
      'A2 2021 approved 2021-10-20 0/1',
      'A2 2021 published 2021-10-25 1/0',
    ]);
  });

  test('is not asked of what is never published, nor of a kind that is unknown', () => {
    expect(filingCounts(draft({ kind: 'demand-survey', state: 'acknowledged' }), [approved])).toEqual([]);
    expect(filingCounts(draft({ kind: 'lease', state: 'approved' }), [approved])).toEqual([]);
  });

  test('does not count an approval that was recalled', () => {
    const recalled = ['2021-10-20', 'submission.step-recalled', 'approved', 'signing'] as const;
    expect(filingCounts(draft({ state: 'signing' }), [approved, recalled])).toEqual([]);
  });
});

describe('B2 and B3, the reviews of the departments', () => {
  const running = start(
    { name: 'opinion:R_NDRC', office: 'R_NDRC', limit: 5, basis: 'unverified' },
    on('2021-10-20'),
    5,
  );
  const ended = (day: string, ground = 'given') => {
    const clock = end(running, on(day), 6, ground);
    if (!clock.ok) throw new Error(clock.error.code);
    return clock.value;
  };
  const counts = (...clocks: unknown[]) =>
    filingCounts(draft({ state: 'in-review', clocks: clocks as Head['clocks'] }), []).map(short);

  test('count on the day of the opinion, with the working days that it took', () => {
    // 10-20 does not count; 21, 22, 25, 26, 27 do: 10-27 is the fifth.
    expect(counts(ended('2021-10-27'))).toEqual([
      'B2 2021 opinion:R_NDRC 2021-10-27 1/1',
      'B3 2021 opinion:R_NDRC 2021-10-27 5/1',
    ]);
  });

  test('count as late with every working day', () => {
    expect(counts(ended('2021-10-29'))).toEqual([
      'B2 2021 opinion:R_NDRC 2021-10-29 0/1',
      'B3 2021 opinion:R_NDRC 2021-10-29 7/1',
    ]);
  });

  test('that are open count as overdue from the day after they were due', () => {
    expect(counts(running)).toEqual(['B2 2021 opinion:R_NDRC 2021-10-28 0/1']);
  });

  test('say how long they took, how late they were, or when they were due', () => {
    const says = (clock: unknown) =>
      filingCounts(draft({ state: 'in-review', clocks: [clock] as Head['clocks'] }), [])[0]?.says;
    expect(says(ended('2021-10-27'))).toEqual({
      zh: '五年建设目标（2021-2025）：自治区发展和改革委员会2021-10-27出具审查意见，用时5个工作日',
      en: 'Five-year target (2021-2025): opinion of Regional Development and Reform Commission on 2021-10-27, after 5 working day(s)',
    });
    expect(says(ended('2021-10-29'))?.zh).toMatch(/用时7个工作日，逾期2个工作日$/);
    expect(says(ended('2021-10-29'))?.en).toMatch(/after 7 working day\(s\), 2 late$/);
    expect(says(running)).toEqual({
      zh: '五年建设目标（2021-2025）：自治区发展和改革委员会应于2021-10-27前出具审查意见，尚未出具',
      en: 'Five-year target (2021-2025): opinion of Regional Development and Reform Commission due on 2021-10-27, still open',
    });
    const lease = draft({ kind: 'lease', period: '2021', clocks: [running] as unknown as Head['clocks'] });
    expect(filingCounts(lease, [])[0]?.says.zh).toMatch(/^lease（2021）：/);
    const gone = { ...running, name: 'opinion:R_OLD', office: 'R_OLD' };
    expect(says(gone)?.zh).toContain('：R_OLD应于');
  });

  test('that stand still, or ended without an opinion, do not count; nor does the acceptance', () => {
    const standing = suspend(running, on('2021-10-21'), 6, 'supplement:R_NDRC');
    expect(counts(standing.ok ? standing.value : undefined)).toEqual([]);
    expect(counts(ended('2021-10-22', 'withdrawn'))).toEqual([]);
    expect(counts({ ...ended('2021-10-22'), name: 'acceptance' })).toEqual([]);
  });

  test('cannot be counted without the calendar of their year, though they have ended', () => {
    const begun = start(
      { name: 'opinion:R_NDRC', office: 'R_NDRC', limit: 5, basis: '' },
      on('2026-12-28'),
      5,
    );
    const late = end(begun, on('2027-03-01'), 6, 'given');
    const head = draft({ clocks: [late.ok ? late.value : begun] as Head['clocks'] });
    expect(countsOfFiling({ head, entries: [] }, calendar)).toMatchObject({
      error: { code: 'calendar-year-missing' },
    });
  });

  test('cannot be counted without the calendar of their year', () => {
    const far = start(
      { name: 'opinion:R_NDRC', office: 'R_NDRC', limit: 5, basis: '' },
      '2027-03-01T01:00:00.000Z',
      5,
    );
    const head = draft({ clocks: [far] as Head['clocks'] });
    expect(countsOfFiling({ head, entries: [] }, calendar)).toMatchObject({
      error: { code: 'calendar-year-missing' },
    });
  });
});

describe('B1 and B7, the policy measures in force', () => {
  const head = draft({ kind: 'policy-measures', path: 'own-decision', state: 'published', owner: '150100' });
  const approved = ['2021-10-20', 'submission.signed', 'signing', 'approved'] as const;
  const published = ['2021-10-25', 'submission.published', 'approved', 'published'] as const;
  const of = (year: number, all: readonly Contribution[]): string[] =>
    all.filter((one) => one.indicator !== 'A2' && one.year === year).map(short);

  test('count the mechanism, and the cells of every mode that is used', () => {
    expect(of(2021, filingCounts(head, [approved, published], measures))).toEqual([
      'B1 2021 joint-review 2021-10-25 1/1',
      'B7 2021 newBuild 2021-10-25 4/4',
      'B7 2021 conversion 2021-10-25 4/4',
      'B7 2021 rentSubsidy 2021-10-25 3/4',
    ]);
  });

  test('say what is laid down and what is not, mode by mode', () => {
    const cell = { entry: '准入', exit: '', workflow: null, smallUnitArea: 70 };
    const partly = { matrix: { newBuild: cell, barter: cell, other: null }, jointReview: { mechanism: '' } };
    const counts = filingCounts(head, [approved, published], partly).filter(({ year }) => year === 2021);
    expect(counts.filter(({ indicator }) => indicator !== 'A2').map(short)).toEqual([
      'B1 2021 joint-review 2021-10-25 0/1',
      'B7 2021 newBuild 2021-10-25 2/4',
      'B7 2021 barter 2021-10-25 2/4',
    ]);
    expect(counts.slice(2).map(({ says }) => says)).toEqual([
      {
        zh: '政策措施（2021-2025）：未规定部门联审机制',
        en: 'Policy measures (2021-2025): joint review not laid down',
      },
      {
        zh: '政策措施（2021-2025）：新建已规定2项，应规定4项',
        en: 'Policy measures (2021-2025): 2 of 4 rules for new build',
      },
      {
        zh: '政策措施（2021-2025）：barter已规定2项，应规定4项',
        en: 'Policy measures (2021-2025): 2 of 4 rules for barter',
      },
    ]);
    const laid = filingCounts(head, [approved, published], measures).find(
      ({ indicator }) => indicator === 'B1',
    );
    expect(laid?.says.zh).toContain('已建立部门联审机制');
    const without = filingCounts(head, [approved, published], { jointReview: null });
    expect(without.find(({ indicator }) => indicator === 'B1')?.numerator).toBe(0);
  });

  test('count in each later year of their period from its first day', () => {
    expect(of(2023, filingCounts(head, [approved, published], measures))[0]).toBe(
      'B1 2023 joint-review 2023-01-01 1/1',
    );
  });

  test('that were published after a year do not count in it', () => {
    const late = ['2022-03-01', 'submission.published', 'approved', 'published'] as const;
    expect(of(2021, filingCounts(head, [approved, late], measures))).toEqual([]);
  });

  test('that were amended count until the year before the amendment', () => {
    const amended = ['2023-05-01', 'submission.superseded', '', ''] as const;
    const all = filingCounts({ ...head, state: 'superseded' }, [approved, published, amended], measures);
    expect([of(2022, all).length, of(2023, all).length]).toEqual([4, 0]);
  });

  test('do not count before they are published', () => {
    expect(of(2021, filingCounts(head, [approved], measures))).toEqual([]);
    expect(of(2021, filingCounts({ ...head, state: 'approved' }, [approved], measures))).toEqual([]);
  });
});
