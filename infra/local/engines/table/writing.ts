/** Doing a write: whether it may be done, and then the item, its index rows and its stream record together. */
import { attributeOf, sameItem, type Item } from './attribute-values.ts';
import { writeUnits, type Consumption } from './capacity.ts';
import type { Context } from './context.ts';
import { streamName, type IndexDefinition, type TableDefinition } from './definition.ts';
import { conditionFailed } from './errors.ts';
import { satisfies } from './expressions/evaluate.ts';
import { updated } from './expressions/update.ts';
import { Image } from './image.ts';
import { indexRow } from './keys.ts';
import type { Row, RowKey } from './store.ts';
import { fitting, type Write } from './write-request.ts';

/** A write that may be done. Before and after are the same image when it changes nothing. */
export interface Change {
  readonly table: TableDefinition;
  readonly key: RowKey;
  readonly keyItem: Item;
  readonly before: Image | undefined;
  readonly after: Image | undefined;
}

/**
 * Reads the item and works out what the write makes of it; writes nothing.
 * @throws TableError when the condition fails or the update does not fit the item
 */
export function prepare({ store }: Context, write: Write): Change {
  const { table, key, kind } = write;
  const before = store.get(table.space, key.partition, key.sort);
  if (write.condition && !satisfies(before?.item ?? {}, write.condition, write.bindings)) {
    throw conditionFailed(write.showsFailed ? before?.item : undefined);
  }
  return {
    table,
    key,
    keyItem: write.keyItem,
    before,
    after: kind === 'check' ? before : resultOf(write, before),
  };
}

function resultOf(
  { kind, image, table, keyItem, update, bindings }: Write,
  before: Image | undefined,
): Image | undefined {
  if (kind === 'delete') return undefined;
  if (image) return keptIfSame(before, image);
  const base = before?.item ?? keyItem;
  if (!update) return before ?? Image.of(base);
  const after = updated(base, update, bindings);
  return keptIfSame(
    before,
    fitting(table, after, 'Item size to update has exceeded the maximum allowed size'),
  );
}

function keptIfSame(before: Image | undefined, after: Image): Image {
  return before && sameItem(before.item, after.item) ? before : after;
}

export interface WriteOptions {
  /** Transactions cost twice. */
  readonly transactional?: boolean;
  /** The service itself does it, because the item's time is over. */
  readonly expired?: boolean;
}

/** Writes the changes with their index rows and stream records, all or none. */
export function commit(
  context: Context,
  changes: readonly Change[],
  spent?: Consumption,
  options: WriteOptions = {},
): void {
  const factor = options.transactional ? 2 : 1;
  if (spent)
    for (const { table, before, after } of changes)
      spent.add(table, factor * writeUnits(before?.size ?? 0, after?.size ?? 0));
  const real = changes.filter(({ before, after }) => before !== after);
  if (real.length === 0) return;
  const at = context.now();
  context.store.transact(() => {
    for (const change of real) {
      writeRow(context, change);
      for (const index of change.table.indexes) {
        const units = writeIndex(context, change, index);
        if (units > 0) spent?.add(change.table, factor * units, index.name);
      }
      writeRecord(context, change, at, options.expired ?? false);
    }
  });
}

function writeRow({ store }: Context, { table, key, after }: Change): void {
  if (!after) store.remove(table.space, key.partition, key.sort);
  else
    store.put(
      table.space,
      { partition: key.partition, sort: key.sort, image: after },
      expiryOf(table, after.item),
    );
}

/** When the item is over, in epoch seconds. */
export function expiryOf({ timeToLive }: TableDefinition, item: Item): number | undefined {
  const value = timeToLive === undefined ? undefined : attributeOf(item, timeToLive);
  if (!value || !('N' in value)) return undefined;
  const instant = Math.floor(Number(value.N));
  return Number.isSafeInteger(instant) ? instant : undefined;
}

/** @returns the units it cost: nothing when the row stays as it is, two writes when it moves */
function writeIndex(context: Context, { table, before, after }: Change, index: IndexDefinition): number {
  const old = before && indexRow(table, index, before);
  const fresh = after && indexRow(table, index, after);
  const stays = old && fresh && old.partition === fresh.partition && old.sort === fresh.sort;
  if (stays) {
    if (sameItem(old.image.item, fresh.image.item)) return 0;
    putIndexRow(context, index, fresh, old);
    return writeUnits(old.image.size, fresh.image.size);
  }
  if (old) removeIndexRow(context, index, old);
  if (fresh) putIndexRow(context, index, fresh, undefined);
  return (old ? writeUnits(old.image.size, 0) : 0) + (fresh ? writeUnits(0, fresh.image.size) : 0);
}

function putIndexRow(
  { store, late, faults }: Context,
  { space }: IndexDefinition,
  row: Row,
  seen: Row | undefined,
): void {
  store.put(space, row);
  late?.hide(space, { partition: row.partition, sort: row.sort }, seen, faults.lateness());
}

function removeIndexRow({ store, late, faults }: Context, { space }: IndexDefinition, row: Row): void {
  store.remove(space, row.partition, row.sort);
  late?.hide(space, { partition: row.partition, sort: row.sort }, row, faults.lateness());
}

function writeRecord(
  context: Context,
  { table, keyItem: keys, before, after }: Change,
  at: number,
  expired: boolean,
): void {
  const stream = streamName(table);
  if (stream === undefined) return;
  const { view } = table.stream as { view: string };
  context.store.append({
    sequence: context.nextSequence(),
    stream,
    at,
    event: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
    keys: Image.of(keys),
    expired,
    ...(before && view.includes('OLD') ? { before } : {}),
    ...(after && view.includes('NEW') ? { after } : {}),
  });
}
