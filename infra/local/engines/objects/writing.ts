import { versionIdOf, documentOf, xmlReply, type Call, type Reply } from './call.ts';
import type { Bucket } from './bucket-settings.ts';
import type { Draft, Version } from './catalog.ts';
import { isAlgorithm, type Algorithm } from './checksums.ts';
import { draftOf, encryptionHeaders } from './draft.ts';
import { checksumHeaders, checksumMembers, expectationsOf, type Expectations } from './expectations.ts';
import { S3Failure } from './failures.ts';
import { incomingOf, openBody, receive, type Received } from './incoming.ts';
import { bypassesGovernance } from './locks.ts';
import {
  bucketOf,
  conditionsOf,
  deleteObject,
  objectOf,
  putVersion,
  versionHeader,
  type Deletion,
  type Kept,
} from './store.ts';
import type { Fields } from './target.ts';
import { childText, childrenOf, type XmlValue } from './xml.ts';

/** PutObject. */
export async function putObject(call: Call): Promise<Reply> {
  const { store, target, fields, origin } = call;
  const bucket = bucketOf(store, target.bucket);
  const draft = draftOf(fields, bucket, store.now());
  const expected = expectationsOf(fields);
  requireChecksum(draft, expected);
  const conditions = conditionsOf(fields);
  const received = await receive(store.blobs, openBody(call.request, call.signed), expected);
  const place = { bucket, key: target.key };
  const version = putVersion(store, place, keptOf(received), draft, {
    conditions,
    reason: 'PutObject',
    origin,
  });
  return { status: 200, headers: writtenHeaders(version) };
}

/** What a writer is told of the version it made. */
export function writtenHeaders(version: Version): Record<string, string> {
  return {
    etag: version.etag,
    ...versionHeader(version),
    ...encryptionHeaders(version.encryption),
    ...checksumHeaders(version.sums),
  };
}

/** Received bytes as an object of one piece. */
export function keptOf({ blob, size, md5, sums }: Received): Kept {
  return { blob, size, sums, etag: `"${md5.toString('hex')}"` };
}

/** S3 takes no object under a lock whose bytes nobody vouched for. */
export function requireChecksum(draft: Draft, expected: Expectations): void {
  const vouched =
    expected.md5 !== undefined || expected.trailing.length > 0 || Object.keys(expected.sums).length > 0;
  if (vouched || (draft.retention === undefined && draft.legalHold === undefined)) return;
  const message =
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
  throw new S3Failure('InvalidRequest', message);
}

/** CopyObject: from the newest version or the one named; a new version of its own. */
export async function copyObject(call: Call): Promise<Reply> {
  const { store, target, fields, origin } = call;
  const bucket = bucketOf(store, target.bucket);
  const source = sourceOf(call);
  checkSource(fields, source);
  const replaceMetadata = fields.get('x-amz-metadata-directive') === 'REPLACE';
  const onto =
    source.bucket === bucket.name && source.key === target.key && versionOfSource(fields) === undefined;
  if (onto && !replaceMetadata && !fields.has('x-amz-server-side-encryption')) {
    const message =
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
    throw new S3Failure('InvalidRequest', message);
  }
  const draft = copiedDraft(fields, bucket, source, replaceMetadata, store.now());
  const bytes = await store.blobs.stream(source.blob, 0, source.size - 1);
  const received = await receive(
    store.blobs,
    incomingOf(bytes),
    { sums: {}, trailing: [] },
    { extra: copiedSums(fields, source) },
  );
  const place = { bucket, key: target.key };
  const options = { conditions: conditionsOf(fields), reason: 'CopyObject', origin } as const;
  const version = putVersion(store, place, keptOf(received), draft, options);
  const sourceVersion = source.id === 'null' ? {} : { 'x-amz-copy-source-version-id': source.id };
  const result = {
    ETag: version.etag,
    LastModified: isoOf(version.modified),
    ...checksumMembers(version.sums),
  };
  const headers = { ...sourceVersion, ...versionHeader(version), ...encryptionHeaders(version.encryption) };
  return xmlReply('CopyObjectResult', result, headers);
}

function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}

