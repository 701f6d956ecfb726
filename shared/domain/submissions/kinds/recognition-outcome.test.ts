/** What an application for recognition makes: the project in the register, and what its certificate says. */
import { describe, expect, it } from 'vitest';
import { CertificateTerms } from '../../certificates/content.ts';
import { standingRestrictions } from '../../certificates/terms.ts';
import { regionalDefault, type RuleSet } from '../../policies/rule-set.ts';
import { madeOf } from '../../policies/sample-rules.ts';
import { ProjectContent } from '../../projects/project.ts';
import type { Certified } from '../kind.ts';
import { emptyFile, type Condition } from '../joint-review/review-file.ts';
import { draft } from '../sample-filing.ts';
import type { Head } from '../submission.ts';
import type { Recognition } from './recognition-fields.ts';
import { recognition } from './recognition.ts';
import { projectOf, termsOf } from './recognition-outcome.ts';
import { company, sampleRecognition } from './sample-recognition.ts';

const county = '150102';
const content = sampleRecognition as Recognition;
const operator = { name: '演示运营有限公司', creditCode: company };

const projectWith = (changes: object, rules?: RuleSet) =>
  projectOf({ ...content, ...changes }, { county, rules });

const headWith = (changes: Partial<Head> = {}): Head =>
  draft({ kind: 'recognition', owner: company, period: 'p-1', path: 'joint-review', county, ...changes });

function termsWith(changes: object, approved: Partial<Certified> = {}): CertificateTerms {
  const now = '2021-11-07T16:00:00.000Z';
  return termsOf({ ...content, ...changes }, { head: headWith(), now, ...approved });
}

const reviewTerms = {
  rules: '150100/1',
  panel: ['FIRE'],
  days: { acceptance: 5, review: 15, planCheck: 5, notice: 0, decision: 3, correction: 10 },
  issuer: 'county',
  silence: false,
} as const;

describe('the project as the register keeps it', () => {
  it('is what was applied for', () => {
    const project = projectWith({});
    expect(ProjectContent().parse(project)).toEqual(project);
    expect(project).toMatchObject({
      ...content.project,
      county,
      owner: { code: company, name: content.owner.name, kind: 'rental-company' },
      mode: 'conversion',
      path: 'building',
      schedule: { start: '2021-11-15', finish: '2022-08-31' },
      planYear: 2021,
    });
  });

  it('says operator and beds only where there are some', () => {
    expect(Object.keys(projectWith({}))).not.toContain('operator');
    expect(Object.keys(projectWith({}))).not.toContain('beds');
    expect(projectWith({ operator, beds: 1 })).toMatchObject({
      operator: { code: company, name: operator.name },
      beds: 1,
    });
  });

  it('says of a type the rents that are known', () => {
    const [type] = content.types;
    const types = [
      { ...type, assessedRent: null },
      { ...type, proposedRent: null },
    ];
    const known = { type: '一居室', area: 35, homes: 80 };
    expect(projectWith({ types }).homesByType).toStrictEqual([
      { ...known, rent: 18 },
      { ...known, assessedRent: 22 },
    ]);
  });

  describe('counts as small homes', () => {
    const [one, two] = content.types;
    const types = [50, 50.1, 70, 70.1].map((area, index) => ({
      ...(index < 2 ? one : two),
      area,
      homes: 10 ** index,
    }));
    const { conversion } = regionalDefault.modes;
    const changed = (mode: RuleSet['modes']['conversion']): RuleSet => ({
      ...regionalDefault,
      modes: { ...regionalDefault.modes, conversion: mode },
    });

    it.each([
      ['those of up to 50 m² where its city says so', madeOf(undefined), 1],
      ['those of up to 70 m² by the default of the region', regionalDefault, 111],
      ['those of up to 70 m² where no rules are known', undefined, 111],
      ['those of up to 70 m² where the way of supply is not used', changed(null), 111],
      [
        'those of up to 70 m² where no area is laid down for it',
        changed(conversion && { ...conversion, smallUnitArea: null }),
        111,
      ],
    ])('%s', (_rule, rules, small) => {
      expect(projectWith({ types }, rules).smallHomes).toBe(small);
    });
  });
});

