/** Reminds of certificates whose term comes to its end (续期提醒): each point once, however often and late the job runs. */
import { addDays, civilDateOf, dayNumber } from '../../kernel/civil-date.ts';
import { systemActor } from '../../domain/audit/entry.ts';
import { renewalPoints } from '../../domain/certificates/lifecycle.ts';
import type { Now, Store } from '../ports.ts';
import { stepCommit } from './decided.ts';

const attempts = 6;

/** @returns how many were reminded of in this run */
export async function remindOfEnding({
  store,
  now,
}: {
  readonly store: Pick<Store, 'commit' | 'certificate' | 'certificatesEnding'>;
  readonly now: Now;
}): Promise<number> {
  const today = civilDateOf(now());
  let reminded = 0;
  for (const id of await store.certificatesEnding(addDays(today, renewalPoints[0]))) {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const before = await store.certificate(id);
      if (!before) break;
      const left = dayNumber(before.validTo) - dayNumber(today);
      // Of several points that were passed over, the last one is told.
      const point = renewalPoints.findLast((days) => left <= days);
      if (point === undefined || left < 0 || (before.reminded ?? Number.POSITIVE_INFINITY) <= point) break;
      const stepped = stepCommit({ action: 'remind', point }, before, systemActor, now());
      if (!stepped.ok) break;
      const { outcome } = await store.commit(stepped.value.commit);
      if (outcome !== 'done') continue;
      reminded += 1;
      break;
    }
  }
  return reminded;
}
