/** Reminders on the real table, under what goes wrong: runs at once, conflicts, throttling, answers lost after the commit. */
import { afterEach, describe, expect, test } from 'vitest';
import { startOfDay } from '../../kernel/civil-date.ts';
import { chain } from '../../domain/audit/entry.ts';
import type { Obligation } from '../../domain/duties/obligation.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import type { Faults } from '../../../infra/local/engines/table/index.ts';
import type { Commit } from '../ports.ts';
import { remindAll, remindersMissed, remindOf, type RemindDeps } from './remind.ts';

let table: TestTable;
let now = '';
afterEach(() => table.close());

async function open(faults?: Faults): Promise<RemindDeps> {
  table = await testTable(faults, () => now);
  return { store: table.store, now: () => now };
}

const on = (day: string): void => {
  now = new Date(Date.parse(startOfDay(day)) + 8.5 * 3_600_000).toISOString();
};

async function lay(deps: RemindDeps, id: string, city: string): Promise<Obligation> {
  const fresh: Obligation = {
    id,
    city,
    notice: '演通〔2021〕1号',
    clause: 'S-06',
    dueBefore: '2021-10-31T16:00:00.000Z',
    satisfiedBy: 'published',
    items: [{ kind: 'annual-plan', period: '2021', state: 'open' }],
    createdAt: now,
    seq: 0,
    hash: '',
  };
  return committed(deps, undefined, fresh, 'obligation.created');
}

async function committed(
  deps: RemindDeps,
  before: Obligation | undefined,
  after: Obligation,
  type: string,
): Promise<Obligation> {
  const by = { sub: 'p', office: 'R_HOUSING' };
  const { record, entry } = chain(`obligation:${after.id}`, before, after, { type, facts: {} }, by, now);
  const change: Commit['changes'][number] = {
    kind: 'obligation',
    ...(before ? { before } : {}),
    after: record,
    entry,
  };
  for (;;) {
    const done = await deps.store.commit({ changes: [change] }).catch(() => undefined);
    if (done?.outcome === 'done') return record;
    // The answer may have been lost after the commit.
    if ((await patiently(() => deps.store.obligation(after.id)))?.hash === record.hash) return record;
  }
}

