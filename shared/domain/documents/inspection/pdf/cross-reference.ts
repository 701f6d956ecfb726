/** Where a PDF's objects lie (ISO 32000-1, 7.5): the chain of cross-reference tables and streams, newest first. */
import { latin1, type Allowance } from '../bytes.ts';
import { Rejected } from '../rejection.ts';
import { isDictionary, itemsOf, Lexer, nameOf, type PdfDictionary, type PdfValue } from './lexer.ts';
import { decodeStream, objectAt, streamEnd } from './object.ts';

/** An object lies in the file itself, or in an object stream. */
export type Place =
  | { readonly in: 'file'; readonly offset: number }
  | { readonly in: 'stream'; readonly stream: number }
  | { readonly in: 'nowhere' };

export interface CrossReference {
  readonly places: ReadonlyMap<number, Place>;
  /** The trailer of the newest revision, which names the catalogue. */
  readonly trailer: PdfDictionary;
  /** Offsets in the file count from here: the `%PDF`, or the first byte, as the writer saw it. */
  readonly origin: number;
}

/** One for every revision, two if it is hybrid. No honest file has more. */
const maxSections = 2000;

/** More than any file within our length needs; a bound on memory. */
const maxObjects = 1_000_000;

/**
 * Follows the chain from the end of the file. The file must end with it: one cut short anywhere has no such end.
 *
 * @param headerAt where `%PDF` stands
 * @throws Rejected `broken`, `encrypted` when any revision is, `expands-too-far`
 */
export function readCrossReference(
  bytes: Uint8Array,
  headerAt: number,
  allowance: Allowance,
): CrossReference {
  const start = startOffset(bytes);
  const origin = headerAt > 0 && sectionStands(bytes, start + headerAt) ? headerAt : 0;
  const places = new Map<number, Place>();
  const seen = new Set<number>();
  const waiting = [start];
  let trailer: PdfDictionary | undefined;

  for (let offset = waiting.pop(); offset !== undefined; offset = waiting.pop()) {
    if (seen.has(offset)) continue;
    seen.add(offset);
    if (seen.size > maxSections) throw new Rejected('broken', 'PDF: too many cross-reference sections');
    const section = readSection(bytes, offset + origin, allowance);
    for (const [number, found] of section.places) if (!places.has(number)) place(places, number, found);
    if ((section.trailer.entries.get('Encrypt') ?? null) !== null) {
      throw new Rejected('encrypted', 'PDF: the trailer names an encryption dictionary');
    }
    trailer ??= section.trailer;
    // A hybrid file's stream comes before its older revisions (7.5.8.4).
    for (const key of ['Prev', 'XRefStm']) {
      const next = section.trailer.entries.get(key);
      if (typeof next === 'number') waiting.push(next);
    }
  }
  if (!trailer) throw new Rejected('broken', 'PDF: no trailer');
  return { places, trailer, origin };
}

/** The number after the last `startxref`; nothing but `%%EOF` and white space may follow it. */
function startOffset(bytes: Uint8Array): number {
  const tail = latin1(bytes, Math.max(0, bytes.length - 2048));
  const found = /startxref\s+(\d{1,10})\s+%%EOF[\s\0]*$/.exec(tail)?.[1];
  if (found === undefined) throw new Rejected('broken', 'PDF: does not end as a PDF ends');
  return Number(found);
}

function sectionStands(bytes: Uint8Array, at: number): boolean {
  return /^\s*(xref|\d+\s+\d+\s+obj)/.test(latin1(bytes, at, at + 40));
}

interface Section {
  readonly places: ReadonlyMap<number, Place>;
  readonly trailer: PdfDictionary;
}

function readSection(bytes: Uint8Array, at: number, allowance: Allowance): Section {
  const lexer = new Lexer(bytes, at);
  return lexer.take('xref') ? readTable(lexer) : readStreamSection(bytes, at, allowance);
}

function readTable(lexer: Lexer): Section {
  const places = new Map<number, Place>();
  while (!lexer.take('trailer')) {
    let first = lexer.takeWhole();
    const count = lexer.takeWhole();
    if (first === undefined || count === undefined) throw new Rejected('broken', 'PDF: a damaged table');
    for (let index = 0; index < count; index++) {
      const offset = lexer.takeWhole();
      const generation = lexer.takeWhole();
      const used = lexer.take('n');
      if (offset === undefined || generation === undefined || (!used && !lexer.take('f'))) {
        throw new Rejected('broken', 'PDF: a damaged table entry');
      }
      // Known writers start their only subsection at 1 although its first entry is the head of the free list, number 0.
      if (index === 0 && first === 1 && !used && generation === 65535) first = 0;
      place(places, first + index, used && offset > 0 ? { in: 'file', offset } : { in: 'nowhere' });
    }
  }
  const trailer = lexer.value();
  if (!isDictionary(trailer)) throw new Rejected('broken', 'PDF: no trailer dictionary');
  return { places, trailer };
}

/** A cross-reference stream (7.5.8): rows of three big-endian fields, their widths in /W. */
function readStreamSection(bytes: Uint8Array, at: number, allowance: Allowance): Section {
  const { value: trailer, streamStart } = objectAt(bytes, at);
  if (!isDictionary(trailer) || streamStart === undefined || nameOf(trailer.entries.get('Type')) !== 'XRef') {
    throw new Rejected('broken', 'PDF: no cross-reference where one must stand');
  }
  const end = streamEnd(bytes, streamStart, trailer.entries.get('Length'));
  const rows = decodeStream(bytes.subarray(streamStart, end), trailer, allowance);
  const [typeWidth = -1, secondWidth = -1, thirdWidth = -1] = numbersOf(trailer.entries.get('W'));
  const size = trailer.entries.get('Size');
  const width = typeWidth + secondWidth + thirdWidth;
  if ([typeWidth, secondWidth, thirdWidth].some((one) => one < 0 || one > 6) || width === 0) {
    throw new Rejected('broken', 'PDF: field widths no writer uses');
  }
  const ranges = trailer.entries.has('Index') ? numbersOf(trailer.entries.get('Index')) : [0, Number(size)];

  const places = new Map<number, Place>();
  let row = 0;
  for (let range = 0; range + 1 < ranges.length; range += 2) {
    const [first = 0, count = 0] = ranges.slice(range, range + 2);
    for (let index = 0; index < count; index++, row += width) {
      if (row + width > rows.length) throw new Rejected('broken', 'PDF: a cross-reference stream cut short');
      const type = typeWidth === 0 ? 1 : field(rows, row, typeWidth);
      const second = field(rows, row + typeWidth, secondWidth);
      place(
        places,
        first + index,
        type === 1
          ? { in: 'file', offset: second }
          : type === 2
            ? { in: 'stream', stream: second }
            : { in: 'nowhere' },
      );
    }
  }
  return { places, trailer };
}

function place(places: Map<number, Place>, number: number, where: Place): void {
  if (places.size >= maxObjects) throw new Rejected('expands-too-far', 'PDF: too many objects');
  places.set(number, where);
}

function field(rows: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index++) value = value * 256 + (rows[at + index] ?? 0);
  return value;
}

function numbersOf(value: PdfValue | undefined): number[] {
  return itemsOf(value).map((item) => (typeof item === 'number' && Number.isInteger(item) ? item : -1));
}
