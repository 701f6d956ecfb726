/** An engine to ask directly, new for each test, with a clock that the test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { memoryStore, sqliteStore, TableEngine, type Faults } from './index.ts';
import { filings } from './test-bench.ts';

/** The key of an item of the table of filings. */
export function key(PK: string, SK = '1') {
  return { PK: { S: PK }, SK: { S: SK } };
}

export class DirectEngine {
  /** Milliseconds. */
  now = 0;
  private readonly kind: 'memory' | 'sqlite';
  private running: TableEngine | undefined;
  private readonly folders: string[] = [];

  /** To be made in a `describe`: each of its tests then has an engine with the table of filings, on a store of the kind. */
  constructor(kind: 'memory' | 'sqlite') {
    this.kind = kind;
    beforeEach(() => this.start());
    afterEach(() => this.stop());
  }

  get engine(): TableEngine {
    if (!this.running) throw new Error('The engine runs only in a test');
    return this.running;
  }

  /** Starts over with an empty store. */
  start(faults?: Faults): void {
    this.stop();
    this.now = Date.parse('2026-11-23T08:00:00Z');
    this.running = new TableEngine({
      store: this.kind === 'memory' ? memoryStore() : sqliteStore(this.newFile()),
      now: () => this.now,
      ...(faults ? { faults } : {}),
    });
    this.running.execute('CreateTable', structuredClone(filings));
  }

  run(operation: string, input: object): unknown {
    return this.engine.execute(operation, { TableName: filings.TableName, ...input });
  }

  /** Puts the item with the key `a`. */
  put(item: object, more: object = {}): unknown {
    return this.run('PutItem', { Item: { ...key('a'), ...item }, ...more });
  }

  /** What the operation is refused with. */
  refusal(operation: string, input: object): unknown {
    try {
      this.run(operation, input);
    } catch (error) {
      return error;
    }
    throw new Error('Nothing was refused');
  }

  private stop(): void {
    this.running?.close();
    this.running = undefined;
    for (const folder of this.folders.splice(0)) rmSync(folder, { recursive: true });
  }

  private newFile(): string {
    const folder = mkdtempSync(join(tmpdir(), 'table-'));
    this.folders.push(folder);
    return join(folder, 'table.sqlite');
  }
}
