import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, startOfDay } from '../../kernel/civil-date.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import type { Obligation } from '../duties/obligation.ts';
import { pastPoints, Reminder, remindersDue, type Wanted } from './reminder.ts';

const calendar = builtInCalendar();

function duty(createdAt: string, state: 'open' | 'fulfilled' = 'open'): Obligation {
  return {
    id: 'o-1',
    city: '150200',
    notice: '演通〔2021〕1号',
    clause: 'S-06',
    dueBefore: '2021-10-31T16:00:00.000Z',
    satisfiedBy: 'published',
    items: [{ kind: 'annual-plan', period: '2021', state }],
    createdAt,
    seq: 1,
    hash: '',
  };
}

const inTime = duty('2021-09-23T01:00:00.000Z');
/** Half past eight in Inner Mongolia. */
const morning = (day: string): string =>
  new Date(Date.parse(startOfDay(day)) + 8.5 * 3_600_000).toISOString();

function due(obligation: Obligation, now: string, recorded: readonly Wanted[] = []): readonly Wanted[] {
  const found = remindersDue(obligation, calendar, now, recorded);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}
const told = (wanted: readonly Wanted[]): string[] =>
  wanted.map(({ day, point, office, role, outcome }) => `${day} ${point} ${office} ${role} ${outcome}`);

/** Every day from one to another, as the daily job has it. */
function daily(
  obligation: Obligation,
  from: string,
  to: string,
  skips: (day: string) => boolean = () => false,
): Wanted[] {
  const recorded: Wanted[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!skips(day)) recorded.push(...due(obligation, morning(day), recorded));
  }
  return recorded;
}

describe('a duty that nobody fulfils', () => {
  const all = [
    '2021-09-27 -20 150200 drafter noticed',
    '2021-10-15 -10 150200 drafter noticed',
    '2021-10-22 -5 150200 drafter noticed',
    '2021-10-28 -1 150200 drafter noticed',
    '2021-10-29 0 150200 drafter noticed',
    '2021-11-01 +1 150200 drafter noticed',
    '2021-11-05 +5 150200 leader noticed',
    '2021-11-05 +5 R_HOUSING supervisor noticed',
  ];

  test('is reminded of on its days, and then escalated to the leader and the region', () => {
    expect(told(daily(inTime, '2021-09-23', '2021-12-31'))).toEqual(all);
  });

  test('the same whatever days the job was skipped, as long as it runs in the end', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (runs) => {
        const skips = (day: string): boolean => {
          const index = (Date.parse(day) - Date.parse('2021-09-23')) / 86_400_000;
          return index < runs.length && !runs[index];
        };
        expect(told(daily(inTime, '2021-09-23', '2021-12-31', skips)).sort()).toEqual([...all].sort());
      }),
    );
  });

  test('says nothing twice on one day', () => {
    const once = due(inTime, morning('2021-10-15'));
    expect(due(inTime, morning('2021-10-15'), once)).toEqual([]);
  });
});

describe('a duty laid down late', () => {
  test('skips what was past, and tells at once', () => {
    expect(told(due(duty('2021-10-09T01:00:00.000Z'), '2021-10-09T01:00:01.000Z'))).toEqual([
      '2021-09-27 -20 150200 drafter skipped',
      '2021-10-09 created 150200 drafter noticed',
    ]);
  });

  test('on the day of a point tells once', () => {
    expect(told(due(duty('2021-10-15T01:00:00.000Z'), '2021-10-15T01:00:01.000Z'))).toEqual([
      '2021-09-27 -20 150200 drafter skipped',
      '2021-10-15 -10 150200 drafter noticed',
    ]);
  });

  test('after its own deadline escalates when its time comes', () => {
    const late = duty('2021-11-03T01:00:00.000Z');
    expect(told(daily(late, '2021-11-03', '2021-11-30')).filter((line) => !line.includes('skipped'))).toEqual(
      [
        '2021-11-03 created 150200 drafter noticed',
        '2021-11-05 +5 150200 leader noticed',
        '2021-11-05 +5 R_HOUSING supervisor noticed',
      ],
    );
  });
});

