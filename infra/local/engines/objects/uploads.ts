import type { DatabaseSync } from 'node:sqlite';
import type { Draft } from './catalog.ts';

/** A multipart upload under way. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly started: number;
  readonly draft: Draft;
  /** What its owner announced: the algorithm, and whether the checksum is of the whole or of the parts. */
  readonly algorithm?: string;
  readonly checksumType?: string;
}

export interface Part {
  readonly number: number;
  readonly blob: string;
  readonly size: number;
  /** MD5 in hex. */
  readonly md5: string;
  readonly sums: Readonly<Record<string, string>>;
  readonly modified: number;
}

export const uploadsSchema = `
  CREATE TABLE upload (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE part (
    upload TEXT NOT NULL REFERENCES upload, number INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (upload, number)) STRICT`;

/** Uploads and their parts as rows. */
export class Uploads {
  readonly #statements;

  constructor(db: DatabaseSync) {
    this.#statements = {
      add: db.prepare('INSERT INTO upload VALUES (?, ?)'),
      upload: db.prepare('SELECT body FROM upload WHERE id = ?'),
      remove: db.prepare('DELETE FROM upload WHERE id = ?'),
      savePart: db.prepare('INSERT OR REPLACE INTO part VALUES (?, ?, ?)'),
      parts: db.prepare('SELECT body FROM part WHERE upload = ? ORDER BY number'),
      removeParts: db.prepare('DELETE FROM part WHERE upload = ?'),
      all: db.prepare('SELECT body FROM part'),
    };
  }

  add(upload: Upload): void {
    this.#statements.add.run(upload.id, JSON.stringify(upload));
  }

  upload(id: string): Upload | undefined {
    const row = this.#statements.upload.get(id);
    return row && (JSON.parse(String(row['body'])) as Upload);
  }

  savePart(upload: string, part: Part): void {
    this.#statements.savePart.run(upload, part.number, JSON.stringify(part));
  }

  /** By number. */
  parts(upload: string): Part[] {
    return this.#statements.parts.all(upload).map((row) => JSON.parse(String(row['body'])) as Part);
  }

  remove(upload: string): void {
    this.#statements.removeParts.run(upload);
    this.#statements.remove.run(upload);
  }

  /** Names of all blobs in use. */
  blobs(): string[] {
    return this.#statements.all.all().map((row) => (JSON.parse(String(row['body'])) as Part).blob);
  }
}
