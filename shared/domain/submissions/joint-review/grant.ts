/** The certificate has its number: the filing comes to its end in the same transaction. */
import type { EventDraft } from '../../audit/entry.ts';
import { platformEventTypes } from '../event-types.ts';
import { endAll } from '../stage-clocks.ts';
import type { Head } from '../submission.ts';

/** @returns the filing granted (audit number not yet advanced), or undefined when it is not one that waits for a number */
export function granted(
  head: Head,
  certificate: string,
  now: string,
): { readonly head: Head; readonly event: EventDraft } | undefined {
  if (head.state !== 'decided') return undefined;
  const { kind, owner, period, state } = head;
  const { step: _done, ...rest } = head;
  return {
    head: {
      ...rest,
      state: 'granted',
      clocks: endAll(head.clocks, 'issued', now, head.seq + 1),
      updatedAt: now,
    },
    event: {
      type: platformEventTypes.grant,
      facts: { kind, owner, period, from: state, to: 'granted', certificate },
    },
  };
}
