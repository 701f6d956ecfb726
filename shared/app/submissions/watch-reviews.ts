/** Looks every night for departments whose opinion stayed away: at the reviews under way, and at no other filing. */
import { chain, systemActor } from '../../domain/audit/entry.ts';
import { afterSilence, silentIn } from '../../domain/submissions/joint-review/silence.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import { deskChanges } from '../desk-changes.ts';
import type { Now, Store } from '../ports.ts';

export interface WatchReviewsDeps {
  readonly store: Pick<Store, 'reviewsUnderWay' | 'head' | 'calendar' | 'commit'>;
  readonly now: Now;
}

/** @returns how many silences were told or taken; run twice it finds none the second time */
export async function watchReviews(deps: WatchReviewsDeps): Promise<number> {
  let told = 0;
  for (const id of await deps.store.reviewsUnderWay()) told += await tell(deps, id);
  return told;
}

const attempts = 5;

/** One department a commit: the entry names it. Somebody who acts meanwhile is asked again on what he left. */
async function tell(deps: WatchReviewsDeps, id: string): Promise<number> {
  let told = 0;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const [head, calendar] = await Promise.all([deps.store.head(id), deps.store.calendar()]);
    const kind = head && kindOf(head.kind);
    const [office] = head && kind ? silentIn(head, kind, calendar, deps.now()) : [];
    if (!head || !kind || office === undefined) return told;
    const { head: after, event } = afterSilence(head, office, deps.now());
    const { step: _recallable, ...rest } = after;
    const { record, entry } = chain<Head>(`submission:${id}`, head, rest, event, systemActor, deps.now());
    const done = await deps.store.commit({
      changes: [{ kind: 'submission', before: head, after: record, entry }],
      desks: deskChanges(head, record, kind, calendar),
    });
    if (done.outcome === 'done') {
      told += 1;
      attempt = 0;
    }
  }
  throw new Error(`The silence of a department could not be recorded: submission:${id}`);
}
