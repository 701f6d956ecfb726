/** The operating guide: which rules it is made of, that every number names its source, and both languages. */
import { describe, expect, test } from 'vitest';
import { kindOf } from '../submissions/kinds/index.ts';
import { guidePapersOf, hasUnverified, operatingGuide, type Guide } from './guide.ts';
import { sourcedValues, unverified } from './rule-set.ts';
import { documentNumber, madeOf, rules, guideAbout as about } from './sample-rules.ts';

const own = madeOf(rules);

function lines(guide: Guide, code: string): string[] {
  const section = guide.sections.find((one) => one.code === code);
  return (section?.tables ?? []).flatMap((table) =>
    table.lines.map(
      ({ label, value, sourceText }) =>
        `${table.title.zh}｜${label.zh}｜${value.zh}${sourceText ? `｜${sourceText.zh}` : ''}`,
    ),
  );
}

describe('before a city has measures in force', () => {
  test('it is the region’s default, and says so', () => {
    const guide = operatingGuide([], about);
    expect(guide).toMatchObject({ byDefault: true, ruleSet: 'default/1' });
    expect(guide.says.map(({ zh }) => zh)).toEqual([
      '本地尚无施行中的政策措施，适用自治区默认规则（default/1），其数值除注明出处的外均待核实。',
    ]);
    expect(hasUnverified(guide)).toBe(true);
  });

  test('it tells from which day those that are published hold', () => {
    const guide = operatingGuide([own], { ...about, on: '2021-10-31' });
    expect(guide.byDefault).toBe(true);
    expect(guide.says[0]?.zh).toContain(`已公布的${documentNumber}自2021-11-01起施行`);
  });
});

describe('of a city with measures in force', () => {
  // Made within each test: a changed rule would not reach what was made before.
  const guide = (): Guide => operatingGuide([own], about);

  test('it is made of them', () => {
    expect(guide()).toMatchObject({ byDefault: false, ruleSet: '150600/1', documentNumber });
    expect(guide().says[0]?.en).toBe(
      `${documentNumber} holds, effective from 2021-11-01; what it leaves open is as in the regional default.`,
    );
  });

  test('every value of the rules stands in it once, with its source, but for limits that nobody laid down', () => {
    const values = [...sourcedValues(own).values()].filter(
      ({ value, source }) => value !== null || source !== unverified,
    );
    const told = guide().sections.flatMap(({ tables }) => tables.flatMap((table) => table.lines));
    const sourced = told.filter(({ source }) => source !== undefined);
    expect(sourced).toHaveLength(values.length);
    expect(sourced.filter(({ source }) => source === unverified).length).toBe(
      values.filter(({ source }) => source === unverified).length,
    );
    for (const { source, sourceText } of sourced)
      expect(sourceText?.zh).toBe(source === unverified ? '待核实' : documentNumber);
  });

  test('it says the numbers in words', () => {
    expect(lines(guide(), 'modes')).toContain(
      `新建｜租金占同地段同品质市场评估租金的比例｜不超过85%｜${documentNumber}`,
    );
    expect(lines(guide(), 'modes')).toContain('改建｜运营年限｜不少于6年｜待核实');
    // In so many words no limit; where the default has none, it says nothing.
    expect(lines(guide(), 'modes')).toContain(`新建｜项目最小建筑面积｜不作限制｜${documentNumber}`);
    expect(lines(guide(), 'modes').filter((line) => line.startsWith('租赁补贴'))).toHaveLength(3);
    expect(lines(guide(), 'stages')).toEqual([
      '各环节时限｜受理｜5个工作日｜待核实',
      `各环节时限｜部门联审｜10个工作日｜${documentNumber}`,
      '各环节时限｜计划核对｜5个工作日｜待核实',
      `各环节时限｜公示｜5个工作日｜${documentNumber}`,
      '各环节时限｜决定并出具认定书｜3个工作日｜待核实',
      '各环节时限｜补正｜10个工作日｜待核实',
      `部门联审｜联审部门｜自然资源、消防救援、税务｜${documentNumber}`,
      '部门联审｜部门逾期不答复｜不视为同意，逐级催办｜待核实',
    ]);
    expect(lines(guide(), 'issuer')).toEqual([
      `出具单位｜认定书出具单位｜盟行政公署、市人民政府｜${documentNumber}`,
    ]);
    // 5 + 10 + 5 + 5 + 3, the correction apart.
    expect(guide().sections.find(({ code }) => code === 'stages')?.paragraphs[0]?.zh).toContain(
      '合计不超过28个工作日',
    );
  });

  test('it names the ways of supply that are not used', () => {
    const section = guide().sections.find(({ code }) => code === 'modes');
    expect(section?.tables.map(({ title }) => title.zh)).toEqual(['新建', '改建', '租赁补贴']);
    expect(section?.paragraphs[0]?.zh).toBe('未采用的方式：改造、其他。');
  });

  test('everything in it is said in both languages', () => {
    const texts = JSON.stringify(guide()).match(/"zh":"[^"]*","en":"[^"]*"/g) ?? [];
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) expect(text).not.toMatch(/"(zh|en)":""/);
  });
});

test('papers of the application stand in it as its kind asks for them, and which may come later', () => {
  const measures = guidePapersOf(kindOf('policy-measures'));
  expect(measures[0]).toEqual({
    code: 'measures-document',
    name: { zh: '实施办法文本', en: 'Text of the measures' },
    when: { zh: '必须提交', en: 'always' },
  });
  expect(guidePapersOf(undefined)).toEqual([]);
  const late = madeOf({ review: { latePapers: ['measures-document'], latePaperDays: 15 } });
  expect(lines(operatingGuide([late], { ...about, papers: measures }), 'papers')).toEqual([
    '材料｜实施办法文本｜必须提交；可容缺受理',
    '材料｜部门联审机制文件｜必须提交',
    `容缺受理｜可容缺受理的材料｜实施办法文本｜${documentNumber}`,
    `容缺受理｜容缺材料补齐时限｜受理后15个工作日｜${documentNumber}`,
  ]);
  const none = operatingGuide([own], about).sections.find(({ code }) => code === 'papers');
  expect(none?.paragraphs[0]?.zh).toContain('材料清单随项目认定申报种类一并公布');
});

test('of a city that does not develop it says that first', () => {
  const guide = operatingGuide([], { ...about, development: 'not-developing' });
  expect(guide.says[0]?.zh).toContain('不发展保障性租赁住房');
  expect(guide.says).toHaveLength(2);
});
