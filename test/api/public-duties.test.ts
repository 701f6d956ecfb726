/** What the public sees of duties: kept, late, missed, not yet due; and the catalogue that its columns are held to. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnsOf, datasets, type DatasetName } from '../../shared/domain/disclosure/datasets.ts';
import { Bureau, type Json } from '../support/bureau.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  await lay('2021-10-31T16:00:00.000Z', ['150100', '150200'], 'five-year-target', '2021-2025');
  await lay('2021-12-31T16:00:00.000Z', ['150200'], 'annual-plan', '2022');
  const target = await bureau.prepare('hohhot', 'five-year-target', 'signed');
  await bureau.take('hohhot-publisher', target, 'publish');
  await bureau.platform.drain();
});
afterAll(() => bureau.close());

async function lay(dueBefore: string, cities: string[], kind: string, period: string): Promise<Json[]> {
  const answer = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '演通〔2021〕1号',
      clause: 'S-06',
      cities,
      items: [{ kind, period }],
      dueBefore,
      satisfiedBy: 'published',
    },
  });
  expect(answer.status, answer.text).toBe(201);
  return answer.body['items'] as Json[];
}

async function states(query = ''): Promise<unknown[]> {
  const { body } = await bureau.call(undefined, `GET /public/duties${query}`);
  return (body['items'] as Json[])
    .map(({ city, kind, state, lastDay, fulfilledOn }) => [city, kind, state, lastDay, fulfilledOn])
    .sort();
}

test('a duty is kept or open, and missed once its last day is over without any event', async () => {
  expect(await states('?year=2021')).toEqual([
    ['150100', 'five-year-target', 'kept', '2021-10-31', '2021-10-12'],
    ['150200', 'annual-plan', 'open', '2021-12-31', null],
    ['150200', 'five-year-target', 'open', '2021-10-31', null],
  ]);
  await bureau.until('2021-11-01T09:00:00+08:00');
  expect(await states('?city=150200')).toContainEqual([
    '150200',
    'five-year-target',
    'missed',
    '2021-10-31',
    null,
  ]);
  const { body } = await bureau.call(undefined, 'GET /public/duties?year=2021');
  expect((body['totals'] as Json[]).find(({ city }) => city === '150200')).toMatchObject({
    due: 1,
    kept: 0,
    missed: 1,
    open: 1,
  });
});

test('a duty with a new deadline stands once, in its new year', async () => {
  const { body } = await bureau.call('housing-supervisor', 'GET /obligations?city=150200');
  const duty = (body['items'] as { id: string; items: { kind: string }[] }[]).find(
    ({ items }) => items[0]?.kind === 'annual-plan',
  );
  const at = `/obligations/${duty?.id ?? ''}`;
  const { etag } = await bureau.call('housing-supervisor', `GET ${at}`);
  const amended = await bureau.call('housing-supervisor', `POST ${at}/amend`, {
    body: { dueBefore: '2022-01-31T16:00:00.000Z', reason: '改期' },
    ifMatch: etag ?? '',
  });
  expect(amended.status, amended.text).toBe(200);
  await bureau.platform.drain();
  expect(await states('?year=2022')).toEqual([['150200', 'annual-plan', 'open', '2022-01-31', null]]);
  expect(await states('?year=2021&city=150200')).toHaveLength(1);
});

test('a city without duties has an empty list', async () => {
  expect((await bureau.call(undefined, 'GET /public/duties?city=150300')).body).toEqual({
    items: [],
    totals: [],
  });
});

test.each(['cities', 'plans', 'duties'] as const)(
  '%s have as CSV the columns of the catalogue',
  async (name) => {
    const answer = await bureau.call(undefined, `GET ${datasets[name].address}?format=csv`);
    const [header = '', ...rows] = answer.text.replace('\uFEFF', '').trim().split('\r\n');
    expect(header.split(',')).toEqual(columnsOf(name));
    expect(rows.length).toBeGreaterThan(0);
  },
);

test('the catalogue names every table with its columns, and where it is', async () => {
  const { body } = await bureau.call(undefined, 'GET /public/datasets');
  const items = body['items'] as { code: DatasetName; columns: { name: string }[] }[];
  expect(items.map(({ code }) => code)).toEqual(Object.keys(datasets));
  for (const { code, columns } of items) expect(columns.map(({ name }) => name)).toEqual(columnsOf(code));
});
