import type { Bucket } from './bucket-settings.ts';
import type { Draft, Encryption } from './catalog.ts';
import { S3Failure } from './failures.ts';
import { lockOf } from './locks.ts';
import { tagsOfHeader } from './tags.ts';
import type { Fields } from './target.ts';

const systemHeaders = ['cache-control', 'content-disposition', 'content-language', 'expires'] as const;
const LARGEST_METADATA = 2048;

/**
 * What a writer says of a new version, in headers or in form fields.
 * @throws S3Failure InvalidArgument, MetadataTooLarge, InvalidTag, InvalidRequest
 */
export function draftOf(fields: Fields, bucket: Bucket, now: number): Draft {
  const acl = fields.get('x-amz-acl');
  if (acl !== undefined && acl !== 'bucket-owner-full-control' && acl !== 'private') {
    throw new S3Failure('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  return {
    headers: { ...contentHeaders(fields), ...metadata(fields) },
    tags: tagsOfHeader(fields.get('x-amz-tagging')),
    encryption: encryptionOf(fields, bucket),
    ...lockOf(fields, bucket, now),
  };
}

/** `x-amz-server-side-encryption…` of a version. */
export function encryptionHeaders(encryption: Encryption): Record<string, string> {
  const name = 'x-amz-server-side-encryption';
  const key = encryption.keyId === undefined ? {} : { [`${name}-aws-kms-key-id`]: encryption.keyId };
  return { [name]: encryption.algorithm, ...key };
}

function contentHeaders(fields: Fields): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': fields.get('content-type') ?? 'binary/octet-stream',
  };
  for (const name of systemHeaders) {
    const value = fields.get(name);
    if (value !== undefined) headers[name] = value;
  }
  const codings = (fields.get('content-encoding') ?? '').split(',').map((coding) => coding.trim());
  const kept = codings.filter((coding) => coding !== '' && coding !== 'aws-chunked');
  if (kept.length > 0) headers['content-encoding'] = kept.join(',');
  for (const value of Object.values(headers)) requireHeaderValue(value);
  return headers;
}

/** @throws S3Failure InvalidArgument for what cannot travel in a header */
export function requireHeaderValue(value: string): void {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return;
  throw new S3Failure('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
}

function metadata(fields: Fields): Record<string, string> {
  const entries = [...fields].filter(([name]) => name.startsWith('x-amz-meta-'));
  const size = entries.reduce(
    (sum, [name, value]) => sum + name.length - 'x-amz-meta-'.length + Buffer.byteLength(value),
    0,
  );
  if (size > LARGEST_METADATA) {
    throw new S3Failure('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  return Object.fromEntries(entries.map(([name, value]) => [metadataName(name), metadataValue(value)]));
}

function metadataName(name: string): string {
  if (/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) return name;
  throw new S3Failure('InvalidArgument', `"${name}" is not a header name.`);
}

/** A form may carry any character; a header carries it as RFC 2047, as S3 does. */
function metadataValue(value: string): string {
  const beyondLatin = /[^\x00-\xff]/.test(value);
  if (beyondLatin) return `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
  requireHeaderValue(value);
  return value;
}

function encryptionOf(fields: Fields, bucket: Bucket): Encryption {
  const name = 'x-amz-server-side-encryption';
  const asked = fields.get(name);
  const key = fields.get(`${name}-aws-kms-key-id`) ?? bucket.settings.encryptionKey;
  if (asked !== undefined && !['AES256', 'aws:kms', 'aws:kms:dsse'].includes(asked)) {
    throw new S3Failure(
      'InvalidEncryptionAlgorithmError',
      'The encryption request you specified is not valid.',
    );
  }
  if (fields.has(`${name}-customer-algorithm`)) {
    throw new S3Failure('NotImplemented', 'The local object engine takes no keys of the customer (SSE-C).');
  }
  if (key !== undefined) requireHeaderValue(key);
  const algorithm = asked ?? (bucket.settings.encryptionKey === undefined ? 'AES256' : 'aws:kms');
  return algorithm === 'AES256' || key === undefined ? { algorithm } : { algorithm, keyId: key };
}
