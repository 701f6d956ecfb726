import { S3Failure } from './failures.ts';

/** Header names in lower case, or form fields, or the headers a presigned URL carries in its query. */
export type Fields = ReadonlyMap<string, string>;

/** What a request speaks of, path style: `/bucket/key?query`. */
export interface Target {
  readonly path: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
}

const LONGEST_KEY = 1024;

/**
 * Reads the request line's target. `URL` is not used for the path: it folds `..` and `//`, and both may stand in a key.
 * @throws S3Failure InvalidURI, KeyTooLongError
 */
export function targetOf(requestTarget: string): Target {
  const mark = requestTarget.indexOf('?');
  const rawPath = mark < 0 ? requestTarget : requestTarget.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : requestTarget.slice(mark + 1));
  const path = decoded(rawPath);
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?([^]*)$/.exec(path) ?? [];
  if (Buffer.byteLength(key) > LONGEST_KEY) throw new S3Failure('KeyTooLongError', 'Your key is too long');
  return { path, bucket, key, query };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Failure('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** RFC 3986 as Signature Version 4 wants it: everything but the unreserved characters. */
export function uriEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The same for a path, whose slashes stay. */
export function pathEncoded(path: string): string {
  return path.split('/').map(uriEncoded).join('/');
}
