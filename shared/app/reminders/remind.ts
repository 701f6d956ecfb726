/**
 * Records what is due to be told, once: the reminders and the notice that carries them commit together, on the condition
 * that the duties are as they were read. Safe to run twice, late, and twice at once.
 */
import { addDays, civilDateOf, startOfDay } from '../../kernel/civil-date.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { WorkingCalendar } from '../../domain/calendar/working-days.ts';
import type { Obligation } from '../../domain/duties/obligation.ts';
import { lineOf, type NoticeLine } from '../../domain/reminders/notice.ts';
import { remindersDue, type Recipient, type Reminder, type Wanted } from '../../domain/reminders/reminder.ts';
import type { Commit, Now, Store } from '../ports.ts';
import { noticeChange } from './notice-change.ts';

export interface RemindDeps {
  readonly store: Store;
  readonly now: Now;
}

/** A transaction holds a hundred items: a reminder and a condition for each duty, the notice and its entry. */
const dutiesAtOnce = 40;
const attempts = 8;

/** Every open duty of the region. */
export async function remindAll(deps: RemindDeps): Promise<Result<number, Refusal>> {
  return remind(deps, () => deps.store.openDuties());
}

/** One duty, at once: it was just laid down. */
export async function remindOf(deps: RemindDeps, obligation: string): Promise<Result<number, Refusal>> {
  return remind(deps, async () => [obligation]);
}

/**
 * @returns how many reminders were recorded; refused when a year of the calendar is not loaded, after all duties that do not
 * need that year were told of
 */
async function remind(
  deps: RemindDeps,
  which: () => Promise<readonly string[]>,
): Promise<Result<number, Refusal>> {
  let recorded = 0;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { wanted, refused } = await wantedNow(deps, await which());
    const commits = await commitsFor(deps, wanted);
    if (!commits.ok) return commits;
    if (commits.value.length === 0) return refused ? refuse(refused) : ok(recorded);
    for (const commit of commits.value) {
      const { outcome } = await deps.store.commit(commit);
      if (outcome === 'done') recorded += commit.reminders?.length ?? 0;
    }
    // What was not done, because a duty changed or a twin was faster, is looked at again.
  }
  throw new Error('The duties are too busy to be reminded of; the next run goes on');
}

/** The day's run is at half past eight; by nine it has told of everything. */
const [runMinutes, doneMinutes] = [8 * 60 + 30, 9 * 60];

/**
 * How many reminders are not recorded although the last nine o'clock has passed: their day had come, and their duty was as it
 * is now before the run. What has changed since, the next run tells of.
 */
export async function remindersMissed(deps: RemindDeps): Promise<number> {
  const now = deps.now();
  const today = civilDateOf(now);
  const at = (day: string, minutes: number): string =>
    new Date(Date.parse(startOfDay(day)) + minutes * 60_000).toISOString();
  const day = now < at(today, doneMinutes) ? addDays(today, -1) : today;
  const { wanted, refused } = await wantedNow(deps, await deps.store.openDuties());
  let missed = refused ? 1 : 0;
  for (const { obligation, wanted: ofDuty } of wanted) {
    const due = ofDuty.filter((reminder) => reminder.day <= day).length;
    const [last] =
      due > 0 ? await deps.store.entries(`obligation:${obligation.id}`, obligation.seq - 1, 1) : [];
    if (last && last.at < at(day, runMinutes)) missed += due;
  }
  return missed;
}

interface WantedOf {
  readonly obligation: Obligation;
  readonly wanted: readonly Wanted[];
}

async function wantedNow(
  deps: RemindDeps,
  ids: readonly string[],
): Promise<{ readonly wanted: readonly WantedOf[]; readonly refused?: Refusal }> {
  const calendar = await deps.store.calendar();
  const all: WantedOf[] = [];
  let refused: Refusal | undefined;
  for (const id of ids) {
    const [obligation, recorded] = await Promise.all([deps.store.obligation(id), deps.store.reminders(id)]);
    if (!obligation) continue;
    const wanted = remindersDue(obligation, calendar, deps.now(), recorded);
    if (!wanted.ok) refused = wanted.error;
    else if (wanted.value.length > 0) all.push({ obligation, wanted: wanted.value });
  }
  return { wanted: all, ...(refused ? { refused } : {}) };
}

async function commitsFor(
  deps: RemindDeps,
  all: readonly WantedOf[],
): Promise<Result<readonly Commit[], Refusal>> {
  const calendar = await deps.store.calendar();
  const commits: Commit[] = [];
  const byRecipient = Map.groupBy(
    all.flatMap(({ obligation, wanted }) => wanted.map((reminder) => ({ obligation, reminder }))),
    ({ reminder: { office, role } }) => `${office} ${role}`,
  );
  for (const group of byRecipient.values()) {
    const byDuty = [...Map.groupBy(group, ({ obligation }) => obligation.id).values()];
    for (let start = 0; start < byDuty.length; start += dutiesAtOnce) {
      // One after the other: the second adds to the notice that the first makes.
      const part = byDuty.slice(start, start + dutiesAtOnce).flat();
      const commit = await commitFor(deps, calendar, part);
      if (!commit.ok) return commit;
      commits.push(commit.value);
      if (byDuty.length > dutiesAtOnce) return ok(commits);
    }
  }
  return ok(commits);
}

async function commitFor(
  deps: RemindDeps,
  calendar: WorkingCalendar,
  part: readonly { readonly obligation: Obligation; readonly reminder: Wanted }[],
): Promise<Result<Commit, Refusal>> {
  const now = deps.now();
  const duties = [...new Map(part.map(({ obligation }) => [obligation.id, obligation])).values()];
  const reminders = part.map(({ reminder }): Reminder => ({ ...reminder, at: now }));
  const unchanged = duties.map(({ id, seq }) => ({ record: `obligation:${id}`, seq }));
  const lines: NoticeLine[] = [];
  // Of several points of one duty that were missed, the last one is told.
  const told = new Map(
    part.filter(({ reminder }) => reminder.outcome === 'noticed').map((one) => [one.obligation.id, one]),
  );
  for (const { obligation, reminder } of told.values()) {
    const line = lineOf(obligation, reminder.point, calendar, now);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  const first = part[0]?.reminder;
  if (lines.length === 0 || !first) return ok({ changes: [], reminders, unchanged });
  const recipient = { office: first.office, role: first.role } as Recipient;
  return ok({
    changes: [await noticeChange(deps.store, recipient, lines, now)],
    reminders,
    unchanged,
  });
}
