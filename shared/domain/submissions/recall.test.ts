/** Recall: its doer takes the last step back, and everything is as if it had not been taken. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { possibleActions } from './decide.ts';
import { actionNames, stepOf } from './lifecycle.ts';
import {
  agree,
  answerTo,
  checker,
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
  signatory,
  signing,
  step,
  submitted,
  take,
  tried,
  versionOf,
  walk,
  type Taken,
} from './sample-filing.ts';
import type { Head } from './submission.ts';

/** What a recall must give back: all but the step, the hour and the chain; who drafted stays known for four eyes. */
function lasting({ step: _step, updatedAt: _at, seq: _seq, hash: _hash, hands, ...rest }: Head) {
  return { ...rest, hands: { checker: hands.checker, signatory: hands.signatory } };
}

const defects = [{ pointer: '/content/basis', text: '依据不足' }];
const changed = { version: versionOf('five-year-target', { number: 2, hash: 'content two' }) };
/** Reviewed in part, returned, and written anew. */
const secondRound = [
  ...inReview,
  step('opine', ndrc, agree, '2021-10-12'),
  step('return', lead, { defects }, '2021-10-13'),
  step('save', drafter, {}, '2021-10-14'),
];
const signingAgain = (day: string) => [
  step('send-to-check', drafter, {}, day, changed),
  step('pass-check', checker, {}, day, changed),
];

const cases: [string, Taken[], Taken][] = [
  ['sending to the checker', [step('save', drafter)], step('send-to-check', drafter)],
  ['passing the check', signing.slice(0, 2), step('pass-check', checker)],
  ['signing', signing, step('sign', signatory)],
  ['accepting', submitted, step('accept', lead)],
  ['a first opinion', inReview, step('opine', ndrc, agree)],
  [
    'the last opinion, all agreed',
    [...inReview, step('opine', ndrc, agree), step('opine', finance, agree)],
    step('opine', housing, agree),
  ],
  [
    'the last opinion, one disagreed',
    [...inReview, step('opine', ndrc, agree), step('opine', finance, agree)],
    step('opine', housing, disagree),
  ],
  [
    'an opinion while another waits',
    [...inReview, step('ask-supplement', ndrc, { questions: ['?'] })],
    step('opine', finance, agree),
  ],
  [
    'sending a correction to the checker',
    secondRound,
    step('send-to-check', drafter, {}, '2021-10-14', changed),
  ],
  [
    'signing a correction in time',
    [...secondRound, ...signingAgain('2021-10-14')],
    step('sign', signatory, {}, '2021-10-15', changed),
  ],
  [
    'signing a correction too late',
    [...secondRound, ...signingAgain('2021-11-15')],
    step('sign', signatory, {}, '2021-11-15', changed),
  ],
  [
    'accepting a changed version again',
    [...secondRound, ...signingAgain('2021-10-14'), step('sign', signatory, {}, '2021-10-15', changed)],
    step('accept', lead, {}, '2021-10-18'),
  ],
];

describe.each(cases)('recalling %s', (_name, before, last) => {
  const was = walk(draft(), ...before);
  const taken = walk(was, last);

  test('gives back what was', () => {
    const { head, event } = take(taken, { ...step('recall', last.by), day: last.day ?? '' });
    expect(lasting(taken)).not.toEqual(lasting(was));
    expect(lasting(head)).toEqual(lasting(was));
    expect(head.step).toBeUndefined();
    expect(event).toMatchObject({
      type: 'submission.step-recalled',
      facts: { recalled: last.action, from: taken.state, to: was.state },
    });
  });

  test('is for its doer alone, and once', () => {
    const recall = step('recall', last.by, {}, last.day);
    expect(possibleActions(taken, kindNamed(taken.kind), last.by)).toContain('recall');
    const other = { ...last.by, sub: 'somebody else' };
    expect(answerTo(taken, { ...recall, by: other })).toBe('nothing-to-recall');
    expect(possibleActions(taken, kindNamed(taken.kind), other)).not.toContain('recall');
    expect(answerTo(walk(taken, recall), recall)).toMatch(/^(nothing-to-recall|wrong-state)$/);
  });
});

