/** Certificates whose last day is over expire (到期), by the clock: each its own commit, however late the job runs. */
import { addDays, civilDateOf } from '../../kernel/civil-date.ts';
import { systemActor } from '../../domain/audit/entry.ts';
import type { Now, Store } from '../ports.ts';
import { followCertificate } from '../projects/follow-certificate.ts';
import { stepCommit } from './decided.ts';

const attempts = 6;

/** @returns how many expired in this run */
export async function expireCertificates({
  store,
  now,
}: {
  readonly store: Pick<
    Store,
    'commit' | 'certificate' | 'certificatesEnding' | 'project' | 'resource' | 'planUse'
  >;
  readonly now: Now;
}): Promise<number> {
  const yesterday = addDays(civilDateOf(now()), -1);
  let expired = 0;
  for (const id of await store.certificatesEnding(yesterday)) {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const before = await store.certificate(id);
      const stepped = before && stepCommit({ action: 'expire' }, before, systemActor, now());
      // The index may be late: renewed, revoked or expired since.
      if (!stepped?.ok) break;
      const { certificate, commit } = stepped.value;
      const following = await followCertificate(store, certificate, { by: systemActor, now: now() });
      // The project ended some other way meanwhile: its certificate goes its own.
      const also = following.ok ? following.value : { changes: [] };
      const { outcome } = await store.commit({
        ...commit,
        ...also,
        changes: [...commit.changes, ...also.changes],
      });
      if (outcome !== 'done') continue;
      expired += 1;
      break;
    }
  }
  return expired;
}
