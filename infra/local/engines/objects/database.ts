import { DatabaseSync } from 'node:sqlite';

/**
 * Opens an engine's SQLite file, alone: a second process is refused. A commit survives the death of the process.
 * @param file absent for a database in memory
 * @param what the engine's name, for the sentence of a failure
 * @param schema runs once, on a new file
 * @throws Error with one sentence when the file is damaged, in use, unwritable or of another version
 */
export function openDatabase(file: string | undefined, what: string, schema: string): DatabaseSync {
  try {
    const db = new DatabaseSync(file ?? ':memory:');
    try {
      prepare(db, schema);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw new Error(`The ${what} at ${file ?? 'memory'} ${reasonOf(error)}.`, { cause: error });
  }
}

const VERSION = 1;

function prepare(db: DatabaseSync, schema: string): void {
  // NORMAL leaves the flush to the operating system, which outlives the process. EXCLUSIVE keeps others out.
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  const check = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (check !== 'ok') throw new Error('malformed');
  const version = db.prepare('PRAGMA user_version').get()?.['user_version'];
  if (version === 0) transact(db, () => db.exec(`${schema}; PRAGMA user_version = ${VERSION}`));
  else if (version !== VERSION) throw new Error(`was written by another version (${String(version)})`);
}

/** Runs the work as one transaction: all of it is there afterwards, or nothing. */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/not a database|malformed|corrupt/i.test(message)) return 'is damaged';
  if (/locked/i.test(message)) return 'is in use by another process';
  if (/unable to open|readonly|read-only|disk I\/O|EACCES|ENOTDIR|EROFS/i.test(message))
    return 'cannot be written';
  if (/another version/.test(message)) return message;
  return `cannot be opened: ${message}`;
}
