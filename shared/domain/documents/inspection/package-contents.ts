/** What every ZIP-based document must pass, whichever it is: all entries whole, no macro, no archive nested too deep. */
import { Allowance, indexOf, startsWith } from './bytes.ts';
import { compoundSignature } from './compound-file.ts';
import { Rejected } from './rejection.ts';
import { xmlElements, xmlText } from './xml.ts';
import { openArchive, readEntry, zipSignature, type ZipArchive } from './zip-archive.ts';

/** All that a file and the archives inside it may unpack to, in bytes. */
export const maxUnpacked = 200 * 1024 * 1024;

/** All that one index part may unpack to, in bytes: they are read as text, in whole. */
export const maxText = 64 * 1024 * 1024;

/** A document, a workbook embedded in it, and what that embeds. */
const maxDepth = 3;

/** "_VBA_PROJECT" as a stream name (UTF-16) of a compound file. */
const vbaStream = '_VBA_PROJECT'.replaceAll(/./g, '$&\0');

/** Unpacks every entry once, one at a time. @throws Rejected for the first that may not be there */
export function checkContents(archive: ZipArchive, allowance = new Allowance(maxUnpacked), depth = 1): void {
  for (const entry of archive.entries) {
    const name = entry.name.toLowerCase();
    if (name.endsWith('vbaproject.bin') || name.includes('xl/macrosheets/')) {
      throw new Rejected('macro', 'a macro part');
    }
    if (/(^|\/)activex\/.*\.bin$/.test(name)) throw new Rejected('active-content', 'an ActiveX control');

    const content = readEntry(archive, entry, allowance);
    if (name.endsWith('.rels')) {
      if (content.length > maxText) throw new Rejected('expands-too-far', 'OOXML: an index without measure');
      refuseRemoteParts(xmlText(content));
    }
    if (startsWith(content, compoundSignature) && indexOf(content, vbaStream) >= 0) {
      throw new Rejected('macro', 'an embedded file with macros');
    }
    if (startsWith(content, zipSignature)) {
      if (depth === maxDepth) throw new Rejected('archive-too-deep', `archives nested over ${maxDepth} deep`);
      checkContents(openArchive(content, allowance), allowance, depth + 1);
    }
  }
}

/**
 * Templates, objects and frames that the reader would fetch from elsewhere when the document is opened. A template on
 * the author's own disk (`file:///C:/...`) is common and harmless.
 */
function refuseRemoteParts(relationships: string): void {
  for (const relationship of xmlElements(relationships, 'Relationship')) {
    if (!/\/(attachedTemplate|oleObject|frame|subDocument)$/.test(relationship.get('Type') ?? '')) continue;
    const target = (relationship.get('Target') ?? '').trim();
    if (/^(https?:|ftps?:|mhtml:|\\\\|\/\/|file:\/\/(?!\/?[a-z]:))/i.test(target)) {
      throw new Rejected('active-content', 'a part fetched from elsewhere');
    }
  }
}
