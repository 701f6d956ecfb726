/** How large an item is, as the service counts it. */
import { typeOf, type AttributeValue, type Item } from './attribute-values.ts';
import { numberSize } from './decimal.ts';

export const maxItemSize = 400 * 1024;

/** Bytes: the UTF-8 lengths of names and texts, binary lengths, and the overhead of numbers, lists and maps. */
export function itemSize(item: Item): number {
  let size = 0;
  for (const name in item) size += utf8Length(name) + valueSize(item[name] as AttributeValue);
  return size;
}

const containerOverhead = 3;

function valueSize(value: AttributeValue): number {
  if ('S' in value) return utf8Length(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('M' in value) {
    let size = containerOverhead;
    for (const name in value.M) size += 1 + utf8Length(name) + valueSize(value.M[name] as AttributeValue);
    return size;
  }
  if ('L' in value)
    return value.L.reduce((size, element) => size + 1 + valueSize(element), containerOverhead);
  if ('B' in value) return binaryLength(value.B);
  if ('SS' in value) return value.SS.reduce((size, element) => size + utf8Length(element), 0);
  if ('NS' in value) return value.NS.reduce((size, element) => size + numberSize(element), 0);
  if ('BS' in value) return value.BS.reduce((size, element) => size + binaryLength(element), 0);
  return typeOf(value) === 'NULL' || typeOf(value) === 'BOOL' ? 1 : 0;
}

/** Bytes that base64 text stands for. */
export function binaryLength(base64: string): number {
  return (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
}

/** Short texts, which nearly all are, count faster here than by a call into native code. */
export function utf8Length(text: string): number {
  if (text.length > 64) return Buffer.byteLength(text);
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // Each half of a surrogate pair stands for two of its four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
