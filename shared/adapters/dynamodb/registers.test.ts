import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planUseChange, projectChange, resourceChange } from '../../app/registers/changes.ts';
import { cityAtFirst } from '../../domain/cities/city.ts';
import { chain } from '../../domain/audit/entry.ts';
import { moveProject } from '../../domain/projects/lifecycle.ts';
import { projectLine, type ProjectLine } from '../../domain/projects/line.ts';
import { giveBack, reserve, type PlanUse } from '../../domain/projects/plan-use.ts';
import { projectStageNames } from '../../domain/projects/project.ts';
import { sampleContent, sampleProject } from '../../domain/projects/sample-project.ts';
import { hold, release } from '../../domain/resources/actions.ts';
import { sampleResource } from '../../domain/resources/sample-resource.ts';
import { projectLines } from './registers.ts';
import { at, testTable, type TestTable } from '../../../test/support/test-table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const by = { sub: 'p-1', office: '150100-HOUSING', role: 'lead' };

describe('the use of a plan', () => {
  const take = (before: PlanUse, homes: number, planned: number, submission: string) => {
    const after = reserve(before, homes, planned);
    if (!after.ok) return after.error.code;
    const why = { submission, planned };
    return table.store.commit({
      changes: [planUseChange('plan-use.reserved', before, after.value, why, by, at)],
    });
  };

  it('gives the last homes to one of two, and refuses the other when he looks again', async () => {
    const first = await table.store.planUse('150100', 2022);
    expect(first).toMatchObject({ reserved: 0, seq: 0 });
    expect(await take(first, 260, 300, 's-0')).toEqual({ outcome: 'done' });
    const seen = await table.store.planUse('150100', 2022);
    const both = await Promise.all([take(seen, 40, 300, 's-1'), take(seen, 30, 300, 's-2')]);
    expect(both.map((one) => (typeof one === 'string' ? one : one.outcome)).sort()).toEqual([
      'done',
      'stale',
    ]);
    const now = await table.store.planUse('150100', 2022);
    expect(now.projects).toBe(2);
    expect([290, 300]).toContain(now.reserved);
    const loser = now.reserved === 300 ? 30 : 40;
    expect(await take(now, loser, 300, 's-3')).toBe('plan-full');
  });

  it('does not hold when the plan itself was changed in between', async () => {
    const before = cityAtFirst('150600');
    const city = chain('city:150600', undefined, before, { type: 'city.changed', facts: {} }, by, at);
    await table.store.commit({ changes: [{ kind: 'city', before, after: city.record, entry: city.entry }] });
    const use = await table.store.planUse('150600', 2022);
    const after = reserve(use, 10, 300);
    if (!after.ok) throw new Error(after.error.code);
    const change = planUseChange('plan-use.reserved', use, after.value, {}, by, at);
    const rests = (seq: number) =>
      table.store.commit({ changes: [change], unchanged: [{ record: 'city:150600', seq }] });
    expect(await rests(7)).toEqual({ outcome: 'stale' });
    expect(await rests(1)).toEqual({ outcome: 'done' });
  });

  it('is by city and year, and its chain tells what was taken and given back', async () => {
    const before = await table.store.planUse('150781', 2023);
    await take(before, 50, 60, 's-1');
    const taken = await table.store.planUse('150781', 2023);
    const back = planUseChange(
      'plan-use.released',
      taken,
      giveBack(taken, 50),
      { submission: 's-1' },
      by,
      at,
    );
    expect(await table.store.commit({ changes: [back] })).toEqual({ outcome: 'done' });
    expect(await table.store.planUse('150781', 2023)).toMatchObject({ reserved: 0, projects: 0, seq: 2 });
    expect(await table.store.planUse('150781', 2024)).toMatchObject({ seq: 0 });
    const entries = await table.store.entries('plan-use:150781/2023', 0, 9);
    expect(entries.map(({ type, facts }) => [type, facts['homes'], facts['reserved']])).toEqual([
      ['plan-use.reserved', 50, 50],
      ['plan-use.released', 50, 0],
    ]);
    expect(await table.store.entries('plan-use:150781/2024', 0, 9)).toEqual([]);
  });
});

