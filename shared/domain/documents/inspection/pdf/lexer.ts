/** PDF objects out of bytes (ISO 32000-1, 7.2 and 7.3). Strings are skipped over: nothing here asks what they say. */
import { latin1 } from '../bytes.ts';
import { Rejected } from '../rejection.ts';

export type PdfValue =
  | null
  | boolean
  | number
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'string' }
  | { readonly kind: 'reference'; readonly number: number }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | PdfDictionary;

export interface PdfDictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, PdfValue>;
}

/** Deeper than any writer nests, shallower than the call stack. */
const maxNesting = 100;

/** In one object. The largest arrays there are, of glyph widths and page labels, hold some tens of thousands. */
const maxValues = 500_000;

const irregular = new Uint8Array(256);
for (const byte of Buffer.from(' \n\r\t\f\0()<>[]{}/%', 'latin1')) irregular[byte] = 1;

const string: PdfValue = { kind: 'string' };

/** A place in the bytes that moves forward as objects are read. */
export class Lexer {
  readonly #bytes: Uint8Array;
  at: number;
  /** How many values were read, those inside others counted too. */
  values = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Moves past white space and comments. */
  skipSpace(): void {
    for (let byte = this.#bytes[this.at]; byte !== undefined; byte = this.#bytes[this.at]) {
      if (byte === 0x25) {
        while (this.at < this.#bytes.length && !isLineEnd(this.#bytes[this.at])) this.at++;
      } else if (isSpace(byte)) {
        this.at++;
      } else {
        return;
      }
    }
  }

  /** Moves past a word if it stands here, after white space. */
  take(word: string): boolean {
    this.skipSpace();
    for (let index = 0; index < word.length; index++) {
      if (this.#bytes[this.at + index] !== word.charCodeAt(index)) return false;
    }
    this.at += word.length;
    return true;
  }

  /** Moves past an unsigned whole number if one stands here, after white space. */
  takeWhole(): number | undefined {
    this.skipSpace();
    let end = this.at;
    let value = 0;
    for (let byte = this.#bytes[end]; isDigit(byte) && end - this.at < 15; byte = this.#bytes[++end]) {
      value = value * 10 + (byte - 0x30);
    }
    if (end === this.at || isRegular(this.#bytes[end])) return undefined;
    this.at = end;
    return value;
  }

  /** The object that begins here, after white space. @throws Rejected `broken` when none does */
  value(nesting = 0): PdfValue {
    if (nesting > maxNesting) throw new Rejected('broken', 'PDF: nested too deep');
    if (++this.values > maxValues) throw new Rejected('expands-too-far', 'PDF: an object without measure');
    this.skipSpace();
    const byte = this.#bytes[this.at];
    switch (byte) {
      case 0x2f:
        return { kind: 'name', name: this.#name() };
      case 0x28:
        return this.#literalString();
      case 0x5b:
        return this.#array(nesting);
      case 0x3c:
        return this.#bytes[this.at + 1] === 0x3c ? this.#dictionary(nesting) : this.#hexString();
      case undefined:
      default:
        return this.#numberOrWord();
    }
  }

  #numberOrWord(): PdfValue {
    const reference = this.#reference();
    if (reference) return reference;
    const start = this.at;
    while (isRegular(this.#bytes[this.at]) && this.at - start < 100) this.at++;
    const word = latin1(this.#bytes, start, this.at);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    // Some writers put two signs or two points; readers take such a number for what they can, we for zero.
    if (/^[+-]*[\d.]+[\d.-]*$/.test(word)) return Number.isNaN(Number(word)) ? 0 : Number(word);
    throw new Rejected('broken', 'PDF: no object where one must stand');
  }

  #reference(): PdfValue | undefined {
    const start = this.at;
    const number = this.takeWhole();
    if (
      number !== undefined &&
      this.takeWhole() !== undefined &&
      this.take('R') &&
      !isRegular(this.#bytes[this.at])
    ) {
      return { kind: 'reference', number };
    }
    this.at = start;
    return undefined;
  }

  /** With `#xx` read, so that an odd spelling of a name is the same name. */
  #name(): string {
    const start = ++this.at;
    while (isRegular(this.#bytes[this.at])) this.at++;
    if (this.at - start > 1000) throw new Rejected('broken', 'PDF: an endless name');
    return latin1(this.#bytes, start, this.at).replaceAll(/#([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }

  #literalString(): PdfValue {
    let open = 0;
    for (; this.at < this.#bytes.length; this.at++) {
      const byte = this.#bytes[this.at];
      if (byte === 0x5c) this.at++;
      else if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) {
        this.at++;
        return string;
      }
    }
    throw new Rejected('broken', 'PDF: a string that does not end');
  }

  #hexString(): PdfValue {
    for (this.at++; this.at < this.#bytes.length; this.at++) {
      const byte = this.#bytes[this.at];
      if (byte === 0x3e) {
        this.at++;
        return string;
      }
      if (!isHex(byte) && !isSpace(byte)) break;
    }
    throw new Rejected('broken', 'PDF: a damaged hexadecimal string');
  }

  #array(nesting: number): PdfValue {
    this.at++;
    const items: PdfValue[] = [];
    while (!this.take(']')) items.push(this.value(nesting + 1));
    return { kind: 'array', items };
  }

  #dictionary(nesting: number): PdfDictionary {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    while (!this.take('>>')) {
      if (this.#bytes[this.at] !== 0x2f) throw new Rejected('broken', 'PDF: a dictionary key is not a name');
      const key = this.#name();
      const value = this.value(nesting + 1);
      // Readers differ over which of two entries counts; a file that makes them differ is not taken.
      if (entries.has(key)) throw new Rejected('broken', 'PDF: a dictionary key stands twice');
      entries.set(key, value);
    }
    return { kind: 'dictionary', entries };
  }
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return typeof value === 'object' && value?.kind === 'dictionary';
}

export function nameOf(value: PdfValue | undefined): string | undefined {
  return typeof value === 'object' && value?.kind === 'name' ? value.name : undefined;
}

export function itemsOf(value: PdfValue | undefined): readonly PdfValue[] {
  return typeof value === 'object' && value?.kind === 'array' ? value.items : [];
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isHex(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

/** Neither white space nor one of `()<>[]{}/%`. */
function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && irregular[byte] === 0;
}
