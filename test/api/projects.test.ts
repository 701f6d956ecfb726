/** Projects as those who steer and those who own them see them: lists, one project whole, as it was on a day, the region at a glance. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../functions/routes.ts';
import { demoUsers } from '../../infra/local/identity/demo-users.ts';
import { PublishedEvent } from '../../events/contracts/index.ts';
import { sampleContent } from '../../shared/domain/projects/sample-project.ts';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import type { Project } from '../../shared/domain/projects/project.ts';
import { sampleOfKind } from '../support/contents.ts';
import { Bureau, nextPage, type Answer, type Json } from '../support/bureau.ts';
import { Projects } from '../support/projects.ts';

let bureau: Bureau;
let projects: Projects;
/** In 呼和浩特: recognised and changed since. */
let standing: Project;
/** In 呼和浩特: late under review. */
let waiting: Project;
/** In 满洲里, which reports for itself. */
let border: Project;
let resource: string;

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  projects = await Projects.on(bureau.platform);
  const made = await bureau.call('hohhot-drafter', 'POST /resources', { body: sampleDetails() });
  resource = String(made.body['id']);
  standing = await projects.apply({ name: '演示·青年公寓一期', resources: [resource] }, '2021-10-19');
  await projects.hold(resource, standing);
  await projects.take(standing, 500);
  waiting = await projects.apply({ name: '演示·蓝领公寓', county: '150103', homes: 120 }, '2021-10-19');
  border = await projects.apply({ name: '演示·口岸人才公寓', county: '150781', homes: 60, mode: 'newBuild' });
  await projects.apply({ name: '演示·鹿城青年公寓', county: '150202', homes: 80 });
  await bureau.until('2021-10-20T09:00:00+08:00');
  const certificate = { id: 'c-1', number: '保租认字〔2021〕150102-0001号', state: 'valid' };
  standing = await projects.move(standing, 'project.recognised', { certificate, reserved: 300 });
  await bureau.until('2021-11-02T09:00:00+08:00');
  const content = { ...standing.content, homes: 280, name: '演示·青年公寓一期（调整）' };
  standing = await projects.move(standing, 'project.changed', {
    content,
    submission: 's-9',
    ruleSet: '150100/2',
    reserved: 280,
  });
});
afterAll(() => bureau.close());

const names = ({ body }: Answer): string[] => (body['items'] as Json[]).map(({ name }) => String(name));
const listed = async (user: string, query = ''): Promise<string[]> => {
  const answer = await bureau.call(user, `GET /projects?limit=100${query}`);
  expect(answer.status, answer.text).toBe(200);
  return names(answer);
};

describe('the list', () => {
  test('is of one’s own area, the region’s of all', async () => {
    expect(await listed('hohhot-drafter')).toEqual(['演示·青年公寓一期（调整）', '演示·蓝领公寓']);
    expect(await listed('baotou-leader')).toEqual(['演示·鹿城青年公寓']);
    // A league sees the county that reports for itself, which sees none of the league's.
    expect(await listed('hulunbuir-drafter')).toEqual(['演示·口岸人才公寓']);
    expect(await listed('manzhouli-drafter')).toEqual(['演示·口岸人才公寓']);
    expect(await listed('alxa-drafter')).toEqual([]);
    expect(await listed('housing-lead')).toHaveLength(4);
    expect(await listed('hohhot-drafter', '&city=150200')).toEqual([]);
  });

  test('is filtered by what is asked, and searched by name', async () => {
    const asked = (query: string) => listed('housing-supervisor', query);
    expect(await asked('&city=150100&county=150103')).toEqual(['演示·蓝领公寓']);
    expect(await asked('&county=150781')).toEqual(['演示·口岸人才公寓']);
    expect(await asked('&city=150200&county=150103')).toEqual([]);
    expect(await asked('&mode=newBuild')).toEqual(['演示·口岸人才公寓']);
    expect(await asked('&stage=recognised')).toEqual(['演示·青年公寓一期（调整）']);
    expect(await asked('&late=true')).toEqual(['演示·蓝领公寓']);
    expect(await asked('&late=false')).toHaveLength(3);
    expect(await asked('&certificate=valid')).toEqual(['演示·青年公寓一期（调整）']);
    expect(await asked('&certificate=pending')).toEqual([]);
    const name = encodeURIComponent('青年 公寓');
    expect(await asked(`&name=${name}`)).toEqual(['演示·青年公寓一期（调整）', '演示·鹿城青年公寓']);
    expect(await asked(`&name=${name}&city=150200`)).toEqual(['演示·鹿城青年公寓']);
    expect(await asked('&name=%21')).toEqual([]);
  });

  test('comes in pages that lose and repeat nothing', async () => {
    const seen: string[] = [];
    let next = '';
    do {
      const page = await bureau.call('housing-lead', `GET /projects?limit=1${next}`);
      seen.push(...names(page));
      next = nextPage(page);
    } while (next);
    expect(seen).toEqual(await listed('housing-lead'));
  });

  test('shows what the list needs, and goes into a spreadsheet', async () => {
    const { body } = await bureau.call('hohhot-drafter', 'GET /projects?late=true');
    expect(body['items']).toMatchObject([
      {
        id: waiting.id,
        countyName: { zh: '回民区' },
        modeText: { zh: '改建' },
        stageText: { zh: '已申请，待受理' },
        due: '2021-10-19',
        late: true,
        homes: 120,
        owner: { name: '演示租赁有限公司' },
      },
    ]);
    const csv = await bureau.call('hohhot-drafter', 'GET /exports/projects?format=csv&stage=recognised');
    expect(csv.text.trim().split('\r\n')).toHaveLength(2);
    expect(csv.text).toContain('保租认字〔2021〕150102-0001号');
  });
});

