/** What was told of a duty, to whom, when, and who has read it: the proof of notice. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { firstReadAfter } from '../../domain/reminders/inbox.ts';
import type { Reminder } from '../../domain/reminders/reminder.ts';
import type { Store } from '../ports.ts';

export async function readReminders(
  deps: { store: Store },
  actor: Actor,
  id: string,
): Promise<Result<unknown, Refusal>> {
  const obligation = await deps.store.obligation(id);
  const regional = officeOf(actor.office)?.level === 'region';
  if (!obligation || (obligation.city !== actor.office && !regional)) return refuse(refusal('not-found'));
  const reminders = await deps.store.reminders(id);
  const sorted = [...reminders].sort((a, b) => a.day.localeCompare(b.day) || a.at.localeCompare(b.at));
  const items = sorted.map(async (reminder) =>
    reminder.outcome === 'noticed'
      ? { ...reminder, read: await readersOf(deps.store, reminder, regional) }
      : reminder,
  );
  return ok({ items: await Promise.all(items) });
}

/** Who has read the notice since this was told in it: how many and when first; to the region also who. */
async function readersOf(
  store: Store,
  { office, role, at }: Reminder,
  regional: boolean,
): Promise<{ count: number; first: string | null; by?: readonly { sub: string; at: string }[] }> {
  // The notice is of the day on which it was made, which may be later than the point's.
  const day = civilDateOf(at);
  const marks = await store.readMarks(office, role, day, day);
  const by = marks
    .flatMap((mark) => {
      const first = firstReadAfter(mark, at);
      return first === undefined ? [] : [{ sub: mark.sub, at: first }];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
  return { count: by.length, first: by[0]?.at ?? null, ...(regional ? { by } : {}) };
}
