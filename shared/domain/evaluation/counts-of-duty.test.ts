import { describe, expect, test } from 'vitest';
import type { Obligation } from '../duties/obligation.ts';
import { on } from '../submissions/sample-filing.ts';
import type { Contribution } from './contribution.ts';
import { countsOfDuty } from './counts-of-duty.ts';

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
