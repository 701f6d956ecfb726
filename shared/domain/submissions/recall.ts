/** Recall (撤回): the last step undone, as if it had not been taken. */
import type { Context } from './context.ts';
import { withoutOpinion } from './joint-review/review-file.ts';
import { withFile } from './joint-review/shared-steps.ts';
import { undoStep } from './stage-clocks.ts';
import type { Outcome } from './steps.ts';
import type { Head, Overwritten } from './submission.ts';

/** What a recall could not tell from the head after the step; undefined when nothing was lost. */
export function overwrittenBy(before: Head, after: Head): Overwritten | undefined {
  const signedAgain = after.frozen !== before.frozen && before.frozen > 0;
  const voided = before.opinions.some((opinion) => !after.opinions.includes(opinion));
  const lost: Overwritten = {
    ...(signedAgain && before.receivedAt ? { receivedAt: before.receivedAt } : {}),
    ...(signedAgain && before.frozenHash ? { frozenHash: before.frozenHash } : {}),
    ...(voided ? { opinions: before.opinions } : {}),
  };
  return Object.keys(lost).length > 0 ? lost : undefined;
}

/** The head before its last step. Who drafted stays known: a recall frees nobody from the four eyes. */
export function recalled(head: Head, { review }: Pick<Context, 'review'> = {}): Outcome {
  const { step } = head;
  if (!step) return { head };
  const common = {
    state: step.from,
    clocks: undoStep(head.clocks, step.seq),
    opinions: step.overwritten?.opinions ?? head.opinions.filter((opinion) => opinion.seq !== step.seq),
  };
  switch (step.action) {
    case 'pass-check':
      return { head: { ...head, ...common, hands: withoutHand(head, 'checker') } };
    case 'sign':
      return { head: { ...unsigned(head, step.overwritten), ...common } };
    case 'opine': {
      const before = { ...head, ...common };
      // What the opinion had set goes with it.
      return review ? withFile(before, withoutOpinion(review, step.seq)) : { head: before };
    }
    default:
      return { head: { ...head, ...common } };
  }
}

function unsigned(head: Head, before: Overwritten = {}): Head {
  const { receivedAt: _receivedAt, frozenHash: _frozenHash, ...rest } = head;
  return {
    ...rest,
    ...(before.receivedAt ? { receivedAt: before.receivedAt } : {}),
    ...(before.frozenHash ? { frozenHash: before.frozenHash } : {}),
    frozen: head.version - 1,
    hands: withoutHand(head, 'signatory'),
  };
}

function withoutHand({ hands }: Head, name: 'checker' | 'signatory'): Head['hands'] {
  const { [name]: _hand, ...others } = hands;
  return others;
}
