import { describe, expect, it } from 'vitest';
import type { CivilDate } from '../../kernel/civil-date.ts';
import { groundText } from './clock-texts.ts';
import { at, clockOf, lead, line, longer } from './sample-clocks.ts';
import { explain, type Explanation, type StatutoryClock } from './statutory-clock.ts';
import { builtInCalendar } from './working-days.ts';

const calendar = builtInCalendar();

function told(clock: StatutoryClock, asOf: CivilDate): Explanation {
  const explanation = explain(clock, calendar, at(asOf));
  if (!explanation.ok) throw new Error(explanation.error.code);
  return explanation.value;
}

/** `10-25 2 工作日，第2日`: day, number if counted, why. */
function lines(explanation: Explanation, language: 'zh' | 'en' = 'zh'): readonly string[] {
  return explanation.days.map(
    ({ date, number, why }) => `${date.slice(5)} ${number ?? '–'} ${why[language]}`,
  );
}

describe('a clock told day by day', () => {
  const suspendedOnce = clockOf(
    '2021-10-20',
    5,
    line('suspended', '2021-10-22'),
    line('resumed', '2021-10-25'),
  );

  it('says of each day whether it counts, and why', () => {
    expect(lines(told(suspendedOnce, '2021-10-25'))).toEqual([
      '10-20 – 当日起算，不计入',
      '10-21 1 工作日，第1日',
      '10-22 2 工作日，第2日；当日中止，仍计入',
      '10-23 – 中止期间，不计入：自治区发展和改革委员会要求补充材料',
      '10-24 – 中止期间，不计入：自治区发展和改革委员会要求补充材料',
      '10-25 – 恢复当日，不计入',
      '10-26 3 工作日，第3日',
      '10-27 4 工作日，第4日',
      '10-28 5 工作日，第5日；届满日',
    ]);
    expect(lines(told(suspendedOnce, '2021-10-25'), 'en').slice(0, 4)).toEqual([
      '10-20 – the day of the event is not counted',
      '10-21 1 working day, day 1',
      '10-22 2 working day, day 2; suspended on this day, which still counts',
      '10-23 – suspended, not counted: supplement asked for by the Regional Development and Reform Commission',
    ]);
  });

  it('gives the words of every line of the ledger', () => {
    const clock = clockOf(
      '2021-10-20',
      5,
      line('suspended', '2021-10-22'),
      longer('2021-10-23', 2),
      line('ended', '2021-10-24', 'withdrawn'),
    );
    const { entries } = told(clock, '2021-10-25');
    expect(entries.map((entry) => entry.text.zh)).toEqual([
      '开始计算',
      '中止：自治区发展和改革委员会要求补充材料',
      '延长2个工作日：准予延期',
      '终结：已撤销',
    ]);
    expect(told(suspendedOnce, '2021-10-25').entries[2]?.text).toEqual({
      zh: '恢复，已了结：自治区发展和改革委员会要求补充材料',
      en: 'resumed, settled: supplement asked for by the Regional Development and Reform Commission',
    });
    expect(entries[2]).toMatchObject({
      kind: 'extended',
      days: 2,
      text: { en: 'extended by 2 working day(s): extension granted' },
    });
  });

  it('names weekends, holidays and make-up working days', () => {
    const days = lines(told(clockOf('2021-09-24', 6), '2021-09-24'));
    expect(days).toContain('09-25 – 周末，不计入');
    expect(days).toContain('09-26 1 周日调休上班（国庆节），第1日');
    expect(days).toContain('10-01 – 法定节假日（国庆节），不计入');
    expect(days.at(-1)).toBe('10-08 6 工作日，第6日；届满日');
  });

  it('names every ground on which it stands', () => {
    const clock = clockOf(
      '2021-10-20',
      5,
      line('suspended', '2021-10-21'),
      line('suspended', '2021-10-22', lead),
    );
    const zh = lines(told(clock, '2021-10-23'));
    expect(zh.at(-2)).toBe('10-22 – 中止期间，不计入：自治区发展和改革委员会要求补充材料');
    expect(zh.at(-1)).toBe(
      '10-23 – 中止期间，不计入：自治区发展和改革委员会要求补充材料、自治区住房和城乡建设厅要求补充材料',
    );
  });

  it('takes for a supplement only what names who asked for it', () => {
    expect(groundText('supplement')).toEqual({ zh: 'supplement', en: 'supplement' });
    expect(groundText('survey:R_NDRC')).toEqual({ zh: 'survey:R_NDRC', en: 'survey:R_NDRC' });
    expect(groundText('supplement:R_OTHER').zh).toBe('R_OTHER要求补充材料');
  });

  it('shows a ground that has no words as its code', () => {
    expect(groundText('flood')).toEqual({ zh: 'flood', en: 'flood' });
    expect(groundText('supplement:NOBODY').zh).toBe('NOBODY要求补充材料');
  });
});

