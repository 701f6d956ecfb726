/** The inbox of a person's office and roles, newest day first; and what was recorded of one duty: the proof of notice. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { wordsOf, type Notice } from '../../domain/reminders/notice.ts';
import type { Page, Store } from '../ports.ts';

/** @param asked.cursor the day of the last notice seen */
export async function readInbox(
  deps: { store: Store },
  actor: Actor,
  asked: { cursor?: string | undefined; limit: number },
): Promise<Result<Page<unknown>, Refusal>> {
  if (asked.cursor !== undefined && !/^\d{4}-\d\d-\d\d$/.test(asked.cursor))
    return refuse(refusal('invalid-cursor'));
  const boxes = await Promise.all(
    actor.roles.map((role) => deps.store.noticesOf(actor.office, role, asked.cursor, asked.limit + 1)),
  );
  const all = boxes.flat().sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  const cut = all[asked.limit]?.day;
  // Whole days only: the cursor is a day, and a day of several roles is not torn apart.
  const items = cut === undefined ? all : all.filter(({ day }) => day > cut);
  const page = items.length > 0 ? items : all.filter(({ day }) => day === all[0]?.day);
  const last = page.at(-1)?.day;
  return ok({
    items: page.map(noticeView),
    ...(cut !== undefined && last !== undefined ? { cursor: last } : {}),
  });
}

function noticeView({ office, role, day, lines, at }: Notice): unknown {
  return { office, role, day, at, lines: lines.map((line) => ({ ...line, text: wordsOf(line) })) };
}

export async function readReminders(
  deps: { store: Store },
  actor: Actor,
  id: string,
): Promise<Result<unknown, Refusal>> {
  const obligation = await deps.store.obligation(id);
  const mine = obligation && (obligation.city === actor.office || officeOf(actor.office)?.level === 'region');
  if (!mine) return refuse(refusal('not-found'));
  const reminders = await deps.store.reminders(id);
  const sorted = [...reminders].sort((a, b) => a.day.localeCompare(b.day) || a.at.localeCompare(b.at));
  return ok({ items: sorted });
}
