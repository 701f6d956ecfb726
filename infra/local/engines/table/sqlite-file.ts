/** The SQLite file of the table engine: its tables, and opening it. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens or makes the file, and keeps every other process out of it.
 * @throws Error with one sentence when the file is damaged, in use, unwritable or of another version
 */
export function openFile(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const db = new DatabaseSync(file);
    try {
      prepare(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw new Error(`The table file ${file} ${reasonOf(error)}.`, { cause: error });
  }
}

const version = 1;
/**
 * Items, records and receipts are appended, so that one transaction touches few pages; only the narrow index of keys is
 * written in many places. Measured: a third more transactions a second than rows kept in the order of their keys.
 */
const schema = `
  CREATE TABLE definition (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE item (
    id INTEGER PRIMARY KEY, space INTEGER NOT NULL, partition TEXT NOT NULL, sort TEXT NOT NULL,
    size INTEGER NOT NULL, expires INTEGER, json TEXT NOT NULL
  );
  CREATE UNIQUE INDEX item_key ON item (space, partition, sort);
  CREATE INDEX item_expires ON item (space, expires) WHERE expires IS NOT NULL;
  CREATE TABLE record (
    sequence INTEGER PRIMARY KEY, stream TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL,
    expired INTEGER NOT NULL, keys TEXT NOT NULL, before TEXT, after TEXT
  );
  CREATE TABLE receipt (token TEXT PRIMARY KEY, request TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE trimmed (sequence INTEGER NOT NULL);
  INSERT INTO trimmed VALUES (0);
`;

function prepare(db: DatabaseSync): void {
  // NORMAL leaves the flush to the operating system, which outlives the process; only a power cut could lose a second.
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  // A long log (64 MB) is carried over to the file seldom, which is when the disk is waited for.
  db.exec('PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16000');
  if (db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] !== 'ok') throw new Error('malformed');
  const found = db.prepare('PRAGMA user_version').get()?.['user_version'];
  if (found === 0) db.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${version}; COMMIT`);
  else if (found !== version) throw new Error(`was written by another version (${String(found)})`);
  // Takes the exclusive lock now, not at the first write.
  db.exec('BEGIN IMMEDIATE; COMMIT');
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/not a database|malformed|corrupt/i.test(message)) return 'is damaged';
  if (/locked/i.test(message)) return 'is in use by another process';
  if (/another version/.test(message)) return message;
  if (/unable to open|readonly|read-only|disk I\/O|EACCES|EEXIST|ENOTDIR|EROFS|EPERM/i.test(message))
    return 'cannot be written';
  return `cannot be opened: ${message}`;
}
