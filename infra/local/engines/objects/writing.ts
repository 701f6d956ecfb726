import { versionIdOf, documentOf, xmlReply, type Call, type Reply } from './call.ts';
import type { Draft, Version } from './catalog.ts';
import { draftOf, encryptionHeaders } from './draft.ts';
import { checksumHeaders, expectationsOf, missingSums, type Expectations } from './expectations.ts';
import { S3Failure } from './failures.ts';
import { openBody, receive, type Received } from './incoming.ts';
import { bypassesGovernance } from './locks.ts';
import {
  bucketOf,
  conditionsOf,
  deleteObject,
  putVersion,
  versionHeader,
  type Deletion,
  type Kept,
} from './store.ts';
import { childText, childrenOf, type XmlValue } from './xml.ts';

/** PutObject. */
export async function putObject(call: Call): Promise<Reply> {
  const { store, target, fields, origin } = call;
  const bucket = bucketOf(store, target.bucket);
  const draft = draftOf(fields, bucket, store.now());
  const expected = expectationsOf(fields);
  requireChecksum(draft, expected);
  const conditions = conditionsOf(fields);
  const extra = missingSums(expected);
  const received = await receive(store.blobs, openBody(call.request, call.signed), expected, { extra });
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
  if (draft.retention === undefined && draft.legalHold === undefined) return;
  const message =
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
  requireVouched(expected, message);
}

function requireVouched({ md5, sums, trailing }: Expectations, message: string): void {
  if (md5 === undefined && trailing.length === 0 && Object.keys(sums).length === 0)
    throw new S3Failure('InvalidRequest', message);
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
  requireVouched(expectationsOf(call.fields), 'Missing required header for this request: Content-MD5');
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
