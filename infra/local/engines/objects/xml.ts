import { S3Failure } from './failures.ts';

/** What the writer takes: a list repeats its tag, `undefined` leaves it out. */
export type XmlValue =
  string | number | boolean | undefined | readonly XmlValue[] | { readonly [tag: string]: XmlValue };

export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** One XML document in S3's namespace. */
export function writeXml(root: string, value: { readonly [tag: string]: XmlValue }): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${content(value)}</${root}>`;
}

function tagged(tag: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((entry) => tagged(tag, entry)).join('');
  return `<${tag}>${content(value)}</${tag}>`;
}

function content(value: Exclude<XmlValue, undefined>): string {
  if (isList(value)) throw new TypeError('A list needs a tag to repeat');
  if (typeof value !== 'object') return escaped(String(value));
  return Object.entries(value)
    .map(([tag, inner]) => tagged(tag, inner))
    .join('');
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

function escaped(text: string): string {
  // A key may hold control characters; XML 1.0 may not, and S3 writes them like this all the same.
  return text.replace(/[<>&\u0000-\u001f]/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`);
}

/**
 * Reads the small documents S3 clients send: elements, text, entities. Attributes are skipped.
 * @throws S3Failure MalformedXML, also for a DOCTYPE, which S3 refuses too
 */
export function readXml(text: string): XmlElement {
  const tokens = text.match(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[^>]*>|[^<]+/g) ?? [];
  if (tokens.join('') !== text) throw malformed();
  const top: OpenElement = { name: '', text: '', children: [] };
  const open = [top];
  for (const token of tokens) {
    const current = open.at(-1) ?? top;
    if (token.startsWith('<!--') || token.startsWith('<?')) continue;
    if (!token.startsWith('<')) {
      current.text += unescaped(token);
      continue;
    }
    const tag = /^<(\/?)([A-Za-z_][\w.:-]*)(?:\s[^>]*?)?(\/?)>$/.exec(token);
    if (tag === null) throw malformed();
    const [, closing, name = '', selfClosing] = tag;
    if (closing === '/') {
      if (open.length === 1 || current.name !== name) throw malformed();
      open.pop();
      continue;
    }
    const element: OpenElement = { name, text: '', children: [] };
    current.children.push(element);
    if (selfClosing !== '/') open.push(element);
  }
  const [root, ...others] = top.children;
  if (open.length !== 1 || root === undefined || others.length > 0 || top.text.trim() !== '')
    throw malformed();
  return root;
}

interface OpenElement {
  name: string;
  text: string;
  children: OpenElement[];
}

/** The children under that name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first child under that name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));?/g, (entity, hex, decimal, name) => {
    const code =
      typeof hex === 'string' ? parseInt(hex, 16) : typeof decimal === 'string' ? Number(decimal) : undefined;
    if (code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
    const char = typeof name === 'string' && entity.endsWith(';') ? entities.get(name) : undefined;
    if (char === undefined) throw malformed();
    return char;
  });
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function malformed(): S3Failure {
  return new S3Failure(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
