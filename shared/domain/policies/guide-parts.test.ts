/** The parts of the operating guide that are there for some cities only, and those that all have. */
import { describe, expect, it } from 'vitest';
import { legalNotes, whoMayApply } from './guide-texts.ts';
import { guidePapersOf, hasUnverified, operatingGuide, type Guide, type GuideSection } from './guide.ts';
import { regionalDefault, sourcedValues, type ModeRules, type RuleSet } from './rule-set.ts';
import { madeOf, guideAbout as about } from './sample-rules.ts';
import { policyMeasures } from '../submissions/kinds/policy-measures.ts';

const paper = { code: 'p-1', name: { zh: '材料一', en: 'paper one' }, when: { zh: '如有', en: 'if any' } };

function section(guide: Guide, code: GuideSection['code']): GuideSection {
  const found = guide.sections.find((one) => one.code === code);
  if (!found) throw new Error(`No section ${code}`);
  return found;
}
const labels = (of: GuideSection): string[] =>
  of.tables.flatMap(({ title, lines }) => [title.en, ...lines.map(({ label }) => `- ${label.en}`)]);

/** Every value is taken from a document. */
function confirmed(rules: RuleSet): RuleSet {
  const copy = structuredClone(rules);
  for (const value of sourcedValues(copy).values()) Object.assign(value, { source: '演示' });
  return copy;
}

describe('every operating guide', () => {
  it('is of its city and its day, and says from when its rules hold', () => {
    expect(operatingGuide([], about)).toMatchObject({
      city: about.city,
      cityName: about.cityName,
      title: { zh: '鄂尔多斯市人民政府保障性租赁住房项目认定操作指引' },
      on: '2021-11-01',
      effectiveFrom: regionalDefault.effectiveFrom,
    });
  });

  it('has who may apply first and what the law says last, without tables', () => {
    const { sections } = operatingGuide([], about);
    expect(sections.map(({ code }) => code)).toEqual([
      'applicants',
      'modes',
      'papers',
      'stages',
      'issuer',
      'notes',
    ]);
    expect(sections[0]).toMatchObject({ paragraphs: whoMayApply, tables: [] });
    expect(sections.at(-1)).toMatchObject({ paragraphs: legalNotes, tables: [] });
    for (const { title } of sections) expect([title.zh, title.en]).not.toContain(undefined);
  });

  it('names a document where the rules have one, and none by default', () => {
    const own = madeOf(undefined);
    expect(operatingGuide([own], about)).toMatchObject({
      byDefault: false,
      documentNumber: own.documentNumber,
    });
    const byDefault = operatingGuide([], about);
    expect(byDefault.byDefault).toBe(true);
    expect(byDefault).not.toHaveProperty('documentNumber');
  });
});

describe('the ways of supply', () => {
  it('that are not used are named in both languages; where all are used, nothing is', () => {
    const some = section(operatingGuide([madeOf(undefined)], about), 'modes');
    expect(some.paragraphs).toEqual([
      { zh: '未采用的方式：改造、其他。', en: 'Not used: renovation, other.' },
    ]);
    const all = section(operatingGuide([], about), 'modes');
    expect(all.paragraphs).toEqual([]);
    expect(all.tables).toHaveLength(5);
  });

  it('say that there is no limit where a document does, and nothing where nobody does', () => {
    const modes = section(
      operatingGuide([madeOf({ modes: { newBuild: { rentCap: null } } })], about),
      'modes',
    );
    const said = modes.tables.map(({ lines }) =>
      lines.filter(({ value }) => value.en === 'no limit').map(({ label }) => label.en),
    );
    expect(said).toEqual([['rent, of the assessed market rent'], [], []]);
  });
});

