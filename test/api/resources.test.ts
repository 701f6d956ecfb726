/** The register of idle land and buildings (S-08), as those who keep it and those who read it meet it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import { routes } from '../../functions/routes.ts';
import { demoUsers } from '../../infra/local/identity/demo-users.ts';
import { Bureau, nextPage, type Answer, type Json } from '../support/bureau.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
});
afterAll(() => bureau.close());

let number = 0;
/** Another building of the same street: the number of its unit is its own. */
function details(given: Json = {}): Json {
  number += 1;
  const unitNumber = `150102001002GB00003F${String(number).padStart(8, '0')}`;
  return { ...sampleDetails(), unitNumber, name: `演示·${number}号楼`, ...given };
}

async function registered(user = 'hohhot-drafter', given: Json = {}): Promise<Json> {
  const answer = await bureau.call(user, 'POST /resources', { body: details(given) });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

async function act(user: string, id: string, action: string, body: Json): Promise<Answer> {
  const { etag } = await bureau.call(user, `GET /resources/${id}`);
  return bureau.call(user, `POST /resources/${id}/${action}`, { body, ifMatch: etag ?? '"1"' });
}

const names = ({ body }: Answer): unknown[] => (body['items'] as Json[]).map(({ name }) => name);
const listed = (user: string, query = ''): Promise<Answer> =>
  bureau.call(user, `GET /resources?limit=100${query}`);

describe('a resource', () => {
  test('is registered, corrected and removed by its city’s drafter, and its history tells it', async () => {
    const made = await bureau.call('hohhot-drafter', 'POST /resources', { body: details() });
    expect(made.headers.get('location')).toBe(`/resources/${String(made.body['id'])}`);
    const id = String(made.body['id']);
    expect(made.body).toMatchObject({
      city: '150100',
      county: '150102',
      countyName: { zh: '新城区' },
      pathText: { zh: '非居住存量房屋' },
      state: 'idle',
      findings: [],
      mayKeep: true,
    });
    const body = { ...details(), presentUse: '停用' };
    const corrected = await act('hohhot-drafter', id, 'correct', body);
    expect([corrected.status, corrected.body['presentUse'], corrected.etag]).toEqual([200, '停用', '"2"']);
    expect((await act('hohhot-drafter', id, 'correct', body)).status).toBe(422);
    const removed = await act('hohhot-drafter', id, 'remove', { reason: '已拆除' });
    expect([removed.status, removed.body['state'], removed.body['removedBecause']]).toEqual([
      200,
      'removed',
      '已拆除',
    ]);
    expect((await act('hohhot-drafter', id, 'remove', { reason: '已拆除' })).status).toBe(409);
    const history = await bureau.call('housing-supervisor', `GET /resources/${id}/history`);
    expect((history.body['items'] as Json[]).map(({ type }) => type)).toEqual([
      'resource.registered',
      'resource.corrected',
      'resource.removed',
    ]);
    expect(history.text).toContain('更正资源信息');
    // What the keeper wrote stands in no entry.
    expect(history.text).not.toMatch(/演示|已拆除|停用/);
  });

  test('of a unit that is registered is not registered again, until that one is removed', async () => {
    const body = details();
    const { id } = await registered('hohhot-drafter', body);
    const twice = await bureau.call('hohhot-drafter', 'POST /resources', { body });
    expect([twice.status, twice.body['code']]).toEqual([409, 'resource-registered']);
    expect(twice.text).toContain(String(id));
    const other = await registered();
    const taken = await act('hohhot-drafter', String(other['id']), 'correct', body);
    expect([taken.status, taken.body['code']]).toEqual([409, 'resource-registered']);
    await act('hohhot-drafter', String(id), 'remove', { reason: '重复登记' });
    expect((await act('hohhot-drafter', String(other['id']), 'correct', body)).status).toBe(200);
    // Two at the same moment: one of them.
    const late = details();
    const both = await Promise.all(
      [1, 2].map(() => bureau.call('hohhot-drafter', 'POST /resources', { body: late })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('with a strange number is registered, and shown as strange with what is said to it', async () => {
    const made = await registered('hohhot-drafter', {
      unitNumber: `150103001002GB00003F${String(90_000_000 + number)}`,
      holder: { name: '演示合作社', code: 'N2150121NMHT00216A' },
      explanations: { 'credit-code-check': '早期试点代码' },
    });
    expect(made['findings']).toMatchObject([
      { code: 'unit-number-elsewhere', pointer: '/unitNumber' },
      { code: 'credit-code-check', explanation: '早期试点代码' },
    ]);
  });

  test('is refused with every reason at once, and for a county that is not one’s own', async () => {
    const { floorArea: _area, ...without } = details({ county: '150101' });
    const refused = await bureau.call('hohhot-drafter', 'POST /resources', { body: without });
    expect((refused.body['errors'] as Json[]).map(({ pointer }) => pointer)).toEqual([
      '/county',
      '/floorArea',
    ]);
    for (const [user, county, status] of [
      ['hohhot-drafter', '150202', 422],
      ['hohhot-checker', '150102', 403],
      ['housing-lead', '150102', 403],
      ['hulunbuir-drafter', '150781', 422],
      ['manzhouli-drafter', '150781', 201],
      ['erenhot-drafter', '152501', 201],
    ] as const) {
      const answer = await bureau.call(user, 'POST /resources', { body: details({ county }) });
      expect(answer.status, `${user} ${county}`).toBe(status);
    }
  });

  test('of another city does not exist for a city', async () => {
    const { id } = await registered();
    for (const [user, status] of [
      ['hohhot-leader', 200],
      ['housing-reviewer', 200],
      ['baotou-drafter', 404],
    ] as const) {
      expect((await bureau.call(user, `GET /resources/${String(id)}`)).status, user).toBe(status);
      expect((await bureau.call(user, `GET /resources/${String(id)}/history`)).status, user).toBe(status);
    }
    const act404 = await bureau.call('baotou-drafter', `POST /resources/${String(id)}/remove`, {
      body: { reason: '理由' },
      ifMatch: '"1"',
    });
    expect(act404.status).toBe(404);
    const stale = await bureau.call('hohhot-drafter', `POST /resources/${String(id)}/remove`, {
      body: { reason: '理由' },
      ifMatch: '"9"',
    });
    expect(stale.status).toBe(412);
  });
});

test('every role of its city, of another and of the region may do with it what the table says', async () => {
  const { id } = await registered();
  const people = demoUsers.filter(
    ({ office }) => ['150100', '150200'].includes(office) || office.startsWith('R'),
  );
  for (const route of routes.filter(({ path }) => path.startsWith('/resources/{id}'))) {
    for (const user of people) {
      const { access, method, path } = route;
      const admitted =
        access !== 'anyone' &&
        user.scopes.includes(access.scope) &&
        (access.roles === 'any' || user.roles.some((role) => access.roles.includes(role)));
      const body = path.endsWith('/remove') ? { reason: '理由' } : details();
      const { status } = await bureau.call(user.id, `${method} ${path.replace('{id}', String(id))}`, {
        ...(method === 'GET' ? {} : { body, ifMatch: '"999"' }),
      });
      const who = `${user.id} ${method} ${path}`;
      const seen = user.office !== '150200';
      // A revision that is not the record's proves the right and changes nothing.
      if (!admitted) expect(status, who).toBe(403);
      else if (!seen) expect(status, who).toBe(404);
      else expect(status, who).toBe(method === 'GET' ? 200 : 412);
    }
  }
  const lead = await bureau.call('housing-lead', `POST /resources/${String(id)}/remove`, {
    body: { reason: '理由' },
    ifMatch: '"1"',
  });
  expect(lead.status).toBe(403);
});

describe('the list', () => {
  test('is by area, state and path, in pages that lose and repeat nothing', async () => {
    const own = { county: '152921', path: 'park', kind: 'land', landArea: 900 };
    for (const county of ['152921', '152922', '152923', '152921', '152923'])
      await registered('alxa-drafter', { ...own, county, name: `演示·${county}-${number}` });
    const gone = await registered('alxa-drafter', { ...own, name: '演示·已拆' });
    await act('alxa-drafter', String(gone['id']), 'remove', { reason: '拆除' });
    const whole = await listed('alxa-drafter');
    expect(names(whole)).toHaveLength(5);
    expect(names(await listed('alxa-drafter', '&county=152923'))).toHaveLength(2);
    expect(names(await listed('alxa-drafter', '&path=building'))).toEqual([]);
    expect(names(await listed('alxa-drafter', '&state=removed'))).toEqual(['演示·已拆']);
    expect(names(await listed('alxa-drafter', '&county=150102'))).toEqual([]);
    expect(names(await listed('housing-lead', '&city=152900'))).toEqual(names(whole));
    const seen: unknown[] = [];
    let next = '';
    do {
      const page = await bureau.call('housing-lead', `GET /resources?limit=2${next}`);
      seen.push(...names(page));
      next = nextPage(page);
    } while (next);
    const all = names(await listed('housing-lead'));
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(names(whole)));
    const odd = await bureau.call('housing-lead', 'GET /resources?cursor=150999~');
    expect([odd.status, odd.body['code']]).toEqual([400, 'invalid-cursor']);
  });

  test('of a league holds the county that reports for itself, and not the other way round', async () => {
    await registered('manzhouli-drafter', { county: '150781', name: '演示·口岸' });
    expect(names(await listed('hulunbuir-drafter'))).toContain('演示·口岸');
    await registered('hulunbuir-drafter', { county: '150702', name: '演示·海拉尔' });
    expect(names(await listed('manzhouli-drafter'))).not.toContain('演示·海拉尔');
  });

  test('goes into a spreadsheet', async () => {
    await registered('wuhai-drafter', { county: '150302', name: '演示·乌海' });
    const answer = await bureau.call('wuhai-drafter', 'GET /exports/resources?format=csv');
    expect(answer.text).toContain('演示·乌海');
    expect(answer.text).toContain('海勃湾区');
  });
});
