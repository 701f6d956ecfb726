import type { Bucket } from './bucket-settings.ts';
import { xmlReply, type Call, type Reply } from './call.ts';
import type { Draft, Version } from './catalog.ts';
import { byDefault, isAlgorithm, type Algorithm } from './checksums.ts';
import { draftOf, encryptionHeaders } from './draft.ts';
import { checksumMembers } from './expectations.ts';
import { S3Failure } from './failures.ts';
import { incomingOf, receive } from './incoming.ts';
import { isUnchanged, preconditionFailed } from './read-conditions.ts';
import { bucketOf, conditionsOf, objectOf, putVersion, versionHeader } from './store.ts';
import type { Fields } from './target.ts';
import { keptOf } from './writing.ts';

/** CopyObject: from the newest version or the one named; a new version of its own. */
export async function copyObject(call: Call): Promise<Reply> {
  const { store, target, fields, origin } = call;
  const bucket = bucketOf(store, target.bucket);
  const source = sourceOf(call);
  if (isUnchanged(fields, source, 'x-amz-copy-source-')) throw preconditionFailed();
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
  const kept = Object.keys(source.sums).filter(isAlgorithm);
  if (asked === undefined) return kept.length > 0 ? kept : [byDefault];
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
