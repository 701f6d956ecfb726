/** What each step leaves behind: its paper, the facts of its event, and what the filing forgets with it. */
import { describe, expect, test } from 'vitest';
import {
  agree,
  disagree,
  documentOf,
  draft,
  drafter,
  finance,
  government,
  housing,
  inReview,
  lead,
  ndrc,
  publisher,
  signatory,
  step,
  submitted,
  take,
  walk,
} from './sample-filing.ts';
import { clockNamed } from './stage-clocks.ts';
import { statusOf } from '../calendar/statutory-clock.ts';
import type { Head } from './submission.ts';

const reviewing = walk(draft(), ...inReview);
const reason = { reason: '测算依据不足' };
const questions = { questions: ['请补充测算依据'] };
const scan = documentOf('consent', { id: 'scan' });
/** A supplement is open and more time is asked for. */
const burdened = walk(
  reviewing,
  step('ask-supplement', ndrc, questions),
  step('request-extension', finance, { clock: 'opinion:R_FINANCE', days: 3, reason: '会商' }),
);
const settled = walk(
  reviewing,
  step('opine', ndrc, disagree),
  step('opine', finance, agree),
  step('opine', housing, agree),
);
const consenting = walk(
  reviewing,
  step('opine', ndrc, agree),
  step('opine', finance, agree),
  step('opine', housing, agree),
);
const approved = walk(consenting, step('consent', government));

const running = (head: Head) => head.clocks.filter((clock) => statusOf(clock) !== 'ended');

describe('the paper of a step', () => {
  test.each([
    ['ask-supplement', reviewing, step('ask-supplement', ndrc, questions), 'supplement-request', questions],
    ['withdraw', reviewing, step('withdraw', signatory, reason), 'withdrawal', reason],
    ['reject', settled, step('reject', lead, reason), 'refusal', reason],
    [
      'consent',
      consenting,
      step('consent', government, { reference: '内政函1号' }),
      'consent',
      { reference: '内政函1号' },
    ],
    ['refuse-consent', consenting, step('refuse-consent', government, reason), 'refusal', reason],
    [
      'view-contact',
      reviewing,
      step('view-contact', lead, { purpose: '核实文号' }),
      'contact-view',
      { purpose: '核实文号' },
    ],
    [
      'request-extension',
      reviewing,
      step('request-extension', ndrc, { clock: 'opinion:R_NDRC', days: 3, reason: '会商' }),
      'extension-request',
      { clock: 'opinion:R_NDRC', days: 3, reason: '会商' },
    ],
    [
      'answer-extension',
      burdened,
      step('answer-extension', lead, { clock: 'opinion:R_FINANCE', grant: false, reason: '按期' }),
      'extension-answer',
      { clock: 'opinion:R_FINANCE', grant: false, reason: '按期', days: 3 },
    ],
    [
      'record-consent',
      consenting,
      step(
        'record-consent',
        lead,
        { documentNumber: '内政函1号', date: '2021-10-20', document: 'scan' },
        '2021-10-20',
        { documents: [scan] },
      ),
      'consent',
      { onPaper: true, documentNumber: '内政函1号', date: '2021-10-20', document: 'scan' },
    ],
  ] as const)('says what was said: %s', (_, head, taken, type, body) => {
    const { paper } = take(head, taken);
    expect(paper).toMatchObject({ type, office: taken.by.office, role: taken.by.roles[0], version: 1 });
    expect(paper?.body).toEqual(body);
    expect(paper?.seq).toBe(head.seq + 1);
  });

  test('of a return lists the defects and keeps the clocks of the round that ends, ended', () => {
    const defects = [{ pointer: '/content/basis', text: '依据不足' }];
    const { paper, event, head } = take(burdened, step('return', lead, { defects }, '2021-10-13'));
    expect(paper).toMatchObject({ type: 'correction-notice', body: { defects } });
    const kept = paper?.body['clocks'] as Head['clocks'];
    expect(kept.map(({ name }) => name)).toEqual(burdened.clocks.map(({ name }) => name));
    expect(kept.map(statusOf)).toEqual(kept.map(() => 'ended'));
    expect(event.facts).toMatchObject({ defects: 1 });
    expect(head).toMatchObject({ asked: [], extensions: [], corrections: 1 });
  });

  test('of an answer to a supplement names the files that were sent with it, and no others', () => {
    const asked = walk(reviewing, step('ask-supplement', ndrc, questions));
    const files = [documentOf('a', { id: 'a' }), documentOf('b', { id: 'b' })];
    const answer = { answer: '见附件', documents: ['b'] };
    const { paper, event, head } = take(
      asked,
      step('supply', drafter, answer, '2021-10-12', { documents: files }),
    );
    expect(paper?.body).toEqual({
      to: 'R_NDRC',
      answer: '见附件',
      documents: [{ id: 'b', fileName: 'b.pdf', sha256: 'sha256 of b' }],
    });
    expect(event.facts).toMatchObject({ to: 'R_NDRC' });
    expect(head.asked).toEqual([]);
  });

  test('speaks of the version that was signed last', () => {
    const again = draft({ state: 'in-review', frozen: 3, version: 3 });
    expect(take(again, step('ask-supplement', ndrc, questions)).paper?.version).toBe(3);
    const checking = draft({ state: 'checking', frozen: 0 });
    const checker = { sub: 'c', office: checking.owner, roles: ['checker' as const] };
    expect(take(checking, step('send-back', checker, reason)).paper?.version).toBe(1);
  });
});

