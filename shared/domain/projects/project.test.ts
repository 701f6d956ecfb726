import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Result } from '../../kernel/result.ts';
import { projectDifference } from './difference.ts';
import {
  moveProject,
  projectEvents,
  projectFacts,
  versionMade,
  type ProjectEventType,
  type ProjectMove,
} from './lifecycle.ts';
import { isNamed, projectLine } from './line.ts';
import { maySeeProject } from './may-see.ts';
import {
  isLate,
  phaseOf,
  Project,
  ProjectContent,
  projectStageNames,
  projectStages,
  ProjectVersion,
  stageOf,
} from './project.ts';
import { sampleContent, sampleProject } from './sample-project.ts';

const at = '2021-11-08T02:00:00.000Z';
const done = (result: Result<Project, Refusal>): Project => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const refused = (result: Result<unknown, Refusal>): string | undefined =>
  result.ok ? undefined : result.error.code;

describe('a project', () => {
  it('begins as its filing asks for it', () => {
    const project = sampleProject();
    expect(project).toMatchObject({ city: '150100', stage: 'applied', version: 1, submissions: ['s-1'] });
    expect(Project().parse(project)).toEqual(project);
    expect(ProjectVersion().parse(versionMade(undefined, project))).toMatchObject({ number: 1 });
    expect(sampleProject({ county: '152501' }).city).toBe('152501');
    expect(() => sampleProject({ county: '150101' })).toThrow(RangeError);
  });

  it('goes through its stages to the recognition, and keeps no due date of a stage that is over', () => {
    let project = sampleProject();
    project = done(moveProject('project.staged', project, { at, stage: 'in-review', due: '2021-11-09' }));
    expect([project.stage, project.due]).toEqual(['in-review', '2021-11-09']);
    project = done(moveProject('project.staged', project, { at, stage: 'deciding', reserved: 300 }));
    expect([project.due, project.reserved]).toEqual([undefined, 300]);
    const pending = { id: 'c-1', state: 'pending' };
    project = done(moveProject('project.staged', project, { at, stage: 'decided', certificate: pending }));
    const certificate = { id: 'c-1', number: '保租认字〔2021〕150102-0001号', state: 'valid' };
    project = done(moveProject('project.recognised', project, { at, certificate }));
    expect(project).toMatchObject({ stage: 'recognised', recognisedAt: at, certificate, reserved: 300 });
    expect(phaseOf(project)).toBe('recognised');
    expect(Project().safeParse(project).success).toBe(true);
  });

  it('that is changed has one version more, and the filing that changed it', () => {
    const before = done(moveProject('project.recognised', sampleProject(), { at }));
    const content = sampleContent({ homes: 280 });
    const after = done(
      moveProject('project.changed', before, { at, content, submission: 's-2', ruleSet: '150100/2' }),
    );
    expect(after).toMatchObject({
      version: 2,
      submission: 's-2',
      submissions: ['s-1', 's-2'],
      stage: 'recognised',
    });
    expect(versionMade(before, after)).toEqual({
      number: 2,
      content,
      ruleSet: '150100/2',
      submission: 's-2',
      at,
    });
    expect(versionMade(after, after)).toBeUndefined();
    const elsewhere = sampleContent({ county: '150103' });
    expect(refused(moveProject('project.changed', before, { at, content: elsewhere }))).toBe(
      'invalid-request',
    );
  });

  it('that has ended does not come back, and one that stands does not fall back to the review', () => {
    const standing = done(moveProject('project.recognised', sampleProject(), { at }));
    expect(refused(moveProject('project.staged', standing, { at, stage: 'in-review' }))).toBe(
      'project-not-in-stage',
    );
    expect(refused(moveProject('project.ended', standing, { at, stage: 'deciding' }))).toBe(
      'project-not-in-stage',
    );
    const types = Object.keys(projectEvents).filter((type) => type !== 'project.applied');
    const fromExpired = ['recognised', 'cancelled', 'revoked'];
    const event = fc.record({
      type: fc.constantFrom(...(types as Exclude<ProjectEventType, 'project.applied'>[])),
      stage: fc.option(fc.constantFrom(...projectStageNames), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 15 }), (events) => {
        let now = sampleProject();
        for (const { type, stage } of events) {
          const before = now;
          const move: ProjectMove = { at, due: '2022-01-01', ...(stage ? { stage } : {}) };
          const result = moveProject(type, before, move);
          if (result.ok) now = result.value;
          if (phaseOf(before) === 'ended' && before.stage !== 'expired') expect(now).toBe(before);
          if (before.stage === 'expired') expect([before.stage, ...fromExpired]).toContain(now.stage);
          if (phaseOf(before) === 'recognised') expect(phaseOf(now)).not.toBe('under-way');
          if (phaseOf(now) === 'ended') expect(now.due).toBe(before === now ? before.due : undefined);
          expect(now.endedAt).toBe(phaseOf(now) === 'ended' ? at : undefined);
          expect(now.version).toBeGreaterThanOrEqual(before.version);
        }
      }),
    );
  });

  it('tells in its events how it stands, and nothing of its people', () => {
    const before = sampleProject();
    const after = done(moveProject('project.staged', before, { at, stage: 'in-review', due: '2021-11-09' }));
    expect(projectFacts(before, after)).toEqual({
      city: '150100',
      county: '150102',
      stageBefore: 'applied',
      stage: 'in-review',
      version: 1,
      homes: 300,
      planYear: 2021,
      reserved: 0,
      submission: 's-1',
      due: '2021-11-09',
    });
  });
});

