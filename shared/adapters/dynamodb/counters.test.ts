import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import type { Contribution, Counted } from '../../domain/evaluation/contribution.ts';
import { dynamoCounters } from './counters.ts';

let table: TestTable;
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const counters = () => dynamoCounters(table.client, table.name);

function line(city: string, given: Partial<Contribution> = {}): Contribution {
  return {
    indicator: 'A1',
    year: 2021,
    city,
    office: city,
    part: 'annual-plan 2021',
    day: '2021-10-31',
    numerator: 0,
    denominator: 1,
    says: { zh: '年度建设计划', en: 'Annual plan' },
    ...given,
  };
}

const counted = (record: string, seq: number, contributions: Contribution[]): Counted => ({
  record,
  seq,
  contributions,
});

describe('counters', () => {
  test('change with their record, sums and lines together', async () => {
    const [city, record] = [randomUUID(), `obligation:${randomUUID()}`];
    const first = counted(record, 1, [line(city), line(city, { part: 'policy-measures 2021-2025' })]);
    expect(await counters().replace(undefined, first)).toBe(true);
    expect(await counters().sums(city, 2021)).toEqual([
      { indicator: 'A1', day: '2021-10-31', numerator: 0, denominator: 2, records: 2 },
    ]);
    // In time after all, and the other waived.
    const second = counted(record, 2, [line(city, { numerator: 1 })]);
    expect(await counters().replace(await counters().counted(record), second)).toBe(true);
    expect(await counters().sums(city, 2021)).toEqual([
      { indicator: 'A1', day: '2021-10-31', numerator: 1, denominator: 1, records: 1 },
    ]);
    expect(await counters().evidence(city, 2021, 'A1', 10)).toEqual([
      { record, seq: 2, contribution: line(city, { numerator: 1 }) },
    ]);
    expect(await counters().counted(record)).toEqual(second);
  });

  test('move with a new deadline, into another year too', async () => {
    const [city, record] = [randomUUID(), `obligation:${randomUUID()}`];
    const before = counted(record, 1, [line(city)]);
    await counters().replace(undefined, before);
    const after = counted(record, 2, [line(city, { year: 2022, day: '2022-01-31' })]);
    expect(await counters().replace(before, after)).toBe(true);
    expect((await counters().sums(city, 2021)).filter(({ records }) => records > 0)).toEqual([]);
    expect(await counters().evidence(city, 2021, 'A1', 10)).toEqual([]);
    expect(await counters().sums(city, 2022)).toMatchObject([{ day: '2022-01-31', denominator: 1 }]);
  });

  test('take nothing from who read them before another wrote', async () => {
    const [city, record] = [randomUUID(), `obligation:${randomUUID()}`];
    const first = counted(record, 1, [line(city)]);
    expect(await counters().replace(undefined, first)).toBe(true);
    expect(await counters().replace(undefined, first)).toBe(false);
    const second = counted(record, 1, [line(city, { numerator: 1 })]);
    expect(await counters().replace(first, second)).toBe(true);
    // The record has the same number, and yet this is not what he read.
    expect(await counters().replace(first, second)).toBe(false);
    expect(await counters().sums(city, 2021)).toMatchObject([{ numerator: 1, denominator: 1, records: 1 }]);
  });

  test('give no more lines than asked for', async () => {
    const [city, record] = [randomUUID(), `obligation:${randomUUID()}`];
    const lines = Array.from({ length: 12 }, (_, index) => line(city, { part: `p${index}` }));
    await counters().replace(undefined, counted(record, 1, lines));
    expect(await counters().evidence(city, 2021, 'A1', 5)).toHaveLength(5);
    expect(await counters().evidence(city, 2021, 'A2', 5)).toEqual([]);
  });
});

test('whatever a record counted as in turn: the sums are those of its last lines', async () => {
  const one = fc.record({
    indicator: fc.constantFrom('A1' as const, 'B2' as const),
    year: fc.constantFrom(2021, 2022),
    part: fc.constantFrom('a', 'b', 'c'),
    day: fc.constantFrom('2021-10-31', '2021-12-31'),
    numerator: fc.nat(3),
    denominator: fc.nat(3),
  });
  const lines = fc.uniqueArray(one, {
    selector: ({ indicator, year, part }) => `${indicator} ${year} ${part}`,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 5 }), async (states) => {
      const [city, record] = [randomUUID(), `submission:${randomUUID()}`];
      let before: Counted | undefined;
      for (const [index, state] of states.entries()) {
        const after = counted(
          record,
          index + 1,
          state.map((given) => line(city, given)),
        );
        expect(await counters().replace(before, after)).toBe(true);
        before = after;
      }
      for (const year of [2021, 2022]) {
        const wanted = (before?.contributions ?? []).filter((each) => each.year === year);
        const sums = await counters().sums(city, year);
        const total = (what: 'numerator' | 'denominator' | 'records'): number =>
          sums.reduce((sum, each) => sum + each[what], 0);
        expect(total('records')).toBe(wanted.length);
        expect(total('numerator')).toBe(wanted.reduce((sum, each) => sum + each.numerator, 0));
        expect(total('denominator')).toBe(wanted.reduce((sum, each) => sum + each.denominator, 0));
      }
    }),
    { numRuns: 25 },
  );
});
