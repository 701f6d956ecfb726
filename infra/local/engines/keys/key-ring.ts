import type { DatabaseSync } from 'node:sqlite';
import { openDatabase, transact } from '../objects/database.ts';
import { KeyFailure } from './failures.ts';
import { newMaterial, usageOf, type KeySpec, type KeyUsage } from './material.ts';

/** A key as kept, with its secret. */
export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  /** Milliseconds of the engine's clock. */
  readonly created: number;
  readonly material: Buffer;
}

const SCHEMA = `
  CREATE TABLE key (id TEXT PRIMARY KEY, spec TEXT NOT NULL, created INTEGER NOT NULL, material BLOB NOT NULL) STRICT;
  CREATE TABLE alias (name TEXT PRIMARY KEY, key TEXT NOT NULL REFERENCES key) STRICT`;

/** The keys there are, by id, alias and ARN. */
export class KeyRing {
  readonly #db: DatabaseSync;
  /** `arn:<partition>:kms:<region>:<account>:` */
  readonly #arnPrefix: string;

  /**
   * @param file absent: in memory
   * @throws Error with one sentence when the file is damaged, in use or unwritable
   */
  constructor(file: string | undefined, place: { partition: string; region: string; account: string }) {
    this.#db = openDatabase(file, 'key store', SCHEMA);
    this.#arnPrefix = ['arn', place.partition, 'kms', place.region, place.account, ''].join(':');
  }

  /**
   * Creates a key; the same id keeps its material. An alias moves to the key that was last created under it.
   * @throws Error when the id stands for a key of another spec
   */
  create(id: string, spec: KeySpec, alias: string | undefined, now: number): Key {
    return transact(this.#db, () => {
      const before = this.#row(id);
      if (before !== undefined && before.spec !== spec) {
        throw new Error(`Key ${id} is there already as ${before.spec}; it cannot become ${spec}.`);
      }
      if (before === undefined) {
        this.#db.prepare('INSERT INTO key VALUES (?, ?, ?, ?)').run(id, spec, now, newMaterial(spec));
      }
      if (alias !== undefined) this.#db.prepare('INSERT OR REPLACE INTO alias VALUES (?, ?)').run(alias, id);
      return this.find(id);
    });
  }

  /**
   * A key by its id, its ARN, `alias/name` or the alias's ARN.
   * @throws KeyFailure NotFoundException
   */
  find(name: string): Key {
    const local = name.startsWith(this.#arnPrefix) ? name.slice(this.#arnPrefix.length) : name;
    const alias = this.#db.prepare('SELECT key FROM alias WHERE name = ?').get(local)?.['key'];
    const key = this.#row(alias === undefined ? local.replace(/^key\//, '') : String(alias));
    if (key !== undefined) return key;
    const shown = name.startsWith('arn:')
      ? name
      : `${this.#arnPrefix}${name.startsWith('alias/') ? name : `key/${name}`}`;
    throw new KeyFailure(
      'NotFoundException',
      `${name.includes('alias/') ? 'Alias' : 'Key'} '${shown}' does not exist`,
    );
  }

  #row(id: string): Key | undefined {
    const row = this.#db.prepare('SELECT spec, created, material FROM key WHERE id = ?').get(id);
    if (row === undefined) return undefined;
    const spec = row['spec'] as KeySpec;
    const material = Buffer.from(row['material'] as Uint8Array);
    return {
      id,
      arn: `${this.#arnPrefix}key/${id}`,
      spec,
      usage: usageOf[spec],
      created: Number(row['created']),
      material,
    };
  }

  close(): void {
    this.#db.close();
  }
}
