/** The administrators learn in time that the next year's calendar is to be loaded, and no longer once it is. */
import { afterEach, expect, test } from 'vitest';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import { readDesk } from '../desk/read-desk.ts';
import { remindOfCalendar } from './calendar-desk.ts';
import { loadCalendar } from './load-calendar.ts';

let table: TestTable;
let now = '';
afterEach(() => table.close());

test('from sixty days before its end on, once, with the first of December as the day', async () => {
  table = await testTable(undefined, () => now);
  const deps = { store: table.store, now: () => now };
  const administrator = { sub: 'a', office: 'R_HOUSING', roles: ['administrator'] as const };
  const desk = async () => {
    const page = await readDesk(deps, administrator, { limit: 10 });
    return page.ok
      ? page.value.items.map(({ task, period, due, overdue }) => [task, period, due, overdue])
      : [];
  };
  now = '2026-10-31T16:00:00.000Z';
  expect(await remindOfCalendar(deps)).toBe(60);
  expect(await desk()).toEqual([]);
  now = '2026-11-01T16:00:00.000Z';
  for (let run = 1; run <= 2; run += 1) expect(await remindOfCalendar(deps)).toBe(59);
  expect(await desk()).toEqual([['load-calendar', '2027', '2026-12-01', false]]);
  now = '2026-12-01T16:00:00.000Z';
  expect(await desk()).toEqual([['load-calendar', '2027', '2026-12-01', true]]);

  const loaded = await loadCalendar(
    { ...deps, newId: () => 'id' },
    { actor: administrator, key: 'k', request: {} },
    2027,
    {
      source: '国办发明电〔2026〕1号',
      exceptions: [{ date: '2027-01-01', kind: 'holiday', name: '元旦' }],
      overrides: [],
    },
  );
  expect(loaded.ok && loaded.value.status).toBe(200);
  expect(await desk()).toEqual([]);
  now = '2026-12-01T16:02:00.000Z';
  expect(await remindOfCalendar(deps)).toBe(395 - 1);
});
