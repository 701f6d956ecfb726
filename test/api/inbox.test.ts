/** A person and his inbox: how he is told, who covers for him, what he has read, what he puts off; and an office's mailbox. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordOf } from '../../shared/adapters/dynamodb/codec.ts';
import { recordKey } from '../../shared/adapters/dynamodb/keys.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import { verifyChain } from '../../shared/domain/audit/verify.ts';
import { PublishedEvent } from '../../events/contracts/index.ts';
import { Bureau, nextPage, type Answer, type Json } from '../support/bureau.ts';

let bureau: Bureau;
let duty = '';

beforeAll(async () => {
  bureau = await Bureau.open('2021-09-23T09:00:00+08:00');
  duty = await lay('150200', '2021');
});
afterAll(() => bureau.close());

async function lay(city: string, period: string, more: Json = {}): Promise<string> {
  const answer = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '演通〔2021〕1号',
      clause: 'S-06',
      cities: [city],
      items: [{ kind: 'annual-plan', period }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy: 'published',
      ...more,
    },
  });
  await bureau.platform.drain();
  return String((answer.body['items'] as Json[])[0]?.['id']);
}

async function inbox(user: string, query = ''): Promise<Json[]> {
  return (await bureau.call(user, `GET /inbox?limit=100${query}`)).body['items'] as Json[];
}
const daysOf = (items: readonly Json[]): unknown[] => items.map(({ day }) => day);

/** Says how to be told, whatever was said before. */
async function prefer(user: string, body: Json): Promise<Answer> {
  const { etag } = await bureau.call(user, 'GET /me/preferences');
  return bureau.call(user, 'PUT /me/preferences', { body, ifMatch: etag ?? '' });
}
const daily = { locale: 'zh-CN', delivery: 'daily' };

type Item = Parameters<typeof unmarshall>[0];

/** Everything that lies in the table: what is nowhere in it was kept nowhere in the clear. */
function tableNow(): Json[] {
  const TableName = bureau.platform.assembly.output('TableName');
  const { Items: items } = bureau.platform.engines.table.execute('Scan', { TableName }) as { Items: Item[] };
  return items.map((item) => unmarshall(item));
}
const tableText = (): string => JSON.stringify(tableNow());

describe('how a person is told', () => {
  test('is the default until he says so; then it is kept, masked, and sealed where it lies', async () => {
    const before = await bureau.call('baotou-drafter', 'GET /me/preferences');
    expect(before.body).toMatchObject({ registered: false, locale: 'zh-CN', delivery: 'at-once' });
    expect(before.etag).toBe('"0"');
    const said = await bureau.call('baotou-drafter', 'PUT /me/preferences', {
      body: { ...daily, mail: 'zhang.san@example.gov.cn', phone: '13812345678' },
    });
    expect(said.status).toBe(200);
    expect(said.body).toMatchObject({ registered: true, mail: 'z***@example.gov.cn', phone: '138****5678' });
    const after = await bureau.call('baotou-drafter', 'GET /me/preferences');
    expect(after.body).toMatchObject({ ...said.body, deliveryText: { zh: '每日汇总' } });
    expect(after.text).not.toMatch(/zhang|13812345678/);
    expect(tableText()).toContain('z***@example.gov.cn');
    expect(tableText()).not.toMatch(/zhang\.san|13812345678/);
    const points = (after.body['alwaysAtOnce'] as Json[]).map(({ point }) => point);
    expect(points).toEqual(expect.arrayContaining(['created', 'nudge', '-1', '0', '+1', '+5']));
  });

  test('is changed only by who has seen it; what the form leaves out stays, what it empties goes', async () => {
    const blind = { body: { ...daily, phone: '' } };
    expect((await bureau.call('baotou-drafter', 'PUT /me/preferences', blind)).status).toBe(428);
    const stale = { ...blind, ifMatch: '"7"' };
    expect((await bureau.call('baotou-drafter', 'PUT /me/preferences', stale)).status).toBe(412);
    const emptied = await prefer('baotou-drafter', { ...daily, locale: 'en', phone: '' });
    expect(emptied.body).toMatchObject({ locale: 'en', mail: 'z***@example.gov.cn' });
    expect(emptied.body).not.toHaveProperty('phone');
    const same = await prefer('baotou-drafter', { ...daily, locale: 'en', mail: 'zhang.san@example.gov.cn' });
    expect(same.body['revision']).toBe(emptied.body['revision']);
    const nothing = await prefer('baotou-drafter', { ...daily, mail: '' });
    expect(nothing.body).not.toHaveProperty('mail');
  });

  test.each([
    [{}],
    [{ ...daily, mail: 'zhang' }],
    [{ ...daily, phone: '12812345678' }],
    [{ ...daily, phone: '0472-5555555' }],
    [{ ...daily, delivery: 'never' }],
    [{ ...daily, locale: 'mn' }],
    [{ ...daily, sub: 'baotou-leader' }],
  ])('is not taken as %j', async (body) => {
    expect((await prefer('baotou-checker', body)).status).toBe(422);
  });
});