describe('the certificate', () => {
  it('says where the project is, who owns it, and what it comprises', () => {
    const terms = termsWith({
      buildings: ['1号楼', '2号楼'].map((name) => ({ ...content.buildings[0], name })),
    });
    expect(CertificateTerms().parse(terms)).toEqual(terms);
    expect(terms).toMatchObject({
      project: { id: 'p-1', ...content.project, county, place: '呼和浩特市新城区' },
      owner: content.owner,
      extent: { boundaries: content.boundaries, buildings: ['1号楼', '2号楼'] },
      restrictions: standingRestrictions,
    });
  });

  it('runs from the day of the decision in Inner Mongolia, for the years of operation', () => {
    expect(termsWith({ operatingYears: 8 })).toMatchObject({
      decidedOn: '2021-11-08',
      validFrom: '2021-11-08',
      validTo: '2029-11-07',
    });
  });

  it('names an operator only where somebody else operates it', () => {
    expect(Object.keys(termsWith({}))).not.toContain('operator');
    expect(termsWith({ operator }).operator).toEqual(operator);
  });

  it.each([
    ['county', { code: '150102', name: '新城区人民政府' }],
    ['city', { code: '150100', name: '呼和浩特市人民政府' }],
  ] as const)('is issued by the %s that decides, under its rules', (issuer, government) => {
    const head = headWith({ terms: { ...reviewTerms, panel: ['FIRE'], issuer } });
    expect(termsWith({}, { head })).toMatchObject({ issuer: government, ruleSet: '150100/1' });
  });

  it.each([
    ['building', 'renovation', ['tax', 'water', 'power', 'gas', 'loan', 'subsidy']],
    ['institution', 'conversion', ['tax', 'water', 'power', 'gas', 'loan', 'subsidy']],
    ['park', 'newBuild', ['loan', 'subsidy']],
  ])('opens, for %s by %s, the policies of S-13 to S-15 that fit it', (landPath, supplyMode, policies) => {
    expect(termsWith({ landPath, supplyMode }).policies).toEqual(policies);
  });

  it.each([
    ['the cap of its city', madeOf({ modes: { conversion: { rentCap: 80 } } }), /80%$/],
    ['the market where its city sets no cap', madeOf({ modes: { conversion: { rentCap: null } } }), /^低于/],
    ['the market where no rules are known', undefined, /^低于/],
  ])('holds the rent below %s', (_limit, rules, rent) => {
    expect(termsWith({}, { rules }).rent).toMatch(rent);
  });

  it('says the share of small homes in per cent with two decimals; of no homes it is none', () => {
    const [one, two] = content.types;
    const types = [
      { ...one, homes: 80 },
      { ...two, area: 80, homes: 40 },
    ];
    expect(termsWith({ types }).smallShare).toBe(66.67);
    expect(termsWith({ homes: 0, types: [{ ...one, homes: 0 }] }).smallShare).toBe(0);
  });

  it('rounds areas and investment to two decimals', () => {
    expect(termsWith({ landArea: 2400.126, floorArea: 6000.004, investment: 3600.5 })).toMatchObject({
      landArea: 2400.13,
      buildingArea: 6000,
      investment: 3600.5,
    });
  });

  it('says of a long target group what finds room', () => {
    expect(termsWith({ targetGroup: '人'.repeat(201) }).targetGroup).toBe('人'.repeat(200));
  });
});

