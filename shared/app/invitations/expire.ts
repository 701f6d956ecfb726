/** Every night: invitations whose time is over end in the record too, and the officials' names and numbers go with them. */
import { systemActor } from '../../domain/audit/entry.ts';
import { moveInvitation } from '../../domain/invitations/lifecycle.ts';
import type { Now, Store } from '../ports.ts';
import { invitationChange } from './change.ts';

export interface ExpireInvitationsDeps {
  readonly store: Pick<Store, 'openInvitations' | 'invitation' | 'commit'>;
  readonly now: Now;
}

/** @returns how many ended; one that changes at this moment is left to the next night */
export async function expireInvitations({ store, now }: ExpireInvitationsDeps): Promise<number> {
  let ended = 0;
  const at = now();
  for (const { submission, number, validUntil } of await store.openInvitations()) {
    if (at < validUntil) continue;
    const before = await store.invitation(submission, number);
    const after = before && moveInvitation('expire', before, {}, at);
    if (!before || !after?.ok) continue;
    const change = invitationChange('expire', before, after.value, {}, systemActor, at);
    const { outcome } = await store.commit({ changes: [change] });
    if (outcome === 'done') ended += 1;
  }
  return ended;
}