describe('an office’s mailbox', () => {
  const box = '/offices/150200/mailbox';

  test('is set by the city’s leader or the lead office’s administrator, and seen masked', async () => {
    const body = { mail: 'office@example.gov.cn', phone: '13900001111' };
    expect((await bureau.call('baotou-drafter', `PUT ${box}`, { body })).status).toBe(403);
    expect((await bureau.call('chifeng-leader', `PUT ${box}`, { body })).status).toBe(404);
    const set = await bureau.call('baotou-leader', `PUT ${box}`, { body });
    expect(set.body).toMatchObject({ mail: 'o***@example.gov.cn', phone: '139****1111', revision: 1 });
    const call = { body: { phone: '' }, ifMatch: '"1"' };
    const emptied = await bureau.call('housing-administrator', `PUT ${box}`, call);
    expect(emptied.body).toMatchObject({ mail: 'o***@example.gov.cn', revision: 2 });
    expect((await bureau.call('housing-administrator', `PUT ${box}`, call)).status).toBe(412);
    const seen = await bureau.call('baotou-drafter', `GET ${box}`);
    expect([seen.body, seen.etag]).toEqual([emptied.body, '"2"']);
    expect((await bureau.call('chifeng-drafter', `GET ${box}`)).status).toBe(404);
    expect((await bureau.call('housing-administrator', 'GET /offices/999999/mailbox')).status).toBe(404);
    expect((await bureau.call('baotou-leader', `PUT ${box}`, { body: {} })).status).toBe(422);
    expect(tableText()).not.toMatch(/office@example|13900001111/);
  });
});

describe('what was read', () => {
  test('is marked by each person for himself, once, and counted', async () => {
    await bureau.until('2021-10-16T09:00:00+08:00');
    const before = await bureau.call('baotou-drafter', 'GET /inbox');
    expect(before.body).toMatchObject({
      unread: 2,
      items: [{ day: '2021-10-15', read: null }, { read: null }],
    });
    const first = await bureau.call('baotou-drafter', 'POST /inbox/2021-10-15/read', { body: {} });
    expect(first.status).toBe(201);
    const again = await bureau.call('baotou-drafter', 'POST /inbox/2021-10-15/read', {
      body: { role: 'drafter' },
    });
    expect(again.body).toEqual(first.body);
    const after = await bureau.call('baotou-drafter', 'GET /inbox');
    const at = (first.body['items'] as Json[])[0]?.['read'];
    expect(after.body).toMatchObject({ unread: 1, items: [{ read: at }, { day: '2021-09-27', read: null }] });
    expect(daysOf(await inbox('baotou-drafter', '&unread=true'))).toEqual(['2021-09-27']);
  });

  test('is no notice of another day, role or office', async () => {
    for (const [user, day, body] of [
      ['baotou-drafter', '2021-10-14', {}],
      ['baotou-drafter', 'yesterday', {}],
      ['baotou-drafter', '2021-10-15', { role: 'leader' }],
      ['baotou-leader', '2021-10-15', {}],
      ['chifeng-drafter', '2021-10-15', {}],
    ] as const)
      expect((await bureau.call(user, `POST /inbox/${day}/read`, { body })).status).toBe(404);
  });

  test('stands in the proof of notice: how many and when first; to the region also who', async () => {
    const own = await bureau.call('baotou-leader', `GET /obligations/${duty}/reminders`);
    const items = own.body['items'] as { point: string; read: Json }[];
    expect(items.map(({ point, read }) => [point, read['count']])).toEqual([
      ['-20', 0],
      ['-10', 1],
    ]);
    expect(items[1]?.read).not.toHaveProperty('by');
    const region = await bureau.call('housing-supervisor', `GET /obligations/${duty}/reminders`);
    expect((region.body['items'] as Json[])[1]).toMatchObject({
      read: { first: items[1]?.read['first'], by: [{ at: items[1]?.read['first'] }] },
    });
  });

  test('is unread again when the notice grows', async () => {
    const { etag } = await bureau.call('housing-supervisor', `GET /obligations/${duty}`);
    await bureau.until('2021-10-18T09:00:00+08:00');
    const call = { body: { reason: '领导督办' }, ifMatch: etag ?? '' };
    await bureau.call('housing-supervisor', `POST /obligations/${duty}/nudge`, call);
    await bureau.call('baotou-drafter', 'POST /inbox/2021-10-18/read', { body: {} });
    expect((await inbox('baotou-drafter'))[0]).toMatchObject({ read: expect.any(String) as string });
    const late = await lay('150200', '2022');
    expect((await inbox('baotou-drafter'))[0]).toMatchObject({ read: null, lines: [{}, {}] });
    // What was read before it was told is no proof for what was added.
    const told = await bureau.call('housing-supervisor', `GET /obligations/${late}/reminders`);
    const created = (told.body['items'] as Json[]).find(({ point }) => point === 'created');
    expect(created).toMatchObject({ read: { count: 0, first: null, by: [] } });
    await bureau.call('baotou-drafter', 'POST /inbox/2021-10-18/read', { body: {} });
    expect((await inbox('baotou-drafter'))[0]).toMatchObject({ read: expect.any(String) as string });
  });

  test('pages go through everything once, with the filter too', async () => {
    for (const filter of ['', '&unread=true', '&all=true']) {
      const days: unknown[] = [];
      let cursor = '';
      do {
        const page = await bureau.call('baotou-drafter', `GET /inbox?limit=1${filter}${cursor}`);
        days.push(...daysOf(page.body['items'] as Json[]));
        expect('unread' in page.body).toBe(cursor === '');
        cursor = nextPage(page);
      } while (cursor);
      expect(days).toEqual(daysOf(await inbox('baotou-drafter', filter)));
    }
  });
});

