/**
 * Is an uploaded file what it was announced to be? Bytes in, finding out; nothing else is read or written. The type is
 * decided by content from byte 0, then the whole structure is read: a file that is cut short, encrypted, carries macros
 * or scripts, or unpacks without measure is turned away.
 */
import { createHash } from 'node:crypto';
import { Allowance, startsWith } from './bytes.ts';
import { compoundSignature, refuseCompoundFile } from './compound-file.ts';
import { maxFileLength, type FileType } from './file-types.ts';
import { checkJpeg, jpegSignature } from './jpeg.ts';
import { ofdPages, ofdRootPart } from './ofd.ts';
import { contentTypesPart, ooxmlType } from './ooxml.ts';
import { checkContents, maxUnpacked } from './package-contents.ts';
import { pdfHeader, pdfPages } from './pdf/pdf.ts';
import { checkPng, pngSignature } from './png.ts';
import { detailOf, Rejected, type RejectionCode } from './rejection.ts';
import { openArchive, zipSignature } from './zip-archive.ts';

export { fileTypeNames, fileTypes, maxFileLength, type FileType } from './file-types.ts';
export { rejections, type RejectionCode } from './rejection.ts';

/** What the sender announced. `length` in bytes; `sha256` in base64, as S3 checks it and `Document` keeps it. */
export interface Claim {
  readonly type: FileType;
  readonly length: number;
  readonly sha256: string;
}

export type Inspection =
  | { readonly ok: true; readonly type: FileType; readonly facts: FileFacts }
  | {
      readonly ok: false;
      readonly code: RejectionCode;
      readonly detail: { zh: string; en: string };
      /** Which rule failed, in English, for the operator's log. Holds nothing of the file. */
      readonly because: string;
    };

/** What the content tells on the way; `pages` for PDF and OFD only. */
export interface FileFacts {
  readonly pages?: number;
}

/** Reads the whole file. Never throws for what is in it. */
export function inspect(bytes: Uint8Array, claim: Claim): Promise<Inspection> {
  // Asynchronous by contract, so that a reader which must be may take this one's place.
  return Promise.resolve(inspectNow(bytes, claim));
}

function inspectNow(bytes: Uint8Array, claim: Claim): Inspection {
  try {
    checkDelivery(bytes, claim);
    const content = openContent(bytes);
    if (content.type !== claim.type) {
      throw new Rejected(
        'type-differs-from-claim',
        `announced ${claim.type}, is ${content.type}`,
        content.type,
      );
    }
    return { ok: true, type: content.type, facts: content.check() };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    const detail = detailOf(error.code, claim.type, error.actual);
    return { ok: false, code: error.code, detail, because: error.message };
  }
}

function checkDelivery(bytes: Uint8Array, claim: Claim): void {
  if (bytes.length === 0) throw new Rejected('empty', 'no bytes');
  if (bytes.length > maxFileLength) throw new Rejected('too-large', `${bytes.length} bytes`);
  if (bytes.length !== claim.length)
    throw new Rejected('wrong-length', `${bytes.length} bytes, not ${claim.length}`);
  if (createHash('sha256').update(bytes).digest('base64') !== claim.sha256) {
    throw new Rejected('wrong-hash', 'SHA-256 differs');
  }
}

interface Content {
  readonly type: FileType;
  /** Reads the rest of it. @throws Rejected */
  readonly check: () => FileFacts;
}

/** What the bytes are, from the first on. @throws Rejected when they are nothing we take, or cannot be opened */
function openContent(bytes: Uint8Array): Content {
  if (pdfHeader(bytes) >= 0) return { type: 'pdf', check: () => ({ pages: pdfPages(bytes) }) };
  if (startsWith(bytes, jpegSignature)) return { type: 'jpeg', check: () => noFacts(checkJpeg, bytes) };
  if (startsWith(bytes, pngSignature)) return { type: 'png', check: () => noFacts(checkPng, bytes) };
  if (startsWith(bytes, compoundSignature)) refuseCompoundFile(bytes);
  if (startsWith(bytes, zipSignature)) return openPackage(bytes);
  throw new Rejected('type-not-allowed', 'begins as nothing we take');
}

function openPackage(bytes: Uint8Array): Content {
  const archive = openArchive(bytes, new Allowance(maxUnpacked));
  const isOoxml = archive.byName.has(contentTypesPart);
  const isOfd = archive.byName.has(ofdRootPart);
  if (isOoxml === isOfd) throw new Rejected('type-not-allowed', 'ZIP: no package we take, or two in one');
  if (isOoxml) return { type: ooxmlType(archive), check: () => noFacts(checkContents, archive) };
  return {
    type: 'ofd',
    check: () => {
      const pages = ofdPages(archive);
      checkContents(archive);
      return { pages };
    },
  };
}

function noFacts<T>(check: (content: T) => void, content: T): FileFacts {
  check(content);
  return {};
}
