/** DOCX and XLSX (ECMA-376): which one a package is, and whether its main part is there and whole. */
import { Allowance } from './bytes.ts';
import type { FileType } from './file-types.ts';
import { maxText } from './package-contents.ts';
import { Rejected } from './rejection.ts';
import { hasRoot, xmlElements, xmlText } from './xml.ts';
import { readEntry, type ZipArchive } from './zip-archive.ts';

export const contentTypesPart = '[content_types].xml';

const mainParts = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml': {
    type: 'docx',
    root: 'document',
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml': {
    type: 'xlsx',
    root: 'workbook',
  },
} as const satisfies Record<string, { type: FileType; root: string }>;

/**
 * The type readers will take it for: that of the part the package's root relationship names as the office document.
 *
 * @throws Rejected `broken`, `macro`, or `type-not-allowed` for slides, templates and other packages
 */
export function ooxmlType(archive: ZipArchive): FileType {
  const allowance = new Allowance(maxText);
  const contentTypes = part(archive, contentTypesPart, allowance);
  const relationships = part(archive, '_rels/.rels', allowance);
  if (!hasRoot(contentTypes, 'Types') || !hasRoot(relationships, 'Relationships')) {
    throw new Rejected('broken', 'OOXML: an index part is not whole');
  }
  if (/macroEnabled|vnd\.ms-office\.vbaProject/i.test(contentTypes))
    throw new Rejected('macro', 'OOXML: macro-enabled');

  const targets = xmlElements(relationships, 'Relationship').filter(
    (relationship) =>
      relationship.get('Type')?.endsWith('/officeDocument') && relationship.get('TargetMode') !== 'External',
  );
  if (targets.length !== 1) throw new Rejected('type-not-allowed', 'OOXML: not one office document');
  const name = (targets[0]?.get('Target') ?? '').replace(/^\.?\//, '');
  const main = Object.entries(mainParts).find(
    ([contentType]) => contentType === contentTypeOf(name, contentTypes),
  )?.[1];
  if (!main) throw new Rejected('type-not-allowed', 'OOXML: neither a document nor a workbook');
  if (!hasRoot(part(archive, name, allowance), main.root))
    throw new Rejected('broken', 'OOXML: main part not whole');
  return main.type;
}

function part(archive: ZipArchive, name: string, allowance: Allowance): string {
  const entry = archive.byName.get(name.toLowerCase());
  if (!entry) throw new Rejected('broken', 'OOXML: a part is missing');
  return xmlText(readEntry(archive, entry, allowance));
}

/** An override names one part; a default goes by extension (ECMA-376-2, 10.1.2.4). */
function contentTypeOf(name: string, contentTypes: string): string | undefined {
  const partName = `/${name}`.toLowerCase();
  const override = xmlElements(contentTypes, 'Override').find(
    (one) => one.get('PartName')?.toLowerCase() === partName,
  );
  const extension = name.toLowerCase().split('.').at(-1);
  const fallback = xmlElements(contentTypes, 'Default').find(
    (one) => one.get('Extension')?.toLowerCase() === extension,
  );
  return (override ?? fallback)?.get('ContentType');
}
