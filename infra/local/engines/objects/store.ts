import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Blobs } from './blobs.ts';
import type { Bucket } from './bucket-settings.ts';
import type { Catalog, Draft, Version } from './catalog.ts';
import { transact } from './database.ts';
import { S3Failure } from './failures.ts';
import { checkDeletable } from './locks.ts';
import { eventOf, type EventReason, type ObjectEvent, type Origin, type Outbox } from './outbox.ts';
import { preconditionFailed } from './read-conditions.ts';
import type { Fields } from './target.ts';
import type { Uploads } from './uploads.ts';

/** The engine's state and clock, as its operations see it. */
export interface Store {
  readonly db: DatabaseSync;
  readonly catalog: Catalog;
  readonly uploads: Uploads;
  readonly outbox: Outbox;
  readonly blobs: Blobs;
  readonly now: () => number;
  /** Tells the listener; the event is durable by then. */
  readonly announce: (event: ObjectEvent) => void;
}

/** Bytes at rest, ready to become a version. */
export interface Kept {
  readonly blob: string;
  readonly size: number;
  readonly etag: string;
  readonly sums: Readonly<Record<string, string>>;
  readonly parts?: readonly number[];
}

/** `If-Match` and `If-None-Match` of a write. */
export interface Conditions {
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
}

/** @throws S3Failure NoSuchBucket */
export function bucketOf(store: Store, name: string): Bucket {
  const bucket = store.catalog.bucket(name);
  if (bucket === undefined) throw new S3Failure('NoSuchBucket', 'The specified bucket does not exist');
  return bucket;
}

/**
 * An object as it can be read: the newest version, or the one named.
 * @throws S3Failure NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker by its name)
 */
export function objectOf(store: Store, bucket: string, key: string, versionId?: string): Version {
  bucketOf(store, bucket);
  const named = versionId !== undefined;
  const version = named ? store.catalog.version(bucket, key, versionId) : store.catalog.latest(bucket, key);
  if (version === undefined && named)
    throw new S3Failure('NoSuchVersion', 'The specified version does not exist.');
  if (version === undefined) throw new S3Failure('NoSuchKey', 'The specified key does not exist.');
  if (!version.marker) return version;
  const headers = { 'x-amz-delete-marker': 'true', ...versionHeader(version) };
  if (!named) throw new S3Failure('NoSuchKey', 'The specified key does not exist.', headers);
  const message = 'The specified method is not allowed against this resource.';
  throw new S3Failure('MethodNotAllowed', message, { ...headers, allow: 'DELETE' });
}

/** `x-amz-version-id`, in a bucket that keeps versions. */
export function versionHeader(version: Version): Record<string, string> {
  return version.id === 'null' ? {} : { 'x-amz-version-id': version.id };
}

/** The conditions a write carries. */
export function conditionsOf(fields: Fields): Conditions {
  const [ifMatch, ifNoneMatch] = [fields.get('if-match'), fields.get('if-none-match')];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Failure('NotImplemented', 'A write takes If-None-Match with * only.');
  }
  return {
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
  };
}

/**
 * Makes kept bytes the newest version of a key, with its event, in one transaction. If that fails the bytes go.
 * @param also runs in the same transaction, before anything else; it may refuse
 * @throws S3Failure PreconditionFailed, NoSuchKey, InvalidRequest
 */
export function putVersion(
  store: Store,
  place: { bucket: Bucket; key: string },
  kept: Kept,
  draft: Draft,
  options: { conditions: Conditions; reason: EventReason; origin: Origin; also?: () => void },
): Version {
  const { bucket, key } = place;
  const { version, replaced, event } = committed(store, kept, () => {
    options.also?.();
    checkConditions(options.conditions, store.catalog.latest(bucket.name, key));
    const id = bucket.versioning === 'enabled' ? newVersionId() : 'null';
    const replaced = id === 'null' ? removeNull(store, bucket.name, key) : undefined;
    const now = store.now();
    const version = store.catalog.insert({
      bucket: bucket.name,
      key,
      id,
      marker: false,
      modified: now,
      ...kept,
      ...draft,
    });
    const event = eventOf('Object Created', version, options.origin, now, { reason: options.reason });
    if (bucket.settings.events !== false) store.outbox.add(event);
    return { version, replaced, event };
  });
  if (replaced !== undefined && replaced.blob !== '') store.blobs.remove(replaced.blob);
  if (bucket.settings.events !== false) store.announce(event);
  return version;
}

