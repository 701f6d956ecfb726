/** 催办: a supervisor has a city told at once, by hand, once a day. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { lastDayOf } from '../../domain/duties/duty-desk.ts';
import type { Obligation } from '../../domain/duties/obligation.ts';
import { lineOf } from '../../domain/reminders/notice.ts';
import { recipientsOf, type Reminder } from '../../domain/reminders/reminder.ts';
import type { Commit, Store } from '../ports.ts';
import { noticeChange } from './notice-change.ts';

/** What is committed together with the entry in the duty's own chain. */
export async function nudge(
  store: Store,
  obligation: Obligation,
  now: string,
): Promise<Result<Required<Pick<Commit, 'changes' | 'reminders'>>, Refusal>> {
  const day = civilDateOf(now);
  const recorded = await store.reminders(obligation.id);
  if (recorded.some((one) => one.point === 'nudge' && one.day === day))
    return refuse(refusal('nudged-today'));
  const line = lineOf(obligation, 'nudge', await store.calendar(), now);
  if (!line.ok) return line;
  const recipients = recipientsOf('nudge', obligation);
  const reminders = recipients.map(({ office, role }): Reminder => ({
    obligation: obligation.id,
    due: lastDayOf(obligation),
    point: 'nudge',
    office,
    role,
    day,
    outcome: 'noticed',
    at: now,
  }));
  const changes = await Promise.all(
    recipients.map((recipient) => noticeChange(store, recipient, [line.value], now)),
  );
  return ok({ changes, reminders });
}
