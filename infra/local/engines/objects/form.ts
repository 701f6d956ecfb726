import { ByteReader } from './byte-reader.ts';
import { S3Failure } from './failures.ts';
import type { Fields } from './target.ts';

/** A form as S3 reads it: the fields before the file, then the file. What follows the file is not looked at. */
export interface Form {
  /** Names in lower case. */
  readonly fields: Fields;
  readonly file: { readonly name: string; readonly bytes: AsyncIterable<Buffer> };
}

const CRLF = Buffer.from('\r\n');
const BLANK_LINE = Buffer.from('\r\n\r\n');
const LONGEST_HEAD = 4096;
/** S3's limit on all that comes before the file. */
const LARGEST_FIELDS = 20 * 1024;

/**
 * Reads multipart/form-data up to its file, which is streamed.
 * @throws S3Failure MalformedPOSTRequest, MaxPostPreDataLengthExceededError, InvalidArgument (no file)
 */
export async function readForm(source: AsyncIterable<Buffer>, contentType: string): Promise<Form> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed();
  const reader = new ByteReader(source);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const opening = await reader.until(delimiter.subarray(2), 0);
  if (opening === undefined) throw malformed();
  const fields = new Map<string, string>();
  let size = 0;
  for (;;) {
    const part = await nextPart(reader);
    if (part === undefined) throw noFile();
    if (part.name === 'file')
      return { fields, file: { name: part.filename ?? '', bytes: whole(reader, delimiter) } };
    const value = await reader.until(delimiter, LARGEST_FIELDS - size);
    if (value === undefined) throw tooLong();
    size += part.name.length + value.length;
    if (fields.has(part.name))
      throw new S3Failure('InvalidArgument', `The field "${part.name}" is given twice.`);
    fields.set(part.name, value.toString('utf8'));
  }
}

async function nextPart(reader: ByteReader): Promise<{ name: string; filename?: string } | undefined> {
  const line = await reader.until(CRLF, LONGEST_HEAD);
  if (line === undefined) throw malformed();
  if (line.toString('latin1').startsWith('--')) return undefined;
  if (line.toString('latin1').trim() !== '') throw malformed();
  const head = await reader.until(BLANK_LINE, LONGEST_HEAD);
  const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(head?.toString('utf8') ?? '')?.[1];
  const name = parameter(disposition, 'name');
  if (name === undefined) throw malformed();
  const filename = parameter(disposition, 'filename');
  return { name: name.toLowerCase(), ...(filename === undefined ? {} : { filename }) };
}

/** Browsers write a quote in a name as %22, and line breaks as %0D and %0A (HTML, multipart/form-data encoding). */
function parameter(disposition: string | undefined, name: string): string | undefined {
  const value = new RegExp(`(?:^|[;\\s])${name}="([^"]*)"`, 'i').exec(disposition ?? '')?.[1];
  return value?.replace(/%(22|0D|0A)/g, (encoded) => decodeURIComponent(encoded));
}

async function* whole(reader: ByteReader, delimiter: Buffer): AsyncGenerator<Buffer> {
  if (!(yield* reader.upTo(delimiter))) throw malformed();
}

function malformed(): S3Failure {
  const message = 'The body of your POST request is not well-formed multipart/form-data.';
  return new S3Failure('MalformedPOSTRequest', message);
}

function noFile(): S3Failure {
  return new S3Failure('InvalidArgument', 'POST requires exactly one file upload per request.');
}

function tooLong(): S3Failure {
  const message = 'Your POST request fields preceding the upload file were too large, or did not end.';
  return new S3Failure('MaxPostPreDataLengthExceededError', message);
}
