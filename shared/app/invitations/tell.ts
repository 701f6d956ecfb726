/**
 * Sends what an invitation has to say: the link, then the codes. Each lies sealed in the record until it is sent, and is gone from it
 * in the commit that says so. A message may go out twice, under one name, by which the gateway drops the second.
 */
import { hashOf } from '../../kernel/hash.ts';
import { systemActor, type AuditEntry } from '../../domain/audit/entry.ts';
import {
  sealContext,
  standingOf,
  type Invitation,
  type LinkState,
} from '../../domain/invitations/invitation.ts';
import { codeTold, linkTold } from '../../domain/invitations/lifecycle.ts';
import { codeMessage, linkMessage } from '../../domain/invitations/messages.ts';
import { leadOf } from '../../domain/submissions/parties.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Now, PersonalData, Store } from '../ports.ts';
import type { TextMessages } from '../reminders/deliver.ts';
import { invitationChange } from './change.ts';

export interface TellDeps {
  readonly store: Store;
  readonly personalData: PersonalData;
  /** Absent: no gateway is set up, and the lead sees that nothing was sent. */
  readonly texts?: TextMessages;
  readonly now: Now;
  readonly portal: string;
}

type What = 'link' | 'code';

/** @throws Error when the gateway is out of reach: Lambda tries again, and keeps the order when it fails for good */
export async function tellInvited(deps: TellDeps, entry: AuditEntry): Promise<void> {
  const what: What = entry.type === 'invitation.sent' ? 'link' : 'code';
  const [submission = '', number = ''] = entry.record.slice('invitation:'.length).split('/');
  const [invitation, head] = await Promise.all([
    deps.store.invitation(submission, Number(number)),
    deps.store.head(submission),
  ]);
  if (!invitation || !head) return;
  const sealed = what === 'link' ? invitation.link.sealed : invitation.code?.sealed;
  // Told already, or nobody is to hear of it any more.
  if (sealed === undefined || standingOf(invitation, head, deps.now()) !== 'open') return;
  const state = await send(
    deps,
    what,
    invitation,
    head,
    sealed,
    hashOf([entry.record, entry.seq]).slice(0, 32),
  );
  await record(deps, what, invitation, sealed, state);
}

async function send(
  { personalData, texts, portal, now }: TellDeps,
  what: What,
  invitation: Invitation,
  head: Head,
  sealed: string,
  key: string,
): Promise<LinkState> {
  if (!texts) return 'off';
  const { phone = '' } = await personalData.open(
    invitation.official.sealed ?? '',
    sealContext.official(invitation),
  );
  const { token = '', code = '' } = await personalData.open(sealed, sealContext[what](invitation));
  const text =
    what === 'link' ? linkMessage(invitation, leadOf(head), portal, token) : codeMessage(invitation, code);
  const sent = await texts.send(phone, text, key, now());
  if (sent.outcome === 'failed') throw new Error(`The gateway took no message: ${sent.reason}`);
  return sent.outcome;
}

const attempts = 5;

/** He may be opening it at this very moment: then it is recorded on what he left. */
async function record(
  deps: TellDeps,
  what: What,
  first: Invitation,
  sealed: string,
  state: LinkState,
): Promise<void> {
  let invitation: Invitation | undefined = first;
  for (let attempt = 1; attempt <= attempts && invitation; attempt += 1) {
    const lies: string | undefined = what === 'link' ? invitation.link.sealed : invitation.code?.sealed;
    if (lies !== sealed) return;
    const now = deps.now();
    const told = what === 'link' ? linkTold(invitation, state, now) : codeTold(invitation, now);
    if (!told.ok) return;
    const action = what === 'link' ? 'record-link' : 'record-code';
    const change = invitationChange(action, invitation, told.value, { outcome: state }, systemActor, now);
    const done = await deps.store.commit({ changes: [change] });
    if (done.outcome === 'done') return;
    invitation = await deps.store.invitation(first.submission, first.number);
  }
  throw new Error(`What became of a message could not be recorded: ${first.submission}/${first.number}`);
}
