import { describe, expect, it, test } from 'vitest';
import { reasonsOf } from '../../kernel/zod-reasons.ts';
import { Project, ProjectContent, ProjectVersion } from './project.ts';
import { sampleContent, sampleProject } from './sample-project.ts';

const takes = (given: object): boolean =>
  ProjectContent().safeParse({ ...sampleContent(), ...given }).success;
const { owner, schedule } = sampleContent();
const [type] = sampleContent().homesByType;

describe('the content of a project', () => {
  it.each<[string, (value: unknown) => object, readonly unknown[], readonly unknown[]]>([
    ['a name', (name) => ({ name }), ['一', '寓'.repeat(120)], ['', ' ', '寓'.repeat(121)]],
    ['an address', (address) => ({ address }), ['路'.repeat(200)], ['', '路'.repeat(201)]],
    ['the code of a county', (county) => ({ county }), ['150102'], ['15010', '1501021', 'N150102', '15010a']],
    [
      'the code of an owner',
      (code) => ({ owner: { ...owner, code } }),
      ['9', '9'.repeat(18)],
      ['', '9'.repeat(19), '91150102te5tnma15j', '-9', '9-'],
    ],
    ['the kind of an owner', (kind) => ({ owner: { ...owner, kind } }), [owner.kind], ['person', undefined]],
    ['a mode', (mode) => ({ mode }), ['newBuild', 'other'], ['rentSubsidy', 'lease']],
    ['homes', (homes) => ({ homes }), [0, 1_000_000], [-1, 0.5, 1_000_001]],
    ['rooms, which may be left out', (rooms) => ({ rooms }), [undefined, 0], [-1, null]],
    ['a floor area', (floorArea) => ({ floorArea }), [0.01, 100_000_000], [0, -1, 100_000_001]],
    ['an investment', (investment) => ({ investment }), [0, 100_000_000], [-0.01, 100_000_001]],
    ['years of operation', (operatingYears) => ({ operatingYears }), [1, 70], [0, 71, 1.5]],
    ['the year of the plan', (planYear) => ({ planYear }), [2021, 2022, 2100], [2020, 2101, 2021.5]],
    [
      'a rent, which may be left out',
      (rent) => ({ homesByType: [{ ...type, rent }] }),
      [undefined, 0.01, 10_000],
      [0, -1, 10_000.01],
    ],
    ['types', (count) => ({ homesByType: Array(Number(count)).fill(type) }), [0, 60], [61]],
    ['resources', (count) => ({ resources: Array(Number(count)).fill('r-1') }), [0, 50], [51]],
  ])('takes %s up to the limit, and nothing beyond', (_what, given, right, wrong) => {
    for (const value of right) expect(takes(given(value)), String(value)).toBe(true);
    for (const value of wrong) expect(takes(given(value)), String(value)).toBe(false);
  });

  it('is kept as it was given, without the spaces around', () => {
    const operator = { code: '91150102TE5TNMA15J', name: '演示运营公司' };
    const whole = sampleContent({ operator, rooms: 320, landArea: 8000.5 });
    expect(ProjectContent().parse(whole)).toEqual(whole);
    const spaced = {
      ...whole,
      name: ` ${whole.name}　`,
      owner: { ...owner, code: ` ${owner.code} ` },
      operator: { ...operator, name: ' 演示运营公司' },
    };
    expect(ProjectContent().parse(spaced)).toEqual(whole);
  });

  it('may name an operator without his code, and not without his name', () => {
    expect(takes({ operator: { name: '演示运营公司' } })).toBe(true);
    expect(takes({ operator: { code: '91150102TE5TNMA15J' } })).toBe(false);
    expect(takes({ operator: { name: '演示运营公司', phone: '' } })).toBe(false);
  });

  it('is refused for a day that is none, and says where', () => {
    const wrong = { ...sampleContent(), schedule: { ...schedule, finish: '2022-02-29' } };
    const parsed = ProjectContent().safeParse(wrong);
    expect(parsed.success ? [] : reasonsOf(parsed.error)).toMatchObject([
      { code: 'civil-date', pointer: '/schedule/finish' },
    ]);
  });
});

describe('the record of a project', () => {
  const project = sampleProject();

  it('keeps its certificate, with and without a number and a last day', () => {
    const pending = { ...project, certificate: { id: 'c-1', state: 'pending' } };
    expect(Project().parse(pending)).toEqual(pending);
    const valid = {
      id: 'c-1',
      number: '保租认字〔2021〕150102-0001号',
      state: 'valid',
      validTo: '2031-11-08',
    };
    expect(Project().parse({ ...project, certificate: valid }).certificate).toEqual(valid);
    expect(Project().safeParse({ ...project, certificate: { id: 'c-1' } }).success).toBe(false);
  });

  it('counts its versions from one, and has a filing at least', () => {
    const stands = (given: object) => Project().safeParse({ ...project, ...given }).success;
    expect([stands({ version: 0 }), stands({ version: 1 }), stands({ version: 2 })]).toEqual([
      false,
      true,
      true,
    ]);
    expect([stands({ submissions: [] }), stands({ submissions: ['s-1', 's-2'] })]).toEqual([false, true]);
    expect([stands({ reserved: -1 }), stands({ reserved: 0 })]).toEqual([false, true]);
  });
});

test('a version is kept under its number, from one on', () => {
  const { content, ruleSet, submission, updatedAt: at } = sampleProject();
  const version = { number: 2, content, ruleSet, submission, at };
  expect(ProjectVersion().parse(version)).toEqual(version);
  expect(ProjectVersion().safeParse({ ...version, number: 0 }).success).toBe(false);
});
