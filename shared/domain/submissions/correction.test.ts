/** Return for correction: one notice, a new version, the receipt that counts, and the opinions that survive. */
import { describe, expect, test } from 'vitest';
import { dueOf, statusOf } from '../calendar/statutory-clock.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import {
  agree,
  answerTo,
  checker,
  disagree,
  documentOf,
  draft,
  drafter,
  finance,
  housing,
  inReview,
  lead,
  ndrc,
  on,
  signatory,
  step,
  submitted,
  take,
  versionOf,
  walk,
} from './sample-filing.ts';
import { clockNamed } from './stage-clocks.ts';
import type { Context } from './context.ts';
import type { Clocks } from './stage-clocks.ts';
import type { Head, Paper } from './submission.ts';

const basis = { pointer: '/content/basis', text: '依据不足' };
const years = { pointer: '/content/years', text: '分年度目标不清' };
const partly = walk(
  draft(),
  ...inReview,
  step('opine', ndrc, agree, '2021-10-12'),
  step('opine', finance, disagree, '2021-10-12'),
);
const returning = step('return', lead, { defects: [basis] }, '2021-10-13');
const returned = take(partly, returning);

/** Sent, checked and signed again on this day; with the same content and files, or with others. */
function signedAgain(head: Head, day: string, given: Partial<Context> = {}): Head {
  return walk(
    head,
    step('send-to-check', drafter, {}, day, given),
    step('pass-check', checker, {}, day, given),
    step('sign', signatory, {}, day, given),
  );
}

const changed = { version: versionOf('five-year-target', { number: 2, hash: 'content two' }) };
const offices = (head: Head) => head.opinions.map(({ office }) => office);

describe('a return', () => {
  test('makes the next version, to be drafted, checked and signed anew', () => {
    expect(returned.head).toMatchObject({
      state: 'returned',
      version: 2,
      frozen: 1,
      corrections: 1,
      hands: {},
      asked: [],
      extensions: [],
      receivedAt: on('2021-10-11'),
    });
  });

  test('leaves one notice with every defect and the clocks of the round that ends', () => {
    const { paper, event } = returned;
    expect(paper).toMatchObject({ type: 'correction-notice', version: 1, body: { defects: [basis] } });
    const clocks = paper?.body['clocks'] as Clocks;
    expect(clocks.map((clock) => [clock.name, statusOf(clock), clock.entries.at(-1)?.at])).toEqual([
      ['acceptance', 'ended', on('2021-10-11')],
      ['opinion:R_HOUSING', 'ended', on('2021-10-13')],
      ['opinion:R_NDRC', 'ended', on('2021-10-12')],
      ['opinion:R_FINANCE', 'ended', on('2021-10-12')],
    ]);
    expect(event.facts).toMatchObject({ defects: 1, from: 'in-review', to: 'returned' });
  });

  test('starts the clock of the filer, and no other runs', () => {
    expect(returned.head.clocks.map(({ name, office }) => [name, office])).toEqual([
      ['correction', '150600'],
    ]);
  });

  test('is there before the review begins too, and for a filing that is only noted', () => {
    expect(walk(draft(), ...submitted, step('return', lead, { defects: [basis] })).state).toBe('returned');
    const survey = draft({ kind: 'demand-survey', period: '2021', path: 'acknowledgement' });
    expect(walk(survey, ...submitted, step('return', lead, { defects: [basis] })).state).toBe('returned');
  });
});

describe('defects are told once, together', () => {
  const notices = [returned.paper].flatMap((paper): Paper[] => (paper ? [paper] : []));
  const again = signedAgain(returned.head, '2021-10-14');
  const tell = (defects: object[], given: Partial<Context> = { notices }) =>
    answerTo(again, step('return', lead, { defects }, '2021-10-15', given));

  test('so that a later notice says why it did not tell before', () => {
    expect(tell([years])).toBe('incomplete told-late');
    expect(tell([{ ...years, toldLate: '新修改处引出' }])).toBe('taken');
  });

  test('but not of what was changed since: in it, above it, or below it', () => {
    const since = (...changedSince: string[]) => ({ notices, changedSince });
    expect(tell([years], since(years.pointer))).toBe('taken');
    expect(tell([years], since(`${years.pointer}/2021/homes`))).toBe('taken');
    expect(tell([years], since('/content'))).toBe('taken');
    expect(tell([years], since(`${years.pointer}Before`))).toBe('incomplete told-late');
  });

  test('and what was told before may be told again', () => {
    expect(tell([basis])).toBe('taken');
    expect(tell([basis, years, { ...years, pointer: '/content/byMode' }])).toBe(
      'incomplete told-late told-late',
    );
  });

  test('and a first notice explains nothing', () => {
    expect(tell([years], { notices: [] })).toBe('taken');
    expect(tell([years], {})).toBe('taken');
  });
});

