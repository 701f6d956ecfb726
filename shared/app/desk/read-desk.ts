/** What waits for this person: one list over the desks of all their roles, by due date, each line with why and since when. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal, type Text } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Actor, Role } from '../../domain/identity/roles.ts';
import { tasks } from '../../domain/submissions/desks.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import type { DeskEntry, Now, Page, Store } from '../ports.ts';

export interface DeskLine extends DeskEntry {
  readonly kindName: Text;
  readonly taskText: Text;
  readonly overdue: boolean;
}

/** Whether a role has a desk at all: a new role says so here, or does not compile. */
const hasDesk: Readonly<Record<Role, boolean>> = {
  drafter: true,
  checker: true,
  signatory: true,
  publisher: true,
  leader: true,
  lead: true,
  reviewer: true,
  consenter: true,
  'plan-checker': true,
  decider: true,
  supervisor: true,
  administrator: true,
  auditor: false,
  'quarantine-officer': false,
};

/**
 * One page. Every desk is read from the same place on and the lines are merged; a person has one role, seldom three.
 * @param asked.cursor the place of the last line seen, as an earlier page gave it
 */
export async function readDesk(
  deps: { store: Store; now: Now },
  actor: Actor,
  asked: { cursor?: string | undefined; limit: number },
): Promise<Result<Page<DeskLine>, Refusal>> {
  const after = asked.cursor === undefined ? undefined : placeOf(asked.cursor);
  if (asked.cursor !== undefined && after === undefined) return refuse(refusal('invalid-cursor'));
  const mine = actor.roles.filter((role) => hasDesk[role]);
  // One line more than the page tells whether another page follows.
  const desks = await Promise.all(
    mine.map((role) => deps.store.desk(actor.office, role, after, asked.limit + 1)),
  );
  const merged = desks.flat().sort((a, b) => (a.place < b.place ? -1 : 1));
  const page = merged.slice(0, asked.limit);
  const last = merged.length > asked.limit ? page.at(-1) : undefined;
  const today = civilDateOf(deps.now());
  return ok({
    items: page.map(({ entry }) => lineOf(entry, today)),
    ...(last ? { cursor: Buffer.from(last.place).toString('base64url') } : {}),
  });
}

/** A place begins with its due date; anything else is no cursor of ours. */
function placeOf(cursor: string): string | undefined {
  const place = Buffer.from(cursor, 'base64url').toString('utf8');
  return /^\d{4}-\d\d-\d\d#/.test(place) && place.length < 500 ? place : undefined;
}

/** What lies on desks, too, and is no kind of filing. */
const others: Readonly<Record<string, Text>> = {
  evaluation: { zh: '监测评价', en: 'Evaluation' },
  calendar: { zh: '工作日日历', en: 'Working-day calendar' },
};

function nameOf(code: string): Text {
  return others[code] ?? kindOf(code)?.name ?? { zh: code, en: code };
}

function lineOf(entry: DeskEntry, today: string): DeskLine {
  // A duty's line names all its kinds.
  const names = entry.kind.split(',').map((code) => nameOf(code));
  const kindName = {
    zh: names.map(({ zh }) => zh).join('、'),
    en: names.map(({ en }) => en).join(', '),
  };
  return {
    ...entry,
    kindName,
    taskText: tasks[entry.task],
    overdue: entry.due !== undefined && entry.due < today,
  };
}
