import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import { lead, clockOf, line, longer } from './sample-clocks.ts';
import { dueOf, start, type StatutoryClock } from './statutory-clock.ts';
import { addWorkingDays, builtInCalendar } from './working-days.ts';

const calendar = builtInCalendar();

function dueDay(clock: StatutoryClock): string | null {
  const due = dueOf(clock, calendar);
  return due.ok ? due.value.due : due.error.code;
}

describe('the due day', () => {
  it('is the last day of the limit, and in time means before the day after', () => {
    expect(dueOf(clockOf('2021-10-20', 5), calendar)).toEqual({
      ok: true,
      value: { due: '2021-10-27', dueBefore: '2021-10-27T16:00:00.000Z' },
    });
  });

  it('counts from the day in Shanghai, not in UTC', () => {
    const terms = { name: 'acceptance', office: 'R_HOUSING', limit: 1, basis: 'S-07' };
    expect(dueDay(start(terms, '2021-10-19T15:59:59.999Z', 1))).toBe('2021-10-20');
    expect(dueDay(start(terms, '2021-10-19T16:00:00.000Z', 1))).toBe('2021-10-21');
  });

  it('is the same day for a limit of nothing, or the first working day after it', () => {
    expect(dueDay(clockOf('2021-10-20', 0))).toBe('2021-10-20');
    expect(dueDay(clockOf('2021-10-02', 0))).toBe('2021-10-08');
  });

  it('refuses when the count runs into a year that is not loaded', () => {
    expect(dueOf(clockOf('2026-12-30', 5), calendar)).toMatchObject({
      ok: false,
      error: { code: 'calendar-year-missing', params: { year: 2027 } },
    });
  });

  it.each<[string, StatutoryClock, CivilDate | null]>([
    [
      'suspended and resumed later',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-22'), line('resumed', '2021-10-25')),
      '2021-10-28',
    ],
    [
      'suspended and resumed on one day',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-22'), line('resumed', '2021-10-22')),
      '2021-10-27',
    ],
    ['not known while suspended', clockOf('2021-10-20', 5, line('suspended', '2021-10-22')), null],
    [
      'suspended on the start day',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-20'), line('resumed', '2021-10-22')),
      '2021-10-29',
    ],
    [
      'suspended before a holiday, resumed after it',
      clockOf('2021-09-28', 5, line('suspended', '2021-09-30'), line('resumed', '2021-10-08')),
      '2021-10-12',
    ],
    [
      'suspended in a holiday, resumed in it',
      clockOf('2021-09-28', 5, line('suspended', '2021-10-02'), line('resumed', '2021-10-06')),
      '2021-10-11',
    ],
    [
      'resumed on a make-up Saturday',
      clockOf('2021-09-28', 5, line('suspended', '2021-09-30'), line('resumed', '2021-10-09')),
      '2021-10-13',
    ],
    ['suspended on the last day', clockOf('2021-10-20', 5, line('suspended', '2021-10-27')), null],
    [
      'suspended on the last day, resumed on a working day',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-27'), line('resumed', '2021-11-03')),
      '2021-11-03',
    ],
    [
      'suspended on the last day, resumed on a Saturday',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-27'), line('resumed', '2021-11-06')),
      '2021-11-08',
    ],
    ['suspended when already late', clockOf('2021-10-20', 5, line('suspended', '2021-10-28')), '2021-10-27'],
    ['extended', clockOf('2021-10-20', 5, longer('2021-10-21', 3)), '2021-11-01'],
    ['extended when already late', clockOf('2021-10-20', 5, longer('2021-10-29', 5)), '2021-11-03'],
    [
      'extended while suspended',
      clockOf(
        '2021-10-20',
        5,
        line('suspended', '2021-10-22'),
        longer('2021-10-23', 2),
        line('resumed', '2021-10-25'),
      ),
      '2021-11-01',
    ],
    [
      'extended while suspended on the last day',
      clockOf(
        '2021-10-20',
        5,
        line('suspended', '2021-10-27'),
        longer('2021-10-28', 2),
        line('resumed', '2021-11-03'),
      ),
      '2021-11-05',
    ],
    [
      'on two grounds that overlap, until both are lifted',
      clockOf(
        '2021-10-20',
        5,
        line('suspended', '2021-10-21'),
        line('suspended', '2021-10-22', lead),
        line('resumed', '2021-10-25'),
        line('resumed', '2021-10-27', lead),
      ),
      '2021-11-02',
    ],
    [
      'on one of two grounds still',
      clockOf(
        '2021-10-20',
        5,
        line('suspended', '2021-10-21'),
        line('suspended', '2021-10-22', lead),
        line('resumed', '2021-10-25'),
      ),
      null,
    ],
    [
      'resumed and suspended again on one day, which opened standing and does not count',
      clockOf(
        '2021-10-20',
        5,
        line('suspended', '2021-10-21'),
        line('resumed', '2021-10-25'),
        line('suspended', '2021-10-25'),
        line('resumed', '2021-10-26'),
      ),
      '2021-11-01',
    ],
    [
      'ended in time: what it was',
      clockOf('2021-10-20', 5, line('ended', '2021-10-21', 'given')),
      '2021-10-27',
    ],
    ['ended late: what it was', clockOf('2021-10-20', 5, line('ended', '2021-11-05', 'given')), '2021-10-27'],
    [
      'ended while suspended: never fixed',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-21'), line('ended', '2021-11-05', 'given')),
      null,
    ],
  ])('%s', (_, clock, expected) => {
    expect(dueDay(clock)).toBe(expected);
  });

  it('does not ask for the calendar of days on which the clock stands', () => {
    const without2022 = {
      ...calendar,
      years: new Map([...calendar.years].filter(([year]) => year !== 2022)),
    };
    const clock = clockOf('2021-12-28', 5, line('suspended', '2021-12-29'), line('resumed', '2023-01-03'));
    expect(dueOf(clock, without2022)).toMatchObject({ ok: true, value: { due: '2023-01-09' } });
  });

  it('is never earlier with a suspension, nor with an extension', () => {
    const offsets = fc.tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 40 }),
    );
    const starts = fc.integer({ min: 0, max: 1700 }).map((days) => addDays('2021-01-04', days));
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 20 }), offsets, (from, limit, [until, stops, lasts]) => {
        const stopAt = addDays(from, until + stops);
        const plain = clockOf(from, limit);
        const suspended = clockOf(
          from,
          limit,
          line('suspended', stopAt),
          line('resumed', addDays(stopAt, lasts)),
        );
        const extended = clockOf(from, limit, longer(stopAt, lasts + 1));
        expect(dueDay(plain)).toEqual(okDate(addWorkingDays(from, limit, calendar)));
        expect(String(dueDay(suspended)) >= String(dueDay(plain))).toBe(true);
        expect(dueDay(extended)).toEqual(okDate(addWorkingDays(from, limit + lasts + 1, calendar)));
      }),
    );
  });
});

function okDate(result: ReturnType<typeof addWorkingDays>): CivilDate {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
