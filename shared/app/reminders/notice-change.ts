/** The day's notice of a recipient with these lines, as a change with its audit entry. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { chain, systemActor } from '../../domain/audit/entry.ts';
import { noticeWith, type NoticeLine } from '../../domain/reminders/notice.ts';
import type { Recipient } from '../../domain/reminders/reminder.ts';
import type { Commit, Store } from '../ports.ts';

export async function noticeChange(
  store: Store,
  recipient: Recipient,
  lines: readonly NoticeLine[],
  now: string,
): Promise<Commit['changes'][number]> {
  const before = await store.notice(recipient.office, recipient.role, civilDateOf(now));
  const after = noticeWith(before, recipient, lines, now);
  const facts = {
    office: recipient.office,
    role: recipient.role,
    day: after.day,
    duties: lines.map(({ obligation, point, city }) => ({ obligation, point, city })),
  };
  const name = `notice:${recipient.office}/${recipient.role}/${after.day}`;
  const { record, entry } = chain(name, before, after, { type: 'notice.made', facts }, systemActor, now);
  return { kind: 'notice', ...(before ? { before } : {}), after: record, entry };
}