describe('a duty that is put off', () => {
  const off = (day: string, obligation: string, until: string): Promise<Answer> =>
    bureau.call('baotou-drafter', `POST /inbox/${day}/snooze`, { body: { obligation, until } });

  test('is hidden from who put it off, until the day; and stands in the whole list', async () => {
    await bureau.until('2021-10-22T09:00:00+08:00');
    expect((await inbox('baotou-drafter'))[0]).toMatchObject({ day: '2021-10-22', lines: [{}, {}] });
    expect((await off('2021-10-22', duty, '2021-10-26')).status).toBe(201);
    const [today] = await inbox('baotou-drafter');
    expect(today).toMatchObject({ day: '2021-10-22' });
    expect((today?.['lines'] as Json[]).map(({ obligation }) => obligation)).not.toContain(duty);
    const [whole] = await inbox('baotou-drafter', '&all=true');
    expect(whole?.['lines']).toContainEqual(
      expect.objectContaining({ obligation: duty, snoozedUntil: '2021-10-26' }),
    );
    // The notice of the legal minimum stays where it was.
    expect(daysOf(await inbox('baotou-drafter'))).toContain('2021-10-18');
    expect(daysOf(await inbox('baotou-drafter'))).not.toContain('2021-10-15');
    await bureau.until('2021-10-26T09:00:00+08:00');
    expect(daysOf(await inbox('baotou-drafter'))).toContain('2021-10-15');
  });

  test('comes back when it is asked for', async () => {
    await off('2021-10-22', duty, '2021-10-27');
    expect(daysOf(await inbox('baotou-drafter'))).not.toContain('2021-10-15');
    expect((await off('2021-10-22', duty, '2021-10-26')).status).toBe(201);
    expect(daysOf(await inbox('baotou-drafter'))).toContain('2021-10-15');
  });

  test('is not put off into the legal minimum, nor what belongs to it', async () => {
    const late = await off('2021-10-22', duty, '2021-10-29');
    expect([late.status, late.body['code']]).toEqual([422, 'snooze-too-long']);
    expect(late.body['detail']).toBe('最迟只能暂缓到2021-10-28：距截止仅一个工作日，依规不得暂缓。');
    expect((await off('2021-10-18', duty, '2021-10-27')).body['code']).toBe('snooze-too-long');
    expect((await off('2021-10-22', duty, '2021-10-25')).body['code']).toBe('invalid-request');
    expect((await off('2021-10-22', duty, 'tomorrow')).status).toBe(422);
    expect((await off('2021-10-21', duty, '2021-10-27')).status).toBe(404);
    expect((await off('2021-10-22', 'none', '2021-10-27')).status).toBe(404);
    expect((await off('2021-10-22', duty, '2021-10-28')).status).toBe(201);
    await bureau.until('2021-10-28T09:00:00+08:00');
    expect((await inbox('baotou-drafter'))[0]).toMatchObject({ day: '2021-10-28', lines: [{}, {}] });
  });
});

