import { versionIdOf, type Call, type Reply } from './call.ts';
import type { Version } from './catalog.ts';
import { encryptionHeaders, requireHeaderValue } from './draft.ts';
import { checksumHeaders } from './expectations.ts';
import { S3Failure } from './failures.ts';
import { isUnchanged } from './read-conditions.ts';
import { objectOf, versionHeader } from './store.ts';
import type { Fields } from './target.ts';

/** Query parameters that replace a header of the answer. */
const overrides = {
  'response-content-type': 'content-type',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
  'response-content-language': 'content-language',
  'response-cache-control': 'cache-control',
  'response-expires': 'expires',
} as const;

/** GetObject, and HeadObject, which is the same without the bytes. */
export async function getObject(call: Call): Promise<Reply> {
  const { store, target, fields } = call;
  const version = objectOf(store, target.bucket, target.key, versionIdOf(call));
  if (isUnchanged(fields, version))
    return { status: 304, headers: { etag: version.etag, ...versionHeader(version) } };
  const part = partOf(target.query.get('partNumber'), version);
  if (part !== undefined && fields.has('range'))
    throw new S3Failure('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  const range = part ?? rangeOf(fields.get('range'), version.size);
  const headers = {
    ...objectHeaders(version),
    ...(part !== undefined && version.parts ? { 'x-amz-mp-parts-count': String(version.parts.length) } : {}),
    ...(range === undefined ? wantedSums(fields, version) : {}),
    ...overridden(target.query),
  };
  const { start, end } = range ?? { start: 0, end: version.size - 1 };
  const sized = { ...headers, 'content-length': String(end - start + 1) };
  const partial = { ...sized, 'content-range': `bytes ${start}-${end}/${version.size}` };
  const head = range === undefined ? { status: 200, headers: sized } : { status: 206, headers: partial };
  if (call.request.method === 'HEAD') return head;
  return { ...head, body: await store.blobs.stream(version.blob, start, end) };
}

function objectHeaders(version: Version): Record<string, string> {
  const lock = version.retention && {
    'x-amz-object-lock-mode': version.retention.mode,
    'x-amz-object-lock-retain-until-date': new Date(version.retention.until).toISOString(),
  };
  return {
    'last-modified': new Date(version.modified).toUTCString(),
    'accept-ranges': 'bytes',
    etag: version.etag,
    ...version.headers,
    ...versionHeader(version),
    ...encryptionHeaders(version.encryption),
    ...lock,
    ...(version.legalHold === undefined
      ? {}
      : { 'x-amz-object-lock-legal-hold': version.legalHold ? 'ON' : 'OFF' }),
    ...(version.tags.length === 0 ? {} : { 'x-amz-tagging-count': String(version.tags.length) }),
  };
}

function wantedSums(fields: Fields, version: Version): Record<string, string> {
  return fields.get('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' ? checksumHeaders(version.sums) : {};
}

function overridden(query: URLSearchParams): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [parameter, header] of Object.entries(overrides)) {
    const value = query.get(parameter);
    if (value === null) continue;
    requireHeaderValue(value);
    headers[header] = value;
  }
  return headers;
}

/** The range of a part by its number. What was not uploaded in parts is one part; an empty one is no range at all. */
function partOf(number: string | null, version: Version): { start: number; end: number } | undefined {
  if (number === null) return undefined;
  const wanted = Number(number);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 10_000)
    throw new S3Failure('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  const sizes = version.parts ?? [version.size];
  const size = sizes[wanted - 1];
  if (size === undefined)
    throw new S3Failure('InvalidPartNumber', 'The requested partnumber is not satisfiable');
  if (version.size === 0) return undefined;
  const start = sizes.slice(0, wanted - 1).reduce((sum, before) => sum + before, 0);
  return { start, end: start + size - 1 };
}

/** One range of bytes; several, or what is no range at all, mean the whole, as S3 does. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, first = '', last = ''] = parts ?? [];
  if (parts === null || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && first !== '' && Number(last) < Number(first)) return undefined;
  if (start >= size) {
    throw new S3Failure('InvalidRange', 'The requested range is not satisfiable', {
      'content-range': `bytes */${size}`,
    });
  }
  return { start, end };
}
