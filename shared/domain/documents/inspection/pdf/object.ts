/** One indirect object at its place in the file, and the data of its stream (ISO 32000-1, 7.3.8 and 7.3.10). */
import { indexOf, inflate, latin1, type Allowance } from '../bytes.ts';
import { Rejected } from '../rejection.ts';
import { isDictionary, Lexer, nameOf, type PdfDictionary, type PdfValue } from './lexer.ts';

export interface PdfObject {
  readonly number: number;
  readonly value: PdfValue;
  /** Where the stream's data begins, if the object is a stream. */
  readonly streamStart?: number;
  /** Where reading stopped, and how many values it met. */
  readonly end: number;
  readonly values: number;
}

/** Reads `n g obj` and what follows it. @throws Rejected `broken` when none stands there */
export function objectAt(bytes: Uint8Array, at: number): PdfObject {
  const lexer = new Lexer(bytes, at);
  const number = lexer.takeWhole();
  if (number === undefined || lexer.takeWhole() === undefined || !lexer.take('obj')) {
    throw new Rejected('broken', 'PDF: no object where the cross-reference points');
  }
  const value = lexer.value();
  if (!isDictionary(value) || !lexer.take('stream'))
    return { number, value, end: lexer.at, values: lexer.values };
  let streamStart = lexer.at;
  if (bytes[streamStart] === 0x0d) streamStart++;
  if (bytes[streamStart] === 0x0a) streamStart++;
  return { number, value, streamStart, end: streamStart, values: lexer.values };
}

/**
 * Where a stream's data ends. A wrong length is common and every reader then looks for `endstream`, so we do too; a
 * stream without `endstream` is cut short.
 *
 * @param length the value of /Length, followed if it was a reference
 */
export function streamEnd(bytes: Uint8Array, start: number, length: PdfValue | undefined): number {
  if (
    typeof length === 'number' &&
    length >= 0 &&
    /^\s*endstream/.test(latin1(bytes, start + length, start + length + 20))
  ) {
    return start + length;
  }
  const end = indexOf(bytes, 'endstream', start);
  if (end < 0) throw new Rejected('broken', 'PDF: a stream without end');
  return end;
}

/**
 * The data of a stream that holds structure. Writers deflate these or leave them plain; any other filter would only
 * hide what is in them.
 */
export function decodeStream(data: Uint8Array, dictionary: PdfDictionary, allowance: Allowance): Uint8Array {
  const filter = single(dictionary.entries.get('Filter'));
  if (filter === null) return data;
  if (nameOf(filter) !== 'FlateDecode')
    throw new Rejected('broken', 'PDF: structure under an unusual filter');
  const unpacked = inflate(data, 'zlib', allowance);
  const parameters = single(dictionary.entries.get('DecodeParms'));
  if (parameters === null) return unpacked;
  if (!isDictionary(parameters)) throw new Rejected('broken', 'PDF: damaged filter parameters');
  const [predictor, columns, colours, bits] = ['Predictor', 'Columns', 'Colors', 'BitsPerComponent'].map(
    (key) => parameters.entries.get(key),
  );
  if (predictor === undefined || predictor === 1) return unpacked;
  const bytewise = (colours ?? 1) === 1 && (bits ?? 8) === 8;
  if (!bytewise || typeof predictor !== 'number' || predictor < 10) {
    throw new Rejected('broken', 'PDF: structure under an unusual predictor');
  }
  if (typeof columns !== 'number' || !Number.isInteger(columns) || columns < 1 || columns > 100) {
    throw new Rejected('broken', 'PDF: structure in rows of an unusual length');
  }
  return unpredict(unpacked, columns);
}

/** A lone value, whether or not it stands in an array of one. */
function single(value: PdfValue | undefined): PdfValue {
  if (typeof value !== 'object' || value?.kind !== 'array') return value ?? null;
  if (value.items.length > 1) throw new Rejected('broken', 'PDF: structure under several filters');
  return value.items[0] ?? null;
}

/** Takes back PNG's filters (ISO/IEC 15948, clause 9), one byte a sample. */
function unpredict(rows: Uint8Array, columns: number): Uint8Array {
  const count = Math.floor(rows.length / (columns + 1));
  const out = new Uint8Array(count * columns);
  for (let row = 0; row < count; row++) {
    const filter = rows[row * (columns + 1)];
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = column > 0 ? (out[at - 1] ?? 0) : 0;
      const up = row > 0 ? (out[at - columns] ?? 0) : 0;
      const upLeft = row > 0 && column > 0 ? (out[at - columns - 1] ?? 0) : 0;
      out[at] = (rows[row * (columns + 1) + 1 + column] ?? 0) + predicted(filter, left, up, upLeft);
    }
  }
  return out;
}

function predicted(filter: number | undefined, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [a, b, c] = [up - upLeft, left - upLeft, left + up - 2 * upLeft].map(Math.abs) as [
        number,
        number,
        number,
      ];
      return a <= b && a <= c ? left : b <= c ? up : upLeft;
    }
    case undefined:
    default:
      throw new Rejected('broken', 'PDF: a filter byte no reader knows');
  }
}