describe('a colleague on leave', () => {
  const leave = { from: '2021-10-28', to: '2021-10-29', cover: '' };
  const away = async (user: string, body: Json): Promise<Answer> =>
    bureau.call(user, 'PUT /me/leave', { body });
  let cover = '';

  test('names who covers among those of the office who said how to be told', async () => {
    const subOf = async (user: string): Promise<string> =>
      String((await bureau.call(user, 'GET /me')).body['sub']);
    cover = await subOf('baotou-checker');
    const own = await subOf('baotou-drafter');
    const codes = async (body: Json): Promise<unknown> =>
      ((await away('baotou-drafter', body)).body['errors'] as Json[]).map(({ code }) => code);
    expect(await codes({ ...leave, cover })).toEqual(['cover-unknown']);
    expect(await codes({ ...leave, cover: own })).toEqual(['cover-self']);
    expect(await codes({ from: '2021-10-27', to: '2021-10-26', cover: own })).toEqual([
      'leave-range',
      'leave-past',
      'cover-self',
    ]);
    await prefer('baotou-checker', daily);
    const seen = await bureau.call('baotou-drafter', 'GET /me/preferences');
    expect(seen.body['colleagues']).toMatchObject([{ sub: cover, roles: [{ code: 'checker' }] }]);
    await prefer('chifeng-checker', daily);
    expect(await codes({ ...leave, cover: await subOf('chifeng-checker') })).toEqual(['cover-unknown']);
    const gone = await away('baotou-drafter', { ...leave, cover });
    expect(gone.body).toMatchObject({ leave: { ...leave, cover } });
  });

  test('is stood in for: his notices of the leave, while it lasts, and nothing else', async () => {
    const [seen, ...more] = await inbox('baotou-checker');
    expect(seen).toMatchObject({
      day: '2021-10-28',
      role: 'drafter',
      coversFor: { text: { zh: '代拟稿岗位', en: 'Standing in for: Drafter' } },
    });
    expect(more).toEqual([]);
    // He still hears of it himself, and marks for himself.
    expect((await inbox('baotou-drafter'))[0]).toMatchObject({ day: '2021-10-28', read: null });
    expect((await bureau.call('baotou-checker', 'POST /inbox/2021-10-28/read', { body: {} })).status).toBe(
      201,
    );
    expect((await inbox('baotou-drafter'))[0]).toMatchObject({ read: null });
    expect((await inbox('baotou-checker'))[0]).toMatchObject({ read: expect.any(String) as string });
    // No more right than that.
    const drafted = { body: { kind: 'annual-plan', period: '2030' } };
    expect((await bureau.call('baotou-checker', 'POST /submissions', drafted)).status).toBe(403);
    expect((await bureau.call('baotou-checker', 'POST /inbox/2021-10-22/read', { body: {} })).status).toBe(
      404,
    );
    await bureau.until('2021-10-30T09:00:00+08:00');
    expect(await inbox('baotou-checker')).toEqual([]);
    expect((await bureau.call('baotou-checker', 'POST /inbox/2021-10-29/read', { body: {} })).status).toBe(
      404,
    );
  });

  test('comes back early', async () => {
    await away('baotou-drafter', { from: '2021-10-28', to: '2021-11-30', cover });
    expect(daysOf(await inbox('baotou-checker'))).toEqual(['2021-10-29', '2021-10-28']);
    const back = await bureau.call('baotou-drafter', 'DELETE /me/leave');
    expect(back.body).not.toHaveProperty('leave');
    expect(await inbox('baotou-checker')).toEqual([]);
    const twice = await bureau.call('baotou-drafter', 'DELETE /me/leave');
    expect([twice.status, twice.body['revision']]).toEqual([200, back.body['revision']]);
    expect((await bureau.call('baotou-leader', 'DELETE /me/leave')).body).toMatchObject({
      registered: false,
    });
  });
});

