import { createHash, randomUUID } from 'node:crypto';
import type { Blobs } from './blobs.ts';
import { documentOf, xmlReply, type Call, type Reply } from './call.ts';
import { byDefault, checksumOf, isAlgorithm, type Algorithm } from './checksums.ts';
import { transact } from './database.ts';
import { draftOf, encryptionHeaders } from './draft.ts';
import { checksumHeaders, checksumMembers, checksumType, expectationsOf } from './expectations.ts';
import { S3Failure } from './failures.ts';
import { incomingOf, openBody, receive } from './incoming.ts';
import { bucketOf, conditionsOf, putVersion, versionHeader, type Kept, type Store } from './store.ts';
import type { Fields } from './target.ts';
import type { Part, Upload } from './uploads.ts';
import { childText, childrenOf, type XmlElement } from './xml.ts';

const SMALLEST_PART = 5 * 1024 ** 2;
const MOST_PARTS = 10_000;
const MOST_LISTED = 1000;

/** CreateMultipartUpload. */
export function createUpload(call: Call): Reply {
  const { store, target, fields } = call;
  const bucket = bucketOf(store, target.bucket);
  const checksum = announced(fields);
  const upload: Upload = {
    id: randomUUID(),
    bucket: bucket.name,
    key: target.key,
    started: store.now(),
    draft: draftOf(fields, bucket, store.now()),
    ...checksum,
  };
  store.uploads.add(upload);
  const { algorithm, checksumType: type } = checksum;
  const echoed = algorithm && type && { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type };
  const result = { Bucket: bucket.name, Key: target.key, UploadId: upload.id };
  return xmlReply('InitiateMultipartUploadResult', result, {
    ...encryptionHeaders(upload.draft.encryption),
    ...echoed,
  });
}

/** A CRC can be of the whole object; a hash cannot, since it does not follow from the hashes of the parts. */
function announced(fields: Fields): Pick<Upload, 'algorithm' | 'checksumType'> {
  const algorithm = fields.get('x-amz-checksum-algorithm');
  const type = fields.get('x-amz-checksum-type');
  if (algorithm === undefined) return {};
  const name = algorithm.toLowerCase();
  if (!isAlgorithm(name)) {
    throw new S3Failure('NotImplemented', `The local object engine does not know the checksum ${algorithm}.`);
  }
  const usual = name === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE';
  const never = name === 'crc64nvme' ? 'COMPOSITE' : name.startsWith('sha') ? 'FULL_OBJECT' : undefined;
  if (type !== undefined && type === never) {
    const message = `The ${type} checksum type cannot be used with the ${name} checksum algorithm.`;
    throw new S3Failure('InvalidRequest', message);
  }
  return { algorithm, checksumType: type ?? usual };
}

