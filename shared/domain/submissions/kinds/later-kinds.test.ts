/** 变更、续期、注销: what each may ask for of a project that stands, and what it makes of project and certificate. */
import { describe, expect, test } from 'vitest';
import { contentOf, standingTerms } from '../../certificates/content.ts';
import { sampleTerms } from '../../certificates/sample-certificate.ts';
import { notOpenFor } from '../../projects/open-for.ts';
import type { Project } from '../../projects/project.ts';
import { sampleProject } from '../../projects/sample-project.ts';
import { draft } from '../sample-filing.ts';
import type { Certified, Facts } from '../kind.ts';
import { checkContent } from './check-content.ts';
import { kindOf } from './index.ts';
import { projectOf } from './recognition-outcome.ts';
import { cancellationSample, factsOf, renewalSample } from './sample-contents.ts';
import { sampleRecognition } from './sample-recognition.ts';
import type { Recognition } from './recognition-fields.ts';

const county = '150102';
const content = sampleRecognition as Recognition;
const standing: Project = {
  ...sampleProject(),
  stage: 'recognised',
  content: projectOf(content, { county }),
  certificate: { id: 'c', number: '保租认字〔2021〕150102-0001号', state: 'valid', validTo: '2031-11-07' },
};

function kindNamed(code: string) {
  const kind = kindOf(code);
  if (!kind) throw new Error(`No kind ${code}`);
  return kind;
}

function found(code: string, asked: object, facts: Partial<Facts> = {}): string[] {
  const about = {
    ...factsOf('p', { code: '150100' }),
    county,
    project: standing,
    today: '2021-12-01',
    ...facts,
  };
  return checkContent(kindNamed(code), asked, about).map(
    ({ level, code: of, pointer }) => `${level} ${of} ${pointer}`,
  );
}

const terms = {
  ...sampleTerms,
  validFrom: '2021-11-08',
  validTo: '2031-11-07',
  operatingYears: 10,
  conditions: ['出租前：配建停车位'],
};
const certificate = contentOf(terms, {
  number: '保租认字〔2021〕150102-0001号',
  version: 1,
  issuedOn: '2021-11-08',
  checkAt: 'https://example.cn/public/certificates/',
});
const approved = (changes: Partial<Certified> = {}): Certified => ({
  head: draft({ kind: 'change', owner: content.owner.creditCode, period: 'p', path: 'joint-review', county }),
  now: '2024-02-29T01:00:00.000Z',
  standing: certificate,
  ...changes,
});

describe('a change', () => {
  const change = (changes: object): object => ({
    changes: ['homes'],
    reason: '调整户型',
    ...content,
    ...changes,
  });

  test('that changes nothing is none; of what no register keeps its word is taken', () => {
    expect(found('change', change({}))).toEqual(['hard nothing-changes /changes']);
    expect(found('change', change({ changes: ['rent'] }))).toEqual(['hard nothing-changes /changes']);
    expect(found('change', change({ changes: ['other'] }))).toEqual([]);
    expect(
      found('change', change({ project: { ...content.project, name: '新名' }, changes: ['other'] })),
    ).toEqual([]);
  });

  test.each([
    ['owner', { owner: { ...content.owner, name: '演示新主体有限公司' } }],
    ['operator', { operator: { name: '演示运营有限公司', creditCode: content.owner.creditCode } }],
    ['extent', { landArea: 2500 }],
    ['extent', { resources: ['r-1'] }],
    ['extent', { project: { ...content.project, address: '呼和浩特市新城区演示路2号' } }],
    ['rent', { types: content.types.map((one) => ({ ...one, proposedRent: 15 })) }],
    ['schedule', { investment: 3700 }],
    ['schedule', { finishDate: '2022-12-31' }],
  ])('of the %s is named, or explained', (aspect, changed) => {
    expect(found('change', change({ ...changed, changes: [aspect] }))).toEqual([]);
    expect(found('change', change({ ...changed, changes: ['other'] }))).toEqual([
      `soft change-not-named-${aspect} /changes`,
    ]);
  });

  test('leaves mode, way to land, plan and term alone', () => {
    const other = { supplyMode: 'newBuild', landPath: 'collective', planYear: '2022', operatingYears: 12 };
    expect(
      found('change', change({ ...other, changes: ['rent', 'schedule'], startDate: '2022-01-01' })),
    ).toEqual([
      'hard fixed-by-recognition /supplyMode',
      'hard fixed-by-recognition /landPath',
      'hard fixed-by-recognition /planYear',
      'hard term-by-renewal /operatingYears',
    ]);
  });

  test('is held to all that a recognition is held to', () => {
    expect(found('change', change({ homes: 119, changes: ['homes'] }))).toEqual([
      'hard buildings-do-not-add-up /buildings',
      'hard types-do-not-add-up /types',
    ]);
  });

  test('is certified anew, for as long as before', () => {
    const certified = kindNamed('change').certifies?.(change({ homes: 119 }), approved());
    expect(certified).toMatchObject({
      homes: 119,
      decidedOn: '2024-02-29',
      validFrom: '2021-11-08',
      validTo: '2031-11-07',
      conditions: [],
    });
  });

  test('asks for the papers of what changes, and of nothing else', () => {
    const wanted = (changes: readonly string[]): string[] =>
      kindNamed('change')
        .papers.filter(
          ({ required }) =>
            typeof required === 'object' && required.when({ ...content, changes, reason: '一' }),
        )
        .map(({ code }) => code);
    expect(wanted(['owner'])).toEqual(['licence', 'transfer']);
    expect(wanted(['operator'])).toEqual(['licence', 'operating-contract']);
    expect(wanted(['homes'])).toEqual(['works-plan', 'survey']);
    expect(wanted(['rent'])).toEqual(['rent-assessment']);
    expect(wanted(['other', 'schedule'])).toEqual([]);
    expect(wanted(['unheard-of'])).toEqual([]);
  });
});