test('every step that says that it can be recalled is among the cases', () => {
  const recallable = actionNames.filter((action) => stepOf(action).recallable);
  expect([...new Set(cases.map(([, , { action }]) => action))].toSorted()).toEqual(recallable.toSorted());
});

test('nothing can be recalled when somebody has acted since', () => {
  const reached = walk(draft(), ...inReview);
  expect(answerTo(reached, step('recall', signatory))).toBe('nothing-to-recall');
  const asked = walk(reached, step('ask-supplement', ndrc, { questions: ['?'] }));
  expect(answerTo(asked, step('recall', lead))).toBe('nothing-to-recall');
  // What cannot be recalled itself, cannot be recalled by its doer either.
  expect(answerTo(asked, step('recall', ndrc))).toBe('nothing-to-recall');
});

test('a look at the contact is not an act', () => {
  const seen = walk(draft(), ...inReview, step('view-contact', ndrc, { purpose: '核实' }));
  expect(seen.seq).toBe(inReview.length + 2);
  const recalled = walk(seen, step('recall', lead));
  expect(lasting(recalled)).toEqual(lasting(walk(draft(), ...submitted)));
});

test('a city that decides itself may recall its signature until the region has received it', () => {
  const own = draft({ kind: 'policy-measures', path: 'own-decision' });
  const signed = walk(own, ...submitted);
  expect(signed.state).toBe('approved');
  expect(lasting(walk(signed, step('recall', signatory)))).toEqual(lasting(walk(own, ...signing)));
  const received = walk(signed, step('receive', lead));
  expect(answerTo(received, step('recall', signatory))).toBe('nothing-to-recall');
});

test('a first receipt outlives a late signature that was recalled', () => {
  const late = '2021-11-15';
  const recalled = walk(
    draft(),
    ...secondRound,
    ...signingAgain(late),
    step('sign', signatory, {}, late, changed),
    step('recall', signatory, {}, late),
    step('refuse-signature', signatory, { reason: '申请延期后再报' }, late),
    step('request-extension', drafter, { clock: 'correction', days: 60, reason: '疫情' }, late),
    step('answer-extension', lead, { clock: 'correction', grant: true, reason: '同意' }, late),
    ...signingAgain(late),
    step('sign', signatory, {}, late, changed),
  );
  expect(recalled.receivedAt).toBe('2021-10-11T01:00:00.000Z');
});

test('property: from anywhere in the review, a step and its recall change nothing that lasts', () => {
  const moves: Taken[] = [
    ...[housing, ndrc, finance].flatMap((office) => [
      step('opine', office, agree),
      step('opine', office, disagree),
      step('ask-supplement', office, { questions: ['?'] }),
      step('supply', drafter, { office: office.office, answer: '见附件', documents: [] }),
      step('request-extension', office, { clock: `opinion:${office.office}`, days: 3, reason: '复杂' }),
      step('answer-extension', lead, { clock: `opinion:${office.office}`, grant: true, reason: '同意' }),
    ]),
    step('answer-extension', government, { clock: 'opinion:R_HOUSING', grant: true, reason: '同意' }),
    step('return', lead, { defects }),
    ...submitted.map((taken) => ({ ...taken, with: { documents: [documentOf('target-document')] } })),
    step('accept', lead),
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 14 }), (all) => {
      let head = walk(draft(), ...inReview);
      for (const move of all) {
        const decided = tried(head, move);
        if (!decided.ok) continue;
        const next = { ...decided.value.head, seq: head.seq + 1 };
        if (stepOf(move.action).recallable)
          expect(lasting(walk(next, step('recall', move.by)))).toEqual(lasting(head));
        head = next;
      }
    }),
    { numRuns: 60 },
  );
});
