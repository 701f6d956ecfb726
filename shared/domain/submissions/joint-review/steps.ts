/** What each step of the joint review does (S-12); the table of steps is `lifecycle.ts`. */
import type { Context } from '../context.ts';
import type { Kind } from '../kind.ts';
import { planCheckerOf, deciderOf, leadOf } from '../parties.ts';
import { endAll, endClock, opinionClockOf, startClock } from '../stage-clocks.ts';
import type { Head, State } from '../submission.ts';
import type { Outcome, StepFunction } from '../steps.ts';
import type { Action } from '../lifecycle.ts';
import { conditionsOf } from './conditions.ts';
import { changeCondition, emptyFile, withConditions, type ReviewFile } from './review-file.ts';
import { withFile } from './shared-steps.ts';

export type JointAction =
  | 'record-visit'
  | 'record-minutes'
  | 'settle-contradiction'
  | 'conclude-review'
  | 'prove-condition'
  | 'close-condition'
  | 'deliver-paper'
  | 'pass-plan-check'
  | 'fail-plan-check'
  | 'record-objection'
  | 'answer-objection'
  | 'close-notice'
  | 'approve'
  | 'refuse';

const fileOf = (head: Head, { review }: Context): ReviewFile => review ?? emptyFile(head.id);

function filesNamed(ids: readonly string[], { documents }: Context): readonly object[] {
  return (documents ?? [])
    .filter(({ id }) => ids.includes(id))
    .map(({ id, fileName, sha256 }) => ({ id, fileName, sha256 }));
}

/** The stages after the departments, in their order: which clock each has, and who acts in it. */
const stagesAfterReview = [
  { state: 'plan-check', clock: 'plan-check', office: planCheckerOf },
  { state: 'public-notice', clock: 'notice', office: leadOf },
  { state: 'deciding', clock: 'decision', office: deciderOf },
] as const;

/** On to the next stage that this kind and these rules have: its clock begins when the one before ends. */
function nextStage(
  head: Head,
  ended: 'review' | 'plan-check' | 'notice',
  { kind, now }: Context,
  seq: number,
): Head {
  const after = stagesAfterReview.findIndex(({ clock }) => clock === ended) + 1;
  const next =
    stagesAfterReview.slice(after).find(({ state }) => isHeld(state, head, kind)) ?? stagesAfterReview[2];
  const clocks = endClock(head.clocks, ended, 'done', now, seq);
  return {
    ...head,
    state: next.state,
    clocks: startClock(clocks, next.clock, next.office(head), head, kind, now, seq),
  };
}

/** 公示 of no days is none. */
function isHeld(state: State, { terms }: Head, { skips = [] }: Kind): boolean {
  if (state === 'public-notice' && (terms?.days.notice ?? 0) === 0) return false;
  return !(skips as readonly State[]).includes(state);
}

function refused(
  head: Head,
  body: Readonly<Record<string, unknown>>,
  { now }: Context,
  seq: number,
): Outcome {
  return {
    head: { ...head, asked: [], extensions: [], clocks: endAll(head.clocks, 'rejected', now, seq) },
    paper: { type: 'refusal', body },
  };
}

