/** Everything in memory, gone with the process: for tests and the simulation. */
import { compareText } from './attribute-values.ts';
import type { Image } from './image.ts';
import { everything, type TextRange } from './key-text.ts';
import { SortedRows } from './sorted-rows.ts';
import type { Receipt, Row, RowKey, Space, Store, StreamRecord } from './store.ts';

export function memoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore implements Store {
  private readonly tables = new Map<string, string>();
  private readonly spaces = new Map<number, Map<string, SortedRows>>();
  private readonly streams = new Map<string, StreamRecord[]>();
  private readonly receipts = new Map<string, Receipt>();
  private sequence = 0;
  /** How to take back what the transaction under way has done; undefined outside of one. */
  private undo: (() => void)[] | undefined;

  transact<T>(work: () => T): T {
    if (this.undo) return work();
    const undo: (() => void)[] = [];
    this.undo = undo;
    try {
      return work();
    } catch (error) {
      for (const takeBack of undo.reverse()) takeBack();
      throw error;
    } finally {
      this.undo = undefined;
    }
  }

  definitions(): ReadonlyMap<string, string> {
    return this.tables;
  }

  saveDefinition(name: string, json: string): void {
    this.keepOld(this.tables, name);
    this.tables.set(name, json);
  }

  removeDefinition(name: string): void {
    this.keepOld(this.tables, name);
    this.tables.delete(name);
  }

  get(space: number, partition: string, sort: string): Image | undefined {
    return this.spaces.get(space)?.get(partition)?.get(sort)?.image;
  }

  put(space: number, { partition, sort, image }: Row, expires?: number): void {
    const rows = this.partition(space, partition);
    const before = rows.put({ sort, image, expires });
    this.undo?.push(() => (before ? rows.put(before) : rows.remove(sort)));
  }

  remove(space: number, partition: string, sort: string): void {
    const rows = this.spaces.get(space)?.get(partition);
    const before = rows?.remove(sort);
    if (rows && before) this.undo?.push(() => rows.put(before));
  }

  *range(space: number, partition: string, range: TextRange, backwards: boolean): Generator<Row> {
    const rows = this.spaces.get(space)?.get(partition);
    if (rows) for (const { sort, image } of rows.range(range, backwards)) yield { partition, sort, image };
  }

  *scan(space: number, after: RowKey | undefined): Generator<Row> {
    const partitions = this.spaces.get(space);
    for (const partition of [...(partitions?.keys() ?? [])].sort(compareText)) {
      const order = after ? compareText(partition, after.partition) : 1;
      if (order < 0) continue;
      const from = after && order === 0 ? { from: `${after.sort}\0` } : everything;
      yield* this.range(space, partition, from, false);
    }
  }

  expired(space: number, from: number, to: number, most: number): Row[] {
    const found: (Row & { readonly expires: number })[] = [];
    for (const [partition, rows] of this.spaces.get(space) ?? []) {
      for (const { sort, image, expires } of rows.range(everything, false)) {
        if (expires !== undefined && expires >= from && expires < to)
          found.push({ partition, sort, image, expires });
      }
    }
    found.sort(
      (a, b) => a.expires - b.expires || compareText(a.partition, b.partition) || compareText(a.sort, b.sort),
    );
    return found.slice(0, most);
  }

  clear(space: number): void {
    this.keepOld(this.spaces, space);
    this.spaces.delete(space);
  }

  measure(space: number): Space {
    let [items, bytes] = [0, 0];
    for (const rows of this.spaces.get(space)?.values() ?? []) {
      for (const { image } of rows.range(everything, false)) {
        items++;
        bytes += image.size;
      }
    }
    return { items, bytes };
  }

  append(record: StreamRecord): void {
    const records = this.streams.get(record.stream) ?? [];
    this.streams.set(record.stream, records);
    records.push(record);
    this.sequence = record.sequence;
    this.undo?.push(() => records.pop());
  }

  records(stream: string, after: number, since: number, most: number): StreamRecord[] {
    const records = this.streams.get(stream) ?? [];
    let [low, high] = [0, records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((records[middle] as StreamRecord).sequence <= after) low = middle + 1;
      else high = middle;
    }
    while (low < records.length && (records[low] as StreamRecord).at < since) low++;
    return records.slice(low, low + most);
  }

  lastSequence(): number {
    return this.sequence;
  }

  receipt(token: string): Receipt | undefined {
    return this.receipts.get(token);
  }

  saveReceipt(receipt: Receipt): void {
    this.keepOld(this.receipts, receipt.token);
    this.receipts.set(receipt.token, receipt);
  }

  trim(recordsBefore: number, receiptsBefore: number, keptAfter: number): void {
    for (const [stream, records] of this.streams) {
      this.streams.set(
        stream,
        records.filter(({ at, sequence }) => at >= recordsBefore || sequence > keptAfter),
      );
    }
    for (const { token, at } of this.receipts.values()) if (at < receiptsBefore) this.receipts.delete(token);
  }

  close(): void {
    this.spaces.clear();
  }

  private partition(space: number, partition: string): SortedRows {
    const partitions = this.spaces.get(space) ?? new Map<string, SortedRows>();
    this.spaces.set(space, partitions);
    const rows = partitions.get(partition) ?? new SortedRows();
    partitions.set(partition, rows);
    return rows;
  }

  private keepOld<Key, Value>(map: Map<Key, Value>, key: Key): void {
    const before = map.get(key);
    this.undo?.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
  }
}
