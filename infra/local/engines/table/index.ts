/** The local table engine: DynamoDB's operations over a store on this machine. */
import { Catalog } from './catalog.ts';
import type { Context } from './context.ts';
import { TableError, throttled, unknownOperation } from './errors.ts';
import { expire } from './expiry.ts';
import { FaultPlan, LateIndexes, type Faults } from './faults.ts';
import { isRecord } from './input.ts';
import { operations } from './operations.ts';
import type { Store } from './store.ts';
import { readRecords, recordLife, type StreamedRecord } from './streams.ts';
import { tokenLife } from './transactions.ts';

export { TableError } from './errors.ts';
export type { Faults } from './faults.ts';
export { memoryStore } from './memory-store.ts';
export { sqliteStore } from './sqlite-store.ts';
export type { Store } from './store.ts';
export type { FunctionStreamRecord, StreamedRecord } from './streams.ts';
export { tableHttpHandler, type MeteredCall } from './wire.ts';

export interface TableEngineOptions {
  readonly store: Store;
  /** Milliseconds, never going back. */
  readonly now?: () => number;
  /** Absent: nothing goes wrong. */
  readonly faults?: Faults;
  readonly region?: string;
  readonly partition?: string;
  readonly account?: string;
}

/** How often old stream records and transaction tokens are cleared away, in milliseconds of the engine's clock. */
const trimEvery = 60 * 1000;

export class TableEngine {
  private readonly context: Context;
  private readonly listeners = new Set<() => void>();
  private sequence: number;
  private trimmedAt = -Infinity;
  private delivered: (() => number) | undefined;
  private closed = false;

  constructor({
    store,
    now = Date.now,
    faults = { seed: 0 },
    region = 'cn-north-1',
    partition = 'aws-cn',
    account = '000000000000',
  }: TableEngineOptions) {
    this.sequence = store.lastSequence();
    this.context = {
      store,
      catalog: new Catalog(store, { partition, region, account }),
      now,
      faults: new FaultPlan(faults),
      late: faults.lateIndexes ? new LateIndexes() : undefined,
      nextSequence: () => ++this.sequence,
      region,
    };
  }

  /**
   * Runs one operation, wholly, before it returns.
   * @param operation the name in the protocol, such as `PutItem`
   * @param input the request as the protocol's JSON has it; it belongs to the engine from now on
   * @returns the answer, which may share parts with the store and must not be changed
   * @throws TableError when the service would refuse
   */
  execute(operation: string, input: unknown): unknown {
    const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!known) throw unknownOperation(operation);
    const { context } = this;
    context.late?.tick();
    if (known.kind !== 'admin' && context.faults.throttles()) throw throttled();
    if (operation in singleWrites && context.faults.conflicts()) throw conflict();
    const before = this.sequence;
    const answer = known.run(context, isRecord(input) ? input : {});
    if (known.kind === 'write') {
      this.trim();
      if (this.sequence > before) this.wake();
    }
    return answer;
  }

  /** From now on other things go wrong, or none. What an index still hides it shows at once. */
  disturb(faults: Faults): void {
    this.context.faults = new FaultPlan(faults);
    this.context.late = faults.lateIndexes ? new LateIndexes() : undefined;
  }

  /** Whether the answer to this operation is to be lost on its way, as the faults ask. To be asked once for each. */
  losesAnswer(operation: string): boolean {
    return operations[operation]?.kind === 'write' && this.context.faults.losesAnswer();
  }

  /**
   * Records of a table's stream, oldest first, as a function's event carries them.
   * @param after the sequence of the last record read, 0 for the beginning
   * @returns none when the table does not exist or has no stream
   */
  readStream(tableName: string, after: number | bigint, limit: number): StreamedRecord[] {
    const table = this.context.catalog.find(tableName);
    // What nobody has read yet is shown however old it is, where that was asked for.
    const since = this.delivered ? -Infinity : undefined;
    return table ? readRecords(this.context, table, Number(after), limit, since) : [];
  }

  /**
   * Keeps stream records beyond their 24 hours until they are delivered. A machine that was off over a weekend has readers
   * that were off too; those of the service never sleep.
   * @param upTo gives the sequence up to which every reader has read
   */
  keepUndelivered(upTo: () => number): void {
    this.delivered = upTo;
  }

  /** The sequence of the newest record of any stream. */
  lastSequence(): number {
    return this.sequence;
  }

  /**
   * Calls the listener after each write that gave a stream new records. It must not write in the call itself.
   * @returns takes the listener away again
   */
  onStream(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Removes the items whose time is over, in all tables.
   * @param now milliseconds
   * @returns how many
   */
  expire(now: number): number {
    const before = this.sequence;
    const count = expire(this.context, now);
    this.trim();
    if (this.sequence > before) this.wake();
    return count;
  }

  /** Lets go of the store. A second call does nothing. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.listeners.clear();
    this.context.store.close();
  }

  private wake(): void {
    for (const listener of this.listeners) listener();
  }

  private trim(): void {
    const now = this.context.now();
    if (now - this.trimmedAt < trimEvery) return;
    this.trimmedAt = now;
    this.context.store.trim(now - recordLife, now - tokenLife, this.delivered?.() ?? Infinity);
  }
}

const singleWrites = { PutItem: true, UpdateItem: true, DeleteItem: true };

function conflict(): TableError {
  return new TableError('TransactionConflictException', 'Transaction is ongoing for the item');
}
