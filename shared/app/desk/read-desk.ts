/** What waits for this person: the desks of all their roles, by due date, each line with why and since when. */
import type { Actor, Role } from '../../domain/identity/roles.ts';
import { tasks } from '../../domain/submissions/desks.ts';
import type { DeskEntry, Now, Page, Store } from '../ports.ts';
import { civilDateOf } from '../../kernel/civil-date.ts';

export interface DeskLine extends DeskEntry {
  readonly taskText: { readonly zh: string; readonly en: string };
  readonly overdue: boolean;
}

/** Roles that have desks at all. */
const deskRoles: ReadonlySet<Role> = new Set([
  'drafter',
  'checker',
  'signatory',
  'publisher',
  'lead',
  'reviewer',
  'consenter',
]);

/**
 * One page over the person's desks. The cursor names a desk and a place on it: desks follow one another by role, each
 * in order of due date; a person with one role, the usual case, simply sees one list by due date.
 */
export async function readDesk(
  deps: { store: Store; now: Now },
  actor: Actor,
  asked: { cursor?: string | undefined; limit: number },
): Promise<Page<DeskLine>> {
  const mine = actor.roles.filter((role) => deskRoles.has(role));
  const today = civilDateOf(deps.now());
  const split = asked.cursor?.indexOf('~') ?? -1;
  let index = asked.cursor && split >= 0 ? mine.indexOf(asked.cursor.slice(0, split) as Role) : 0;
  let from = asked.cursor && split >= 0 ? asked.cursor.slice(split + 1) || undefined : undefined;
  const lines: DeskLine[] = [];
  for (; index >= 0 && index < mine.length; index += 1) {
    const role = mine[index];
    if (!role) break;
    const page = await deps.store.desk(actor.office, role, from, asked.limit - lines.length);
    lines.push(...page.items.map((entry) => lineOf(entry, today)));
    from = page.cursor;
    if (from && lines.length >= asked.limit) return { items: byDue(lines), cursor: `${role}~${from}` };
    const next = mine[index + 1];
    if (lines.length >= asked.limit && next) return { items: byDue(lines), cursor: `${next}~` };
  }
  return { items: byDue(lines) };
}

function lineOf(entry: DeskEntry, today: string): DeskLine {
  return { ...entry, taskText: tasks[entry.task], overdue: entry.due !== undefined && entry.due < today };
}

function byDue(lines: readonly DeskLine[]): DeskLine[] {
  return [...lines].sort(
    (a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999') || a.since.localeCompare(b.since),
  );
}
