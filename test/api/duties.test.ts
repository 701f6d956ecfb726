/** Duties and what fulfils, closes and reopens them; amendments; the public's view; the calendar. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, nextPage, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-09-23T09:00:00+08:00');
});
afterAll(() => bureau.close());

const due = '2021-10-31T16:00:00.000Z';
async function lay(
  cities: string[],
  items: Json[],
  satisfiedBy: string,
  notice = '演通〔2021〕1号',
): Promise<string> {
  const answer = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: { notice, clause: 'S-07', cities, items, dueBefore: due, satisfiedBy },
  });
  expect(answer.status, answer.text).toBe(201);
  return String((answer.body['items'] as Json[])[0]?.['id']);
}

async function duty(id: string): Promise<Json> {
  await bureau.platform.drain();
  return (await bureau.call('housing-supervisor', `GET /obligations/${id}`)).body;
}
const statesOf = (answer: Json): unknown[] => (answer['items'] as Json[]).map(({ state }) => state);

async function dutyLines(city: string): Promise<Json[]> {
  const desk = await bureau.call(`${city}-drafter`, 'GET /desk?limit=100');
  return (desk.body['items'] as Json[]).filter(({ task }) => task === 'fulfil');
}

describe('laying a duty', () => {
  test('names every defect with its place', async () => {
    const answer = await bureau.call('housing-supervisor', 'POST /obligations', {
      body: {
        notice: '演通〔2021〕9号',
        clause: 'S-06',
        cities: ['150100', '150100', '999999'],
        items: [
          { kind: 'five-year-target', period: '2021' },
          { kind: 'poem', period: '2021' },
        ],
        dueBefore: due,
        satisfiedBy: 'published',
      },
    });
    expect((answer.body['errors'] as Json[]).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/cities/1', 'city-repeated'],
      ['/cities/2', 'city-unknown'],
      ['/items/0/period', 'period-invalid'],
      ['/items/1/kind', 'kind-unknown'],
    ]);
    const odd = await bureau.call('housing-supervisor', 'POST /obligations', {
      body: {
        notice: '',
        clause: 'S-06',
        cities: [],
        items: [],
        dueBefore: '2021-10-31',
        satisfiedBy: 'sung',
      },
      language: 'en',
    });
    expect((odd.body['errors'] as Json[]).map(({ pointer }) => pointer)).toEqual([
      '/notice',
      '/cities',
      '/items',
      '/dueBefore',
      '/satisfiedBy',
    ]);
  });

  test('a city sees its own duties only, with the last day', async () => {
    const id = await lay(['150500'], [{ kind: 'demand-survey', period: '2021' }], 'submitted');
    expect((await bureau.call('baotou-drafter', `GET /obligations/${id}`)).status).toBe(404);
    const own = await bureau.call('tongliao-drafter', 'GET /obligations');
    expect(own.body['items']).toMatchObject([{ id, lastDay: '2021-10-31', open: true }]);
    expect((await bureau.call('tongliao-drafter', 'GET /obligations?city=150200')).body['items']).toEqual([]);
    expect(await dutyLines('tongliao')).toMatchObject([{ due: '2021-10-31', record: `obligation:${id}` }]);
  });
});

describe('what fulfils it', () => {
  test('a submission in time; a return reopens it; the corrected one keeps the first receipt', async () => {
    const id = await lay(['150700'], [{ kind: 'five-year-target', period: '2021-2025' }], 'submitted');
    const filing = await bureau.prepare('hulunbuir', 'five-year-target', 'signed');
    const first = await duty(id);
    expect(statesOf(first)).toEqual(['fulfilled']);
    expect(await dutyLines('hulunbuir')).toEqual([]);
    await bureau.take('housing-lead', filing, 'return', { defects: [{ pointer: '', text: '请补正' }] });
    expect(statesOf(await duty(id))).toEqual(['open']);
    expect(await dutyLines('hulunbuir')).toHaveLength(1);
    await bureau.until('2021-09-24T09:00:00+08:00');
    await bureau.send('hulunbuir', filing, 'signed');
    const again = await duty(id);
    expect(statesOf(again)).toEqual(['fulfilled']);
    expect((again['items'] as Json[])[0]?.['at']).toBe((first['items'] as Json[])[0]?.['at']);
  });

  test('a filing made before the duty was laid down fulfils it all the same', async () => {
    const filing = await bureau.prepare('hinggan', 'five-year-target', 'signed');
    const id = await lay(['152200'], [{ kind: 'five-year-target', period: '2021-2025' }], 'submitted');
    expect((await duty(id))['items']).toMatchObject([{ state: 'fulfilled', submission: filing }]);
  });

  test('a sub-reporter has its own desk and duties, and names only itself', async () => {
    const id = await lay(['150781'], [{ kind: 'annual-plan', period: '2021' }], 'submitted');
    const { content } = sampleOfKind('annual-plan');
    const filing = await bureau.begin('manzhouli', 'annual-plan', '2021');
    const homes = { newBuild: 10, conversion: 0, renovation: 0, other: 0 };
    await bureau.save('manzhouli', filing, {
      ...content,
      totalHomes: 10,
      byMode: homes,
      byCounty: [{ county: '150702', homes: 10 }],
    });
    await bureau.upload('manzhouli-drafter', filing, 'plan-document');
    const foreign = await bureau.step('manzhouli-drafter', filing, 'send-to-check');
    expect(foreign.body['errors']).toMatchObject([
      { code: 'county-unknown', pointer: '/content/byCounty/0/county' },
    ]);
    await bureau.save('manzhouli', filing, {
      ...content,
      totalHomes: 10,
      byMode: homes,
      byCounty: [{ county: '150781', homes: 10 }],
    });
    await bureau.send('manzhouli', filing, 'signed');
    expect(statesOf(await duty(id))).toEqual(['fulfilled']);
    const city = await bureau.call('manzhouli-drafter', 'GET /cities/150781');
    expect(city.body).toMatchObject({ rollsUpTo: '150700', name: { zh: '满洲里市人民政府' } });
    expect((await bureau.call('hulunbuir-drafter', `GET /submissions/${filing}`)).status).toBe(404);
  });
});

describe('not developing', () => {
  test('is refused to a key city, in the caller’s language', async () => {
    const body = { kind: 'not-developing', period: '2021-2025' };
    const answer = await bureau.call('chifeng-drafter', 'POST /submissions', { body });
    expect(answer.status).toBe(409);
    expect(answer.body['detail']).toContain('通知确定其为重点城市');
    const english = await bureau.call('chifeng-drafter', 'POST /submissions', { body, language: 'en' });
    expect(english.body['detail']).toContain('key city');
  });

  test('closes the open duties with that reason; filing a plan reopens them', async () => {
    const id = await lay(['152900'], [{ kind: 'annual-plan', period: '2021' }], 'submitted');
    const statement = await bureau.prepare('alxa', 'not-developing', 'signed');
    await bureau.take('housing-lead', statement, 'acknowledge');
    expect((await duty(id))['items']).toMatchObject([{ state: 'closed', closedBecause: 'not-developing' }]);
    expect(await dutyLines('alxa')).toEqual([]);
    expect((await bureau.call('alxa-drafter', 'GET /cities/152900')).body['development']).toBe(
      'not-developing',
    );

    const plan = await bureau.prepare('alxa', 'five-year-target', 'signed');
    expect(statesOf(await duty(id))).toEqual(['open']);
    expect(await dutyLines('alxa')).toHaveLength(1);
    const history = await bureau.call('alxa-drafter', 'GET /cities/152900/history');
    expect((history.body['items'] as Json[]).map(({ facts }) => (facts as Json)['development'])).toEqual([
      'not-developing',
      'developing',
    ]);
    // What changed the city's record cannot be recalled by a click.
    expect((await bureau.step('alxa-signatory', plan, 'recall')).body['code']).toBe('nothing-to-recall');
  });
});

describe('a published plan', () => {
  test('is amended as a new edition on the same path; the old one is superseded', async () => {
    const first = await bureau.prepare('baotou', 'five-year-target', 'signed');
    await bureau.take('baotou-publisher', first, 'publish');
    const plain = await bureau.call('baotou-drafter', 'POST /submissions', {
      body: { kind: 'five-year-target', period: '2021-2025' },
    });
    expect(plain.body['code']).toBe('already-filed');
    const wrong = await bureau.call('baotou-drafter', 'POST /submissions', {
      body: { kind: 'five-year-target', period: '2021-2025', amends: 'nothing' },
    });
    expect(wrong.body['code']).toBe('not-amendable');

    const second = await bureau.begin('baotou', 'five-year-target', '2021-2025', first);
    const { content } = sampleOfKind('five-year-target');
    const years = [2021, 2022, 2023, 2024, 2025].map((year) => ({ year: String(year), homes: 220 }));
    await bureau.save('baotou', second, {
      ...content,
      totalHomes: 1100,
      years,
      byMode: { newBuild: 1100, conversion: 0, renovation: 0, other: 0 },
    });
    await bureau.upload('baotou-drafter', second, 'target-document');
    await bureau.send('baotou', second, 'signed');
    await bureau.platform.drain();
    const before = await bureau.call(undefined, 'GET /public/plans?city=150200');
    expect(before.body['items']).toMatchObject([{ submission: first, edition: 1 }]);
    await bureau.take('baotou-publisher', second, 'publish');
    await bureau.platform.drain();
    expect((await bureau.read('baotou-drafter', first)).body['state']).toBe('superseded');
    const after = await bureau.call(undefined, 'GET /public/plans?city=150200');
    expect(after.body['items']).toMatchObject([
      { submission: second, edition: 2, content: { totalHomes: 1100 } },
    ]);
    const city = await bureau.call('baotou-drafter', 'GET /cities/150200');
    expect(city.body['figures']).toMatchObject({
      target: { '2021-2025': { homes: 1100, submission: second } },
    });
    await bureau.take('housing-lead', second, 'receive');
    expect((await bureau.step('housing-lead', second, 'receive')).body['code']).toBe('already-received');
  });

  test('is read by everyone as JSON and CSV, page by page, without the names of officials', async () => {
    const second = await bureau.prepare('baotou', 'policy-measures', 'signed');
    await bureau.take('baotou-publisher', second, 'publish');
    await bureau.platform.drain();
    const all: unknown[] = [];
    let cursor = '';
    do {
      const page = await bureau.call(undefined, `GET /public/plans?limit=1${cursor}`);
      expect(page.headers.get('cache-control')).toContain('public');
      expect(page.text).not.toContain('138');
      all.push(...(page.body['items'] as Json[]).map(({ kind }) => kind));
      cursor = nextPage(page);
    } while (cursor);
    expect(all.sort()).toEqual(['five-year-target', 'policy-measures']);
    const csv = await bureau.call(undefined, 'GET /public/plans?format=csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text.split('\r\n')[0]).toBe(
      'city,city_name,kind,kind_name,period,document_number,issue_date,published_at,edition,content',
    );
    const cities = await bureau.call(undefined, 'GET /public/cities?format=csv');
    expect(cities.text.trim().split('\r\n')).toHaveLength(15);
    expect((await bureau.call(undefined, 'GET /public/plans?cursor=bm9uc2Vuc2U')).status).toBe(400);
  });
});

describe('lists and pages', () => {
  test('the region lists every city page by page without losing or repeating; a city lists its own', async () => {
    const ids: unknown[] = [];
    let cursor = '';
    do {
      const page = await bureau.call('housing-lead', `GET /submissions?limit=2${cursor}`);
      ids.push(...(page.body['items'] as Json[]).map(({ id }) => id));
      cursor = nextPage(page);
    } while (cursor);
    expect(new Set(ids).size).toBe(ids.length);
    const whole = await bureau.call('housing-lead', 'GET /submissions?limit=100');
    expect(ids.sort()).toEqual((whole.body['items'] as Json[]).map(({ id }) => id).sort());
    const own = await bureau.call('alxa-drafter', 'GET /submissions?limit=100');
    expect((own.body['items'] as Json[]).every(({ owner }) => owner === '152900')).toBe(true);
    const published = await bureau.call(
      'housing-lead',
      'GET /submissions?state=published&kind=five-year-target',
    );
    expect((published.body['items'] as Json[]).map(({ owner }) => owner)).toEqual(['150200']);
    expect((await bureau.call('alxa-drafter', 'GET /submissions?city=150200')).body['items']).toEqual([]);
  });

  test('bad page sizes, cursors and filters are refused with their place', async () => {
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'state=lost', 'colour=red'])
      expect((await bureau.call('housing-lead', `GET /submissions?${query}`)).status, query).toBe(422);
    for (const path of ['/submissions', '/desk']) {
      const answer = await bureau.call('housing-lead', `GET ${path}?cursor=150100~bm9uc2Vuc2U`);
      expect([answer.status, answer.body['code']], path).toEqual([400, 'invalid-cursor']);
    }
  });
});

describe('the calendar', () => {
  test('a step that needs an unloaded year is refused and nothing is lost; loading the year opens the way', async () => {
    await bureau.close();
    bureau = await Bureau.open('2026-12-29T09:00:00+08:00');
    const id = await bureau.begin('tongliao', 'demand-survey', '2026');
    await bureau.save('tongliao', id, sampleOfKind('demand-survey').content);
    await bureau.send('tongliao', id, 'signing');
    const refused = await bureau.step('tongliao-signatory', id, 'sign');
    expect([refused.status, refused.body['code']]).toEqual([409, 'calendar-year-missing']);
    expect(refused.body['detail']).toContain('2027');
    expect((await bureau.read('tongliao-signatory', id)).body['state']).toBe('signing');
    expect((await bureau.call('tongliao-drafter', 'GET /calendar/2027')).status).toBe(409);

    const year = {
      source: '演示：国办发明电〔2026〕0号',
      exceptions: [{ date: '2027-01-01', kind: 'holiday', name: '元旦' }],
      overrides: [{ date: '2027-01-04', kind: 'holiday', name: '演示节', source: '演示' }],
    };
    expect((await bureau.call('tongliao-drafter', 'PUT /calendar/2027', { body: year })).status).toBe(403);
    const wrong = await bureau.call('housing-administrator', 'PUT /calendar/2027', {
      body: { ...year, exceptions: [{ date: '2026-01-01', kind: 'holiday', name: '元旦' }] },
    });
    expect(wrong.status).toBe(422);
    const loaded = await bureau.call('housing-administrator', 'PUT /calendar/2027', { body: year });
    expect([loaded.status, loaded.body['version']]).toEqual([200, 1]);
    await bureau.until('2026-12-29T09:05:00+08:00');
    await bureau.take('tongliao-signatory', id, 'sign');
    const clock = await bureau.call('housing-lead', `GET /submissions/${id}/clock`);
    // 12-30, 12-31, then 元旦, a weekend and the regional holiday are skipped: 01-05, 06, 07.
    expect(clock.body['clocks']).toMatchObject([{ name: 'acceptance', due: '2027-01-07' }]);
    const days = (clock.body['clocks'] as Json[])[0]?.['days'] as Json[];
    expect(days.find(({ date }) => date === '2027-01-04')).toMatchObject({
      counted: false,
      why: { zh: '自治区规定放假（演示节，演示），不计入' },
    });
    const blind = await bureau.call('housing-administrator', 'PUT /calendar/2027', { body: year });
    expect(blind.status).toBe(428);
    const seen = await bureau.call('housing-administrator', 'GET /calendar/2027');
    const replace = (ifMatch: string) =>
      bureau.call('housing-administrator', 'PUT /calendar/2027', { body: year, ifMatch });
    expect((await replace('"9"')).status).toBe(412);
    expect((await replace(seen.etag ?? '')).body['version']).toBe(2);
    expect((await bureau.call('tongliao-drafter', 'GET /calendar/soon')).status).toBe(404);
  });
});
