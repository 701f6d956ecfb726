import { describe, expect, it } from 'vitest';
import type { CalendarRecord } from '../../app/ports.ts';
import { calendarSource } from './calendar-source.ts';

const year: CalendarRecord = {
  year: 2090,
  version: 2,
  source: '国办发明电〔2089〕1号',
  exceptions: [{ date: '2090-01-02', kind: 'holiday', name: '元旦' }],
  overrides: [{ date: '2090-08-01', kind: 'holiday', name: '那达慕', source: '内政办发〔2090〕1号' }],
  seq: 2,
  hash: '',
};

/** A source whose table and clock the test holds. */
function source() {
  const held = { records: [] as CalendarRecord[], loads: 0, time: Date.parse('2089-12-01T00:00:00.000Z') };
  const calendar = calendarSource(
    () => {
      held.loads += 1;
      return Promise.resolve([...held.records]);
    },
    () => new Date(held.time).toISOString(),
  );
  return { held, calendar };
}

describe('the calendar in force', () => {
  it('is loaded once a minute, and a new year is seen after it', async () => {
    const { held, calendar } = source();
    const first = await calendar();
    expect(first.years.has(2021)).toBe(true);
    held.records.push(year);
    held.time += 59_999;
    expect(await calendar()).toBe(first);
    expect(held.loads).toBe(1);
    held.time += 1;
    const second = await calendar();
    expect(held.loads).toBe(2);
    expect(second.years.get(2090)).toMatchObject({ version: 2, source: year.source });
    expect(second.overrides.get('2090-08-01')).toMatchObject({ name: '那达慕' });
    expect(first.years.has(2090)).toBe(false);
  });

  it('is loaded anew when the clock was set back', async () => {
    const { held, calendar } = source();
    await calendar();
    held.time -= 3_600_000;
    await calendar();
    expect(held.loads).toBe(2);
  });

  it('is asked for again after a load that failed', async () => {
    let failing = true;
    const calendar = calendarSource(
      () => (failing ? Promise.reject(new Error('throttled')) : Promise.resolve([year])),
      () => '2089-12-01T00:00:00.000Z',
    );
    await expect(calendar()).rejects.toThrow('throttled');
    failing = false;
    expect((await calendar()).years.has(2090)).toBe(true);
  });

  it('names the year that the table holds wrongly', async () => {
    const wrong = calendarSource(
      () =>
        Promise.resolve([
          { ...year, exceptions: [{ date: '2091-01-01', kind: 'holiday' as const, name: '元旦' }] },
        ]),
      () => '2089-12-01T00:00:00.000Z',
    );
    await expect(wrong()).rejects.toThrow(/The calendar of 2090 in the table is refused/);
  });
});