describe('how the clock stands', () => {
  it.each<[string, StatutoryClock, CivilDate, Partial<Explanation>]>([
    [
      'on the start day',
      clockOf('2021-10-20', 5),
      '2021-10-20',
      { used: 0, remaining: 5, late: 0, due: '2021-10-27' },
    ],
    ['on the way', clockOf('2021-10-20', 5), '2021-10-24', { used: 2, remaining: 3, late: 0 }],
    ['on the last day', clockOf('2021-10-20', 5), '2021-10-27', { used: 5, remaining: 0, late: 0 }],
    ['late', clockOf('2021-10-20', 5), '2021-11-01', { used: 5, remaining: 0, late: 3, status: 'running' }],
    [
      'standing',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-22')),
      '2021-11-20',
      { used: 2, remaining: 3, late: 0, due: null, dueBefore: null, status: 'suspended' },
    ],
    [
      'standing since it was late: lateness stands too',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-28')),
      '2021-11-20',
      { late: 1, due: '2021-10-27', status: 'suspended' },
    ],
    [
      'extended',
      clockOf('2021-10-20', 5, longer('2021-10-21', 2)),
      '2021-10-22',
      { limit: 5, extended: 2, used: 2, remaining: 5, due: '2021-10-29' },
    ],
    [
      'ended in time, long ago',
      clockOf('2021-10-20', 5, line('ended', '2021-10-25', 'given')),
      '2026-12-31',
      { used: 3, remaining: 2, late: 0, due: '2021-10-27', status: 'ended' },
    ],
    [
      'ended late, long ago',
      clockOf('2021-10-20', 5, line('ended', '2021-10-29', 'given')),
      '2026-12-31',
      { used: 5, remaining: 0, late: 2, due: '2021-10-27', status: 'ended' },
    ],
    [
      'ended while standing',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-22'), line('ended', '2021-10-26', 'withdrawn')),
      '2021-12-01',
      { used: 2, remaining: 3, late: 0, due: null, status: 'ended' },
    ],
    [
      'asked about before its last line, by a clock that lags',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-22')),
      '2021-10-20',
      { used: 2, due: null },
    ],
  ])('%s', (_, clock, asOf, expected) => {
    expect(told(clock, asOf)).toMatchObject(expected);
  });

  it.each<[string, StatutoryClock, CivilDate, CivilDate]>([
    ['the due day', clockOf('2021-10-20', 5), '2021-10-21', '2021-10-27'],
    ['the day asked about when late', clockOf('2021-10-20', 5), '2021-10-30', '2021-10-30'],
    [
      'the day asked about when standing',
      clockOf('2021-10-20', 5, line('suspended', '2021-10-22')),
      '2021-11-20',
      '2021-11-20',
    ],
    [
      'the day it ended',
      clockOf('2021-10-20', 5, line('ended', '2021-10-25', 'given')),
      '2021-12-01',
      '2021-10-25',
    ],
    [
      'the day it ended late',
      clockOf('2021-10-20', 5, line('ended', '2021-10-29', 'given')),
      '2021-12-01',
      '2021-10-29',
    ],
  ])('is told up to %s', (_, clock, asOf, last) => {
    expect(told(clock, asOf).days.at(-1)?.date).toBe(last);
  });

  it('says how late, day by day', () => {
    expect(lines(told(clockOf('2021-10-20', 5), '2021-10-29')).slice(-3)).toEqual([
      '10-27 5 工作日，第5日；届满日',
      '10-28 – 工作日，逾期第1日',
      '10-29 – 工作日，逾期第2日',
    ]);
  });

  it('gives the day of resumption to a clock that stopped on its last day', () => {
    const clock = clockOf('2021-10-20', 5, line('suspended', '2021-10-27'), line('resumed', '2021-11-03'));
    expect(lines(told(clock, '2021-11-01')).at(-1)).toBe('11-03 – 恢复当日，不计入；届满日');
  });

  it('waits when it is stopped again before that day came', () => {
    const clock = clockOf(
      '2021-10-20',
      5,
      line('suspended', '2021-10-27'),
      line('resumed', '2021-10-30'),
      line('suspended', '2021-11-01'),
    );
    expect(lines(told(clock, '2021-11-01')).slice(-2)).toEqual([
      '10-31 – 周末，不计入',
      '11-01 – 期限已用尽，待恢复；当日中止',
    ]);
    expect(told(clock, '2021-11-01').due).toBeNull();
  });

  it('is told as of its last line when an earlier day is asked about', () => {
    const clock = clockOf(
      '2021-10-20',
      9,
      line('suspended', '2021-10-22'),
      line('resumed', '2021-10-25'),
      longer('2021-10-27', 1),
    );
    expect(told(clock, '2021-10-21')).toEqual(told(clock, '2021-10-27'));
    expect(told(clock, '2021-10-21').used).toBe(4);
  });

  it('cannot be told without a start, which would be a bug', () => {
    const never = { ...clockOf('2021-10-20', 5), entries: [] };
    expect(() => explain(never, calendar, at('2021-10-22'))).toThrow('has never started');
  });

  it('refuses when a day to be told lies in a year that is not loaded', () => {
    const late = clockOf('2026-12-21', 5);
    expect(told(late, '2026-12-31').late).toBe(3);
    expect(explain(late, calendar, at('2027-01-01'))).toMatchObject({
      ok: false,
      error: { code: 'calendar-year-missing', params: { year: 2027 } },
    });
  });
});
