import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PublicCity, PublicPlan } from '../../app/publication/publish-records.ts';
import { publicReader, publicRecords, type PublicReader } from './public-records.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';

let table: TestTable;
let records: ReturnType<typeof publicRecords>;
let reader: PublicReader;
beforeAll(async () => {
  table = await testTable();
  records = publicRecords(table.client, table.name);
  reader = publicReader(table.client, table.name);
});
afterAll(() => table.close());

function plan(given: Partial<PublicPlan>): PublicPlan {
  return {
    submission: 's-1',
    city: '150100',
    cityName: { zh: '呼和浩特市人民政府', en: 'Hohhot' },
    kind: 'annual-plan',
    kindName: { zh: '年度计划', en: 'Annual plan' },
    period: '2022',
    documentNumber: '呼政发〔2022〕1号',
    issueDate: '2022-01-04',
    publishedAt: '2022-01-05T00:00:00.000Z',
    edition: 1,
    content: { homes: 300 },
    ...given,
  };
}

function city(code: string, since: string): PublicCity {
  return { code, name: { zh: '', en: '' }, tier: 'key', development: 'developing', since };
}

describe('a published plan', () => {
  it('is never overwritten by an older event, and by a newer one always', async () => {
    const newer = plan({ submission: 's-2', publishedAt: '2023-01-01T00:00:00.000Z', edition: 2 });
    await records.putPlan(plan({}));
    expect(await records.plan('150100', 'annual-plan', '2022')).toEqual(plan({}));
    await records.putPlan(newer);
    await records.putPlan(plan({}));
    expect(await records.plan('150100', 'annual-plan', '2022')).toEqual(newer);
    expect(await records.plan('150100', 'annual-plan', '2023')).toBeUndefined();
  });
});

describe('the line of a city', () => {
  it('ends as the newest event left it, in whatever order events come', async () => {
    const arrivals = fc.shuffledSubarray([1, 2, 9, 10, 11], { minLength: 1 });
    let code = 0;
    const property = fc.asyncProperty(arrivals, async (order) => {
      code += 1;
      for (const source of order) await records.putCity(city(`c${code}`, String(source)), source);
      const line = (await reader.cities()).find((one) => one.code === `c${code}`);
      expect(line?.since).toBe(String(Math.max(...order)));
    });
    await fc.assert(property, { numRuns: 15 });
  });
});

describe('the list of plans', () => {
  it('neither loses nor repeats a plan, of all cities and of one', async () => {
    const table2 = await testTable();
    const put = publicRecords(table2.client, table2.name);
    const read = publicReader(table2.client, table2.name);
    const all = ['150100', '150200', '1502001'].flatMap((code) =>
      ['2021', '2022', '2023'].map((period) => plan({ city: code, period })),
    );
    for (const one of all) await put.putPlan(one);
    for (const wanted of [undefined, '150200']) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await read.plans(wanted, cursor, 2);
        seen.push(...page.items.map(({ city: code, period }) => `${code} ${period}`));
        cursor = page.cursor;
      } while (cursor);
      const expected = all.filter(({ city: code }) => !wanted || code === wanted);
      expect(seen.toSorted()).toEqual(
        expected.map(({ city: code, period }) => `${code} ${period}`).toSorted(),
      );
    }
    await table2.close();
  });
});
