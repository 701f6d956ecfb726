/** OFD (GB/T 33190): a ZIP whose OFD.xml names at least one document, each with its pages. */
import { Allowance } from './bytes.ts';
import { maxUnpacked } from './package-contents.ts';
import { Rejected } from './rejection.ts';
import { hasRoot, xmlElements, xmlText, xmlTexts } from './xml.ts';
import { readEntry, type ZipArchive } from './zip-archive.ts';

export const ofdRootPart = 'ofd.xml';

/** GM/T 0099 puts this list of what is encrypted beside OFD.xml. */
const encryptionList = 'encryptions.xml';

/** The number of pages over all its documents. @throws Rejected `broken` or `encrypted` */
export function ofdPages(archive: ZipArchive): number {
  if (archive.byName.has(encryptionList)) throw new Rejected('encrypted', 'OFD: encrypted by GM/T 0099');
  const allowance = new Allowance(maxUnpacked);
  const root = part(archive, ofdRootPart, allowance);
  const documents = hasRoot(root, 'OFD') ? xmlTexts(root, 'DocRoot') : [];
  if (documents.length === 0) throw new Rejected('broken', 'OFD: names no document');

  let pages = 0;
  for (const location of documents) {
    const document = part(archive, location.replace(/^\.?\//, ''), allowance);
    if (!hasRoot(document, 'Document')) throw new Rejected('broken', 'OFD: a document is not whole');
    const folder = location.replace(/^\.?\//, '').replace(/[^/]*$/, '');
    for (const page of xmlElements(document, 'Page')) {
      const place = page.get('BaseLoc');
      // Permissions and actions have elements of this name too; a page has a place.
      if (place === undefined) continue;
      const content = part(archive, place.startsWith('/') ? place.slice(1) : folder + place, allowance);
      if (!hasRoot(content, 'Page')) throw new Rejected('broken', 'OFD: a page is not whole');
      pages++;
    }
  }
  if (pages === 0) throw new Rejected('broken', 'OFD: no pages');
  return pages;
}

function part(archive: ZipArchive, name: string, allowance: Allowance): string {
  const entry = archive.byName.get(name.toLowerCase());
  if (!entry) throw new Rejected('broken', 'OFD: a part is missing');
  return xmlText(readEntry(archive, entry, allowance));
}
