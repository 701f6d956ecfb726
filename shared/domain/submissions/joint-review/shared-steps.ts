/** What steps that all paths share do besides on the joint review. On any other path they give back what they were given. */
import type { Context } from '../context.ts';
import { leadOf } from '../parties.ts';
import { startClock } from '../stage-clocks.ts';
import type { Head } from '../submission.ts';
import { conditionsOf, promisesIn, type GivenCondition } from './conditions.ts';
import {
  emptyFile,
  openMattersOf,
  withConditions,
  withoutConditionsOf,
  type ReviewFile,
} from './review-file.ts';
import { termsFrom } from './terms.ts';

interface Kept {
  readonly head: Head;
  readonly review?: ReviewFile;
}

/** The head with what the file leaves open, and the file. */
export function withFile(head: Head, review: ReviewFile, escalated = head.open?.escalated ?? []): Kept {
  const { open: _before, ...rest } = head;
  const open = openMattersOf(review, escalated);
  return { head: open ? { ...rest, open } : rest, review };
}

/** Signed: the terms are those in force now; what is promised is remembered. */
export function filed(head: Head, { rules, review, kind, version }: Context): Kept {
  if (head.path !== 'joint-review' || !rules) return { head };
  const under = { ...head, terms: termsFrom(rules) };
  const promised = promisesIn(kind, version);
  if (!review && promised.length === 0) return { head: under };
  return withFile(under, {
    ...(review ?? emptyFile(head.id)),
    promised: promised.map((one) => ({ ...one })),
  });
}

/** Accepted: the review as a whole has its limit; what voided opinions had set is gone. */
export function accepted(head: Head, wanted: readonly string[], context: Context, seq: number): Kept {
  if (head.path !== 'joint-review') return { head };
  const clocks = startClock(head.clocks, 'review', leadOf(head), head, context.kind, context.now, seq);
  const running = { ...head, clocks };
  return context.review
    ? withFile(running, withoutConditionsOf(context.review, wanted), [])
    : { head: running };
}

/** An opinion: its conditions are entered in the file, and nobody waits for its office any longer. */
export function opinionKept(
  head: Head,
  given: readonly GivenCondition[],
  office: string,
  { review }: Context,
  seq: number,
): Kept {
  if (head.path !== 'joint-review') return { head };
  const escalated = (head.open?.escalated ?? []).filter((one) => one !== office);
  const file = review ?? emptyFile(head.id);
  if (given.length > 0)
    return withFile(head, withConditions(file, office, conditionsOf(given), seq), escalated);
  const { head: shown } = withFile(head, file, escalated);
  return { head: shown };
}