export const jointSteps: { readonly [A in JointAction & Action]: StepFunction<A> } = {
  'record-visit': (head, input, context) => {
    const file = fileOf(head, context);
    return {
      ...withFile(head, { ...file, visits: file.visits + 1 }),
      paper: { type: 'site-visit', body: { ...input, documents: filesNamed(input.documents, context) } },
    };
  },

  'record-minutes': (head, input, context, seq) => {
    const { now } = context;
    const given = input.opinions.map(({ department, verdict }) => ({
      office: `${head.county ?? ''}-${department}`,
      verdict,
      version: head.frozen,
      hash: head.frozenHash ?? '',
      seq,
    }));
    const offices = given.map(({ office }) => office);
    const clocks = offices.reduce(
      (running, office) => endClock(running, opinionClockOf(office), 'minutes', now, seq),
      head.clocks,
    );
    const before = fileOf(head, context);
    const file = input.opinions.reduce(
      (all, { department, conditions = [] }) =>
        withConditions(all, `${head.county ?? ''}-${department}`, conditionsOf(conditions), seq),
      { ...before, minutes: before.minutes + 1 },
    );
    const settled = {
      ...head,
      clocks,
      opinions: [...head.opinions, ...given],
      asked: head.asked.filter(({ office }) => !offices.includes(office)),
    };
    const escalated = (head.open?.escalated ?? []).filter((office) => !offices.includes(office));
    return {
      ...withFile(settled, file, escalated),
      paper: { type: 'minutes', body: { ...input, document: filesNamed([input.document], context)[0] } },
      facts: { settles: offices.length },
    };
  },

  'settle-contradiction': (head, input, context, seq) => {
    const [one = 0, other = 0] = input.conditions;
    const pair: [number, number] = one < other ? [one, other] : [other, one];
    const yields =
      input.prevails === undefined ? undefined : pair.find((number) => number !== input.prevails);
    const file = fileOf(head, context);
    const kept = {
      ...file,
      settled: [...file.settled, { pair, seq, ...(input.prevails ? { prevails: input.prevails } : {}) }],
    };
    return {
      ...withFile(
        head,
        yields === undefined ? kept : changeCondition(kept, yields, { state: 'set-aside', endedBy: seq }),
      ),
      paper: { type: 'contradiction-settled', body: { ...input } },
    };
  },

  'conclude-review': (head, _input, context, seq) => ({
    head: nextStage(head, 'review', context, seq),
  }),

  'prove-condition': (head, input, context, seq) => ({
    ...withFile(
      head,
      changeCondition(fileOf(head, context), input.condition, { state: 'proved', provedBy: seq }),
    ),
    paper: { type: 'condition-proof', body: { ...input, documents: filesNamed(input.documents, context) } },
    facts: { condition: input.condition },
  }),

  'close-condition': (head, input, context, seq) => ({
    ...withFile(
      head,
      changeCondition(
        fileOf(head, context),
        input.condition,
        input.met ? { state: 'closed', endedBy: seq } : { state: 'open' },
      ),
    ),
    paper: { type: 'condition-closed', body: { ...input } },
    facts: { condition: input.condition, met: input.met },
  }),

  'deliver-paper': (head, input, context, seq) => {
    const file = fileOf(head, context);
    const promised = file.promised.map((one) =>
      one.paper === input.paper && one.deliveredBy === undefined ? { ...one, deliveredBy: seq } : one,
    );
    return {
      ...withFile(head, { ...file, promised }),
      paper: {
        type: 'late-paper',
        body: { paper: input.paper, documents: filesNamed([input.document], context) },
      },
      facts: { paper: input.paper },
    };
  },

  'pass-plan-check': (head, input, context, seq) => ({
    head: nextStage(head, 'plan-check', context, seq),
    paper: { type: 'plan-check', body: { ...input } },
  }),

  'fail-plan-check': (head, input, context, seq) => refused(head, { ...input }, context, seq),

  'record-objection': (head, input, context, seq) => {
    const file = fileOf(head, context);
    const number = file.objections.length + 1;
    return {
      ...withFile(head, { ...file, objections: [...file.objections, { number, seq }] }),
      paper: { type: 'objection', body: { number, ...input } },
      facts: { objection: number },
    };
  },

  'answer-objection': (head, input, context, seq) => {
    const file = fileOf(head, context);
    const objections = file.objections.map((one) =>
      one.number === input.objection ? { ...one, answeredBy: seq, upheld: input.upheld } : one,
    );
    return {
      ...withFile(head, { ...file, objections }),
      paper: { type: 'objection-answer', body: { ...input } },
      facts: { objection: input.objection, upheld: input.upheld },
    };
  },

  'close-notice': (head, _input, context, seq) => ({
    head: nextStage(head, 'notice', context, seq),
  }),

  // The issue is part of the decision's limit: its clock ends with the number. What only ends a certificate needs none.
  approve: (head, input, { kind, now }, seq) => {
    const done = kind.certificate === 'cancel';
    const clocks = done ? endAll(head.clocks, 'decided', now, seq) : head.clocks;
    return {
      head: { ...head, state: done ? 'granted' : 'decided', clocks, extensions: [] },
      paper: { type: 'decision', body: { ...input } },
      facts: { rules: head.terms?.rules ?? '' },
    };
  },

  refuse: (head, input, context, seq) => refused(head, { ...input }, context, seq),
};
