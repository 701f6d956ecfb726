/** Reminders on the notice's own case: the days, the people, the words; run twice, skipped, and at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, nextPage, type Json } from '../support/bureau.ts';

let bureau: Bureau;
let duty: Record<string, string>;

beforeAll(async () => {
  bureau = await Bureau.open('2021-09-23T09:00:00+08:00');
  const laid = await lay(['150200', '150400', '150100']);
  duty = Object.fromEntries(laid.map(({ id, city }) => [city, id]));
});
afterAll(() => bureau.close());

async function lay(cities: string[], satisfiedBy = 'published'): Promise<{ id: string; city: string }[]> {
  const answer = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '内政办发〔2021〕53号',
      clause: 'S-06',
      cities,
      items: [{ kind: 'annual-plan', period: '2021' }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy,
    },
  });
  await bureau.platform.drain();
  return answer.body['items'] as { id: string; city: string }[];
}

async function inbox(user: string): Promise<Json[]> {
  await bureau.platform.drain();
  const items: Json[] = [];
  let cursor = '';
  do {
    const page = await bureau.call(user, `GET /inbox?limit=2${cursor}`);
    items.push(...(page.body['items'] as Json[]));
    cursor = nextPage(page);
  } while (cursor);
  return items;
}
const daysOf = async (user: string): Promise<unknown[]> =>
  (await inbox(user)).map(({ day }) => day).reverse();

test('nothing is told before its day', async () => {
  expect(await daysOf('baotou-drafter')).toEqual([]);
});

test('a notice is previewed: whom it concerns, what they filed, when they would be told', async () => {
  const notice = {
    notice: '演通〔2021〕3号',
    clause: 'S-03',
    cities: ['150200', '150500'],
    items: [{ kind: 'not-developing', period: '2021-2025' }],
    dueBefore: '2021-10-31T16:00:00.000Z',
    satisfiedBy: 'submitted',
  };
  const seen = await bureau.call('housing-supervisor', 'POST /obligations/preview', { body: notice });
  expect(seen.body).toMatchObject({
    lastDay: '2021-10-31',
    past: false,
    reminders: [{ point: '-20', day: '2021-09-27' }, {}, {}, {}, {}, {}, { point: '+5', day: '2021-11-05' }],
    cities: [
      { city: '150200', tier: 'bottom-line', items: [{ notOpen: {} }] },
      { city: '150500', tier: 'none' },
    ],
  });
  const cities = seen.body['cities'] as { items: Json[] }[];
  expect(cities[1]?.items[0]?.['notOpen']).toBeUndefined();
  const wrong = { ...notice, cities: ['999999'] };
  expect((await bureau.call('housing-supervisor', 'POST /obligations/preview', { body: wrong })).status).toBe(
    422,
  );
  // Nothing was laid down.
  expect((await bureau.call('housing-supervisor', 'GET /obligations?city=150500')).body['items']).toEqual([]);
});

test('a duty laid down late is told of at once', async () => {
  await bureau.until('2021-10-09T09:00:00+08:00');
  await lay(['150600'], 'submitted');
  const [notice] = await inbox('ordos-drafter');
  expect(notice).toMatchObject({ day: '2021-10-09', lines: [{ point: 'created', workingDays: 15 }] });
  const lines = notice?.['lines'] as { text: { zh: string; en: string } }[];
  expect(lines[0]?.text).toEqual({
    zh: '鄂尔多斯市人民政府：年度建设计划（2021）须于2021-10-31前（含当日）完成，还有15个工作日。依据内政办发〔2021〕53号（S-06）。',
    en: 'Ordos: Annual plan (2021) due by the end of 2021-10-31, 15 working day(s) left. Under 内政办发〔2021〕53号 (S-06).',
  });
});

test('each is told on the days of the notice’s case, until it is done', async () => {
  await bureau.until('2021-10-14T15:00:00+08:00');
  const plan = await bureau.prepare('hohhot', 'annual-plan', 'signed');
  await bureau.take('hohhot-publisher', plan, 'publish');
  await bureau.until('2021-10-20T09:00:00+08:00');
  await bureau.prepare('ordos', 'annual-plan', 'signed');
  await bureau.until('2021-10-30T10:00:00+08:00');
  const saturday = await bureau.prepare('chifeng', 'annual-plan', 'signed');
  await bureau.take('chifeng-publisher', saturday, 'publish');
  await bureau.until('2021-11-08T10:00:00+08:00');

  expect(await daysOf('hohhot-drafter')).toEqual(['2021-09-27']);
  expect(await daysOf('ordos-drafter')).toEqual(['2021-10-09', '2021-10-15']);
  const before = ['2021-09-27', '2021-10-15', '2021-10-22', '2021-10-28', '2021-10-29'];
  expect(await daysOf('chifeng-drafter')).toEqual(before);
  expect(await daysOf('baotou-drafter')).toEqual([...before, '2021-11-01']);
  expect(await daysOf('baotou-leader')).toEqual(['2021-11-05']);
  expect(await daysOf('chifeng-leader')).toEqual([]);
  expect(await daysOf('housing-supervisor')).toEqual(['2021-11-05']);
  const [region] = await inbox('housing-supervisor');
  expect(region?.['lines']).toMatchObject([{ city: '150200', point: '+5', workingDays: -5 }]);
});

test('who is late stands in the list to circulate, with what is in the way', async () => {
  const region = await bureau.call('housing-supervisor', 'GET /deadlines');
  expect(region.body['lateCities']).toEqual([
    { city: '150200', name: { zh: '包头市人民政府', en: 'Baotou' } },
  ]);
  expect(region.body['items']).toMatchObject([
    {
      city: '150200',
      outlook: 'late',
      workingDays: -6,
      items: [{ kind: 'annual-plan', why: [{ zh: '尚未开始填报' }] }],
    },
  ]);
  const own = await bureau.call('baotou-drafter', 'GET /deadlines');
  expect((own.body['items'] as Json[]).map(({ city }) => city)).toEqual(['150200']);
  expect((await bureau.call('chifeng-drafter', 'GET /deadlines?city=150200')).body['items']).toEqual([]);
});

test('the record of a duty says what was told to whom, and what was skipped', async () => {
  const answer = await bureau.call('baotou-drafter', `GET /obligations/${duty['150200'] ?? ''}/reminders`);
  const items = answer.body['items'] as Json[];
  expect(
    items.map(({ point, office, role }) => `${String(point)} ${String(office)} ${String(role)}`),
  ).toEqual([
    '-20 150200 drafter',
    '-10 150200 drafter',
    '-5 150200 drafter',
    '-1 150200 drafter',
    '0 150200 drafter',
    '+1 150200 drafter',
    '+5 150200 leader',
    '+5 R_HOUSING supervisor',
  ]);
  expect(
    (await bureau.call('chifeng-drafter', `GET /obligations/${duty['150200'] ?? ''}/reminders`)).status,
  ).toBe(404);
});

describe('a city that needs more time', () => {
  test('asks; it stands on the region’s desk; granted, the deadline and the reminders move', async () => {
    const [laid] = await lay(['150500']);
    const id = laid?.id ?? '';
    const act = async (user: string, action: string, body: Json) => {
      const { etag } = await bureau.call(user, `GET /obligations/${id}`);
      return bureau.call(user, `POST /obligations/${id}/${action}`, { body, ifMatch: etag ?? '"1"' });
    };
    const ask = { dueBefore: '2021-12-31T16:00:00.000Z', reason: '机构改革，需重新测算' };
    expect((await act('baotou-leader', 'request-extension', ask)).status).toBe(404);
    expect((await act('tongliao-leader', 'request-extension', { ...ask, dueBefore: 'soon' })).status).toBe(
      422,
    );
    const asked = await act('tongliao-leader', 'request-extension', ask);
    expect(asked.body['extension']).toMatchObject({ reason: '机构改革，需重新测算' });
    expect((await act('tongliao-drafter', 'request-extension', ask)).body['code']).toBe('extension-waiting');
    const desk = await bureau.call('housing-supervisor', 'GET /desk?limit=100');
    expect(desk.body['items']).toContainEqual(
      expect.objectContaining({ record: `obligation:${id}`, task: 'answer-extension' }),
    );
    expect((await act('tongliao-leader', 'answer-extension', { grant: true, reason: '自批' })).status).toBe(
      403,
    );
    const granted = await act('housing-supervisor', 'answer-extension', { grant: true, reason: '同意' });
    expect(granted.body).toMatchObject({
      lastDay: '2021-12-31',
      notes: [{ type: 'granted', reason: '同意' }],
    });
    const after = await bureau.call('housing-supervisor', 'GET /desk?limit=100');
    expect((after.body['items'] as Json[]).filter(({ record }) => record === `obligation:${id}`)).toEqual([]);
    const drafter = await bureau.call('tongliao-drafter', 'GET /desk?limit=100');
    expect(drafter.body['items']).toMatchObject([{ record: `obligation:${id}`, due: '2021-12-31' }]);
    const due = await bureau.call('tongliao-drafter', 'GET /deadlines');
    expect(due.body['items']).toMatchObject([{ outlook: 'on-track' }]);
  });

  test('or is told at once, by hand, once a day', async () => {
    const [laid] = await lay(['152200']);
    const at = `/obligations/${laid?.id ?? ''}`;
    const nudge = async (reason: string) => {
      const { etag } = await bureau.call('housing-supervisor', `GET ${at}`);
      return bureau.call('housing-supervisor', `POST ${at}/nudge`, { body: { reason }, ifMatch: etag ?? '' });
    };
    expect((await nudge('领导督办')).status).toBe(200);
    expect((await nudge('再催一次')).body['code']).toBe('nudged-today');
    const [notice] = await inbox('hinggan-drafter');
    expect(notice?.['lines']).toMatchObject([{ point: 'nudge' }]);
    const told = await bureau.call('hinggan-drafter', `GET ${at}/reminders`);
    expect((told.body['items'] as Json[]).map(({ point }) => point)).toContain('nudge');
  });

  test('or is let off it', async () => {
    const [laid] = await lay(['152500']);
    const at = `/obligations/${laid?.id ?? ''}`;
    const { etag } = await bureau.call('housing-supervisor', `GET ${at}`);
    const call = { body: { reason: '与上级通知重复' }, ifMatch: etag ?? '' };
    const waived = await bureau.call('housing-supervisor', `POST ${at}/waive`, call);
    expect(waived.body).toMatchObject({ open: false, items: [{ closedBecause: 'waived' }] });
    expect((await bureau.call('xilingol-drafter', 'GET /desk?limit=100')).body['items']).toEqual([]);
  });
});

describe('a run that goes wrong', () => {
  test('a month skipped at once tells of each duty once, with the last point that was missed', async () => {
    const other = await Bureau.open('2021-09-23T09:00:00+08:00');
    try {
      const answer = await other.call('housing-supervisor', 'POST /obligations', {
        body: {
          notice: '演通〔2021〕1号',
          clause: 'S-06',
          cities: ['150200'],
          items: [{ kind: 'annual-plan', period: '2021' }],
          dueBefore: '2021-10-31T16:00:00.000Z',
          satisfiedBy: 'published',
        },
      });
      const id = String((answer.body['items'] as Json[])[0]?.['id']);
      await other.platform.drain();
      // The clock jumps without a schedule firing, as after a long standstill.
      other.platform.clock.standAt(Date.parse('2021-10-28T00:00:00.000Z'));
      other.platform.clock.run();
      await other.until('2021-10-28T12:00:00+08:00');
      const box = await other.call('baotou-drafter', 'GET /inbox');
      expect(box.body['items']).toMatchObject([{ day: '2021-10-28', lines: [{ point: '-1' }] }]);
      expect((box.body['items'] as Json[])[0]?.['lines']).toHaveLength(1);
      const record = await other.call('baotou-drafter', `GET /obligations/${id}/reminders`);
      expect((record.body['items'] as Json[]).map(({ point }) => point)).toEqual(['-20', '-10', '-5', '-1']);
    } finally {
      await other.close();
    }
  });
});
