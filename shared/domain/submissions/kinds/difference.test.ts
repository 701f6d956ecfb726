/** The difference of two versions: rows held by what names them, each leaf with the name of its field. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annualPlan } from './annual-plan.ts';
import { differenceOf } from './difference.ts';
import { fiveYearTarget } from './five-year-target.ts';
import { measures, plan, target } from './sample-contents.ts';
import { policyMeasures } from './policy-measures.ts';

const homes = { zh: '套（间）数', en: 'Homes' };
const county = { zh: '旗县区代码', en: 'County code' };

test('nothing has changed between a version and its copy, whatever the order of its rows', () => {
  expect(differenceOf(annualPlan, plan, structuredClone(plan))).toEqual([]);
  expect(differenceOf(annualPlan, plan, { ...plan, byCounty: plan.byCounty.toReversed() })).toEqual([]);
});

test('a changed field has its name, before and after', () => {
  expect(differenceOf(annualPlan, plan, { ...plan, starts: 590 })).toEqual([
    { pointer: '/starts', label: { zh: '本年开工（套、间）', en: 'Homes started' }, before: 600, after: 590 },
  ]);
});

test('rows are matched by county: one put in between changes none of the others', () => {
  const [first, second] = plan.byCounty;
  const byCounty = [first, { county: '150621', homes: 7 }, second];
  expect(differenceOf(annualPlan, plan, { ...plan, byCounty })).toEqual([
    { pointer: '/byCounty/150621/county', label: county, after: '150621' },
    { pointer: '/byCounty/150621/homes', label: homes, after: 7 },
  ]);
});

test('a row taken out is gone with all its fields', () => {
  expect(differenceOf(annualPlan, plan, { ...plan, byCounty: plan.byCounty.slice(1) })).toEqual([
    { pointer: '/byCounty/150602/county', label: county, before: '150602' },
    { pointer: '/byCounty/150602/homes', label: homes, before: 300 },
  ]);
});

test('what was not there before has no value before, and what is gone none after', () => {
  const [first, ...more] = differenceOf(annualPlan, { starts: 1 }, { completions: 2 });
  expect(first).toStrictEqual({ pointer: '/starts', label: expect.anything() as unknown, before: 1 });
  expect(more).toStrictEqual([{ pointer: '/completions', label: expect.anything() as unknown, after: 2 }]);
  expect(differenceOf(annualPlan, undefined, { starts: 1 })).toHaveLength(1);
});

test('rows without a name are matched by their place', () => {
  const changed = differenceOf(policyMeasures, { members: ['甲', null, '丙'] }, { members: ['甲', '乙'] });
  expect(changed.map(({ pointer, before, after }) => [pointer, before, after])).toEqual([
    ['/members/1', null, '乙'],
    ['/members/2', '丙', undefined],
  ]);
});

test('rows are matched by year', () => {
  const years = target.years.toReversed().with(0, { year: '2025', homes: 1200 });
  expect(differenceOf(fiveYearTarget, target, { ...target, years })).toEqual([
    { pointer: '/years/2025/homes', label: homes, before: 1000, after: 1200 },
  ]);
});

test('a nested field has its own name, and a mode taken up shows each of its fields', () => {
  const { newBuild, rentSubsidy } = measures.matrix;
  const matrix = { ...measures.matrix, newBuild: { ...newBuild, exit: '退出' }, renovation: newBuild };
  const changes = differenceOf(policyMeasures, measures, { ...measures, matrix });
  expect(changes.find(({ pointer }) => pointer === '/matrix/newBuild/exit')).toEqual({
    pointer: '/matrix/newBuild/exit',
    label: { zh: '退出条件', en: 'Exit' },
    before: newBuild.exit,
    after: '退出',
  });
  expect(changes.map(({ pointer, before, after }) => [pointer, before, after])).toEqual([
    ['/matrix/newBuild/exit', newBuild.exit, '退出'],
    ['/matrix/renovation', null, undefined],
    ['/matrix/renovation/entry', undefined, newBuild.entry],
    ['/matrix/renovation/exit', undefined, newBuild.exit],
    ['/matrix/renovation/workflow', undefined, newBuild.workflow],
    ['/matrix/renovation/smallUnitArea', undefined, newBuild.smallUnitArea],
  ]);
  const subsidy = { ...measures.matrix, rentSubsidy: { ...rentSubsidy, smallUnitArea: 40 } };
  expect(differenceOf(policyMeasures, measures, { ...measures, matrix: subsidy })).toEqual([
    {
      pointer: '/matrix/rentSubsidy/smallUnitArea',
      label: { zh: '小户型面积标准（平方米）', en: 'Small-unit area (m²)' },
      before: null,
      after: 40,
    },
  ]);
});

test('a first version is all new; a field that the form does not know keeps its own name', () => {
  const changes = differenceOf(annualPlan, undefined, { starts: 1, remark: 'x' });
  expect(changes).toEqual([
    { pointer: '/starts', label: { zh: '本年开工（套、间）', en: 'Homes started' }, after: 1 },
    { pointer: '/remark', label: { zh: 'remark', en: 'remark' }, after: 'x' },
  ]);
});

test('property: what is added one way is taken away the other way', () => {
  const codes = fc.uniqueArray(fc.constantFrom('150602', '150603', '150621', '150622'));
  const rows = codes.map((named) => named.map((code, index) => ({ county: code, homes: index })));
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const there = differenceOf(annualPlan, { ...plan, byCounty: before }, { ...plan, byCounty: after });
      const back = differenceOf(annualPlan, { ...plan, byCounty: after }, { ...plan, byCounty: before });
      const turned = back.map((change) => [change.pointer, change.after, change.before]).toSorted();
      expect(there.map((change) => [change.pointer, change.before, change.after]).toSorted()).toEqual(turned);
    }),
    { numRuns: 50 },
  );
});

test('rows of which two have the same name are matched by their place, and none is lost', () => {
  const [one, two] = [
    { name: '1号楼', homes: 40 },
    { name: '1号楼', homes: 60 },
  ];
  const changed = differenceOf(annualPlan, { rows: [one, two] }, { rows: [{ ...one, homes: 50 }, two] });
  expect(changed.map(({ pointer, before, after }) => [pointer, before, after])).toEqual([
    ['/rows/0/homes', 40, 50],
  ]);
});
