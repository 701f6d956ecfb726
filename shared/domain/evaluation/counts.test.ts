import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../audit/entry.ts';
import { end, start, suspend } from '../calendar/statutory-clock.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import { draft, on } from '../submissions/sample-filing.ts';
import type { Head } from '../submissions/submission.ts';
import type { Contribution } from './contribution.ts';
import { countsOfFiling } from './counts-of-filing.ts';

const calendar = builtInCalendar();

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
