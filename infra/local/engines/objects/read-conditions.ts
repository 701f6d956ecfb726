import type { Version } from './catalog.ts';
import { S3Failure } from './failures.ts';
import type { Fields } from './target.ts';

/**
 * Weighs the conditions of a read, in RFC 9110's order: an ETag outweighs a time.
 * @param prefix of the names of the headers: a copy has those of its source
 * @returns whether the reader has it already
 * @throws S3Failure PreconditionFailed
 */
export function isUnchanged(fields: Fields, version: Version, prefix = ''): boolean {
  const modified = Math.floor(version.modified / 1000) * 1000;
  const match = fields.get(`${prefix}if-match`);
  const since = Date.parse(fields.get(`${prefix}if-unmodified-since`) ?? '');
  const failed = match !== undefined ? !names(match, version.etag) : modified > since;
  if (failed) throw preconditionFailed();
  const noneMatch = fields.get(`${prefix}if-none-match`);
  if (noneMatch !== undefined) return names(noneMatch, version.etag);
  return modified <= Date.parse(fields.get(`${prefix}if-modified-since`) ?? '');
}

export function preconditionFailed(): S3Failure {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new S3Failure('PreconditionFailed', message);
}

function names(list: string, etag: string): boolean {
  const plain = (text: string) => text.trim().replace(/^W\//, '').replaceAll('"', '');
  return list.split(',').some((entry) => entry.trim() === '*' || plain(entry) === plain(etag));
}