describe('a renewal', () => {
  test('is asked for thirty days before the end (行政许可法第五十条), or explained', () => {
    expect(found('renewal', renewalSample, { today: '2031-10-08' })).toEqual([]);
    expect(found('renewal', renewalSample, { today: '2031-10-09' })).toEqual(['soft renewal-late /years']);
  });

  test('runs no longer than seventy years in all', () => {
    expect(found('renewal', { ...renewalSample, years: 30 })).toEqual([]);
    const long = { ...standing, content: { ...standing.content, operatingYears: 41 } };
    expect(found('renewal', { ...renewalSample, years: 30 }, { project: long })).toEqual([
      'hard term-too-long /years',
    ]);
  });

  test('lengthens the project and its certificate, and keeps what was said and ordered before', () => {
    const renewal = kindNamed('renewal');
    expect(renewal.project?.(renewalSample, { county, standing: standing.content })).toEqual({
      ...standing.content,
      operatingYears: 15,
    });
    expect(() => renewal.project?.(renewalSample, { county })).toThrow('stands');
    expect(renewal.certifies?.(renewalSample, approved())).toEqual({
      ...terms,
      issuer: { code: county, name: '新城区人民政府' },
      decidedOn: '2024-02-29',
      ruleSet: '',
      opinions: [],
      operatingYears: 15,
      validTo: '2036-11-07',
    });
  });
});

describe('a cancellation', () => {
  test('with leases that still run says how the tenants are provided for', () => {
    expect(found('cancellation', cancellationSample)).toEqual([]);
    expect(found('cancellation', { ...cancellationSample, leases: 3 })).toEqual(['soft leases-run /leases']);
    const plan = kindNamed('cancellation').papers.find(({ code }) => code === 'settlement-plan');
    const wanted = (leases: number): boolean =>
      typeof plan?.required === 'object' && plan.required.when({ ...cancellationSample, leases });
    expect([wanted(0), wanted(3)]).toEqual([false, true]);
  });
});

describe('whether it can be filed at all', () => {
  const of = (state?: string): Pick<Project, 'certificate'> =>
    state === undefined ? {} : { certificate: { id: 'c', state } };

  test.each([
    ['amend', ['valid', 'suspended']],
    ['renew', ['valid', 'expired']],
    ['cancel', ['valid', 'suspended', 'expired']],
  ] as const)('the certificate says: %s', (action, open) => {
    const states = ['pending', 'valid', 'suspended', 'expired', 'revoked', 'cancelled'];
    expect(states.filter((state) => notOpenFor(action, of(state)) === undefined)).toEqual(open);
    expect(notOpenFor(action, of())).toMatchObject({ code: 'project-not-open', pointer: '/period' });
  });
});

test('what the issue added is no part of the terms that a further version goes on from', () => {
  expect(standingTerms(certificate)).toEqual(terms);
  expect(() => standingTerms(undefined)).toThrow();
});
