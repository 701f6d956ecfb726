import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Version } from './catalog.ts';

export type ObjectEventType = 'Object Created' | 'Object Deleted' | 'Object Tags Added';

/** The `detail` of an S3 event, as EventBridge carries it. */
export interface ObjectEventDetail {
  readonly version: '0';
  readonly bucket: { readonly name: string };
  readonly object: {
    readonly key: string;
    readonly size?: number;
    /** Without quotes. */
    readonly etag?: string;
    /** Absent in a bucket that keeps no versions. */
    readonly 'version-id'?: string;
    /** Of two events of one key the greater is later. */
    readonly sequencer: string;
  };
  readonly 'request-id': string;
  readonly requester: string;
  readonly 'source-ip-address': string;
  readonly reason?: EventReason;
  readonly 'deletion-type'?: 'Permanently Deleted' | 'Delete Marker Created';
}

export type EventReason =
  'PutObject' | 'POST Object' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject';

/** One event, offered until it is acknowledged. */
export interface ObjectEvent {
  readonly id: string;
  /** ISO 8601, by the engine's clock. */
  readonly time: string;
  readonly detailType: ObjectEventType;
  readonly detail: ObjectEventDetail;
}

/** Who asked for a change. */
export interface Origin {
  readonly requestId: string;
  readonly requester: string;
  readonly address: string;
}

export const outboxSchema =
  'CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, body TEXT NOT NULL) STRICT';

/** Events written in the transaction of their change, and kept until the runtime took them. */
export class Outbox {
  readonly #statements;

  constructor(db: DatabaseSync) {
    this.#statements = {
      add: db.prepare('INSERT INTO outbox (id, body) VALUES (?, ?)'),
      pending: db.prepare('SELECT body FROM outbox ORDER BY seq LIMIT ?'),
      remove: db.prepare('DELETE FROM outbox WHERE id = ?'),
    };
  }

  add(event: ObjectEvent): void {
    this.#statements.add.run(event.id, JSON.stringify(event));
  }

  /** The oldest events, in the order of their changes. */
  pending(limit: number): ObjectEvent[] {
    return this.#statements.pending.all(limit).map((row) => JSON.parse(String(row['body'])) as ObjectEvent);
  }

  remove(id: string): void {
    this.#statements.remove.run(id);
  }
}

/** The event of a change to a version. */
export function eventOf(
  detailType: ObjectEventType,
  version: Version,
  origin: Origin,
  now: number,
  more: Pick<ObjectEventDetail, 'reason' | 'deletion-type'>,
): ObjectEvent {
  const bytes = version.marker ? {} : { size: version.size, etag: version.etag.replaceAll('"', '') };
  const object = {
    key: version.key,
    ...bytes,
    ...(version.id === 'null' ? {} : { 'version-id': version.id }),
    sequencer: version.seq.toString(16).toUpperCase().padStart(18, '0'),
  };
  const detail: ObjectEventDetail = {
    version: '0',
    bucket: { name: version.bucket },
    object,
    'request-id': origin.requestId,
    requester: origin.requester,
    'source-ip-address': origin.address,
    ...more,
  };
  return { id: randomUUID(), time: new Date(now).toISOString(), detailType, detail };
}