describe('a project', () => {
  test('is shown with all that hangs on it', async () => {
    const { body, etag } = await bureau.call('hohhot-leader', `GET /projects/${standing.id}`);
    expect(etag).toBe(`"${standing.seq}"`);
    expect(body).toMatchObject({
      name: '演示·青年公寓一期（调整）',
      homes: 280,
      version: 2,
      ruleSet: '150100/2',
      stage: 'recognised',
      certificate: { id: 'c-1', number: '保租认字〔2021〕150102-0001号', state: 'valid' },
      registeredResources: [{ id: resource, state: 'held' }],
      plan: { year: 2021, own: 280, reserved: 300, projects: 1 },
      late: false,
    });
  });

  test('is shown as it was at the end of a day', async () => {
    const on = async (day: string) =>
      bureau.call('hohhot-leader', `GET /projects/${standing.id}?asOf=${day}`);
    expect((await on('2021-10-11')).status).toBe(404);
    expect((await on('2021-10-12')).body).toMatchObject({ stage: 'applied', homes: 300, late: false });
    expect((await on('2021-10-19')).body).toMatchObject({ due: '2021-10-19', late: false });
    const recognised = (await on('2021-10-20')).body;
    expect(recognised).toMatchObject({
      stage: 'recognised',
      homes: 300,
      version: 1,
      certificate: { state: 'valid' },
    });
    expect(recognised).not.toHaveProperty('due');
    expect((await on('2021-11-02')).body).toMatchObject({ homes: 280, version: 2, submission: 's-9' });
    expect((await on('2021-02-30')).status).toBe(422);
  });

  test('tells what changed in plain words', async () => {
    const at = `GET /projects/${standing.id}/versions`;
    const { body } = await bureau.call('hohhot-leader', `${at}/2/difference`);
    expect(body['changes']).toMatchObject([
      { pointer: '/name' },
      { pointer: '/homes', text: { zh: '房源总数（套、间）：由300改为280', en: 'Homes: from 300 to 280' } },
    ]);
    expect(body['to']).toMatchObject({ number: 2, submission: 's-9' });
    expect((await bureau.call('hohhot-leader', `${at}/1/difference`)).status).toBe(404);
    expect((await bureau.call('hohhot-leader', `${at}/2/difference?from=2`)).body['changes']).toEqual([]);
    expect((await bureau.call('hohhot-leader', `${at}/x/difference`)).status).toBe(404);
  });

  test('has a history whose events are as published, without names', async () => {
    const answer = await bureau.call('housing-supervisor', `GET /projects/${standing.id}/history`);
    const items = answer.body['items'] as Json[];
    expect(items.map(({ type }) => type)).toEqual([
      'project.applied',
      'project.recognised',
      'project.changed',
    ]);
    expect(items.map(({ typeText }) => (typeText as { zh: string }).zh)).toEqual([
      '申请项目认定',
      '项目认定',
      '项目内容变更',
    ]);
    expect(answer.text).not.toContain('演示');
    for (const chain of [`project:${standing.id}`, 'plan-use:150100/2021', `resource:${resource}`])
      for (const entry of await projects.store.entries(chain, 0, 9))
        expect(PublishedEvent.safeParse(entry).error, entry.type).toBeUndefined();
  });

  test('is read by every role of its city and of the region, and by nobody else', async () => {
    const people = demoUsers.filter(
      ({ office }) => ['150100', '150200'].includes(office) || office.startsWith('R'),
    );
    const reads = routes.filter(({ path }) => path.startsWith('/projects/{id}'));
    expect(reads.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
    for (const { path } of reads) {
      for (const user of people) {
        const target = path.replace('{id}', standing.id).replace('{number}', '2');
        const { status } = await bureau.call(user.id, `GET ${target}`);
        expect(status, `${user.id} ${path}`).toBe(user.office === '150200' ? 404 : 200);
      }
    }
  });
});

describe('the region at a glance', () => {
  const overview = async (user: string, query = ''): Promise<{ items: Json[]; total: Json }> => {
    const { body } = await bureau.call(user, `GET /regions/overview${query}`);
    return body as unknown as { items: Json[]; total: Json };
  };
  const of = ({ items }: { items: Json[] }, city: string): Json | undefined =>
    items.find((one) => one['city'] === city);

  test('has the twelve cities with what was planned, applied for, recognised and is late', async () => {
    const plan = await bureau.prepare('hohhot', 'annual-plan', 'draft', '2021');
    const { content } = sampleOfKind('annual-plan');
    await bureau.save('hohhot', plan, {
      ...(content as Json),
      totalHomes: 500,
      byMode: { newBuild: 100, conversion: 400, renovation: 0, other: 0 },
      byCounty: [{ county: '150102', homes: 500 }],
    });
    await bureau.send('hohhot', plan, 'signed');
    await bureau.take('hohhot-publisher', plan, 'publish');
    const seen = await overview('housing-supervisor');
    expect(seen.items).toHaveLength(12);
    expect(of(seen, '150100')).toMatchObject({
      planned: 500,
      reserved: 300,
      applied: 2,
      appliedHomes: 400,
      recognised: 1,
      recognisedHomes: 280,
      late: 1,
    });
    // 满洲里 rolls up to 呼伦贝尔, and is counted once.
    expect(of(seen, '150700')).toMatchObject({ applied: 1, appliedHomes: border.content.homes });
    expect(seen.total).toMatchObject({ applied: 4, recognised: 1, late: 1 });
    expect((await overview('housing-supervisor', '?year=2022')).total).toMatchObject({
      applied: 0,
      recognised: 0,
    });
  });

  test('shows a city its own line', async () => {
    expect((await overview('baotou-leader')).items.map(({ city }) => city)).toEqual(['150200']);
    expect((await overview('manzhouli-drafter')).items.map(({ city }) => city)).toEqual(['150700']);
    const csv = await bureau.call('housing-supervisor', 'GET /exports/overview?format=csv');
    expect(csv.text.trim().split('\r\n')).toHaveLength(13);
  });

  test('forgets who was late when the stage is over, and what no longer stands', async () => {
    const staged = await projects.move(waiting, 'project.staged', { stage: 'in-review', due: '2021-11-09' });
    expect(of(await overview('housing-supervisor'), '150100')).toMatchObject({ late: 0 });
    await projects.move(staged, 'project.ended', { stage: 'withdrawn' });
    await projects.move(standing, 'project.ended', { stage: 'revoked' });
    expect(of(await overview('housing-supervisor'), '150100')).toMatchObject({
      applied: 1,
      recognised: 0,
      recognisedHomes: 0,
      late: 0,
    });
    expect(await listed('hohhot-drafter', '&stage=withdrawn')).toEqual(['演示·蓝领公寓']);
  });
});

test('an owner’s code is no office of the offices: its projects are its own list', async () => {
  const { items } = await projects.store.projectsOfOwner(sampleContent().owner.code, undefined, 100);
  expect(items).toHaveLength(4);
});