describe('the event of a step', () => {
  test('tells how much more time was asked for, and whether it was granted', () => {
    const more = { clock: 'opinion:R_NDRC', days: 3, reason: '会商' };
    const asked = take(reviewing, step('request-extension', ndrc, more));
    expect(asked.event.facts).toMatchObject({ clock: 'opinion:R_NDRC', days: 3 });
    const answer = { clock: 'opinion:R_NDRC', grant: true, reason: '同意' };
    const answered = take(asked.head, step('answer-extension', lead, answer));
    expect(answered.event.facts).toMatchObject({ clock: 'opinion:R_NDRC', granted: true });
  });

  test('tells what was recalled only when something was', () => {
    expect(take(reviewing, step('recall', lead)).event.facts).toMatchObject({ recalled: 'accept' });
    expect(take(reviewing, step('ask-supplement', ndrc, questions)).event.facts).not.toHaveProperty(
      'recalled',
    );
  });

  test('names kind, owner, period and both states', () => {
    expect(take(consenting, step('consent', government)).event).toMatchObject({
      type: 'submission.consented',
      facts: {
        kind: 'five-year-target',
        owner: '150600',
        period: '2021-2025',
        from: 'awaiting-consent',
        to: 'approved',
      },
    });
  });
});

describe('what ends a filing', () => {
  test.each([
    ['a withdrawal', burdened, step('withdraw', signatory, reason), 'withdrawn'],
    [
      'a rejection',
      walk(
        reviewing,
        step('request-extension', housing, { clock: 'opinion:R_HOUSING', days: 1, reason: '会商' }),
        step('opine', ndrc, disagree),
        step('opine', finance, agree),
        step('opine', housing, agree),
      ),
      step('reject', lead, reason),
      'rejected',
    ],
  ] as const)('%s lets nothing wait any more, and no clock runs on', (_, before, taken, state) => {
    const { head, slot } = take(before, taken);
    expect(head).toMatchObject({ state, asked: [], extensions: [] });
    expect(running(head)).toEqual([]);
    // Its place is free for another.
    expect(slot).toBe('released');
  });
});

describe('the place that a filing holds for its city, kind and period', () => {
  test('is filled when it is published or acknowledged, and not before', () => {
    expect(take(approved, step('publish', publisher)).slot).toBe('in-force');
    expect(take(consenting, step('consent', government)).slot).toBeUndefined();
    const survey = draft({ kind: 'demand-survey', path: 'acknowledgement', period: '2021' });
    const filed = walk(survey, ...submitted);
    expect(take(filed, step('acknowledge', lead)).slot).toBe('in-force');
    const published = walk(approved, step('publish', publisher));
    expect(take(published, step('view-contact', lead, { purpose: '核实' })).slot).toBeUndefined();
  });
});

describe('an opinion', () => {
  test('by a department leaves the questions of the others open', () => {
    const asked = walk(reviewing, step('ask-supplement', ndrc, questions));
    expect(walk(asked, step('opine', finance, agree)).asked).toEqual(asked.asked);
  });
});

describe('more time', () => {
  test('is answered for the clock that was asked about, the other request stays', () => {
    const both = walk(
      burdened,
      step('request-extension', housing, { clock: 'opinion:R_HOUSING', days: 2, reason: '会商' }),
    );
    const answered = walk(
      both,
      step('answer-extension', government, { clock: 'opinion:R_HOUSING', grant: true, reason: '同意' }),
    );
    expect(answered.extensions.map(({ clock }) => clock)).toEqual(['opinion:R_FINANCE']);
    const entries = (name: string) => clockNamed(answered, name)?.entries.map(({ kind }) => kind);
    expect(entries('opinion:R_HOUSING')).toEqual(['started', 'extended']);
    expect(entries('opinion:R_FINANCE')).toEqual(['started']);
  });
});

describe('four eyes', () => {
  test('remember everybody who had a hand in a draft, each once, the last as its drafter', () => {
    const [a, b] = ['a', 'b'].map((sub) => ({ ...drafter, sub }));
    const saved = walk(draft(), step('save', a!));
    expect(saved.hands).toEqual({ drafter: 'a' });
    expect(walk(saved, step('save', a!)).hands).toEqual({ drafter: 'a' });
    const both = walk(saved, step('save', b!));
    expect(both.hands).toEqual({ drafter: 'b', coDrafters: ['a'] });
    expect(walk(both, step('save', a!)).hands).toEqual({ drafter: 'a', coDrafters: ['b'] });
  });
});
