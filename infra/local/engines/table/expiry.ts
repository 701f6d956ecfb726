/** Removing items whose time is over. */
import type { Context } from './context.ts';
import type { TableDefinition } from './definition.ts';
import { keyItem } from './keys.ts';
import type { Row } from './store.ts';
import { commit } from './writing.ts';

/** An instant longer ago than this is taken for a mistake, and left, as the service does. */
const fiveYears = 5 * 365 * 24 * 3600;
/** How many are removed in one transaction. */
const portion = 200;

/** @param now milliseconds @returns how many items were removed */
export function expire(context: Context, now: number): number {
  const seconds = Math.floor(now / 1000);
  return context.catalog
    .all()
    .filter(({ timeToLive }) => timeToLive !== undefined)
    .reduce((count, table) => count + expireIn(context, table, seconds), 0);
}

function expireIn(context: Context, table: TableDefinition, now: number): number {
  let count = 0;
  for (;;) {
    const rows = context.store.expired(table.space, now - fiveYears, now, portion);
    if (rows.length === 0) return count;
    const changes = rows.map((row) => removal(table, row));
    commit(context, changes, undefined, { expired: true });
    count += rows.length;
  }
}

function removal(table: TableDefinition, { partition, sort, image }: Row) {
  return {
    table,
    key: { partition, sort },
    keyItem: keyItem(table, image.item),
    before: image,
    after: undefined,
  };
}
