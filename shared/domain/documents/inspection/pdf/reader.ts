import type { Allowance } from '../bytes.ts';
import { Rejected } from '../rejection.ts';
import type { CrossReference } from './cross-reference.ts';
import { isDictionary, Lexer, nameOf, type PdfDictionary, type PdfValue } from './lexer.ts';
import { decodeStream, objectAt, streamEnd } from './object.ts';

/** How often all bytes may be read over. An honest file is read two or three times; overlapping objects, endlessly. */
const maxPasses = 8;

/** Over all objects read. A file of 50 MB in the smallest of objects holds about three million. */
const maxValues = 5_000_000;

interface ObjectStream {
  readonly bytes: Uint8Array;
  /** Offset of each object in `bytes`, by its number. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** Follows references, as the cross-reference says. Work and memory are bounded by the file's length. */
export class PdfReader {
  readonly #bytes: Uint8Array;
  readonly #reference: CrossReference;
  readonly #allowance: Allowance;
  readonly #objectStreams = new Map<number, ObjectStream>();
  #readable: number;
  #read = 0;
  #values = 0;

  constructor(bytes: Uint8Array, reference: CrossReference, allowance: Allowance) {
    this.#bytes = bytes;
    this.#reference = reference;
    this.#allowance = allowance;
    this.#readable = bytes.length;
  }

  /** The value itself, or what it refers to. An object that is not there is null (7.3.10). */
  follow(value: PdfValue | undefined): PdfValue {
    if (typeof value !== 'object' || value?.kind !== 'reference') return value ?? null;
    const target = this.object(value.number);
    if (typeof target === 'object' && target?.kind === 'reference') {
      throw new Rejected('broken', 'PDF: a reference to a reference');
    }
    return target;
  }

  /** An object by number; of a stream, its dictionary, its data having been found whole. */
  object(number: number): PdfValue {
    const place = this.#reference.places.get(number);
    if (place === undefined || place.in === 'nowhere') return null;
    return place.in === 'file'
      ? this.#inFile(number, place.offset).value
      : this.#inStream(number, place.stream);
  }

  #inFile(number: number, offset: number): { value: PdfValue; data?: Uint8Array } {
    const at = offset + this.#reference.origin;
    const found = objectAt(this.#bytes, at);
    if (found.number !== number)
      throw new Rejected('broken', 'PDF: another object where the cross-reference points');
    this.#count(found.end - at, found.values);
    if (found.streamStart === undefined || !isDictionary(found.value)) return { value: found.value };
    const length = found.value.entries.get('Length');
    const end = streamEnd(this.#bytes, found.streamStart, this.#lengthOf(length));
    if (end !== found.streamStart + Number(length)) this.#count(end - found.streamStart, 0);
    return { value: found.value, data: this.#bytes.subarray(found.streamStart, end) };
  }

  /** A length kept in an object stream is not followed: that stream's own length might be it. */
  #lengthOf(length: PdfValue | undefined): PdfValue | undefined {
    if (typeof length !== 'object' || length?.kind !== 'reference') return length;
    const place = this.#reference.places.get(length.number);
    if (place?.in !== 'file') return undefined;
    const at = place.offset + this.#reference.origin;
    const found = objectAt(this.#bytes, at);
    this.#count(found.end - at, found.values);
    return found.value;
  }

  #inStream(number: number, stream: number): PdfValue {
    const { bytes, offsets } = this.#objectStream(stream);
    const at = offsets.get(number);
    if (at === undefined) throw new Rejected('broken', 'PDF: an object is not in its object stream');
    const lexer = new Lexer(bytes, at);
    const value = lexer.value();
    this.#count(lexer.at - at, lexer.values);
    return value;
  }

  #objectStream(number: number): ObjectStream {
    const known = this.#objectStreams.get(number);
    if (known) return known;
    const place = this.#reference.places.get(number);
    if (place?.in !== 'file') throw new Rejected('broken', 'PDF: an object stream is missing');
    const { value, data } = this.#inFile(number, place.offset);
    if (!isDictionary(value) || !data || nameOf(value.entries.get('Type')) !== 'ObjStm') {
      throw new Rejected('broken', 'PDF: not an object stream');
    }
    const opened = this.#openObjectStream(data, value);
    this.#objectStreams.set(number, opened);
    return opened;
  }

  #openObjectStream(data: Uint8Array, dictionary: PdfDictionary): ObjectStream {
    const bytes = decodeStream(data, dictionary, this.#allowance);
    this.#readable += bytes.length;
    const count = this.follow(dictionary.entries.get('N'));
    const first = this.follow(dictionary.entries.get('First'));
    if (typeof count !== 'number' || typeof first !== 'number') {
      throw new Rejected('broken', 'PDF: an object stream without its counts');
    }
    const lexer = new Lexer(bytes);
    const offsets = new Map<number, number>();
    for (let index = 0; index < count; index++) {
      const number = lexer.takeWhole();
      const offset = lexer.takeWhole();
      if (number === undefined || offset === undefined)
        throw new Rejected('broken', 'PDF: a damaged object stream');
      offsets.set(number, first + offset);
    }
    return { bytes, offsets };
  }

  #count(bytes: number, values: number): void {
    this.#read += bytes;
    this.#values += values;
    if (this.#values > maxValues) throw new Rejected('expands-too-far', 'PDF: too many values');
    if (this.#read > maxPasses * this.#readable) throw new Rejected('broken', 'PDF: objects overlap');
  }
}
