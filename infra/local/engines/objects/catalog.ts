import type { DatabaseSync } from 'node:sqlite';
import type { Bucket, RetentionMode } from './bucket-settings.ts';

/** How an object is said to be encrypted. */
export interface Encryption {
  readonly algorithm: string;
  readonly keyId?: string;
}

/** A lock on one version, in milliseconds of the engine's clock. */
export interface Retention {
  readonly mode: RetentionMode;
  readonly until: number;
}

/** What a writer says of a new version, besides its bytes. */
export interface Draft {
  /** Answered with the object as they stand: content type, disposition, `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly (readonly [string, string])[];
  readonly encryption: Encryption;
  readonly retention?: Retention;
  readonly legalHold?: boolean;
}

/** One version of an object. A delete marker has no bytes. */
export interface Version extends Draft {
  readonly bucket: string;
  readonly key: string;
  /** `null` in a bucket that keeps no versions. */
  readonly id: string;
  /** Counts up over all writes: of two versions of a key the larger is newer. */
  readonly seq: number;
  readonly marker: boolean;
  /** The blob's name; empty for a delete marker. */
  readonly blob: string;
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
  readonly modified: number;
  /** By algorithm; a value with `-n` is a checksum of n parts' checksums. */
  readonly sums: Readonly<Record<string, string>>;
  /** Sizes of the parts of an upload in parts. */
  readonly parts?: readonly number[];
}

export const catalogSchema = `
  CREATE TABLE bucket (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE version (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
    marker INTEGER NOT NULL, blob TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (bucket, key, id)) STRICT;
  CREATE INDEX version_of_key ON version (bucket, key, seq DESC)`;

const COLUMNS = 'seq, bucket, key, id, marker, blob, body';
const IS_LATEST =
  'NOT EXISTS (SELECT 1 FROM version n WHERE n.bucket = v.bucket AND n.key = v.key AND n.seq > v.seq)';

/** Buckets and versions as rows. Nothing here decides; every caller is inside a transaction when it writes. */
export class Catalog {
  readonly #db: DatabaseSync;
  readonly #statements;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = {
      bucket: db.prepare('SELECT body FROM bucket WHERE name = ?'),
      buckets: db.prepare('SELECT body FROM bucket ORDER BY name'),
      saveBucket: db.prepare(
        'INSERT INTO bucket VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body',
      ),
      latest: db.prepare(
        `SELECT ${COLUMNS} FROM version WHERE bucket = ? AND key = ? ORDER BY seq DESC LIMIT 1`,
      ),
      version: db.prepare(`SELECT ${COLUMNS} FROM version WHERE bucket = ? AND key = ? AND id = ?`),
      insert: db.prepare(
        'INSERT INTO version (bucket, key, id, marker, blob, body) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      update: db.prepare('UPDATE version SET body = ? WHERE seq = ?'),
      remove: db.prepare('DELETE FROM version WHERE seq = ?'),
      blobs: db.prepare("SELECT blob FROM version WHERE blob <> ''"),
    };
  }

  bucket(name: string): Bucket | undefined {
    const row = this.#statements.bucket.get(name);
    return row && (JSON.parse(String(row['body'])) as Bucket);
  }

  buckets(): Bucket[] {
    return this.#statements.buckets.all().map((row) => JSON.parse(String(row['body'])) as Bucket);
  }

  saveBucket(bucket: Bucket): void {
    this.#statements.saveBucket.run(bucket.name, JSON.stringify(bucket));
  }

  /** The newest version of a key, which may be a delete marker. */
  latest(bucket: string, key: string): Version | undefined {
    return versionOf(this.#statements.latest.get(bucket, key));
  }

  version(bucket: string, key: string, id: string): Version | undefined {
    return versionOf(this.#statements.version.get(bucket, key, id));
  }

  /** Adds a version as the newest of its key. */
  insert(version: Omit<Version, 'seq'>): Version {
    const { bucket, key, id, marker, blob, ...body } = version;
    const result = this.#statements.insert.run(bucket, key, id, marker ? 1 : 0, blob, JSON.stringify(body));
    return { ...version, seq: Number(result.lastInsertRowid) };
  }

  /** Writes changed tags or locks. */
  update({ seq, bucket: _bucket, key: _key, id: _id, marker: _marker, blob: _blob, ...body }: Version): void {
    this.#statements.update.run(JSON.stringify(body), seq);
  }

  remove(version: Version): void {
    this.#statements.remove.run(version.seq);
  }

  /**
   * Versions of keys that begin with the prefix, by key in byte order, the newest of a key first. Runs as far as the
   * caller reads.
   * @param from the first key considered
   */
  *versions(bucket: string, prefix: string, from: string): Generator<Version & { latest: boolean }> {
    const sql = `SELECT ${COLUMNS}, ${IS_LATEST} AS latest FROM version v WHERE bucket = ? AND key >= ? ORDER BY key, seq DESC`;
    for (const row of this.#db.prepare(sql).iterate(bucket, laterOf(prefix, from))) {
      const version = versionOf(row);
      if (version === undefined || !version.key.startsWith(prefix)) return;
      yield { ...version, latest: row['latest'] === 1 };
    }
  }

  /** The objects there are now: newest versions that are no delete markers. */
  *objects(bucket: string, prefix: string, from: string): Generator<Version> {
    for (const version of this.versions(bucket, prefix, from))
      if (version.latest && !version.marker) yield version;
  }

  /** Names of all blobs in use. */
  *blobs(): Generator<string> {
    for (const row of this.#statements.blobs.iterate()) yield String(row['blob']);
  }
}

function versionOf(row: Record<string, unknown> | undefined): Version | undefined {
  if (row === undefined) return undefined;
  const body = JSON.parse(String(row['body'])) as Omit<
    Version,
    'seq' | 'bucket' | 'key' | 'id' | 'marker' | 'blob'
  >;
  return {
    ...body,
    seq: Number(row['seq']),
    bucket: String(row['bucket']),
    key: String(row['key']),
    id: String(row['id']),
    marker: row['marker'] === 1,
    blob: String(row['blob']),
  };
}

/** The later of two keys in UTF-8 byte order, which is SQLite's and S3's. */
function laterOf(a: string, b: string): string {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) >= 0 ? a : b;
}