describe('late', () => {
  it('is who is not done the day after, unless nobody waits for him', () => {
    const project = sampleProject();
    expect(isLate(project, '2021-10-19')).toBe(false);
    expect(isLate(project, '2021-10-20')).toBe(true);
    expect(isLate({ ...project, stage: 'refused' }, '2022-10-20')).toBe(false);
    expect(isLate({ stage: 'applied' }, '2022-10-20')).toBe(false);
  });
});

test('each state of a submitted filing is a stage, and a draft is none', () => {
  expect(stageOf('submitted')).toBe('applied');
  expect(stageOf('granted')).toBe('recognised');
  for (const state of ['draft', 'checking', 'signing', 'toString', ''])
    expect(stageOf(state)).toBeUndefined();
  for (const stage of ['public-notice', 'plan-check', 'in-review', 'deciding', 'decided'])
    expect(stageOf(stage)).toBe(stage);
  expect(Object.values(projectStages).filter(({ phase }) => phase === 'recognised')).toHaveLength(1);
});

describe('what changed', () => {
  const said = (given: Partial<ProjectContent>): [string, string, string][] =>
    projectDifference(sampleContent(), sampleContent(given)).map(({ pointer, text }) => [
      pointer,
      text.zh,
      text.en,
    ]);

  it('is said in the words of the form', () => {
    expect(said({})).toEqual([]);
    expect(said({ homes: 280, mode: 'newBuild' })).toEqual([
      ['/mode', '建设方式：由“改建”改为“新建”', 'Supply mode: from “conversion” to “new build”'],
      ['/homes', '房源总数（套、间）：由300改为280', 'Homes: from 300 to 280'],
    ]);
    expect(said({ operator: { name: '演示运营公司' } })).toEqual([
      ['/operator/name', '运营管理单位：新增演示运营公司', 'Operator: 演示运营公司 added'],
    ]);
    expect(said({ path: 'park', county: '150103' }).map(([, zh]) => zh)).toEqual([
      '旗县区代码：由新城区改为回民区',
      '用地用房路径：由“非居住存量房屋”改为“产业园区配套用地”',
    ]);
  });

  it('of a row is said with its name, and an inserted row changes no other', () => {
    const types = sampleContent().homesByType;
    expect(
      said({ homesByType: [{ type: '两居室', area: 65, homes: 20 }, ...types] }).map(([, zh]) => zh),
    ).toEqual(['两居室·户型：新增两居室', '两居室·建筑面积（平方米）：新增65', '两居室·套（间）数：新增20']);
    const [first, second] = types;
    if (!first || !second) throw new Error('two types');
    const twice = { ...second, type: first.type };
    // Two of one name are told by their places: none hides the other.
    const changed = projectDifference(
      sampleContent({ homesByType: [first, twice] }),
      sampleContent({ homesByType: [{ ...first, homes: 1 }, twice] }),
    );
    expect(changed.map(({ pointer }) => pointer)).toEqual(['/homesByType/0/homes']);
  });
});

test('a project is seen by its owner, its county, its city and the region', () => {
  const scope = { county: '150102', owner: '91150102TE5TNMA15J' };
  const sees = (office: string): boolean => maySeeProject({ office }, scope);
  for (const office of [
    'R_HOUSING',
    'R_FINANCE',
    '150100',
    '150100-HOUSING',
    '150102',
    '150102-HOUSING',
    '91150102TE5TNMA15J',
  ])
    expect(sees(office), office).toBe(true);
  for (const office of ['150200', '150103', '150103-HOUSING', '91150103NMHT0003XX', '', 'PLATFORM'])
    expect(sees(office), office).toBe(false);
  expect(maySeeProject({ office: '150700' }, { county: '150781', owner: 'x' })).toBe(true);
  expect(maySeeProject({ office: '150781' }, { county: '150702', owner: 'x' })).toBe(false);
});

test('a line shows what the list needs, and a name is found however it is written', () => {
  const line = projectLine(sampleProject({ name: 'ＡＢ 青年公寓（一期）' }));
  expect(line).toMatchObject({ county: '150102', stage: 'applied', due: '2021-10-19', homes: 300 });
  for (const sought of ['青年公寓', 'ab青年', 'ＡＢ', '公寓(一期)', '公寓 一期', ''])
    expect(isNamed(line, sought), sought).toBe(true);
  for (const sought of ['二期', '寓公', 'abc']) expect(isNamed(line, sought), sought).toBe(false);
  expect(projectLine({ ...sampleProject(), stage: 'withdrawn' })).not.toHaveProperty('due');
});

test('the content has a form of its own, with every field named in both languages', () => {
  expect(ProjectContent().safeParse(sampleContent()).success).toBe(true);
  for (const wrong of [
    { homes: -1 },
    { floorArea: 0 },
    { schedule: { start: '2021-02-30', finish: '2022-08-31' } },
    { surplus: 1 },
  ])
    expect(ProjectContent().safeParse({ ...sampleContent(), ...wrong }).success).toBe(false);
});
