import fc from 'fast-check';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { validOf } from '../../../test/contract/shapes.ts';
import { measures } from '../submissions/kinds/sample-contents.ts';
import { MeasuresRules } from './measures-rules.ts';
import { ruleSetDifference } from './rule-difference.ts';
import { ruleSetFrom } from './rule-set-from.ts';
import { regionalDefault } from './rule-set.ts';
import { documentNumber, madeOf, rules } from './sample-rules.ts';

const later = { number: 2, documentNumber: '演政发〔2022〕3号' };
const told = (...sets: Parameters<typeof ruleSetDifference>): string[] =>
  ruleSetDifference(...sets).map(({ text }) => text.zh);

test('nothing differs from itself', () => {
  expect(ruleSetDifference(madeOf(rules), madeOf(rules))).toEqual([]);
});

test('is said rule by rule, in both languages', () => {
  const before = madeOf({ modes: { newBuild: { rentCap: 85 } } });
  const after = madeOf({
    modes: { newBuild: { rentCap: 80, riseCap: null } },
    review: { silenceConsents: true, panel: ['TAX'], days: { notice: 5 } },
  });
  const changes = ruleSetDifference(before, after);
  expect(changes.map(({ pointer, text }) => [pointer, text.zh])).toEqual([
    ['/modes/newBuild/rentCap', '新建：租金占同地段同品质市场评估租金的比例由“不超过85%”改为“不超过80%”'],
    ['/modes/newBuild/riseCap', '新建：租金年涨幅由“不超过5%”改为“不作限制”'],
    [
      '/review/panel',
      '联审部门由“自然资源、发展改革、财政、消防救援、生态环境、市场监管、税务、供电”改为“税务”',
    ],
    ['/review/days/notice', '公示时限由“不公示”改为“5个工作日”'],
    ['/review/silenceConsents', '部门逾期不答复由“不视为同意，逐级催办”改为“视为同意”'],
  ]);
  expect(changes[1]).toMatchObject({
    label: { en: 'new build: yearly rise of the rent' },
    sourceOnly: false,
    before: { value: 5, source: 'unverified' },
    after: { value: null, source: documentNumber },
    text: { en: 'new build: yearly rise of the rent: was “at most 5 %”, is “no limit”' },
  });
});

test('of a number that was only confirmed is its source', () => {
  const changes = ruleSetDifference(madeOf(undefined), madeOf({ review: { days: { decision: 3 } } }));
  expect(changes).toMatchObject([
    {
      pointer: '/review/days/decision',
      sourceOnly: true,
      text: { zh: `决定并出具认定书时限仍为3个工作日，依据由待核实变为${documentNumber}` },
    },
  ]);
});

test('of a panel in another order is nothing', () => {
  const one = madeOf({ review: { panel: ['TAX', 'FIRE'] } });
  expect(told(one, madeOf({ review: { panel: ['FIRE', 'TAX'] } }))).toEqual([]);
});

test('of a way of supply that comes into use, with its rules; of one that goes, a line', () => {
  const origin = { city: '150600', effectiveFrom: '2022-06-01', submission: 's-2', ...later };
  const { newBuild, conversion } = measures.matrix;
  const matrix = { ...measures.matrix, conversion: null, renovation: newBuild };
  const [before, after] = [
    madeOf(undefined, { documentNumber: later.documentNumber }),
    ruleSetFrom({ matrix }, origin),
  ];
  const texts = told(before, after);
  expect(texts.slice(0, 3)).toEqual([
    '施行日期由“2021-11-01”改为“2022-06-01”',
    '不再采用改建方式',
    '新增采用改造方式',
  ]);
  expect(texts).toContain('改造：小户型建筑面积标准由“未规定”改为“不超过70平方米”');
  expect(texts.filter((text) => text.startsWith('改建'))).toEqual([]);
  expect(conversion).not.toBeNull();
});

test('from the default tells what a city decided itself', () => {
  const pointers = ruleSetDifference(regionalDefault, madeOf(rules)).map(({ pointer }) => pointer);
  expect(pointers).toContain('/modes/newBuild/shortestOperatingYears');
  expect(pointers).not.toContain('/modes/conversion/shortestOperatingYears');
});

test('property: there are as many changes one way as the other, where the ways of supply are the same', () => {
  const anyRules = validOf(z.toJSONSchema(MeasuresRules(), { io: 'input' })) as fc.Arbitrary<MeasuresRules>;
  fc.assert(
    fc.property(anyRules, anyRules, (a, b) => {
      const there = ruleSetDifference(madeOf(a), madeOf(b));
      const back = ruleSetDifference(madeOf(b), madeOf(a));
      expect(back.map(({ pointer }) => pointer).toSorted()).toEqual(
        there.map(({ pointer }) => pointer).toSorted(),
      );
      for (const change of there) {
        const other = back.find(({ pointer }) => pointer === change.pointer);
        expect([other?.before, other?.after]).toEqual([change.after, change.before]);
      }
    }),
  );
});