describe('a duty with points of its own', () => {
  const points = [5, 1, 0, -3, -15];

  test('is previewed, laid down and told of on them', async () => {
    const body = {
      notice: '演通〔2021〕9号',
      clause: 'S-06',
      cities: ['152500'],
      items: [{ kind: 'annual-plan', period: '2022' }],
      dueBefore: '2021-12-31T16:00:00.000Z',
      satisfiedBy: 'published',
      points,
    };
    const seen = await bureau.call('housing-supervisor', 'POST /obligations/preview', { body });
    expect((seen.body['reminders'] as Json[]).map(({ point }) => point)).toEqual([
      '-15',
      '-3',
      '0',
      '+1',
      '+5',
    ]);
    for (const wrong of [[-3, 0, 1], [-61, 0, 1, 5], [0, 1, 5, 5], []])
      expect(
        (await bureau.call('housing-supervisor', 'POST /obligations', { body: { ...body, points: wrong } }))
          .status,
      ).toBe(422);
    const id = await lay('152500', '2022', body);
    const laid = await bureau.call('xilingol-drafter', `GET /obligations/${id}`);
    expect(laid.body['points']).toEqual([-15, -3, 0, 1, 5]);
    expect((await bureau.call('baotou-drafter', `GET /obligations/${duty}`)).body['points']).toEqual([
      -20, -10, -5, -1, 0, 1, 5,
    ]);
    await bureau.until('2021-12-10T09:00:00+08:00');
    expect((await inbox('xilingol-drafter'))[0]).toMatchObject({
      day: '2021-12-10',
      lines: [{ point: '-15' }],
    });
    const set = async (own: number[]): Promise<Answer> => {
      const { etag } = await bureau.call('housing-supervisor', `GET /obligations/${id}`);
      const call = { body: { points: own, reason: '岁末加密' }, ifMatch: etag ?? '' };
      return bureau.call('housing-supervisor', `POST /obligations/${id}/set-points`, call);
    };
    const late = await set([-18, -15, -13, 0, 1, 5]);
    expect(late.body['errors']).toMatchObject([{ code: 'point-past', pointer: '/points/0' }]);
    expect((await set(points)).body['errors']).toMatchObject([{ code: 'no-change' }]);
    // A point of the very day is told of at once.
    await bureau.until('2021-12-14T15:00:00+08:00');
    expect((await set([-15, -13, 0, 1, 5])).body['points']).toEqual([-15, -13, 0, 1, 5]);
    await bureau.platform.drain();
    expect((await inbox('xilingol-drafter'))[0]).toMatchObject({
      day: '2021-12-14',
      lines: [{ point: '-13' }],
    });
  });
});

test('everything that was done is published as agreed, and names nobody but by his subject', () => {
  const entries = tableNow().flatMap(({ entry }) => (entry ? [entry as Json] : []));
  const types = new Set(entries.map(({ type }) => type));
  for (const type of [
    'obligation.points-set',
    'person.preferences-set',
    'person.leave-set',
    'person.leave-ended',
    'mailbox.set',
    'notice.read',
    'notice.snoozed',
  ])
    expect(types).toContain(type);
  for (const entry of entries) {
    expect(PublishedEvent.safeParse(entry).error).toBeUndefined();
    expect(JSON.stringify(entry)).not.toMatch(/\*\*\*|example\.gov/);
  }
});

test('the chains of people, mailboxes, marks and what was put off hold', () => {
  const items = tableNow();
  const entries = items.flatMap(({ entry }) => (entry ? [entry as AuditEntry] : []));
  const kinds = new Map<string, number>();
  for (const [record, chain] of Map.groupBy(entries, (entry) => entry.record)) {
    const kind = record.slice(0, record.indexOf(':')) as Parameters<typeof recordOf>[0];
    const { PK, SK } = recordKey(record);
    const item = items.find((one) => one['PK'] === PK && one['SK'] === SK);
    const inOrder = chain.sort((a, b) => a.seq - b.seq);
    expect(verifyChain(record, inOrder, item && recordOf(kind, item)), record).toBeUndefined();
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  for (const kind of ['person', 'mailbox', 'read', 'snooze'])
    expect(kinds.get(kind), kind).toBeGreaterThan(0);
});
