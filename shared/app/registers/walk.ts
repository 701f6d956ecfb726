/**
 * A list over several places (cities, counties), one after the other, with one cursor. What a filter leaves out is looked at all the
 * same, so a page looks at no more than a bounded number of lines and may be shorter than asked for: only an absent cursor says
 * that nothing follows.
 */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Page } from '../ports.ts';

/** So many lines a request looks at, whatever it finds. */
const mostLooked = 500;

export async function walk<Line>(
  places: readonly string[],
  asked: { readonly cursor?: string | undefined; readonly limit: number },
  read: (place: string, cursor: string | undefined, limit: number) => Promise<Page<Line>>,
  keep: (line: Line) => boolean,
): Promise<Result<Page<Line>, Refusal>> {
  const [from, within] = asked.cursor === undefined ? [places[0], ''] : split(asked.cursor);
  let index = from === undefined ? -1 : places.indexOf(from);
  if (asked.cursor !== undefined && index < 0) return refuse(refusal('invalid-cursor'));
  let cursor = within || undefined;
  let looked = 0;
  const items: Line[] = [];
  while (index >= 0 && index < places.length) {
    const place = places[index] ?? '';
    const page = await read(place, cursor, asked.limit - items.length);
    items.push(...page.items.filter(keep));
    looked += page.items.length;
    ({ cursor } = page);
    if (cursor === undefined) index += 1;
    const next = places[index];
    if (next !== undefined && (items.length >= asked.limit || looked >= mostLooked))
      return ok({ items, cursor: `${next}~${cursor ?? ''}` });
  }
  return ok({ items });
}

function split(cursor: string): readonly [string, string] {
  const at = cursor.indexOf('~');
  return at < 0 ? ['', ''] : [cursor.slice(0, at), cursor.slice(at + 1)];
}
