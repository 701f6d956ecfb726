/**
 * What each step does besides changing the state: clocks, opinions, versions, the paper it leaves, and what it means for
 * the city's record. One small pure function a step; a step without one only changes the state.
 */
import { dueOf } from '../calendar/statutory-clock.ts';
import type { ActionInput } from './inputs.ts';
import type { Context } from './context.ts';
import type { Action } from './lifecycle.ts';
import { jointSteps } from './joint-review/steps.ts';
import { accepted, filed, opinionKept } from './joint-review/shared-steps.ts';
import type { ReviewFile } from './joint-review/review-file.ts';
import { leadOf, reviewersOf } from './parties.ts';
import {
  clockNamed,
  endAll,
  endClock,
  extendClock,
  opinionClockOf,
  resumeFor,
  startClock,
  suspendFor,
} from './stage-clocks.ts';
import type { Head, PaperType, State } from './submission.ts';

export interface Outcome {
  /** The head with the step's own changes; state set here only where the table says `computed`. */
  readonly head: Head;
  readonly paper?: { readonly type: PaperType; readonly body: Readonly<Record<string, unknown>> };
  /** The file of the joint review after it, when the step changes it. */
  readonly review?: ReviewFile;
  /** Facts for the event; nothing personal. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** The filing takes effect: its figures enter the city's record. */
  readonly takesEffect?: true;
}

export type StepFunction<A extends Action> = (
  head: Head,
  input: ActionInput<A>,
  context: Context,
  seq: number,
) => Outcome;

const backToDrafter: StepFunction<'send-back' | 'refuse-signature'> = (head, input) => ({
  head: { ...head, state: head.corrections > 0 ? 'returned' : 'draft' },
  paper: { type: 'sent-back', body: { reason: input.reason } },
});

const takeEffect = (head: Head): Outcome => ({ head, takesEffect: true });

