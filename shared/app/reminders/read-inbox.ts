/** The inbox of a person: his roles' notices and those of colleagues for whom he stands in, newest day first. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { WorkingCalendar } from '../../domain/calendar/working-days.ts';
import { roles, type Actor, type Role } from '../../domain/identity/roles.ts';
import { boxesOf, coveredOn, isHidden, readAt, type Box } from '../../domain/reminders/inbox.ts';
import { wordsOf, type Notice } from '../../domain/reminders/notice.ts';
import { tidingWords } from '../../domain/reminders/tiding.ts';
import type { Person, ReadMark, Snooze } from '../../domain/reminders/person.ts';
import type { Now, Page, Store } from '../ports.ts';

/** Of each role, how many of the newest notices the count of unread ones covers. */
const counted = 50;

export interface InboxAsked {
  /** The day of the last notice seen. */
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Only what is unread. A page may then be short, and the next one not. */
  readonly unread?: boolean | undefined;
  /** Also what was put off. */
  readonly all?: boolean | undefined;
}

interface Item {
  readonly notice: Notice;
  readonly covers?: Person;
  readonly read: string | null;
  readonly lines: readonly (Notice['lines'][number] & { readonly snoozedUntil?: string })[];
}

/** The first page says how many notices are unread. */
export async function readInbox(
  deps: { store: Store; now: Now },
  actor: Actor,
  asked: InboxAsked,
): Promise<Result<Page<unknown> & { readonly unread?: number }, Refusal>> {
  if (asked.cursor !== undefined && !/^\d{4}-\d\d-\d\d$/.test(asked.cursor))
    return refuse(refusal('invalid-cursor'));
  const today = civilDateOf(deps.now());
  const { people, snoozes } = await deps.store.addressBook(actor.office);
  const first = asked.cursor === undefined;
  const wanted = Math.max(asked.limit + 1, first ? counted : 0);
  const boxes = boxesOf(actor, people, today);
  const own = snoozes.filter(({ sub, until }) => sub === actor.sub && today < until);
  // Only what is put off needs the calendar, to know when it must be shown all the same.
  const calendar = own.length > 0 ? await deps.store.calendar() : undefined;
  const found = await Promise.all(
    boxes.map((box) => itemsOf(deps.store, actor.sub, box, asked.cursor, wanted)),
  );
  const all = found.flat().sort((a, b) => b.notice.day.localeCompare(a.notice.day));
  const { page, cursor } = pageOf(all, asked.limit);
  const shown = (items: readonly Item[], everything: boolean): readonly Item[] =>
    items
      .map((item) => withoutHidden(item, own, today, calendar, everything))
      .filter(({ lines, notice }) => lines.length + (notice.tidings ?? []).length > 0);
  const items = shown(page, asked.all === true).filter(({ read }) => asked.unread !== true || read === null);
  return ok({
    items: items.map(itemView),
    ...(first ? { unread: shown(all, false).filter(({ read }) => read === null).length } : {}),
    ...(cursor === undefined ? {} : { cursor }),
  });
}

/** The notices of a box with what the person has read of them, before a day. */
async function itemsOf(
  store: Store,
  sub: string,
  box: Box,
  before: string | undefined,
  limit: number,
): Promise<readonly Item[]> {
  const notices = await store.noticesOf(box.office, box.role, before, limit);
  const [newest, oldest] = [notices[0], notices.at(-1)];
  if (!newest || !oldest) return [];
  const marks = await store.readMarks(box.office, box.role, oldest.day, newest.day);
  const mine = new Map<string, ReadMark>(
    marks.filter((mark) => mark.sub === sub).map((mark) => [mark.day, mark]),
  );
  return notices.flatMap((notice): Item[] => {
    const covers = coveredOn(box, notice.day);
    if (covers === 'nobody') return [];
    const read = readAt(notice, mine.get(notice.day));
    return [{ notice, ...(covers ? { covers } : {}), read, lines: notice.lines }];
  });
}

/** Whole days only: the cursor is a day, and a day of several roles is not torn apart. */
function pageOf(all: readonly Item[], limit: number): { page: readonly Item[]; cursor?: string } {
  const cut = all[limit]?.notice.day;
  const items = cut === undefined ? all : all.filter(({ notice }) => notice.day > cut);
  const page = items.length > 0 ? items : all.filter(({ notice }) => notice.day === all[0]?.notice.day);
  const last = page.at(-1)?.notice.day;
  return { page, ...(cut !== undefined && last !== undefined ? { cursor: last } : {}) };
}

function withoutHidden(
  item: Item,
  snoozes: readonly Snooze[],
  today: string,
  calendar: WorkingCalendar | undefined,
  everything: boolean,
): Item {
  const lines = item.lines.flatMap((line) => {
    const snooze = snoozes.find(({ obligation }) => obligation === line.obligation);
    if (!calendar || !isHidden(line, snooze, today, calendar)) return [line];
    return everything && snooze ? [{ ...line, snoozedUntil: snooze.until }] : [];
  });
  return { ...item, lines };
}

function itemView({ notice, covers, read, lines }: Item): unknown {
  const { office, role, day, at, tidings } = notice;
  return {
    office,
    role,
    day,
    at,
    read,
    ...(covers ? { coversFor: { sub: covers.sub, text: coverText(role) } } : {}),
    lines: lines.map((line) => ({ ...line, text: wordsOf(line) })),
    ...(tidings ? { tidings: tidings.map((one) => ({ ...one, text: tidingWords(one) })) } : {}),
  };
}

function coverText(role: string): { zh: string; en: string } {
  const known = role in roles ? roles[role as Role] : { zh: role, en: role };
  return { zh: `代${known.zh}岗位`, en: `Standing in for: ${known.en}` };
}