/** The table is faulty, and the test has to read it all the same. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!/Timeout|Throughput|Throttl|ECONNRESET|socket/.test(String(error))) throw error;
    }
  }
}

async function told(deps: RemindDeps, id: string): Promise<string[]> {
  return (await patiently(() => deps.store.reminders(id)))
    .map(({ point, role }) => `${point} ${role}`)
    .sort();
}

describe('reminders', () => {
  test('of several duties of one recipient stand in one notice of the day', async () => {
    const deps = await open();
    on('2021-09-24');
    await lay(deps, 'a', '150200');
    await lay(deps, 'b', '150200');
    await lay(deps, 'c', '150400');
    on('2021-09-27');
    expect(await remindAll(deps)).toEqual({ ok: true, value: 3 });
    const notice = await deps.store.notice('150200', 'drafter', '2021-09-27');
    expect(notice?.lines.map(({ obligation }) => obligation)).toEqual(['a', 'b']);
    expect(notice?.seq).toBe(1);
    expect(await remindAll(deps)).toEqual({ ok: true, value: 0 });
  });

  test('that nobody recorded are missed from nine o’clock on, and not before; nor are those of a duty just changed', async () => {
    const deps = await open();
    on('2021-09-24');
    const laid = await lay(deps, 'a', '150200');
    const clock = (day: string, minutes: number): void => {
      now = new Date(Date.parse(startOfDay(day)) + minutes * 60_000).toISOString();
    };
    clock('2021-09-27', 539);
    expect(await remindersMissed(deps)).toBe(0);
    clock('2021-09-27', 540);
    expect(await remindersMissed(deps)).toBe(1);
    // Before the next morning's run it is still missed; the run makes good for it.
    clock('2021-09-28', 60);
    expect(await remindersMissed(deps)).toBe(1);
    on('2021-09-28');
    await remindAll(deps);
    clock('2021-09-28', 540);
    expect(await remindersMissed(deps)).toBe(0);
    // Told at other points from this afternoon on: the next morning’s run has to tell of them.
    clock('2021-09-28', 900);
    await committed(deps, laid, { ...laid, dueBefore: '2021-10-14T16:00:00.000Z' }, 'obligation.updated');
    expect(await remindersMissed(deps)).toBe(0);
    clock('2021-09-29', 540);
    expect(await remindersMissed(deps)).toBeGreaterThan(0);
  });

  test('that come later on the same day are added to it, and chained', async () => {
    const deps = await open();
    on('2021-10-09');
    await lay(deps, 'a', '150600');
    await remindOf(deps, 'a');
    await lay(deps, 'b', '150600');
    await remindOf(deps, 'b');
    const notice = await deps.store.notice('150600', 'drafter', '2021-10-09');
    expect([notice?.seq, notice?.lines.map(({ obligation }) => obligation)]).toEqual([2, ['a', 'b']]);
    const entries = await deps.store.entries('notice:150600/drafter/2021-10-09', 0, 10);
    expect(entries.map(({ seq, type }) => `${seq} ${type}`)).toEqual(['1 notice.made', '2 notice.made']);
  });

  test('more than a transaction holds are recorded all the same', async () => {
    const deps = await open();
    on('2021-09-24');
    const ids = Array.from({ length: 95 }, (_, index) => `duty-${String(index).padStart(2, '0')}`);
    for (const id of ids) await lay(deps, id, '150200');
    on('2021-09-27');
    expect(await remindAll(deps)).toEqual({ ok: true, value: 95 });
    const notice = await deps.store.notice('150200', 'drafter', '2021-09-27');
    expect(notice?.lines).toHaveLength(95);
  });

  test('stop when the duty is fulfilled between the look and the commit', async () => {
    const deps = await open();
    on('2021-09-24');
    const laid = await lay(deps, 'a', '150200');
    on('2021-09-27');
    const { store } = deps;
    let raced = false;
    const racing: RemindDeps = {
      now: () => now,
      store: {
        ...store,
        async commit(unit) {
          if (!raced) {
            raced = true;
            const items = laid.items.map((item) => ({ ...item, state: 'fulfilled' as const }));
            await committed(deps, laid, { ...laid, items }, 'obligation.updated');
          }
          return store.commit(unit);
        },
      },
    };
    expect(await remindAll(racing)).toEqual({ ok: true, value: 0 });
    expect(await told(deps, 'a')).toEqual([]);
    expect(await deps.store.notice('150200', 'drafter', '2021-09-27')).toBeUndefined();
  });

  test('of other duties are not held up by one whose year has no calendar', async () => {
    const deps = await open();
    on('2026-12-28');
    const far = await lay(deps, 'far', '150200');
    await committed(deps, far, { ...far, dueBefore: '2027-01-31T16:00:00.000Z' }, 'obligation.updated');
    const near = await lay(deps, 'near', '150400');
    await committed(deps, near, { ...near, dueBefore: '2026-12-18T16:00:00.000Z' }, 'obligation.updated');
    expect(await remindAll(deps)).toMatchObject({ ok: false, error: { code: 'calendar-year-missing' } });
    expect(await told(deps, 'near')).toContain('created drafter');
    expect(await told(deps, 'far')).toEqual([]);
  });

  test('are refused where a year of the calendar is missing', async () => {
    const deps = await open();
    on('2026-12-28');
    const laid = await lay(deps, 'a', '150200');
    await committed(deps, laid, { ...laid, dueBefore: '2027-01-31T16:00:00.000Z' }, 'obligation.updated');
    expect(await remindAll(deps)).toMatchObject({ ok: false, error: { code: 'calendar-year-missing' } });
  });
});

describe.each([1, 2, 3, 4, 5, 6])('whatever goes wrong (seed %i)', (seed) => {
  test('each is recorded once, and each notice tells each duty once', async () => {
    const deps = await open({ seed, conflict: 0.2, throttle: 0.1, lostAnswer: 0.2 });
    on('2021-09-24');
    const cities = ['150100', '150200', '150400'];
    for (const city of cities) for (const id of ['x', 'y']) await lay(deps, `${city}-${id}`, city);
    // The job may be killed or run twice at once on any day, and is not run at all on some.
    for (const [day, runs] of [
      ['2021-09-27', 3],
      ['2021-10-15', 0],
      ['2021-10-16', 2],
      ['2021-10-22', 1],
      ['2021-10-29', 2],
      ['2021-11-05', 3],
      ['2021-11-06', 1],
    ] as const) {
      on(day);
      await Promise.all(Array.from({ length: runs }, () => remindAll(deps).catch(() => undefined)));
    }
    await patiently(() => remindAll(deps));
    for (const city of cities) {
      for (const id of ['x', 'y']) {
        expect(await told(deps, `${city}-${id}`)).toEqual(
          [
            '+1 drafter',
            '+5 leader',
            '+5 supervisor',
            '-1 drafter',
            '-10 drafter',
            '-20 drafter',
            '-5 drafter',
            '0 drafter',
          ].sort(),
        );
      }
      const notices = await patiently(() => deps.store.noticesOf(city, 'drafter', undefined, 50));
      for (const { day, lines } of notices) {
        const duties = lines.map(({ obligation }) => obligation);
        expect(new Set(duties).size, day).toBe(duties.length);
      }
      expect(notices.every(({ day }) => day !== '2021-10-15')).toBe(true);
    }
  });
});
