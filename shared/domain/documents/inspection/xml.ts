/**
 * As much XML as the indexes of OFD and OOXML packages need: flat elements and their attributes. These packages may
 * hold no DTD, so with comments and CDATA taken out a tag begins at `<` and nowhere else. Every step is linear in the
 * length of the part, whatever is in it.
 */
import { Rejected } from './rejection.ts';

/** More relationships, types or pages than any document has; a bound on memory. */
const maxElements = 100_000;

/** Text of an XML part: UTF-8, or UTF-16 where a byte order mark says so. Wrong bytes become U+FFFD. */
export function xmlText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * The attributes of every element of a local name, unescaped.
 *
 * @throws Rejected `broken` when there is a DTD, `expands-too-far` when there are too many
 */
export function xmlElements(xml: string, localName: string): ReadonlyMap<string, string>[] {
  const elements: ReadonlyMap<string, string>[] = [];
  const tag = new RegExp(`<(?:[\\w.-]{1,50}:)?${localName}(?=[\\s/>])([^<>]*)>`, 'g');
  for (const [, attributes = ''] of plainXml(xml).matchAll(tag)) {
    if (elements.length >= maxElements) throw new Rejected('expands-too-far', 'XML: too many elements');
    elements.push(attributesOf(attributes));
  }
  return elements;
}

function attributesOf(written: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  // From the start of a name, and bounded: an endless one must not be tried from each of its letters to its end.
  for (const match of written.matchAll(
    /(?<![\w:.-])([\w:.-]{1,100})\s{0,50}=\s{0,50}(?:"([^"]*)"|'([^']*)')/g,
  )) {
    found.set(match[1] ?? '', xmlUnescape(match[2] ?? match[3] ?? ''));
  }
  return found;
}

/** The text of every element of a local name that holds text only. */
export function xmlTexts(xml: string, localName: string): string[] {
  const tag = `(?:[\\w.-]{1,50}:)?${localName}`;
  const found = plainXml(xml).matchAll(new RegExp(`<${tag}(?:\\s[^<>]*)?>([^<]*)</${tag}\\s{0,50}>`, 'g'));
  return [...found].map(([, text = '']) => xmlUnescape(text).trim());
}

/** Whether the root element has this local name and is closed at the very end of the part: a cut part is not. */
export function hasRoot(xml: string, localName: string): boolean {
  const plain = plainXml(xml).trim();
  const body = plain.startsWith('<?xml') ? plain.slice(plain.indexOf('?>') + 2).trimStart() : plain;
  const root = /^<((?:[\w.-]{1,50}:)?([\w.-]{1,50}))(?=[\s/>])/.exec(body);
  if (root?.[1] === undefined || root[2] !== localName) return false;
  const endTag = `</${root[1]}`;
  const close = body.lastIndexOf('<');
  if (close === 0) return body.endsWith('/>');
  return body.startsWith(endTag, close) && /^\s*>$/.test(body.slice(close + endTag.length));
}

function plainXml(xml: string): string {
  if (xml.includes('<!DOCTYPE')) throw new Rejected('broken', 'XML: a document type declaration');
  return without(without(xml, '<!--', '-->'), '<![CDATA[', ']]>');
}

function without(xml: string, open: string, close: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = xml.indexOf(open); at >= 0; at = xml.indexOf(open, from)) {
    kept.push(xml.slice(from, at));
    const end = xml.indexOf(close, at + open.length);
    if (end < 0) throw new Rejected('broken', 'XML: a section that does not end');
    from = end + close.length;
  }
  return kept.join('') + xml.slice(from);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function xmlUnescape(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (written, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? written;
    const code = Number(name.replace(/^#x/i, '0x').replace('#', ''));
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
}
