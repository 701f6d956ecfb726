import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileBlobs, memoryBlobs, type Blobs } from './blobs.ts';
import { settledBucket, type BucketSettings } from './bucket-settings.ts';
import { Catalog, catalogSchema } from './catalog.ts';
import { openDatabase, transact } from './database.ts';
import { Outbox, outboxSchema, type ObjectEvent } from './outbox.ts';
import { serve } from './serve.ts';
import type { AskedOf, Verifier } from './signature.ts';
import { objectOf, type Store } from './store.ts';
import { Uploads, uploadsSchema } from './uploads.ts';

export type { BucketSettings, CorsRule, DefaultRetention } from './bucket-settings.ts';
export { S3Failure } from './failures.ts';
export type { ObjectEvent, ObjectEventDetail, ObjectEventType } from './outbox.ts';

export interface ObjectEngineOptions {
  /** Where objects are kept; absent: in memory. */
  readonly dir?: string;
  /** The engine's clock, in milliseconds. */
  readonly now?: () => number;
  /** The secret of an access key, `undefined` when there is no such key. */
  readonly credentials: (accessKeyId: string) => string | undefined;
  /** When given, the only region a signature may name. */
  readonly region?: string;
  /** Whether the owner of an access key may do this: why not, or nothing. */
  readonly refuses?: (accessKeyId: string, asked: AskedOf) => string | undefined;
}

/** S3 on one machine: path-style addresses, signatures verified, nothing lost when the process is killed. */
export class ObjectEngine {
  readonly #store: Store;
  readonly #verifier: Verifier;
  readonly #listeners = new Set<(event: ObjectEvent) => void>();

  /** @throws Error with one sentence when the folder is damaged, in use or unwritable */
  constructor({ dir, now = Date.now, credentials, region, refuses }: ObjectEngineOptions) {
    const blobs = dir === undefined ? memoryBlobs() : openFolder(dir);
    const file = dir === undefined ? undefined : join(dir, 'objects.db');
    const db = openDatabase(file, 'object store', [catalogSchema, uploadsSchema, outboxSchema].join(';'));
    const catalog = new Catalog(db);
    const uploads = new Uploads(db);
    const announce = (event: ObjectEvent) => {
      this.#announce(event);
    };
    this.#store = { db, catalog, uploads, outbox: new Outbox(db), blobs, now, announce };
    this.#verifier = {
      secretOf: credentials,
      now,
      ...(region === undefined ? {} : { region }),
      ...(refuses ? { refuses } : {}),
    };
    // What a killed process had half done. Nobody else has the folder: the database is open for one process.
    blobs.sweep(new Set([...catalog.blobs(), ...uploads.blobs()]));
  }

  /** Creates a bucket, or gives it new settings; its objects stay. */
  createBucket(name: string, settings: BucketSettings = {}): void {
    const { db, catalog, now } = this.#store;
    transact(db, () => {
      catalog.saveBucket(settledBucket(name, settings, catalog.bucket(name), now()));
    });
  }

  /** For `http.createServer`. */
  handler(): (request: IncomingMessage, response: ServerResponse) => void {
    return (request, response) => {
      void serve(this.#store, this.#verifier, request, response);
    };
  }

  /**
   * Tells of each event once, after it is durable. Only a wake-up: what counts is `pendingEvents`.
   * @returns ends it
   */
  onEvent(listener: (event: ObjectEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #announce(event: ObjectEvent): void {
    // A listener's own failure is not the writer's: it runs after the answer is on its way.
    for (const listener of this.#listeners) {
      queueMicrotask(() => {
        listener(event);
      });
    }
  }

  /** Events nobody has acknowledged, the oldest first, also those of earlier runs. */
  pendingEvents(limit: number): ObjectEvent[] {
    return this.#store.outbox.pending(limit);
  }

  /** Forgets an event. Unknown ids are ignored, so that it can be said twice. */
  ackEvent(id: string): void {
    this.#store.outbox.remove(id);
  }

  /**
   * The bytes of an object, for whoever runs beside the engine, such as the local malware scanner.
   * @throws S3Failure NoSuchBucket, NoSuchKey, NoSuchVersion
   */
  async read(bucket: string, key: string, versionId?: string): Promise<Buffer> {
    return this.#store.blobs.bytes(objectOf(this.#store, bucket, key, versionId).blob);
  }

  close(): void {
    this.#store.db.close();
  }
}

function openFolder(dir: string): Blobs {
  try {
    mkdirSync(dir, { recursive: true });
    return fileBlobs(dir);
  } catch (error) {
    throw new Error(`The object store at ${dir} cannot be written.`, { cause: error });
  }
}
