/** What holds for every kind: its form, its way, what it says of itself and what the public sees of it. */
import { describe, expect, test } from 'vitest';
import { cityAtFirst, tiers } from '../../cities/city.ts';
import { fileTypes } from '../../documents/inspection/file-types.ts';
import { periodFits } from '../periods.ts';
import { checkContent } from './check-content.ts';
import { describeKind } from './describe.ts';
import { determiningKinds, kindOf, kinds } from './index.ts';
import { contentSchema, labelAt } from './labels.ts';
import { factsOf, samples } from './sample-contents.ts';

const all = Object.values(kinds);

function sampleOf(code: string): { readonly content: object; readonly period: string } {
  const sample = samples[code];
  if (!sample) throw new Error(`No sample of ${code}: add one to sample-contents.ts`);
  return sample;
}

function found(code: string, content: unknown): string[] {
  const kind = kindOf(code);
  if (!kind) throw new Error(`No kind ${code}`);
  return checkContent(kind, content, factsOf(sampleOf(code).period)).map(
    (finding) => `${finding.level} ${finding.code} ${finding.pointer}`,
  );
}

test('a code that is no kind finds none, not even one that every object has', () => {
  expect([kindOf('unheard-of'), kindOf('constructor'), kindOf('')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

describe.each(all.map((kind) => [kind.code, kind] as const))('%s', (code, kind) => {
  const { content, period } = sampleOf(code);

  test('finds nothing in a content that is in order', () => {
    expect(periodFits(kind.period, period)).toBe(true);
    expect(found(code, content)).toEqual([]);
  });

  test('refuses a field that it does not know, and each that is missing', () => {
    expect(found(code, { ...content, remark: 'x' })).toEqual(['hard unknown-field /remark']);
    const missing = found(code, {}).map((finding) => finding.replace('invalid-value', 'invalid-type'));
    expect(missing.toSorted()).toEqual(
      Object.keys(content)
        .map((field) => `hard invalid-type /${field}`)
        .toSorted(),
    );
    expect(found(code, null)).toEqual(['hard invalid-type ']);
  });

  test('names every field in Chinese and in English', () => {
    const unnamed = fieldsOf(contentSchema(kind)).filter(({ node }) => !isNamed(node));
    expect(unnamed.map(({ path }) => path)).toEqual([]);
  });

  test('finds the name of each of its fields by pointer', () => {
    const schema = contentSchema(kind);
    const fields = fieldsOf(schema);
    expect(fields.length).toBeGreaterThanOrEqual(Object.keys(content).length);
    for (const { path, node } of fields)
      expect(labelAt(schema, path), path.join('/')).toEqual(node['x-title']);
  });

  test('tells a portal, for every tier, the steps of its way or why there is none', () => {
    const { paths } = describeKind(kind) as { paths: Record<string, unknown>[] };
    expect(paths.map(({ tier }) => tier)).toEqual([...tiers]);
    for (const way of paths) {
      if (way['refused']) continue;
      const steps = way['steps'] as { action: string; zh: string; en: string }[];
      const actions = steps.map(({ action }) => action);
      expect(actions.slice(0, 4)).toEqual(['save', 'send-to-check', 'pass-check', 'sign']);
      expect(actions.slice(4)).toEqual(afterSigning[way['path'] as keyof typeof afterSigning]);
      for (const { zh, en } of steps) expect([zh, en]).toEqual([han, latin]);
    }
  });

  test('tells a portal which papers it wants, of which types', () => {
    const { papers } = describeKind(kind) as { papers: Record<string, unknown>[] };
    expect(papers.map((paper) => paper['code'])).toEqual(kind.papers.map((paper) => paper.code));
    for (const paper of papers) {
      expect(paper['name']).toEqual({ zh: han, en: latin });
      expect(paper['maxBytes']).toBe(20_000_000);
      expect(paper['types']).toEqual([
        { type: 'pdf', ...textsOf('pdf') },
        { type: 'ofd', ...textsOf('ofd') },
      ]);
    }
  });
});

const han = expect.stringMatching(/\p{Script=Han}/u) as unknown;
const latin = expect.stringMatching(/[A-Za-z]/) as unknown;
const afterSigning = {
  'own-decision': ['publish', 'receive'],
  'regional-review': ['accept', 'opine', 'consent', 'publish'],
  acknowledgement: ['acknowledge'],
  'joint-review': ['accept', 'opine', 'conclude-review', 'pass-plan-check', 'close-notice', 'approve'],
} as const;

function textsOf(type: keyof typeof fileTypes): object {
  const { mediaType, zh, en } = fileTypes[type];
  return { mediaType, zh, en };
}

type Node = Record<string, unknown>;

/** Every field of a schema, at any depth, with the path that a JSON Pointer would take to it; 0 for a row. */
function fieldsOf(node: Node, path: readonly string[] = []): { path: string[]; node: Node }[] {
  const properties = Object.entries((node['properties'] ?? {}) as Record<string, Node>);
  const inner = ((node['anyOf'] ?? []) as Node[]).flatMap((option) => fieldsOf(option, path));
  const rows = node['items'] ? fieldsOf(node['items'] as Node, [...path, '0']) : [];
  return [
    ...properties.flatMap(([name, field]) => [
      { path: [...path, name], node: field },
      ...fieldsOf(field, [...path, name]),
    ]),
    ...inner,
    ...rows,
  ];
}

function isNamed(node: Node): boolean {
  const name = node['x-title'] as { zh: string; en: string } | undefined;
  return name !== undefined && /\p{Script=Han}/u.test(name.zh) && /^[^\p{Script=Han}]+$/u.test(name.en);
}

test.each([
  ['a negative number', 'annual-plan', { starts: -1 }, 'hard too-small /starts'],
  ['a fraction of a home', 'annual-plan', { starts: 1.5 }, 'hard invalid-type /starts'],
  ['a number beyond all measure', 'annual-plan', { starts: 10_000_001 }, 'hard too-big /starts'],
  ['a number written as text', 'five-year-target', { totalHomes: '5000' }, 'hard invalid-type /totalHomes'],
  ['a share above the whole', 'five-year-target', { supplyShare: 100.1 }, 'hard too-big /supplyShare'],
  ['blank text', 'not-developing', { reason: '   ' }, 'hard too-small /reason'],
  ['text without end', 'not-developing', { reason: '字'.repeat(3001) }, 'hard too-big /reason'],
  ['a day that does not exist', 'demand-survey', { asOf: '2021-02-30' }, 'hard civil-date /asOf'],
  [
    'a day in another form',
    'policy-measures',
    { effectiveFrom: '2021/11/01' },
    'hard civil-date /effectiveFrom',
  ],
  ['an instant for a day', 'demand-survey', { asOf: '2021-09-30T00:00:00.000Z' }, 'hard civil-date /asOf'],
])('%s is refused at its place', (_what, code, change, finding) => {
  expect(found(code, { ...sampleOf(code).content, ...change })).toEqual([finding]);
});

test('an unknown field is found inside a row too', () => {
  const byCounty = [{ county: '150602', homes: 600, streets: 3 }];
  expect(found('annual-plan', { ...sampleOf('annual-plan').content, byCounty })).toEqual([
    'hard unknown-field /byCounty/0/streets',
  ]);
});

test('the tier decides the way', () => {
  const ways = (code: string) =>
    tiers.map((tier) => {
      const way = kindOf(code)?.path({ ...cityAtFirst('150600'), tier });
      return typeof way === 'object' ? 'refused' : way;
    });
  const [own, review, noted] = ['own-decision', 'regional-review', 'acknowledgement'];
  expect(tiers).toEqual(['bottom-line', 'key', 'determined', 'none']);
  expect(ways('five-year-target')).toEqual([own, own, review, review]);
  expect(ways('development-plan')).toEqual([own, own, review, review]);
  expect(ways('annual-plan')).toEqual([own, own, review, review]);
  expect(ways('policy-measures')).toEqual([own, own, own, own]);
  expect(ways('demand-survey')).toEqual([noted, noted, noted, noted]);
  expect(ways('not-developing')).toEqual(['refused', 'refused', noted, noted]);
});

test('three documents determine a city, and all that plan declare that it develops', () => {
  expect([...determiningKinds].toSorted()).toEqual(['annual-plan', 'development-plan', 'five-year-target']);
  expect(Object.fromEntries(all.map(({ code, declares }) => [code, declares]))).toEqual({
    'five-year-target': 'developing',
    'development-plan': 'developing',
    'annual-plan': 'developing',
    'policy-measures': 'developing',
    'not-developing': 'not-developing',
    'demand-survey': undefined,
  });
});

describe('what the public sees', () => {
  const published = (code: string, content: object) => kindOf(code)?.published?.(content);

  test('is everything of the plans and measures, and never the basis of the target', () => {
    for (const code of ['annual-plan', 'development-plan', 'policy-measures'])
      expect(published(code, sampleOf(code).content)).toEqual(sampleOf(code).content);
    const { basis: _kept, ...open } = sampleOf('five-year-target').content as { basis: string };
    expect(published('five-year-target', sampleOf('five-year-target').content)).toEqual(open);
  });

  test('is nothing of a survey or a statement', () => {
    expect(kindOf('demand-survey')?.published).toBeUndefined();
    expect(kindOf('not-developing')?.published).toBeUndefined();
  });

  test.each(all.filter((kind) => kind.published).map(({ code }) => [code]))(
    'of %s leaves out what is not listed',
    (code) => {
      const { content } = sampleOf(code);
      const names = Object.keys(published(code, { ...content, contact: '张三', internal: 1 }) ?? {});
      expect(names).toEqual(Object.keys(published(code, content) ?? {}));
      expect(names).not.toContain('contact');
    },
  );
});
