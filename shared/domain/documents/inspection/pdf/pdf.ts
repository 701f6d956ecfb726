/**
 * PDF (ISO 32000-1): read from its end, as readers do, and followed to everything a reader can reach.
 *
 * By hand and not with pdf-lib: that library looks for objects from the front and never at the cross-reference, so it
 * takes a file with its last third cut off; it inflates object streams without a limit; it writes to the console.
 */
import { Allowance, latin1 } from '../bytes.ts';
import { Rejected } from '../rejection.ts';
import { readCrossReference } from './cross-reference.ts';
import { isDictionary, itemsOf, nameOf, type PdfDictionary, type PdfValue } from './lexer.ts';
import { PdfReader } from './reader.ts';

/** All that a file's structure may unpack to, in bytes. Pages and images are not unpacked. */
const maxStructure = 64 * 1024 * 1024;

/** Where `%PDF-n.n` stands if only white space, or a byte order mark, stands before it; -1 otherwise. */
export function pdfHeader(bytes: Uint8Array): number {
  const found = /^(\xef\xbb\xbf)?[\s\0]*(?=%PDF-\d\.\d)/.exec(latin1(bytes, 0, 1024));
  return found ? found[0].length : -1;
}

/** The number of its pages. @throws Rejected `broken`, `encrypted`, `active-content` or `expands-too-far` */
export function pdfPages(bytes: Uint8Array): number {
  const allowance = new Allowance(maxStructure);
  const reference = readCrossReference(bytes, pdfHeader(bytes), allowance);
  const reader = new PdfReader(bytes, reference, allowance);
  const catalogue = reader.follow(reference.trailer.entries.get('Root'));
  if (!isDictionary(catalogue)) throw new Rejected('broken', 'PDF: no catalogue');
  const pages = countPages(reader, catalogue.entries.get('Pages'));
  if (pages === 0) throw new Rejected('broken', 'PDF: no pages');
  walkReachable(reader, reference.trailer);
  return pages;
}

function countPages(reader: PdfReader, root: PdfValue | undefined): number {
  const seen = new Set<number>();
  const waiting = [root];
  let pages = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'object' && next?.kind === 'reference') {
      if (seen.has(next.number)) throw new Rejected('broken', 'PDF: a page stands twice in the tree');
      seen.add(next.number);
    }
    const node = reader.follow(next);
    if (!isDictionary(node)) throw new Rejected('broken', 'PDF: a page is missing');
    if (node.entries.has('Kids')) {
      for (const kid of itemsOf(reader.follow(node.entries.get('Kids')))) waiting.push(kid);
    } else if (nameOf(reader.follow(node.entries.get('Type'))) === 'Page') {
      pages++;
    } else {
      throw new Rejected('broken', 'PDF: the page tree holds something else');
    }
  }
  return pages;
}

/** Every object that can be reached must be whole, and none may act. What cannot be reached, no reader opens. */
function walkReachable(reader: PdfReader, trailer: PdfDictionary): void {
  const seen = new Set<number>();
  const waiting: PdfValue[] = [trailer];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (value.kind === 'reference' && !seen.has(value.number)) {
      seen.add(value.number);
      waiting.push(reader.object(value.number));
    } else if (value.kind === 'array') {
      for (const item of value.items) if (leadsOn(item)) waiting.push(item);
    } else if (value.kind === 'dictionary') {
      refuseAction(reader, value);
      for (const item of value.entries.values()) if (leadsOn(item)) waiting.push(item);
    }
  }
}

function leadsOn(value: PdfValue): boolean {
  return typeof value === 'object' && value !== null && value.kind !== 'name' && value.kind !== 'string';
}

/**
 * Scripts and the starting of programs, wherever they hang (12.6.4.5, 12.6.4.13, 12.6.4.16), and XFA forms, which are
 * programs. Links, jumps and attached files are left: e-invoices attach their data, and the malware scan sees all bytes.
 */
function refuseAction(reader: PdfReader, dictionary: PdfDictionary): void {
  const action = dictionary.entries.has('S') ? nameOf(reader.follow(dictionary.entries.get('S'))) : undefined;
  if (action === 'JavaScript' || action === 'Launch')
    throw new Rejected('active-content', `PDF: ${action} action`);
  if (action === 'Rendition' && dictionary.entries.has('JS')) {
    throw new Rejected('active-content', 'PDF: a rendition with a script');
  }
  if (dictionary.entries.has('XFA') && dictionary.entries.has('Fields')) {
    throw new Rejected('active-content', 'PDF: an XFA form');
  }
}
