import { xmlReply, type Call, type Reply } from './call.ts';
import type { Version } from './catalog.ts';
import { S3Failure } from './failures.ts';
import { bucketOf } from './store.ts';
import { uriEncoded } from './target.ts';
import type { XmlValue } from './xml.ts';

const MOST_KEYS = 1000;
/** Sorts after every character of a key: UTF-8 gives it the largest bytes. */
const LAST = '\u{10FFFF}';

/** ListObjectsV2: by key in byte order, folded at the delimiter. */
export function listObjects(call: Call): Reply {
  const { query } = call.target;
  if (query.get('list-type') !== '2')
    throw new S3Failure('NotImplemented', 'The local object engine lists with ListObjectsV2 only.');
  const bucket = bucketOf(call.store, call.target.bucket);
  const request = requestOf(query);
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const after = token === null ? startAfter : resumed(token);
  // A page that ended in a common prefix goes on behind everything under it.
  const from = after === '' ? '' : after.endsWith(LAST) ? after : `${after}\0`;
  const page = folded(call.store.catalog.objects(bucket.name, request.prefix, from), request);
  const contents = page.entries.map((version) => ({
    Key: request.shown(version.key),
    LastModified: new Date(version.modified).toISOString(),
    ETag: version.etag,
    Size: version.size,
    StorageClass: 'STANDARD',
  }));
  return xmlReply('ListBucketResult', {
    ...common(bucket.name, request, page),
    KeyCount: contents.length + page.prefixes.length,
    StartAfter: startAfter === '' ? undefined : request.shown(startAfter),
    ContinuationToken: token ?? undefined,
    NextContinuationToken:
      page.next === undefined ? undefined : Buffer.from(page.next.key).toString('base64url'),
    Contents: contents,
  });
}

/** ListObjectVersions: all versions and delete markers, the newest of a key first. */
export function listVersions(call: Call): Reply {
  const { query } = call.target;
  const bucket = bucketOf(call.store, call.target.bucket);
  const request = requestOf(query);
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('version-id-marker') ?? '';
  const versions = call.store.catalog.versions(bucket.name, request.prefix, keyMarker);
  const page = folded(behind(versions, keyMarker, idMarker), request);
  const described = (version: Version & { latest: boolean }) => ({
    Key: request.shown(version.key),
    VersionId: version.id,
    IsLatest: version.latest,
    LastModified: new Date(version.modified).toISOString(),
  });
  const live = page.entries.filter((version) => !version.marker);
  return xmlReply('ListVersionsResult', {
    ...common(bucket.name, request, page),
    KeyMarker: request.shown(keyMarker),
    VersionIdMarker: idMarker,
    NextKeyMarker: page.next && request.shown(page.next.key),
    NextVersionIdMarker: page.next?.id,
    Version: live.map((version) => ({
      ...described(version),
      ETag: version.etag,
      Size: version.size,
      StorageClass: 'STANDARD',
    })),
    DeleteMarker: page.entries.filter((version) => version.marker).map(described),
  });
}

interface ListRequest {
  readonly prefix: string;
  readonly delimiter: string;
  readonly most: number;
  /** A key as the answer shows it: `encoding-type=url` asks for it encoded. */
  readonly shown: (key: string) => string;
  readonly encoding: string | undefined;
}

interface Page<T> {
  readonly entries: T[];
  readonly prefixes: string[];
  /** Where the next page begins; absent on the last. */
  readonly next?: { key: string; id?: string };
}

function requestOf(query: URLSearchParams): ListRequest {
  const most = Number(query.get('max-keys') ?? MOST_KEYS);
  if (!Number.isInteger(most) || most < 0)
    throw new S3Failure('InvalidArgument', 'Argument max-keys must be an integer between 0 and 2147483647');
  const encoding = query.get('encoding-type') ?? undefined;
  const shown =
    encoding === 'url' ? (key: string) => uriEncoded(key).replaceAll('%2F', '/') : (key: string) => key;
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    most: Math.min(most, MOST_KEYS),
    shown,
    encoding,
  };
}

/** One page: entries, and those that share a prefix up to the delimiter shown as that prefix. */
function folded<T extends Version>(versions: Iterable<T>, { prefix, delimiter, most }: ListRequest): Page<T> {
  const entries: T[] = [];
  const prefixes: string[] = [];
  let next: { key: string; id?: string } | undefined;
  for (const version of versions) {
    const at = delimiter === '' ? -1 : version.key.indexOf(delimiter, prefix.length);
    const shared = at < 0 ? undefined : version.key.slice(0, at + delimiter.length);
    if (shared !== undefined && shared === prefixes.at(-1)) continue;
    if (entries.length + prefixes.length >= most) return { entries, prefixes, ...(next && { next }) };
    if (shared === undefined) entries.push(version);
    else prefixes.push(shared);
    next = shared === undefined ? { key: version.key, id: version.id } : { key: shared + LAST };
  }
  return { entries, prefixes };
}

/** Skips what the marker and all before it. A key marker alone leaves out all versions of its key. */
function* behind<T extends Version>(
  versions: Iterable<T>,
  keyMarker: string,
  idMarker: string,
): Generator<T> {
  let passed = idMarker === '';
  for (const version of versions) {
    if (keyMarker !== '' && version.key === keyMarker) {
      if (passed && idMarker !== '') yield version;
      passed ||= version.id === idMarker;
      continue;
    }
    yield version;
  }
}

function common<T>(
  bucket: string,
  request: ListRequest,
  page: Page<T>,
): { readonly [tag: string]: XmlValue } {
  return {
    Name: bucket,
    Prefix: request.shown(request.prefix),
    Delimiter: request.delimiter === '' ? undefined : request.shown(request.delimiter),
    MaxKeys: request.most,
    EncodingType: request.encoding,
    IsTruncated: page.next !== undefined,
    CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: request.shown(prefix) })),
  };
}

function resumed(token: string): string {
  const key = Buffer.from(token, 'base64url').toString('utf8');
  if (key !== '' && Buffer.from(key).toString('base64url') === token) return key;
  throw new S3Failure('InvalidArgument', 'The continuation token provided is incorrect');
}