describe('what the joint review leaves on the certificate', () => {
  const condition = (changes: Partial<Condition>): Condition => ({
    number: 1,
    office: `${county}-FIRE`,
    seq: 4,
    text: '加装喷淋',
    subject: 'fire',
    before: 'letting',
    state: 'open',
    ...changes,
  });
  const withReview = (...conditions: readonly Condition[]): readonly string[] =>
    termsWith({}, { review: { ...emptyFile('s-1'), conditions: [...conditions] } }).conditions;

  it('is who opined, without those who disagreed', () => {
    const given = [
      ['150102-NATRES', 'agree'],
      ['150102-FIRE', 'agree-with-conditions'],
      ['150102-NDRC', 'disagree'],
      ['150102-POWER', 'silent'],
      ['150102', 'agree'],
    ] as const;
    const opinions = given.map(([office, verdict]) => ({ office, verdict, version: 1, hash: 'h', seq: 3 }));
    expect(termsWith({}, { head: headWith({ opinions }) }).opinions).toEqual([
      { department: '自然资源', verdict: 'agree' },
      { department: '消防救援', verdict: 'agree-with-conditions' },
      { department: '供电', verdict: 'silent' },
      { department: '150102', verdict: 'agree' },
    ]);
  });

  it.each([
    ['open', true],
    ['proved', true],
    ['closed', false],
    ['set-aside', false],
  ] as const)('is a condition only while it has to be met: %s', (state, stands) => {
    expect(withReview(condition({ state }))).toEqual(stands ? ['出租前：加装喷淋'] : []);
  });

  it('is no condition that was to be met before the decision', () => {
    const [first, ...others] = (['decision', 'construction', 'letting', 'operation'] as const).map((before) =>
      withReview(condition({ before, state: 'open' }), condition({ before, state: 'proved' })),
    );
    expect(first).toEqual([]);
    expect(others.map((all) => all.length)).toEqual([2, 2, 2]);
  });

  it('is of a long condition what finds room', () => {
    const [text] = withReview(condition({ text: '字'.repeat(400) }));
    expect(text).toBe(`出租前：${'字'.repeat(296)}`);
  });

  it('is nothing where there was none', () => {
    expect(termsWith({})).toMatchObject({ opinions: [], conditions: [] });
  });
});

describe('what the certificate says', () => {
  it.each([
    ['150102', '呼和浩特市新城区'],
    ['150781', '呼伦贝尔市满洲里市'],
    ['152501', '锡林郭勒盟二连浩特市'],
  ])('of a project in %s is that it lies in %s', (place, says) => {
    const { project } = termsWith({}, { head: headWith({ county: place }) });
    expect(project).toMatchObject({ county: place, place: says });
  });

  it.each([
    [20, 20, '条件20'],
    [21, 20, '其余2项附带条件见部门联审会签表'],
    [400, 20, '其余381项附带条件见部门联审会签表'],
  ])('of %i conditions is as many as it has room for', (set, lines, last) => {
    const conditions = Array.from({ length: set }, (_, index): Condition => ({
      number: index + 1,
      office: '150102-FIRE',
      seq: 1,
      text: `条件${index + 1}`,
      subject: 'fire',
      before: 'letting',
      state: 'open',
    }));
    const terms = termsWith({}, { review: { ...emptyFile('filing'), conditions } });
    expect(terms.conditions).toHaveLength(lines);
    expect(terms.conditions.at(-1)).toContain(last);
    expect(CertificateTerms().safeParse(terms).success).toBe(true);
  });

  it('is taken from the form as it reads it, without the blanks around', () => {
    const blanks = {
      ...sampleRecognition,
      owner: { ...sampleRecognition.owner, creditCode: ` ${company} ` },
    };
    const approved = { head: headWith(), now: '2021-11-07T16:00:00.000Z' };
    const terms = recognition.certifies?.(blanks, approved);
    expect(terms?.owner.creditCode).toBe(company);
    expect(CertificateTerms().safeParse(terms).success).toBe(true);
    expect(recognition.project?.(blanks, { county }).owner.code).toBe(company);
  });
});