export const steps: { readonly [A in Action]?: StepFunction<A> } = {
  save: (head, _input, { actor }) => ({ head: { ...head, hands: draftedBy(head, actor.sub) } }),

  'send-to-check': (head, _input, { actor }) => ({ head: { ...head, hands: draftedBy(head, actor.sub) } }),

  'pass-check': (head, _input, { actor }) => ({
    head: { ...head, hands: { ...head.hands, checker: actor.sub } },
  }),

  'send-back': backToDrafter,
  'refuse-signature': backToDrafter,

  sign: (head, _input, context, seq) => {
    const { actor, now, kind } = context;
    const receivedAt = receiptThatCounts(head, context);
    const clocks = endClock(head.clocks, 'correction', 'resubmitted', now, seq);
    const signed = {
      ...head,
      hands: { ...head.hands, signatory: actor.sub },
      frozen: head.version,
      receivedAt,
    };
    const facts = { version: head.version, receivedAt };
    if (head.path === 'own-decision') return { head: { ...signed, state: 'approved', clocks }, facts };
    const { head: submitted, review } = filed({ ...signed, state: 'submitted' }, context);
    const started = startClock(clocks, 'acceptance', leadOf(submitted), submitted, kind, now, seq);
    return { head: { ...submitted, clocks: started }, ...(review ? { review } : {}), facts };
  },

  accept: (head, _input, context, seq) => {
    const { now, kind } = context;
    // A change to a reviewed version voids its opinions; the same version keeps them.
    const opinions = head.opinions.filter((opinion) => opinion.hash === head.frozenHash);
    const wanted = reviewersOf(head, kind).filter(
      (office) => !opinions.some((opinion) => opinion.office === office),
    );
    const clocks = wanted.reduce(
      (running, office) => startClock(running, opinionClockOf(office), office, head, kind, now, seq),
      endClock(head.clocks, 'acceptance', 'accepted', now, seq),
    );
    return accepted({ ...head, opinions, clocks }, wanted, context, seq);
  },

  acknowledge: (head, _input, { now }, seq) =>
    takeEffect({ ...head, clocks: endClock(head.clocks, 'acceptance', 'acknowledged', now, seq) }),

  return: (head, input, { now, kind }, seq) => ({
    head: {
      ...head,
      version: head.frozen + 1,
      hands: {},
      asked: [],
      extensions: [],
      corrections: head.corrections + 1,
      clocks: startClock([], 'correction', head.owner, head, kind, now, seq),
    },
    // The clocks of the round that ends here stay readable on the notice.
    paper: {
      type: 'correction-notice',
      body: { defects: input.defects, clocks: endAll(head.clocks, 'returned', now, seq) },
    },
    facts: { defects: input.defects.length },
  }),

  receive: (head) => ({ head: { ...head, received: true } }),

  opine: (head, input, context, seq) => {
    const { actor, now, kind } = context;
    const opinion = {
      office: actor.office,
      verdict: input.verdict,
      version: head.frozen,
      hash: head.frozenHash ?? '',
      seq,
    };
    const opinions = [...head.opinions, opinion];
    const clocks = endClock(head.clocks, opinionClockOf(actor.office), 'given', now, seq);
    const complete = reviewersOf(head, kind).every((office) =>
      opinions.some((given) => given.office === office),
    );
    // A joint review is concluded by its lead, with the conditions on the table.
    const passed =
      head.path === 'regional-review' && complete && opinions.every((given) => given.verdict !== 'disagree');
    const state: State = passed ? 'awaiting-consent' : 'in-review';
    // Its own questions were answered before (`ownSupplementAnswered`); those of others stay.
    const given = { ...head, opinions, clocks, state };
    return {
      ...opinionKept(given, input.conditions ?? [], actor.office, context, seq),
      paper: { type: 'opinion', body: { ...input } },
      facts: { verdict: input.verdict, version: head.frozen },
    };
  },

  'ask-supplement': (head, input, { actor, now }, seq) => ({
    head: {
      ...head,
      asked: [...head.asked, { office: actor.office, seq, at: now }],
      clocks: suspendFor(head, actor.office, now, seq),
    },
    paper: { type: 'supplement-request', body: { questions: input.questions } },
  }),

  supply: (head, input, { now, documents }, seq) => {
    const office = input.office ?? head.asked[0]?.office ?? '';
    const files = (documents ?? [])
      .filter((document) => input.documents.includes(document.id))
      .map(({ id, fileName, sha256 }) => ({ id, fileName, sha256 }));
    return {
      head: {
        ...head,
        asked: head.asked.filter((ask) => ask.office !== office),
        clocks: resumeFor(head, office, now, seq),
      },
      paper: { type: 'supplement', body: { to: office, answer: input.answer, documents: files } },
      facts: { to: office },
    };
  },

  reject: (head, input, { now }, seq) => ({
    // Every opinion is in, and with it every answer but the ones that the lead of a joint review asked for.
    head: { ...head, asked: [], extensions: [], clocks: endAll(head.clocks, 'rejected', now, seq) },
    paper: { type: 'refusal', body: { ...input } },
  }),

  consent: (head, input) => ({ ...takeEffect(head), paper: { type: 'consent', body: { ...input } } }),

  'record-consent': (head, input) => ({
    ...takeEffect(head),
    paper: { type: 'consent', body: { onPaper: true, ...input } },
  }),

  'refuse-consent': (head, input) => ({ head, paper: { type: 'refusal', body: { reason: input.reason } } }),

  // The region's decision took effect with the consent; a city's own decision does when the public can read it (S-06).
  publish: (head) => (head.path === 'own-decision' ? takeEffect(head) : { head }),

  'take-note': (head) => ({ head: { ...head, noted: true } }),

  withdraw: (head, input, { now }, seq) => ({
    head: { ...head, asked: [], extensions: [], clocks: endAll(head.clocks, 'withdrawn', now, seq) },
    paper: { type: 'withdrawal', body: { reason: input.reason } },
  }),

  'request-extension': (head, input, { actor }, seq) => ({
    head: {
      ...head,
      extensions: [...head.extensions, { clock: input.clock, office: actor.office, days: input.days, seq }],
    },
    paper: { type: 'extension-request', body: { ...input } },
    facts: { clock: input.clock, days: input.days },
  }),

  'answer-extension': (head, input, { now }, seq) => {
    const asked = head.extensions.find((extension) => extension.clock === input.clock);
    const clocks =
      input.grant && asked ? extendClock(head.clocks, input.clock, asked.days, now, seq) : head.clocks;
    return {
      head: { ...head, clocks, extensions: head.extensions.filter((extension) => extension !== asked) },
      paper: { type: 'extension-answer', body: { ...input, ...(asked ? { days: asked.days } : {}) } },
      facts: { clock: input.clock, granted: input.grant },
    };
  },

  'view-contact': (head, input) => ({
    head,
    paper: { type: 'contact-view', body: { purpose: input.purpose } },
  }),

  ...jointSteps,
};

/** Everybody who had a hand in the draft is kept, so that none of them checks or signs it. */
function draftedBy({ hands }: Head, sub: string): Head['hands'] {
  const all = new Set([...(hands.coDrafters ?? []), ...(hands.drafter ? [hands.drafter] : [])]);
  all.delete(sub);
  return { drafter: sub, ...(all.size > 0 ? { coDrafters: [...all] } : {}) };
}

/** A correction asked for in time keeps the first receipt if it was answered within its own limit. */
function receiptThatCounts(head: Head, { now, calendar }: Context): string {
  const correction = clockNamed(head, 'correction');
  if (!head.receivedAt || !correction) return now;
  const due = dueOf(correction, calendar);
  const inTime = due.ok && due.value.dueBefore !== null && now < due.value.dueBefore;
  return inTime ? head.receivedAt : now;
}