function copiedDraft(
  fields: Fields,
  bucket: Bucket,
  source: Version,
  replaceMetadata: boolean,
  now: number,
): Draft {
  const draft = draftOf(fields, bucket, now);
  return {
    ...draft,
    headers: replaceMetadata ? draft.headers : source.headers,
    tags: fields.get('x-amz-tagging-directive') === 'REPLACE' ? draft.tags : source.tags,
  };
}

function copiedSums(fields: Fields, source: Version): Algorithm[] {
  const asked = fields.get('x-amz-checksum-algorithm')?.toLowerCase();
  if (asked === undefined) return Object.keys(source.sums).filter(isAlgorithm);
  if (isAlgorithm(asked)) return [asked];
  throw new S3Failure('NotImplemented', `The local object engine does not know the checksum ${asked}.`);
}

function versionOfSource(fields: Fields): string | undefined {
  return /\?versionId=(.+)$/.exec(fields.get('x-amz-copy-source') ?? '')?.[1];
}

function sourceOf(call: Call): Version {
  const path = (call.fields.get('x-amz-copy-source') ?? '').replace(/\?versionId=.*$/, '');
  const [, bucket = '', key = ''] = /^\/?([^/]+)\/(.+)$/.exec(decodedSource(path)) ?? [];
  if (key === '')
    throw new S3Failure(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  const versionId = versionOfSource(call.fields);
  return objectOf(call.store, bucket, key, versionId);
}

function decodedSource(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Failure('InvalidArgument', 'The x-amz-copy-source header is not URL-encoded.');
  }
}

function checkSource(fields: Fields, source: Version): void {
  const plain = (etag: string | undefined) => etag?.replaceAll('"', '');
  const [match, noneMatch] = ['x-amz-copy-source-if-match', 'x-amz-copy-source-if-none-match'].map((name) =>
    plain(fields.get(name)),
  );
  const current = plain(source.etag);
  if ((match !== undefined && match !== current) || (noneMatch !== undefined && noneMatch === current)) {
    throw new S3Failure(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
    );
  }
}

/** DeleteObject. */
export function removeObject(call: Call): Reply {
  const bucket = bucketOf(call.store, call.target.bucket);
  const place = { bucket, key: call.target.key, versionId: versionIdOf(call) };
  const options = {
    bypass: bypassesGovernance(call.fields),
    origin: call.origin,
    ifMatch: call.fields.get('if-match'),
  };
  const { marker, version } = deleteObject(call.store, place, options);
  const headers = {
    ...(version && versionHeader(version)),
    ...(marker ? { 'x-amz-delete-marker': 'true' } : {}),
  };
  return { status: 204, headers };
}

/** DeleteObjects: each key on its own; a refusal of one does not stop the others. */
export async function removeObjects(call: Call): Promise<Reply> {
  const bucket = bucketOf(call.store, call.target.bucket);
  const root = await documentOf(call);
  const wanted = childrenOf(root, 'Object');
  if (root.name !== 'Delete' || wanted.length === 0 || wanted.length > 1000) {
    throw new S3Failure('MalformedXML', 'A Delete names between 1 and 1000 objects.');
  }
  const bypass = bypassesGovernance(call.fields);
  const deleted: XmlValue[] = [];
  const errors: XmlValue[] = [];
  for (const object of wanted) {
    const key = childText(object, 'Key') ?? '';
    const versionId = childText(object, 'VersionId');
    const named = { Key: key, VersionId: versionId };
    try {
      const options = { bypass, origin: call.origin, ifMatch: childText(object, 'ETag') };
      deleted.push({
        ...named,
        ...markerMembers(deleteObject(call.store, { bucket, key, versionId }, options)),
      });
    } catch (error) {
      if (!(error instanceof S3Failure)) throw error;
      errors.push({ ...named, Code: error.code, Message: error.message });
    }
  }
  const quiet = childText(root, 'Quiet') === 'true';
  return xmlReply('DeleteResult', { Deleted: quiet ? [] : deleted, Error: errors });
}

function markerMembers({ marker, version }: Deletion): { readonly [tag: string]: XmlValue } {
  return marker ? { DeleteMarker: true, DeleteMarkerVersionId: version?.id } : {};
}
