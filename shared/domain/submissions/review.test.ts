/** The review: opinions and what they lead to, supplements, refusal, consent. */
import { describe, expect, test } from 'vitest';
import { dueOf, statusOf } from '../calendar/statutory-clock.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import { waitingIn } from './desks.ts';
import {
  agree,
  answerTo,
  disagree,
  documentOf,
  draft,
  drafter,
  finance,
  government,
  housing,
  inReview,
  kindNamed,
  lead,
  ndrc,
  publisher,
  signatory,
  step,
  take,
  walk,
} from './sample-filing.ts';
import { clockNamed } from './stage-clocks.ts';
import { actionInputs } from './inputs.ts';
import type { Head } from './submission.ts';

const calendar = builtInCalendar();
const reviewing = walk(draft(), ...inReview);
const two = [step('opine', ndrc, agree), step('opine', finance, agree)];
const reason = { reason: '测算依据不足' };
const questions = { questions: ['请补充测算依据'] };

const desks = (head: Head) =>
  waitingIn(head, kindNamed(head.kind), calendar).map(({ office, task }) => `${office} ${task}`);
const status = (head: Head, office: string) => {
  const clock = clockNamed(head, `opinion:${office}`);
  return clock && statusOf(clock);
};
const due = (head: Head, office: string) => {
  const clock = clockNamed(head, `opinion:${office}`);
  const found = clock && dueOf(clock, calendar);
  return found?.ok ? found.value.due : undefined;
};

