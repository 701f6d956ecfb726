/**
 * What a person does with a notice: reads it, or puts a duty of it off. Both stand in chains of their own: that a person took
 * notice is what a city is held to later, and that he chose to hear nothing for a while belongs to the same proof.
 */
import { civilDateOf, isCivilDate } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain } from '../../domain/audit/entry.ts';
import { lastDayOf } from '../../domain/duties/duty-desk.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { boxesOf, coveredOn, maySnooze, readAt, type Box } from '../../domain/reminders/inbox.ts';
import type { Notice } from '../../domain/reminders/notice.ts';
import { nameOf, type ReadMark, type Snooze } from '../../domain/reminders/person.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer, Commit, Store } from '../ports.ts';

/** Marks the notices of a day as read, of one role or of all that the person may read. Read twice is read once. */
export async function markRead(
  deps: Deps,
  command: CommandRequest,
  day: string,
  input: { readonly role?: string | undefined },
): Promise<Result<Answer, Refusal>> {
  const { actor } = command;
  return runCommand(deps, command, {}, async () => {
    const now = deps.now();
    const found = await noticesOn(deps.store, actor, day, now);
    const asked = found.filter(({ box }) => input.role === undefined || box.role === input.role);
    if (asked.length === 0) return refuse(refusal('not-found'));
    const marks = await Promise.all(asked.map(({ notice }) => markOf(deps.store, actor, notice, now)));
    return ok({
      commit: {
        changes: marks.flatMap(({ change }) => (change ? [change] : [])),
        // What is read is the notice as it then stood, and nothing that a run adds at this very moment.
        unchanged: marks.flatMap(({ change, notice }) => (change ? [conditionOn(notice)] : [])),
      },
      answer: { status: 201, body: { day, items: marks.map(({ notice, at }) => readView(notice, at)) } },
    });
  });
}

/** Puts off a duty that the day's notice tells of; today's date ends it. */
export async function snooze(
  deps: Deps,
  command: CommandRequest,
  day: string,
  input: { readonly obligation: string; readonly until: string },
): Promise<Result<Answer, Refusal>> {
  const { actor } = command;
  return runCommand(deps, command, {}, async () => {
    const now = deps.now();
    const found = await noticesOn(deps.store, actor, day, now);
    const lines = found
      .flatMap(({ notice }) => notice.lines)
      .filter(({ obligation }) => obligation === input.obligation);
    const obligation = lines.length > 0 ? await deps.store.obligation(input.obligation) : undefined;
    if (!obligation) return refuse(refusal('not-found'));
    const calendar = await deps.store.calendar();
    for (const line of lines) {
      const may = maySnooze(line, lastDayOf(obligation), input.until, civilDateOf(now), calendar);
      if (!may.ok) return may;
    }
    const of = { office: actor.office, sub: actor.sub, obligation: obligation.id };
    const before = await deps.store.snooze(of.office, of.sub, of.obligation);
    const answer = { status: 201, body: { obligation: obligation.id, until: input.until } };
    if (before?.until === input.until) return ok({ commit: { changes: [] }, answer });
    const after: Snooze = { ...of, until: input.until, seq: before?.seq ?? 0, hash: '' };
    const facts = { office: of.office, obligation: of.obligation, until: input.until };
    const by = { sub: actor.sub, office: actor.office };
    const { record, entry } = chain(
      nameOf.snooze(of),
      before,
      after,
      { type: 'notice.snoozed', facts },
      by,
      now,
    );
    const change = { kind: 'snooze', ...(before ? { before } : {}), after: record, entry } as const;
    return ok({ commit: { changes: [change] }, answer });
  });
}

interface Found {
  readonly box: Box;
  readonly notice: Notice;
}

/** The notices of a day that a person may read, whichever role they are for. */
async function noticesOn(store: Store, actor: Actor, day: string, now: string): Promise<readonly Found[]> {
  if (!isCivilDate(day)) return [];
  const { people } = await store.addressBook(actor.office);
  const boxes = boxesOf(actor, people, civilDateOf(now)).filter((box) => coveredOn(box, day) !== 'nobody');
  const notices = await Promise.all(boxes.map(({ office, role }) => store.notice(office, role, day)));
  return boxes.flatMap((box, index) => {
    const notice = notices[index];
    return notice ? [{ box, notice }] : [];
  });
}

interface Marked {
  readonly notice: Notice;
  readonly at: string;
  /** Absent: it was read before. */
  readonly change?: Commit['changes'][number];
}

async function markOf(store: Store, actor: Actor, notice: Notice, now: string): Promise<Marked> {
  const { office, role, day, seq } = notice;
  const { sub } = actor;
  const before = await store.readMark(office, role, day, sub);
  const known = readAt(notice, before);
  if (known !== null) return { notice, at: known };
  const readings = [...(before?.readings ?? []), { notice: seq, at: now }];
  const after: ReadMark = { office, role, day, sub, readings, seq: before?.seq ?? 0, hash: '' };
  const facts = { office, role, day, notice: seq };
  const { record, entry } = chain(
    nameOf.read(after),
    before,
    after,
    { type: 'notice.read', facts },
    // A cover reads as himself, without the role that he stands in for.
    { sub, office: actor.office, role: actor.roles.find((one) => one === role) },
    now,
  );
  return { notice, at: now, change: { kind: 'read', ...(before ? { before } : {}), after: record, entry } };
}

function conditionOn({ office, role, day, seq }: Notice): NonNullable<Commit['unchanged']>[number] {
  return { record: `notice:${office}/${role}/${day}`, seq };
}

function readView({ office, role, day }: Notice, read: string): unknown {
  return { office, role, day, read };
}
