/** Everything in one SQLite file. What a transaction wrote outlives the process, however it ends. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Image } from './image.ts';
import { everything, type TextRange } from './key-text.ts';
import { openFile } from './sqlite-file.ts';
import type { Receipt, Row, RowKey, Space, Store, StreamEvent, StreamRecord } from './store.ts';

/** @throws Error with one sentence when the file is damaged, in use, unwritable or of another version */
export function sqliteStore(file: string): Store {
  return new SqliteStore(openFile(file));
}

/** Rows are fetched in portions: a statement is never left open while the engine works. */
const portion = 256;

class SqliteStore implements Store {
  private readonly db: DatabaseSync;
  private readonly prepared = new Map<string, StatementSync>();
  private within = false;

  constructor(db: DatabaseSync) {
    this.db = db;
  }

  transact<T>(work: () => T): T {
    if (this.within) return work();
    this.sql('BEGIN IMMEDIATE').run();
    this.within = true;
    try {
      const result = work();
      this.sql('COMMIT').run();
      return result;
    } catch (error) {
      if (this.db.isTransaction) this.sql('ROLLBACK').run();
      throw error;
    } finally {
      this.within = false;
    }
  }

  definitions(): ReadonlyMap<string, string> {
    const rows = this.sql('SELECT name, json FROM definition ORDER BY name').all();
    return new Map(rows.map((row) => [String(row['name']), String(row['json'])]));
  }

  saveDefinition(name: string, json: string): void {
    this.sql('INSERT OR REPLACE INTO definition VALUES (?, ?)').run(name, json);
  }

  removeDefinition(name: string): void {
    this.sql('DELETE FROM definition WHERE name = ?').run(name);
  }

  get(space: number, partition: string, sort: string): Image | undefined {
    const row = this.sql('SELECT json, size FROM item WHERE space = ? AND partition = ? AND sort = ?').get(
      space,
      partition,
      sort,
    );
    return row && Image.stored(row['json'] as string, row['size'] as number);
  }

  put(space: number, { partition, sort, image }: Row, expires?: number): void {
    this.sql(
      `INSERT INTO item (space, partition, sort, size, expires, json) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (space, partition, sort) DO UPDATE SET size = excluded.size, expires = excluded.expires, json = excluded.json`,
    ).run(space, partition, sort, image.size, expires ?? null, image.json);
  }

  remove(space: number, partition: string, sort: string): void {
    this.sql('DELETE FROM item WHERE space = ? AND partition = ? AND sort = ?').run(space, partition, sort);
  }

  *range(
    space: number,
    partition: string,
    range: TextRange,
    backwards: boolean,
    expected: number,
  ): Generator<Row> {
    const most = Math.min(expected, portion);
    let { from, to } = range;
    for (;;) {
      const statement = this.sql(
        `SELECT sort, size, json FROM item WHERE space = ? AND partition = ? AND sort >= ?${to === undefined ? '' : ' AND sort < ?'} ORDER BY sort ${backwards ? 'DESC' : 'ASC'} LIMIT ?`,
      );
      const rows =
        to === undefined
          ? statement.all(space, partition, from, most)
          : statement.all(space, partition, from, to, most);
      for (const row of rows) yield { partition, sort: row['sort'] as string, image: imageOf(row) };
      const last = rows.at(-1);
      if (!last || rows.length < most) return;
      if (backwards) to = last['sort'] as string;
      else from = `${last['sort'] as string}\0`;
    }
  }

  *scan(space: number, after: RowKey | undefined, expected: number): Generator<Row> {
    if (after) yield* this.range(space, after.partition, { from: `${after.sort}\0` }, false, expected);
    let partition = after?.partition;
    for (;;) {
      const next = this.sql(
        `SELECT partition FROM item WHERE space = ?${partition === undefined ? '' : ' AND partition > ?'} ORDER BY partition LIMIT 1`,
      ).get(...(partition === undefined ? [space] : [space, partition]));
      if (!next) return;
      partition = next['partition'] as string;
      yield* this.range(space, partition, everything, false, expected);
    }
  }

  expired(space: number, from: number, to: number, most: number): Row[] {
    return this.sql(
      'SELECT partition, sort, size, json FROM item WHERE space = ? AND expires >= ? AND expires < ? ORDER BY expires, partition, sort LIMIT ?',
    )
      .all(space, from, to, most)
      .map((row) => ({
        partition: row['partition'] as string,
        sort: row['sort'] as string,
        image: imageOf(row),
      }));
  }

  clear(space: number): void {
    this.sql('DELETE FROM item WHERE space = ?').run(space);
  }

  measure(space: number): Space {
    const row = this.sql('SELECT count(*) AS items, total(size) AS bytes FROM item WHERE space = ?').get(
      space,
    );
    return { items: Number(row?.['items']), bytes: Number(row?.['bytes']) };
  }

  append({ sequence, stream, at, event, expired, keys, before, after }: StreamRecord): void {
    this.sql('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
      sequence,
      stream,
      at,
      event,
      expired ? 1 : 0,
      keys.json,
      before?.json ?? null,
      after?.json ?? null,
    );
  }

  records(stream: string, after: number, since: number, most: number): StreamRecord[] {
    return this.sql(
      'SELECT * FROM record WHERE sequence > ? AND stream = ? AND at >= ? ORDER BY sequence LIMIT ?',
    )
      .all(after, stream, since, most)
      .map((row) => ({
        sequence: row['sequence'] as number,
        stream,
        at: row['at'] as number,
        event: row['event'] as StreamEvent,
        expired: row['expired'] === 1,
        keys: Image.stored(row['keys'] as string),
        ...(row['before'] === null ? {} : { before: Image.stored(row['before'] as string) }),
        ...(row['after'] === null ? {} : { after: Image.stored(row['after'] as string) }),
      }));
  }

  lastSequence(): number {
    const row = this.sql(
      'SELECT max(ifnull((SELECT max(sequence) FROM record), 0), (SELECT sequence FROM trimmed)) AS last',
    ).get();
    return Number(row?.['last']);
  }

  receipt(token: string): Receipt | undefined {
    const row = this.sql('SELECT * FROM receipt WHERE token = ?').get(token);
    return row as unknown as Receipt | undefined;
  }

  saveReceipt({ token, request, at }: Receipt): void {
    this.sql('INSERT OR REPLACE INTO receipt VALUES (?, ?, ?)').run(token, request, at);
  }

  trim(recordsBefore: number, receiptsBefore: number, keptAfter: number): void {
    this.transact(() => {
      this.sql('UPDATE trimmed SET sequence = ?').run(this.lastSequence());
      // Records lie in the order of their instants: the clock only moves forward.
      const first = this.sql('SELECT sequence FROM record WHERE at >= ? ORDER BY sequence LIMIT 1');
      const kept = Number(first.get(recordsBefore)?.['sequence'] ?? Number.MAX_SAFE_INTEGER);
      this.sql('DELETE FROM record WHERE sequence < ?').run(Math.min(kept, keptAfter + 1));
      this.sql('DELETE FROM receipt WHERE at < ?').run(receiptsBefore);
    });
  }

  close(): void {
    this.db.close();
  }

  private sql(text: string): StatementSync {
    let statement = this.prepared.get(text);
    if (!statement) {
      statement = this.db.prepare(text);
      this.prepared.set(text, statement);
    }
    return statement;
  }
}

function imageOf(row: Record<string, unknown>): Image {
  return Image.stored(row['json'] as string, row['size'] as number);
}