describe('opinions', () => {
  test('of all three, agreed, lead to the government', () => {
    const part = walk(reviewing, ...two);
    expect([part.state, desks(part)]).toEqual(['in-review', ['R_HOUSING opine']]);
    const all = walk(part, step('opine', housing, agree));
    expect(all.state).toBe('awaiting-consent');
    expect(desks(all)).toEqual(['REGION_GOV consent', 'R_HOUSING record-consent']);
    expect(all.clocks.map(statusOf)).toEqual(['ended', 'ended', 'ended', 'ended']);
  });

  test('with conditions count as agreed, and the conditions stand in the paper', () => {
    const given = { verdict: 'agree-with-conditions', conditions: ['资金安排纳入年度预算'] };
    const { head, paper, event } = take(walk(reviewing, ...two), step('opine', housing, given));
    expect(head.state).toBe('awaiting-consent');
    expect(paper).toMatchObject({ type: 'opinion', office: 'R_HOUSING', role: 'reviewer', body: given });
    expect(event.facts).toMatchObject({
      verdict: 'agree-with-conditions',
      version: 1,
      to: 'awaiting-consent',
    });
  });

  test('that disagree keep it in review, for the lead to settle once all are in', () => {
    const early = walk(reviewing, step('opine', ndrc, disagree));
    expect(desks(early)).toEqual(['R_HOUSING opine', 'R_FINANCE opine']);
    const all = walk(early, step('opine', finance, agree), step('opine', housing, agree));
    expect([all.state, desks(all)]).toEqual(['in-review', ['R_HOUSING settle']]);
  });

  test('are given once, by those who review', () => {
    const given = walk(reviewing, step('opine', ndrc, agree));
    expect(answerTo(given, step('opine', { ...ndrc, sub: 'colleague' }, disagree))).toBe('opinion-not-asked');
    expect(answerTo(given, step('ask-supplement', ndrc, questions))).toBe('opinion-not-asked');
    expect(answerTo(reviewing, step('opine', { ...ndrc, office: 'REGION_GOV' }, agree))).toBe('not-allowed');
  });

  test('need a reason to disagree and conditions to set conditions', () => {
    const fits = (input: object) => actionInputs.opine().safeParse(input).success;
    expect([fits(agree), fits(disagree), fits({ verdict: 'disagree' })]).toEqual([true, true, false]);
    expect(fits({ verdict: 'agree-with-conditions', conditions: [] })).toBe(false);
    expect(fits({ verdict: 'agree-with-conditions', conditions: ['x'] })).toBe(true);
  });

  test('carry the hash of what was read', () => {
    const given = walk(reviewing, step('opine', ndrc, agree));
    expect(given.frozenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(given.opinions).toEqual([
      { office: 'R_NDRC', verdict: 'agree', version: 1, hash: given.frozenHash, seq: given.seq },
    ]);
  });
});

describe('a supplement', () => {
  const asked = walk(reviewing, step('ask-supplement', ndrc, questions, '2021-10-13'));
  const answer = { answer: '见附件', documents: [] };

  test('stops the clock of the department that asked, and no other', () => {
    expect(['R_NDRC', 'R_FINANCE', 'R_HOUSING'].map((office) => status(asked, office))).toEqual([
      'suspended',
      'running',
      'running',
    ]);
    expect(due(asked, 'R_NDRC')).toBeNull();
    expect(due(asked, 'R_FINANCE')).toBe('2021-10-18');
    expect(desks(asked)).toContain('150600 supply');
    expect(answerTo(asked, step('opine', ndrc, agree, '2021-10-13'))).toBe('opinion-not-asked');
    expect(answerTo(asked, step('ask-supplement', ndrc, questions, '2021-10-13'))).toBe('opinion-not-asked');
    expect(answerTo(asked, step('opine', finance, agree, '2021-10-13'))).toBe('taken');
  });

  test('once answered, lets it run on, later by the days that it waited', () => {
    const { head, paper } = take(asked, step('supply', drafter, answer, '2021-10-15'));
    expect([head.asked, status(head, 'R_NDRC')]).toEqual([[], 'running']);
    expect(due(head, 'R_NDRC')).toBe('2021-10-20');
    expect(due(head, 'R_FINANCE')).toBe('2021-10-18');
    expect(paper).toMatchObject({ type: 'supplement', body: { to: 'R_NDRC', answer: '见附件' } });
    expect(answerTo(head, step('opine', ndrc, agree, '2021-10-15'))).toBe('taken');
    expect(answerTo(head, step('supply', drafter, answer, '2021-10-15'))).toBe('supplement-not-open');
  });

  test('must say whom it answers when two have asked', () => {
    const both = walk(asked, step('ask-supplement', finance, questions, '2021-10-13'));
    expect(answerTo(both, step('supply', drafter, answer, '2021-10-15'))).toBe('supplement-not-open');
    const toHousing = step('supply', drafter, { ...answer, office: 'R_HOUSING' }, '2021-10-15');
    expect(answerTo(both, toHousing)).toBe('supplement-not-open');
    const one = walk(both, step('supply', drafter, { ...answer, office: 'R_FINANCE' }, '2021-10-15'));
    expect(one.asked.map(({ office }) => office)).toEqual(['R_NDRC']);
    expect([status(one, 'R_NDRC'), status(one, 'R_FINANCE')]).toEqual(['suspended', 'running']);
  });

  test('brings only files that are there and clean', () => {
    const file = { id: 'file', sha256: 'sum', fileName: '依据.pdf' };
    const with_ = (state: 'available' | 'infected') =>
      step('supply', drafter, { ...answer, documents: ['file'] }, '2021-10-15', {
        documents: [documentOf('supplement', { ...file, state })],
      });
    expect(answerTo(asked, with_('infected'))).toBe('incomplete document-infected');
    const unknown = step('supply', drafter, { ...answer, documents: ['nowhere'] }, '2021-10-15');
    expect(answerTo(asked, unknown)).toBe('incomplete document-unknown');
    expect(take(asked, with_('available')).paper?.body['documents']).toEqual([file]);
  });
});

describe('refusing', () => {
  test('wants every opinion, and a disagreement among them', () => {
    const wants = 'incomplete no-disagreement';
    expect(answerTo(reviewing, step('reject', lead, reason))).toBe(wants);
    const early = walk(reviewing, step('opine', ndrc, disagree));
    expect(answerTo(early, step('reject', lead, reason))).toBe(wants);
    const all = walk(early, step('opine', finance, agree), step('opine', housing, agree));
    const { head, slot, paper } = take(all, step('reject', lead, reason));
    expect([head.state, slot, paper?.type]).toEqual(['rejected', 'released', 'refusal']);
    expect(desks(head)).toEqual(['150600 take-note']);
    const noted = walk(head, step('take-note', drafter));
    expect(desks(noted)).toEqual([]);
    expect(answerTo(noted, step('take-note', drafter))).toBe('already-received');
  });

  test('is the government’s own right where it consents', () => {
    const all = walk(reviewing, ...two, step('opine', housing, agree));
    expect(answerTo(all, step('refuse-consent', lead, reason))).toBe('not-allowed');
    expect(take(all, step('refuse-consent', government, reason)).head.state).toBe('rejected');
  });
});

describe('consent', () => {
  const all = walk(reviewing, ...two, step('opine', housing, agree));

  test('takes effect at once; publication then holds the place of the filing', () => {
    const consented = take(all, step('consent', government));
    expect(consented.head.state).toBe('approved');
    expect(consented.city?.passed).toEqual({ 'five-year-target': 'filing' });
    const published = take(consented.head, step('publish', publisher));
    expect([published.head.state, published.slot, published.city]).toEqual([
      'published',
      'in-force',
      undefined,
    ]);
  });

  test('given on paper needs its scan, clean', () => {
    const recorded = (document: string, state: 'available' | 'checking') =>
      step(
        'record-consent',
        lead,
        { documentNumber: '内政字〔2021〕1号', date: '2021-10-12', document },
        '2021-10-12',
        { documents: [documentOf('consent', { id: 'scan', state })] },
      );
    expect(answerTo(all, recorded('other', 'available'))).toBe('incomplete document-unknown');
    expect(answerTo(all, recorded('scan', 'checking'))).toBe('incomplete document-checking');
    const { head, paper, city } = take(all, recorded('scan', 'available'));
    expect([head.state, paper?.body['onPaper']]).toEqual(['approved', true]);
    expect(city?.passed).toEqual({ 'five-year-target': 'filing' });
  });
});

test('a withdrawal ends every clock and question and gives up the place', () => {
  const asked = walk(reviewing, step('ask-supplement', ndrc, questions));
  const { head, slot } = take(asked, step('withdraw', signatory, reason));
  expect([head.state, slot, head.asked]).toEqual(['withdrawn', 'released', []]);
  expect(new Set(head.clocks.map(statusOf))).toEqual(new Set(['ended']));
});