describe('the receipt that counts', () => {
  const clock = clockNamed(returned.head, 'correction');
  const due = clock && dueOf(clock, builtInCalendar());
  const signedAt = (now: string) => {
    const sent = walk(
      returned.head,
      step('send-to-check', drafter, {}, '2021-10-14'),
      step('pass-check', checker, {}, '2021-10-14'),
    );
    return take(sent, { ...step('sign', signatory), with: { now } });
  };

  test('is the first when the correction was answered in time, to the last millisecond', () => {
    // Ten working days after 13 October 2021.
    expect(due).toEqual({ ok: true, value: { due: '2021-10-27', dueBefore: '2021-10-27T16:00:00.000Z' } });
    const { head, event } = signedAt('2021-10-27T15:59:59.999Z');
    expect(head.receivedAt).toBe(on('2021-10-11'));
    expect(event.facts).toMatchObject({ version: 2, receivedAt: on('2021-10-11') });
    const correction = clockNamed(head, 'correction');
    expect(correction && statusOf(correction)).toBe('ended');
  });

  test('is the new one when it was answered too late', () => {
    const late = '2021-10-27T16:00:00.000Z';
    const { head, event } = signedAt(late);
    expect(head.receivedAt).toBe(late);
    expect(event.facts).toMatchObject({ receivedAt: late });
  });

  test('starts the clock of acceptance anew either way', () => {
    const acceptance = clockNamed(signedAt(on('2021-10-20')).head, 'acceptance');
    expect(acceptance?.entries).toMatchObject([{ kind: 'started', at: on('2021-10-20') }]);
  });
});

describe('accepting again', () => {
  const accept = step('accept', lead, {}, '2021-10-15');
  const opinionClocks = (head: Head) =>
    head.clocks.filter(({ name }) => name.startsWith('opinion:')).map(({ office }) => office);

  test('keeps the opinions on the same words and files, and asks only who has not spoken', () => {
    const head = walk(signedAgain(returned.head, '2021-10-14'), accept);
    expect(offices(head)).toEqual(['R_NDRC', 'R_FINANCE']);
    expect(opinionClocks(head)).toEqual(['R_HOUSING']);
    expect(answerTo(head, step('opine', ndrc, agree, '2021-10-15'))).toBe('opinion-not-asked');
    expect(walk(head, step('opine', housing, agree, '2021-10-15')).state).toBe('in-review');
  });

  test('takes an upload that never came for no change', () => {
    const documents = [
      documentOf('target-document'),
      documentOf('target-document', { id: 'late', sha256: 'another file', state: 'expired' }),
    ];
    const head = walk(signedAgain(returned.head, '2021-10-14', { documents }), accept);
    expect(offices(head)).toEqual(['R_NDRC', 'R_FINANCE']);
  });

  test.each([
    ['words', changed],
    ['files', { documents: [documentOf('target-document', { sha256: 'another file' })] }],
  ])('voids the opinions on other %s, and asks all', (_what, given) => {
    const head = walk(signedAgain(returned.head, '2021-10-14', given), accept);
    expect(offices(head)).toEqual([]);
    expect(opinionClocks(head)).toEqual(['R_HOUSING', 'R_NDRC', 'R_FINANCE']);
    expect(answerTo(head, step('opine', ndrc, agree, '2021-10-15'))).toBe('taken');
  });
});

test('a correction that is sent back inside the office stays a correction', () => {
  const sent = walk(returned.head, step('send-to-check', drafter, {}, '2021-10-14'));
  const back = take(sent, step('send-back', checker, { reason: '请核对' }, '2021-10-14'));
  expect(back.head.state).toBe('returned');
  expect(back.paper).toMatchObject({ type: 'sent-back', body: { reason: '请核对' } });
  const first = walk(
    draft(),
    step('send-to-check', drafter),
    step('send-back', checker, { reason: '请核对' }),
  );
  expect(first.state).toBe('draft');
});