/** UploadPart. A part sent again takes the place of the first. */
export async function uploadPart(call: Call): Promise<Reply> {
  const { store, target } = call;
  const upload = uploadOf(call);
  const number = Number(target.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
    throw new S3Failure('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  const { blob, size, md5, sums } = await receive(
    store.blobs,
    openBody(call.request, call.signed),
    expectationsOf(call.fields),
  );
  const part = { number, blob, size, md5: md5.toString('hex'), sums, modified: store.now() };
  savePart(store, call, part);
  return {
    status: 200,
    headers: {
      etag: `"${part.md5}"`,
      ...checksumHeaders(sums),
      ...encryptionHeaders(upload.draft.encryption),
    },
  };
}

function savePart(store: Store, call: Call, part: Part): void {
  let replaced: Part | undefined;
  try {
    replaced = transact(store.db, () => {
      // The upload may have been completed or aborted while the bytes came.
      const upload = uploadOf(call);
      const before = store.uploads.parts(upload.id).find((other) => other.number === part.number);
      store.uploads.savePart(upload.id, part);
      return before;
    });
  } catch (error) {
    store.blobs.remove(part.blob);
    throw error;
  }
  if (replaced !== undefined) store.blobs.remove(replaced.blob);
}

/** CompleteMultipartUpload: the parts named, in order, become one object. */
export async function completeUpload(call: Call): Promise<Reply> {
  const { store, target, origin } = call;
  const upload = uploadOf(call);
  const bucket = bucketOf(store, target.bucket);
  const held = store.uploads.parts(upload.id);
  const parts = namedParts(await documentOf(call), held);
  const conditions = conditionsOf(call.fields);
  const algorithm = upload.algorithm?.toLowerCase();
  const wanted = algorithm !== undefined && isAlgorithm(algorithm) ? algorithm : byDefault;
  const whole = await receive(
    store.blobs,
    incomingOf(joined(store.blobs, parts)),
    { sums: {}, trailing: [] },
    { extra: [wanted] },
  );
  const md5s = Buffer.concat(parts.map((part) => Buffer.from(part.md5, 'hex')));
  const kept: Kept = {
    blob: whole.blob,
    size: whole.size,
    etag: `"${createHash('md5').update(md5s).digest('hex')}-${parts.length}"`,
    sums: upload.checksumType === 'COMPOSITE' ? composite(wanted, parts) : whole.sums,
    parts: parts.map((part) => part.size),
  };
  const version = putVersion(store, { bucket, key: target.key }, kept, upload.draft, {
    conditions,
    reason: 'CompleteMultipartUpload',
    origin,
    also: () => {
      uploadOf(call);
      store.uploads.remove(upload.id);
    },
  });
  for (const part of held) store.blobs.remove(part.blob);
  const location = `http://${call.request.headers.host ?? 'localhost'}/${bucket.name}/${encodeURI(target.key)}`;
  const sums = { ...checksumMembers(version.sums), ChecksumType: checksumType(version.sums) };
  const result = { Location: location, Bucket: bucket.name, Key: target.key, ETag: version.etag, ...sums };
  const headers = { ...versionHeader(version), ...encryptionHeaders(version.encryption) };
  return xmlReply('CompleteMultipartUploadResult', result, headers);
}

/** AbortMultipartUpload. */
export function abortUpload(call: Call): Reply {
  const { store } = call;
  const upload = uploadOf(call);
  const parts = store.uploads.parts(upload.id);
  transact(store.db, () => {
    store.uploads.remove(upload.id);
  });
  for (const part of parts) store.blobs.remove(part.blob);
  return { status: 204, headers: {} };
}

/** ListParts. */
export function listParts(call: Call): Reply {
  const upload = uploadOf(call);
  const most = Math.min(countOf(call, 'max-parts') ?? MOST_LISTED, MOST_LISTED);
  const after = countOf(call, 'part-number-marker') ?? 0;
  const rest = call.store.uploads.parts(upload.id).filter(({ number }) => number > after);
  const page = rest.slice(0, most);
  const parts = page.map((part) => ({
    PartNumber: part.number,
    LastModified: new Date(part.modified).toISOString(),
    ETag: `"${part.md5}"`,
    Size: part.size,
    ...checksumMembers(part.sums),
  }));
  const head = { Bucket: upload.bucket, Key: upload.key, UploadId: upload.id };
  const paged = {
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1)?.number,
    MaxParts: most,
    IsTruncated: rest.length > page.length,
  };
  return xmlReply('ListPartsResult', { ...head, ...paged, Part: parts });
}

function countOf(call: Call, name: string): number | undefined {
  const text = call.target.query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new S3Failure('InvalidArgument', `Provided ${name} not an integer or within integer range`);
}

function uploadOf(call: Call): Upload {
  bucketOf(call.store, call.target.bucket);
  const upload = call.store.uploads.upload(call.target.query.get('uploadId') ?? '');
  if (upload?.bucket === call.target.bucket && upload.key === call.target.key) return upload;
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
  throw new S3Failure('NoSuchUpload', message);
}

function namedParts(root: XmlElement, held: readonly Part[]): Part[] {
  const named = childrenOf(root, 'Part');
  if (root.name !== 'CompleteMultipartUpload' || named.length === 0) {
    throw new S3Failure('MalformedXML', 'The XML you provided names no parts.');
  }
  const parts = named.map((element) => partOf(element, held));
  if (parts.some((part, index) => index > 0 && part.number <= (parts[index - 1]?.number ?? 0))) {
    const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
    throw new S3Failure('InvalidPartOrder', message);
  }
  if (parts.slice(0, -1).some((part) => part.size < SMALLEST_PART)) {
    throw new S3Failure('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
}

function partOf(element: XmlElement, held: readonly Part[]): Part {
  const part = held.find((candidate) => candidate.number === Number(childText(element, 'PartNumber')));
  const sameTag = childText(element, 'ETag')?.replaceAll('"', '') === part?.md5;
  const members = part === undefined ? {} : checksumMembers(part.sums);
  const sameSums = element.children
    .filter((child) => child.name.startsWith('Checksum'))
    .every((child) => members[child.name] === child.text);
  if (part !== undefined && sameTag && sameSums) return part;
  const message =
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  throw new S3Failure('InvalidPart', message);
}

async function* joined(blobs: Blobs, parts: readonly Part[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    for await (const chunk of await blobs.stream(part.blob, 0, part.size - 1)) yield chunk as Buffer;
  }
}

/** S3's checksum of checksums; none when a part came without one. */
function composite(algorithm: Algorithm, parts: readonly Part[]): Record<string, string> {
  const sums = parts.map((part) => part.sums[algorithm]);
  if (sums.some((sum) => sum === undefined)) return {};
  const raw = Buffer.concat(sums.map((sum) => Buffer.from(sum ?? '', 'base64')));
  return { [algorithm]: `${checksumOf(algorithm, raw)}-${parts.length}` };
}
