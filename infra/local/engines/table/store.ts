/** Where items, stream records and receipts of transactions lie. The core knows only this. */
import type { Image } from './image.ts';
import type { TextRange } from './key-text.ts';

/** A row lies in a space (one for each table and each index), in a partition, in the order of `sort`. */
export interface RowKey {
  readonly partition: string;
  readonly sort: string;
}

export interface Row extends RowKey {
  readonly image: Image;
}

export type StreamEvent = 'INSERT' | 'MODIFY' | 'REMOVE';

export interface StreamRecord {
  /** Counts up over all streams of the store. */
  readonly sequence: number;
  readonly stream: string;
  /** Milliseconds. */
  readonly at: number;
  readonly event: StreamEvent;
  readonly keys: Image;
  readonly before?: Image;
  readonly after?: Image;
  /** The service itself removed the item, because its time was over. */
  readonly expired: boolean;
}

/** That the transaction which came with this token is done. */
export interface Receipt {
  readonly token: string;
  /** Hash of what was asked. */
  readonly request: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface Space {
  readonly items: number;
  readonly bytes: number;
}

export interface Store {
  /** Runs the work so that all its changes are there afterwards, and kept, or none. */
  transact<T>(work: () => T): T;

  /** Definitions of tables, by name, as JSON. */
  definitions(): ReadonlyMap<string, string>;
  saveDefinition(name: string, json: string): void;
  removeDefinition(name: string): void;

  get(space: number, partition: string, sort: string): Image | undefined;
  /** @param expires epoch seconds after which the item is over */
  put(space: number, row: Row, expires?: number): void;
  remove(space: number, partition: string, sort: string): void;
  /** Rows of one partition in the order of their keys, or backwards. `expected` says how many will likely be read. */
  range(
    space: number,
    partition: string,
    range: TextRange,
    backwards: boolean,
    expected: number,
  ): Iterable<Row>;
  /** All rows after a key, partition by partition. */
  scan(space: number, after: RowKey | undefined, expected: number): Iterable<Row>;
  /** Rows of a space whose time was over from one instant up to, but without, another (epoch seconds); the longest over first. */
  expired(space: number, from: number, to: number, most: number): Row[];
  /** Removes every row of a space. */
  clear(space: number): void;
  measure(space: number): Space;

  append(record: StreamRecord): void;
  /** Records of a stream with a greater sequence, not older than an instant (milliseconds); oldest first. */
  records(stream: string, after: number, since: number, most: number): StreamRecord[];
  /** The greatest sequence ever given out. */
  lastSequence(): number;
  receipt(token: string): Receipt | undefined;
  saveReceipt(receipt: Receipt): void;
  /**
   * Forgets stream records and receipts of before the two instants (milliseconds), but no record after the sequence
   * `keptAfter`.
   */
  trim(recordsBefore: number, receiptsBefore: number, keptAfter: number): void;

  close(): void;
}