describe('papers that may come later', () => {
  it('have a day by which they come; where there are none, no day is named', () => {
    const none = section(operatingGuide([madeOf(undefined)], { ...about, papers: [paper] }), 'papers');
    expect(none.paragraphs).toEqual([]);
    expect(labels(none)).toEqual([
      'Papers',
      '- paper one',
      'What may come later',
      '- papers that may be promised by a day',
    ]);
    const late = madeOf({ review: { latePapers: ['p-1'] } });
    expect(labels(section(operatingGuide([late], { ...about, papers: [paper] }), 'papers')).at(-1)).toBe(
      '- limit for what was promised',
    );
  });

  it('are told though the list of papers is not published', () => {
    const of = section(operatingGuide([madeOf(undefined)], about), 'papers');
    expect(of.paragraphs).toHaveLength(1);
    expect(labels(of)).toEqual(['What may come later', '- papers that may be promised by a day']);
  });

  it('are marked as such in the list, the others are not', () => {
    const late = madeOf({ review: { latePapers: ['p-2'] } });
    const papers = [paper, { ...paper, code: 'p-2' }];
    const [list] = section(operatingGuide([late], { ...about, papers }), 'papers').tables;
    expect(list?.lines.map(({ value }) => value.zh)).toEqual(['如有', '如有；可容缺受理']);
  });
});

describe('a paper of a kind', () => {
  const [first] = policyMeasures.papers;
  if (!first) throw new Error('The measures have a paper');
  const { required: _always, ...optional } = first;
  const says = { zh: '改建的', en: 'for a conversion' };

  it.each([
    ['always', { ...first, required: 'always' as const }, { zh: '必须提交', en: 'always' }],
    ['when its condition holds', { ...first, required: { when: () => true, says } }, says],
    ['if there is one', optional, { zh: '如有', en: 'if there is one' }],
  ])('is to be handed in %s', (_when, rule, when) => {
    const { code, name } = first;
    expect(guidePapersOf({ ...policyMeasures, papers: [rule] })).toEqual([{ code, name, when }]);
  });
});

describe('the stages and the issuer', () => {
  it('take together what each may take, without the correction', () => {
    const days = { acceptance: 2, review: 30, planCheck: 7, notice: 11, decision: 13, correction: 60 };
    const { paragraphs } = section(operatingGuide([madeOf({ review: { days } })], about), 'stages');
    expect(paragraphs).toHaveLength(1);
    expect(paragraphs[0]?.en).toContain('at most 63 working days');
  });

  it('stand in tables of their own', () => {
    const guide = operatingGuide([], about);
    expect(labels(section(guide, 'stages'))).toEqual([
      'Limits by stage',
      '- acceptance',
      '- joint review',
      '- check against the plan',
      '- public notice',
      '- decision and issue',
      '- correction',
      'Joint review',
      '- departments that opine',
      '- a department that stays silent',
    ]);
    expect(labels(section(guide, 'issuer'))).toEqual(['Issuer', '- who issues the certificate']);
    expect(section(guide, 'issuer').paragraphs).toEqual([]);
  });
});

describe('a guide waits to be confirmed', () => {
  const guideOf = (rules: RuleSet): Guide => operatingGuide([rules], { ...about, papers: [paper] });
  const whole = (): RuleSet => confirmed(madeOf(undefined));

  it('not where every number has its document', () => {
    expect(hasUnverified(guideOf(whole()))).toBe(false);
  });

  it('for one number of a mode alone', () => {
    const { modes, ...rest } = whole();
    const newBuild = { ...modes.newBuild, riseCap: { value: 5, source: 'unverified' } } as ModeRules;
    expect(hasUnverified(guideOf({ ...rest, modes: { ...modes, newBuild } }))).toBe(true);
  });

  it('not for a limit that nobody laid down', () => {
    const { modes, ...rest } = whole();
    const newBuild = { ...modes.newBuild, riseCap: { value: null, source: 'unverified' } } as ModeRules;
    expect(hasUnverified(guideOf({ ...rest, modes: { ...modes, newBuild } }))).toBe(false);
  });
});