describe('a duty with points of its own', () => {
  const own = { ...inTime, points: [-15, -3, 0, 1, 5, 10] };

  test('is told of on them, and escalated from the fifth day late on', () => {
    expect(told(daily(own, '2021-09-23', '2021-12-31'))).toEqual([
      '2021-10-09 -15 150200 drafter noticed',
      '2021-10-26 -3 150200 drafter noticed',
      '2021-10-29 0 150200 drafter noticed',
      '2021-11-01 +1 150200 drafter noticed',
      '2021-11-05 +5 150200 leader noticed',
      '2021-11-05 +5 R_HOUSING supervisor noticed',
      '2021-11-12 +10 150200 leader noticed',
      '2021-11-12 +10 R_HOUSING supervisor noticed',
    ]);
  });

  test('that were changed is told of each of them once', () => {
    const before = daily(inTime, '2021-09-23', '2021-10-20');
    const after = due({ ...inTime, points: [-20, -3, 0, 1, 5] }, morning('2021-10-26'), before);
    expect(told(after)).toEqual(['2021-10-26 -3 150200 drafter noticed']);
  });

  test('takes no new one on a day that is past', () => {
    const past = (points: readonly number[], today: string): unknown => {
      const found = pastPoints(inTime, points, calendar, today);
      return found.ok ? found.value.map(({ pointer }) => pointer) : found.error.code;
    };
    expect(past([-20, -15, -3, 0, 1, 5], '2021-10-26')).toEqual(['/points/1']);
    expect(past([-20, -15, -3, 0, 1, 5], '2021-10-27')).toEqual(['/points/1', '/points/2']);
    expect(past([-15, 0, 1, 5], '2021-10-09')).toEqual([]);
    expect(pastPoints(inTime, [-15], calendar, '2021-10-26')).toEqual({
      ok: true,
      value: [
        {
          code: 'point-past',
          pointer: '/points/0',
          text: { zh: '该节点为2021-10-09，已过', en: 'This point was on 2021-10-09' },
        },
      ],
    });
    const far = { ...inTime, dueBefore: '2027-01-31T16:00:00.000Z' };
    expect(pastPoints(far, [-3], calendar, '2026-12-01')).toMatchObject({
      error: { code: 'calendar-year-missing' },
    });
  });

  test('be they whatever they are: each is recorded once for each of its recipients', () => {
    const points = fc
      .uniqueArray(fc.integer({ min: -25, max: 12 }), { maxLength: 8 })
      .map((some) => [...new Set([...some, 0, 1, 5])]);
    fc.assert(
      fc.property(points, (some) => {
        const all = daily({ ...inTime, points: some }, '2021-09-23', '2021-12-01');
        const wanted = some.reduce((sum, point) => sum + (point >= 5 ? 2 : 1), 0);
        expect(all.filter(({ point }) => point !== 'created')).toHaveLength(wanted);
        expect(new Set(all.map(({ point, role }) => `${point} ${role}`)).size).toBe(all.length);
      }),
      { numRuns: 15 },
    );
  });
});

test('a duty with a new deadline is reminded of anew', () => {
  const recorded = daily(inTime, '2021-09-23', '2021-10-22');
  const later = { ...inTime, dueBefore: '2021-11-30T16:00:00.000Z' };
  expect(told(due(later, morning('2021-11-16'), recorded))).toEqual([
    '2021-11-02 -20 150200 drafter noticed',
    '2021-11-16 -10 150200 drafter noticed',
  ]);
});

test('a reminder is read back as it was recorded, and says whether somebody was told', () => {
  const [wanted] = daily(inTime, '2021-09-23', '2021-10-10');
  const reminder = { ...wanted, at: morning('2021-10-10') };
  expect(Reminder().parse(reminder)).toEqual(reminder);
  for (const change of [{ outcome: 'lost' }, { point: 'never' }, { office: undefined }])
    expect(Reminder().safeParse({ ...reminder, ...change }).success).toBe(false);
});

test('a duty that is fulfilled is not reminded of', () => {
  expect(due(duty('2021-09-23T01:00:00.000Z', 'fulfilled'), morning('2021-10-29'))).toEqual([]);
});

test('a year without a calendar is refused, not guessed', () => {
  const later = { ...inTime, dueBefore: '2027-01-31T16:00:00.000Z', createdAt: '2026-12-01T01:00:00.000Z' };
  expect(remindersDue(later, calendar, morning('2026-12-31'), [])).toMatchObject({
    error: { code: 'calendar-year-missing' },
  });
});
