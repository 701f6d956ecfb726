/** The registers for those who have no demo user yet: a county's offices, and owners under their credit codes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectLines } from '../../adapters/dynamodb/registers.ts';
import { projectLine } from '../../domain/projects/line.ts';
import { sampleProject } from '../../domain/projects/sample-project.ts';
import type { Actor, Role } from '../../domain/identity/roles.ts';
import { hold } from '../../domain/resources/actions.ts';
import { sampleDetails, sampleResource } from '../../domain/resources/sample-resource.ts';
import { at, testTable, type TestTable } from '../../../test/support/test-table.ts';
import { readOverview } from '../projects/overview.ts';
import { listProjects, readProject } from '../projects/read.ts';
import { correctResource, registerResource } from '../resources/keep.ts';
import { listResources, readResource } from '../resources/read.ts';
import { projectChange, resourceChange } from './changes.ts';

let table: TestTable;
const owner = { code: '91150102TE5TNMA15J', name: '演示租赁有限公司', kind: 'rental-company' } as const;
const stranger = '91150103NMHT0003XX';
const by = { sub: 'p-1', office: '150100-HOUSING', role: 'lead' };
const actor = (office: string, ...roles: Role[]): Actor => ({ sub: `of-${office}`, office, roles });

beforeAll(async () => {
  table = await testTable();
  const { store } = table;
  const idle = sampleResource({ id: 'r-idle' });
  const taken = sampleResource({
    id: 'r-held',
    details: sampleDetails({ holder: { name: '演示', code: stranger } }),
  });
  const far = sampleResource({ id: 'r-far', details: sampleDetails({ county: '150103' }) });
  const held = hold(taken, 'submission:s-1');
  if (!held.ok) throw new Error(held.error.code);
  for (const one of [idle, held.value, far])
    await store.commit({ changes: resourceChange('register', undefined, one, by, at) });
  const lines = projectLines(table.client, table.name);
  for (const [id, county, code] of [
    ['p-1', '150102', owner.code],
    ['p-2', '150103', owner.code],
    ['p-3', '150102', stranger],
  ] as const) {
    const project = sampleProject({ county, owner: { ...owner, code } }, { id });
    const { change, ...versions } = projectChange('project.applied', undefined, project, by, at);
    await store.commit({ ...versions, changes: [change] });
    await lines.put(projectLine(change.after), change.after.seq);
  }
});
afterAll(() => table.close());

const deps = () => ({ store: table.store, now: () => at });
const commandDeps = () => ({
  ...deps(),
  newId: () => 'r-new',
  personalData: { seal: () => Promise.resolve(''), open: () => Promise.resolve({}) },
});

async function resourcesOf(who: Actor, query: { county?: string } = {}): Promise<unknown[]> {
  const page = await listResources(deps(), who, { limit: 100, ...query });
  return page.ok ? page.value.items.map((line) => (line as { id: string }).id) : [page.error.code];
}
async function projectsOf(who: Actor, query: { county?: string } = {}): Promise<unknown[]> {
  const page = await listProjects(deps(), who, { limit: 100, ...query });
  return page.ok ? page.value.items.map((line) => (line as { id: string }).id) : [page.error.code];
}

test('a county’s offices see their county, and no other', async () => {
  const lead = actor('150102-HOUSING', 'lead');
  expect(await resourcesOf(lead)).toEqual(['r-held', 'r-idle']);
  expect(await resourcesOf(lead, { county: '150103' })).toEqual([]);
  expect(await projectsOf(lead)).toEqual(['p-1', 'p-3']);
  expect(await projectsOf(lead, { county: '150103' })).toEqual([]);
  expect((await readResource(deps(), lead, 'r-far')).ok).toBe(false);
  expect((await readProject(deps(), lead, 'p-2', undefined)).ok).toBe(false);
  const { items } = (await readOverview(deps(), lead, {})) as { items: { city: string }[] };
  expect(items.map(({ city }) => city)).toEqual(['150100']);
});

test('a city’s department sees the whole city', async () => {
  const lead = actor('150100-HOUSING', 'lead');
  expect(await resourcesOf(lead)).toHaveLength(3);
  expect(await projectsOf(lead)).toHaveLength(3);
  expect(await projectsOf(lead, { county: '150103' })).toEqual(['p-2']);
});

test('an owner sees its own projects, and of the resources what is idle or its own', async () => {
  const mine = actor(owner.code, 'drafter');
  expect(await projectsOf(mine)).toEqual(['p-1', 'p-2']);
  expect((await readProject(deps(), mine, 'p-3', undefined)).ok).toBe(false);
  const read = await readProject(deps(), mine, 'p-1', undefined);
  // What others have taken of the plan is not its business.
  expect(read.ok && (read.value.body as { plan: object }).plan).toEqual({ year: 2021, own: 0 });
  expect(await resourcesOf(mine)).toEqual(['r-idle', 'r-far']);
  expect((await readResource(deps(), mine, 'r-held')).ok).toBe(false);
  const holder = await readResource(deps(), actor(stranger, 'drafter'), 'r-held');
  expect(holder.ok && holder.value.body).not.toHaveProperty('heldBy');
  const { items } = (await readOverview(deps(), mine, {})) as { items: unknown[] };
  expect(items).toEqual([]);
});

test('a housing department keeps its county’s register; an owner keeps none', async () => {
  const command = (who: Actor, key: string) => ({ actor: who, key, request: key });
  const lead = actor('150102-HOUSING', 'lead');
  const fresh = sampleDetails({ unitNumber: '150102001002GB00003F00090009' });
  const made = await registerResource(commandDeps(), command(lead, 'k-1'), fresh);
  expect(made.ok && made.value.status).toBe(201);
  const moved = { ...fresh, county: '150103' };
  const elsewhere = await correctResource(
    commandDeps(),
    { ...command(lead, 'k-2'), ifMatch: 1 },
    'r-new',
    moved,
  );
  expect(!elsewhere.ok && elsewhere.error.errors.map(({ code }) => code)).toEqual(['county-not-kept']);
  const city = actor('150100-HOUSING', 'lead');
  const right = await correctResource(commandDeps(), { ...command(city, 'k-3'), ifMatch: 1 }, 'r-new', moved);
  expect(right.ok && right.value.status).toBe(200);
  const owners = await registerResource(commandDeps(), command(actor(owner.code, 'drafter'), 'k-4'), fresh);
  expect(!owners.ok && owners.error.code).toBe('not-allowed');
});