function committed<T>(store: Store, kept: Kept, work: () => T): T {
  try {
    return transact(store.db, work);
  } catch (error) {
    store.blobs.remove(kept.blob);
    throw error;
  }
}

/** What a delete did: nothing (the key was not there), a version gone, or a marker laid. */
export interface Deletion {
  readonly version?: Version;
  /** Whether that version is a delete marker, laid or removed. */
  readonly marker: boolean;
}

/**
 * Deletes as S3 does: a named version for good, otherwise by laying a delete marker where versions are kept.
 * @throws S3Failure AccessDenied (Object Lock), PreconditionFailed
 */
export function deleteObject(
  store: Store,
  place: { bucket: Bucket; key: string; versionId?: string | undefined },
  options: { bypass: boolean; origin: Origin; ifMatch?: string | undefined },
): Deletion {
  const { bucket, key, versionId } = place;
  const { deletion, removed, event } = transact(store.db, () => {
    const { catalog } = store;
    if (options.ifMatch !== undefined)
      checkConditions({ ifMatch: options.ifMatch }, catalog.latest(bucket.name, key));
    const forGood = versionId !== undefined || bucket.versioning === 'off';
    const removed = forGood
      ? removeVersion(store, catalog.version(bucket.name, key, versionId ?? 'null'), options.bypass)
      : bucket.versioning === 'suspended'
        ? removeNull(store, bucket.name, key)
        : undefined;
    const version = forGood ? removed : catalog.insert(markerOf(bucket, key, store.now()));
    const event =
      version &&
      eventOf('Object Deleted', version, options.origin, store.now(), {
        reason: 'DeleteObject',
        'deletion-type': forGood ? 'Permanently Deleted' : 'Delete Marker Created',
      });
    if (event !== undefined && bucket.settings.events !== false) store.outbox.add(event);
    return { deletion: { marker: version?.marker ?? false, ...(version && { version }) }, removed, event };
  });
  if (removed !== undefined && removed.blob !== '') store.blobs.remove(removed.blob);
  if (event !== undefined && bucket.settings.events !== false) store.announce(event);
  return deletion;
}

function markerOf(bucket: Bucket, key: string, now: number): Omit<Version, 'seq'> {
  const id = bucket.versioning === 'enabled' ? newVersionId() : 'null';
  const nothing = {
    blob: '',
    size: 0,
    etag: '',
    sums: {},
    headers: {},
    tags: [],
    encryption: { algorithm: 'AES256' },
  };
  return { bucket: bucket.name, key, id, marker: true, modified: now, ...nothing };
}

function removeVersion(store: Store, version: Version | undefined, bypass: boolean): Version | undefined {
  if (version === undefined) return undefined;
  checkDeletable(version, bypass, store.now());
  store.catalog.remove(version);
  return version;
}

/** The version without a name makes room for the next one without a name. */
function removeNull(store: Store, bucket: string, key: string): Version | undefined {
  const version = store.catalog.version(bucket, key, 'null');
  if (version !== undefined) store.catalog.remove(version);
  return version;
}

function checkConditions(conditions: Conditions, latest: Version | undefined): void {
  const current = latest?.marker === false ? latest : undefined;
  if (conditions.ifNoneMatch !== undefined && current !== undefined) throw preconditionFailed();
  if (conditions.ifMatch === undefined) return;
  if (current === undefined) throw new S3Failure('NoSuchKey', 'The specified key does not exist.');
  const wanted = conditions.ifMatch;
  if (wanted !== '*' && wanted.replaceAll('"', '') !== current.etag.replaceAll('"', ''))
    throw preconditionFailed();
}

function newVersionId(): string {
  return randomBytes(24).toString('base64url');
}
