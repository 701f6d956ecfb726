/** What is missing in a filing: everything at once, each at its place. */
import { describe, expect, test } from 'vitest';
import { cityAtFirst } from '../cities/city.ts';
import { documentStateNames, documentStates, type DocumentState } from '../documents/document.ts';
import { missingIn } from './completeness.ts';
import type { Context } from './context.ts';
import { ordos, plan, samples, target } from './kinds/sample-contents.ts';
import { contextOf, documentOf, draft, kindNamed, versionOf } from './sample-filing.ts';
import type { Kind } from './kind.ts';

const target5 = 'five-year-target';
const paper = 'target-document';

function missing(changes: Partial<Context> = {}, version = 1, kind = target5): string[] {
  const head = draft({ kind, version, period: samples[kind]?.period ?? '' });
  return missingIn(head, contextOf(kind, changes)).map(({ code, pointer }) => `${code} ${pointer}`);
}

test('a complete filing lacks nothing', () => {
  expect(missing()).toEqual([]);
});

test('a filing without content lacks its content', () => {
  const { version: _none, ...context } = contextOf(target5);
  expect(missingIn(draft(), context).map(({ code }) => code)).toEqual(['content-missing']);
});

test('everything that is missing is told at once, in both languages', () => {
  const version = versionOf(target5, {
    content: { ...target, totalHomes: 4000 },
    filing: { documentNumber: '', issueDate: '' },
  });
  const city = cityAtFirst(ordos);
  const figures = { ...city.figures, demand: { '2021': { homes: 4500, submission: 'survey' } } };
  const reasons = missingIn(
    draft(),
    contextOf(target5, { version, documents: [], city: { ...city, figures } }),
  );
  expect(reasons.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    'years-do-not-add-up /content/years',
    'modes-do-not-add-up /content/byMode',
    'target-below-demand /explanations/target-below-demand',
    'document-number-missing /filing/documentNumber',
    'issue-date-missing /filing/issueDate',
    'contact-missing /filing/contact',
    'paper-missing /documents/target-document',
  ]);
  for (const { text } of reasons) {
    expect(text.zh).toMatch(/\p{Script=Han}/u);
    expect(text.en).toMatch(/^[^\p{Script=Han}]+$/u);
  }
});

describe('a soft finding', () => {
  const city = {
    ...cityAtFirst(ordos),
    figures: {
      demand: {},
      target: { '2021-2025': { homes: 500, submission: 'target', years: {} } },
      annual: {},
    },
  };
  const explained = (explanations: Record<string, string>, content: object = plan) =>
    missing({ city, version: versionOf('annual-plan', { content, explanations }) }, 1, 'annual-plan');

  test('stops the filing until it is explained', () => {
    expect(explained({})).toEqual(['plan-above-remaining-target /explanations/plan-above-remaining-target']);
    expect(explained({ 'area-above-national-other': '另有原因' })).toHaveLength(1);
    expect(explained({ 'plan-above-remaining-target': '目标正在修订' })).toEqual([]);
  });

  test('can be explained, a hard one cannot', () => {
    const wrong = { ...plan, byCounty: [] };
    expect(
      explained({ 'plan-above-remaining-target': '目标正在修订', 'counties-do-not-add-up': '不想加' }, wrong),
    ).toEqual(['counties-do-not-add-up /content/byCounty']);
  });
});

test('the date of issue is not later than today in Inner Mongolia, whatever day it is in Greenwich', () => {
  const issued = (issueDate: string, now: string) => {
    const { filing } = versionOf(target5);
    return missing({ now, version: versionOf(target5, { filing: { ...filing, issueDate } }) });
  };
  const future = ['issue-date-in-future /filing/issueDate'];
  // The twentieth begins at 16:00 UTC of the nineteenth.
  expect(issued('2021-10-20', '2021-10-19T15:59:59.999Z')).toEqual(future);
  expect(issued('2021-10-20', '2021-10-19T16:00:00.000Z')).toEqual([]);
  expect(issued('2021-10-21', '2021-10-20T15:59:59.999Z')).toEqual(future);
  expect(issued('2021-10-19', '2021-10-19T16:00:00.000Z')).toEqual([]);
});

describe('papers', () => {
  const here = (...documents: Parameters<typeof documentOf>[1][]) =>
    missing({
      documents: documents.map((changes, index) => documentOf(paper, { id: `${index}`, ...changes })),
    });
  const needed = [`paper-missing /documents/${paper}`];

  test('that are required must be there, each of them', () => {
    expect(missing({ documents: [] })).toEqual(needed);
    expect(missing({ documents: [documentOf('another-paper')] })).toEqual(needed);
    expect(missing({ documents: [] }, 1, 'policy-measures')).toEqual([
      'paper-missing /documents/measures-document',
      'paper-missing /documents/joint-review-mechanism',
    ]);
  });

  test('that are optional may be absent, but not half there', () => {
    expect(missing({ documents: [] }, 1, 'not-developing')).toEqual([]);
    expect(
      missing({ documents: [documentOf('statement', { state: 'checking' })] }, 1, 'not-developing'),
    ).toEqual(['document-checking /documents/statement']);
  });

  test('required on a condition are wanted when the content meets it', () => {
    const says = { zh: '超过五千套时', en: 'above 5000 homes' };
    const when = (content: unknown) => (content as typeof target).totalHomes > 4999;
    const kind: Kind = {
      ...kindNamed(target5),
      papers: kindNamed(target5).papers.map((rule) => ({ ...rule, required: { when, says } })),
    };
    expect(missing({ kind, documents: [] })).toEqual(needed);
    const years = target.years.with(0, { year: '2021', homes: 0 });
    const smaller = { ...target, totalHomes: 4000, years, byMode: { ...target.byMode, newBuild: 1000 } };
    expect(missing({ kind, documents: [], version: versionOf(target5, { content: smaller }) })).toEqual([]);
  });

  test.each(documentStateNames.filter((state) => state !== 'available' && state !== 'expired'))(
    'with a file that is %s are named with its state',
    (state: DocumentState) => {
      expect(here({ state })).toEqual([`document-${state} /documents/${paper}`]);
      const [reason] = missingIn(
        draft(),
        contextOf(target5, { documents: [documentOf(paper, { state, fileName: '目标.pdf' })] }),
      );
      expect(reason?.text.zh).toContain('目标.pdf');
      expect(reason?.text.zh).toContain(documentStates[state].zh);
      expect(reason?.text.en).toContain(documentStates[state].en);
    },
  );

  test('name every file that is not ready, also beside one that is', () => {
    expect(here({}, { state: 'infected' }, { state: 'rejected' })).toEqual([
      `document-infected /documents/${paper}`,
      `document-rejected /documents/${paper}`,
    ]);
  });

  test('are one file each: of two sent at the same moment one has to go', () => {
    expect(here({}, {})).toEqual([`paper-repeated /documents/${paper}`]);
  });

  test('do not count an upload that never came', () => {
    expect(here({ state: 'expired' })).toEqual(needed);
    expect(here({ state: 'expired' }, {})).toEqual([]);
  });

  test('do not count a file that was removed, whatever its state, nor one of a later version', () => {
    expect(here({ removedIn: 1 })).toEqual(needed);
    expect(here({ state: 'infected', removedIn: 1 }, {})).toEqual([]);
    const documents = [documentOf(paper, { removedIn: 2 }), documentOf(paper, { fromVersion: 3 })];
    expect(missing({ documents }, 1)).toEqual([]);
    expect(missing({ documents }, 2)).toEqual(needed);
    expect(missing({ documents }, 3)).toEqual([]);
  });
});
