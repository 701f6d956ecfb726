import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../audit/entry.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import { measures } from '../submissions/kinds/sample-contents.ts';
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
