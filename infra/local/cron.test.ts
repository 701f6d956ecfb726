import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextFiring } from './cron.ts';

const minuteMs = 60_000;

/** The next firings after an instant, as ISO texts without seconds. */
function firings(expression: string, after: string, count = 1): string[] {
  const found: string[] = [];
  for (let at = Date.parse(after); found.length < count;) {
    at = nextFiring(expression, at);
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('a cron schedule', () => {
  it('fires at a time of every day, strictly after the instant asked', () => {
    expect(firings('cron(30 0 * * ? *)', '2021-10-31T00:29:59.999Z', 2)).toEqual([
      '2021-10-31T00:30',
      '2021-11-01T00:30',
    ]);
    expect(firings('cron(30 0 * * ? *)', '2021-10-31T00:30:00Z')).toEqual(['2021-11-01T00:30']);
  });

  it('takes lists, ranges and steps', () => {
    expect(firings('cron(0,20 9-10 * * ? *)', '2021-10-01T09:00:30Z', 4)).toEqual([
      '2021-10-01T09:20',
      '2021-10-01T10:00',
      '2021-10-01T10:20',
      '2021-10-02T09:00',
    ]);
    expect(firings('cron(5/25 23 * * ? *)', '2021-10-01T23:06:00Z', 3)).toEqual([
      '2021-10-01T23:30',
      '2021-10-01T23:55',
      '2021-10-02T23:05',
    ]);
    expect(firings('cron(10-30/15 * * * ? *)', '2021-10-01T00:00:00Z', 3)).toEqual([
      '2021-10-01T00:10',
      '2021-10-01T00:25',
      '2021-10-01T01:10',
    ]);
  });

  it('counts a step over days and months from the first, not from zero', () => {
    expect(firings('cron(0 0 */10 * ? *)', '2021-02-01T00:00:00Z', 4)).toEqual([
      '2021-02-11T00:00',
      '2021-02-21T00:00',
      '2021-03-01T00:00',
      '2021-03-11T00:00',
    ]);
    expect(firings('cron(0 0 1 */6 ? *)', '2021-01-02T00:00:00Z', 2)).toEqual([
      '2021-07-01T00:00',
      '2022-01-01T00:00',
    ]);
  });

  it('counts weekdays from Sunday, by number or name', () => {
    // 2021-10-30 is a Saturday.
    for (const weekday of ['1', 'SUN', 'sun'])
      expect(firings(`cron(0 8 ? * ${weekday} *)`, '2021-10-30T00:00:00Z')).toEqual(['2021-10-31T08:00']);
    expect(firings('cron(0 8 ? * MON-FRI *)', '2021-10-29T08:00:00Z', 2)).toEqual([
      '2021-11-01T08:00',
      '2021-11-02T08:00',
    ]);
    expect(firings('cron(0 8 ? * 7 *)', '2021-10-30T08:00:00Z')).toEqual(['2021-11-06T08:00']);
  });

  it('takes months by name', () => {
    expect(firings('cron(0 0 1 JAN,JUL ? *)', '2021-01-01T00:00:00Z', 2)).toEqual([
      '2021-07-01T00:00',
      '2022-01-01T00:00',
    ]);
  });

  it('passes over months that have no such day, and over years that are not leap years', () => {
    expect(firings('cron(0 0 31 * ? *)', '2021-01-31T00:00:00Z', 3)).toEqual([
      '2021-03-31T00:00',
      '2021-05-31T00:00',
      '2021-07-31T00:00',
    ]);
    expect(firings('cron(0 12 29 2 ? *)', '2021-01-01T00:00:00Z', 2)).toEqual([
      '2024-02-29T12:00',
      '2028-02-29T12:00',
    ]);
    // 2100 is no leap year: eight years between two.
    expect(firings('cron(0 12 29 2 ? *)', '2096-03-01T00:00:00Z')).toEqual(['2104-02-29T12:00']);
  });

  it('takes years, and answers infinity once they are over', () => {
    expect(firings('cron(0 0 1 1 ? 2035-2036)', '2021-01-01T00:00:00Z', 2)).toEqual([
      '2035-01-01T00:00',
      '2036-01-01T00:00',
    ]);
    const last = Date.parse('2036-01-01T00:00:00Z');
    expect(nextFiring('cron(0 0 1 1 ? 2035-2036)', last)).toBe(Number.POSITIVE_INFINITY);
    expect(nextFiring('cron(0 0 31 2 ? *)', last)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    'cron(0 0 L * ? *)',
    'cron(0 0 15W * ? *)',
    'cron(0 0 ? * 2#1 *)',
    'cron(0 0 ? * 6L *)',
    'cron(60 0 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 0 0 * ? *)',
    'cron(0 0 32 * ? *)',
    'cron(0 0 * 13 ? *)',
    'cron(0 0 ? * 0 *)',
    'cron(0 0 ? * 8 *)',
    'cron(0 0 ? * 0-5 *)',
    'cron(0 0 ? * FRI-MON *)',
    'cron(0 0 ? * MONDAY *)',
    'cron(0/0 0 * * ? *)',
    'cron(? 0 * * ? *)',
    'cron(,5 0 * * ? *)',
    'cron(*-5 0 * * ? *)',
    'cron(0 0 * * * *)',
    'cron(0 0 1 * 2 *)',
    'cron(0 0 ? * ? *)',
    'cron(0 0 * * ?)',
    'rate(0 minutes)',
    'rate(1 hours)',
    'rate(5 minute)',
    'rate(1 week)',
    'at(2021-10-01T00:00:00)',
    '0 0 * * *',
  ])('refuses %s by name', (expression) => {
    expect(() => nextFiring(expression, 0)).toThrow(expression);
  });
});

describe('a rate', () => {
  it('fires at whole multiples, strictly after', () => {
    expect(firings('rate(1 hour)', '2021-10-01T09:00:00Z', 2)).toEqual([
      '2021-10-01T10:00',
      '2021-10-01T11:00',
    ]);
    expect(firings('rate(15 minutes)', '2021-10-01T09:14:59.999Z')).toEqual(['2021-10-01T09:15']);
    expect(firings('rate(2 days)', '2021-10-01T09:00:00Z', 2).map((text) => text.slice(11))).toEqual([
      '00:00',
      '00:00',
    ]);
  });
});

describe('any cron schedule', () => {
  const number = (first: number, last: number) => fc.integer({ min: first, max: last });
  const part = (first: number, last: number) =>
    fc.oneof(
      number(first, last).map((value) => ({ text: String(value), values: [value] })),
      fc
        .tuple(number(first, last), number(first, last))
        .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
        .map(([low, high]) => ({ text: `${low}-${high}`, values: from(low, high, 1) })),
      fc
        .tuple(number(first, last), number(1, 20))
        .map(([low, step]) => ({ text: `${low}/${step}`, values: from(low, last, step) })),
    );
  const field = (first: number, last: number) =>
    fc.oneof(
      fc.constant({ text: '*', values: from(first, last, 1) }),
      fc.array(part(first, last), { minLength: 1, maxLength: 3 }).map((parts) => ({
        text: parts.map(({ text }) => text).join(','),
        values: parts.flatMap(({ values }) => values),
      })),
    );

  function from(low: number, high: number, step: number): number[] {
    const values: number[] = [];
    for (let value = low; value <= high; value += step) values.push(value);
    return values;
  }

  it('fires next where a walk from minute to minute first finds a fitting one', () => {
    fc.assert(
      fc.property(
        field(0, 59),
        field(0, 23),
        field(1, 31),
        field(1, 12),
        field(1, 7),
        fc.boolean(),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2029, 0) }),
        (minute, hour, day, month, weekday, byWeekday, after) => {
          const days = byWeekday ? `? ${month.text} ${weekday.text}` : `${day.text} ${month.text} ?`;
          const next = nextFiring(`cron(${minute.text} ${hour.text} ${days} *)`, after);
          const fits = (time: number): boolean => {
            const at = new Date(time);
            return (
              minute.values.includes(at.getUTCMinutes()) &&
              hour.values.includes(at.getUTCHours()) &&
              month.values.includes(at.getUTCMonth() + 1) &&
              (byWeekday ? weekday.values.includes(at.getUTCDay() + 1) : day.values.includes(at.getUTCDate()))
            );
          };
          // Three weeks are walked; beyond them it is enough that nothing was found on the way.
          const horizon = after + 21 * 24 * 60 * minuteMs;
          let walked = (Math.floor(after / minuteMs) + 1) * minuteMs;
          while (walked < horizon && !fits(walked)) walked += minuteMs;
          expect(next).toBeGreaterThan(after);
          if (walked < horizon) expect(next).toBe(walked);
          else expect(next).toBeGreaterThanOrEqual(walked);
          if (Number.isFinite(next)) expect(fits(next)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