describe('a resource', () => {
  it('goes to one of two filings that ask for it at once', async () => {
    const fresh = sampleResource({ id: randomUUID() });
    await table.store.commit({ changes: resourceChange('register', undefined, fresh, by, at) });
    const idle = await table.store.resource(fresh.id);
    if (!idle) throw new Error('registered');
    const ask = (filing: string) => {
      const held = hold(idle, `submission:${filing}`);
      if (!held.ok) throw new Error(held.error.code);
      return table.store.commit({ changes: resourceChange('hold', idle, held.value, by, at) });
    };
    const both = await Promise.all([ask('s-1'), ask('s-2')]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['done', 'stale']);
    const held = await table.store.resource(fresh.id);
    expect(held).toMatchObject({ state: 'held', seq: 2 });
    if (!held) return;
    const again = hold(held, held.heldBy as `submission:${string}`);
    expect(again.ok && resourceChange('hold', held, again.value, by, at)).toEqual([]);
    const free = release(held, held.heldBy as `submission:${string}`);
    expect(free.ok && resourceChange('release', held, free.value, by, at)).toHaveLength(1);
  });
});

describe('a project', () => {
  it('keeps every version, and is read with the one that is in force', async () => {
    const id = randomUUID();
    const applied = projectChange('project.applied', undefined, sampleProject({}, { id }), by, at);
    await table.store.commit({ ...applied, changes: [applied.change] });
    const first = await table.store.project(id);
    if (!first) throw new Error('applied for');
    const content = sampleContent({ homes: 280 });
    const moved = moveProject('project.changed', first, { at, content, submission: 's-2' });
    if (!moved.ok) throw new Error(moved.error.code);
    const changed = projectChange('project.changed', first, moved.value, by, at);
    expect(await table.store.commit({ ...changed, changes: [changed.change] })).toEqual({ outcome: 'done' });
    expect(await table.store.project(id)).toMatchObject({ version: 2, seq: 2, content: { homes: 280 } });
    expect((await table.store.projectVersion(id, 1))?.content.homes).toBe(300);
    expect((await table.store.projectVersion(id, 2))?.content.homes).toBe(280);
    for (const none of [0, 3, 1.5, Number.NaN, 1e9])
      expect(await table.store.projectVersion(id, none)).toBeUndefined();
    expect(await table.store.project('none')).toBeUndefined();
    // A version that is there is never overwritten.
    expect(await table.store.commit({ changes: [], projectVersions: changed.projectVersions ?? [] })).toEqual(
      {
        outcome: 'stale',
      },
    );
  });

  it('stands in the lists of its city, its county and its owner, as it was last', async () => {
    const lines = projectLines(table.client, table.name);
    const line = (given: Partial<ProjectLine>): ProjectLine => ({
      ...projectLine(sampleProject({ county: '150302' }, { id: 'l-1' })),
      ...given,
    });
    await lines.put(line({ stage: 'in-review' }), 3);
    await lines.put(line({ stage: 'applied' }), 2);
    await lines.put(line({ id: 'l-2', county: '150303' }), 1);
    const read = async (county?: string) =>
      (await table.store.projectsOf('150300', county, undefined, 9)).items.map(({ id, stage }) => [
        id,
        stage,
      ]);
    expect(await read()).toEqual([
      ['l-1', 'in-review'],
      ['l-2', 'applied'],
    ]);
    expect(await read('150303')).toEqual([['l-2', 'applied']]);
    expect(await read('150304')).toEqual([]);
    const { code } = sampleContent().owner;
    expect((await table.store.projectsOfOwner(code, undefined, 9)).items).toHaveLength(2);
    expect((await table.store.projectsOfOwner('other', undefined, 9)).items).toEqual([]);
    const page = await table.store.projectsOf('150300', undefined, undefined, 1);
    const next = await table.store.projectsOf('150300', undefined, page.cursor, 1);
    expect([...page.items, ...next.items].map(({ id }) => id)).toEqual(['l-1', 'l-2']);
  });

  it('is late from the day after its stage was due, until the stage is over', async () => {
    const lines = projectLines(table.client, table.name);
    const project = sampleProject({ county: '150402' }, { id: 'd-1', due: '2021-10-19' });
    await lines.put(projectLine(project), 1);
    const late = (today: string) => table.store.lateProjects('150400', today);
    expect([await late('2021-10-19'), await late('2021-10-20')]).toEqual([0, 1]);
    expect(await table.store.lateProjects('150100', '2021-10-20')).toBe(0);
    for (const stage of projectStageNames) {
      await lines.put(projectLine({ ...project, stage, due: '2021-10-19' }), 2);
      const ended = ['refused', 'withdrawn', 'cancelled', 'revoked', 'expired'].includes(stage);
      expect(await late('2021-10-20'), stage).toBe(ended ? 0 : 1);
    }
  });
});
