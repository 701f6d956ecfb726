/** Small valid files of every kind a filing may carry, and the bad ones that must be stopped. The same every time. */
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { zipSync, type Zippable } from 'fflate';
import { PDFDocument } from 'pdf-lib';
import { fileTypes, type Claim, type FileType } from '../../shared/domain/documents/inspection/inspect.ts';

/** What an honest sender announces of these bytes. */
export function claimOf(type: FileType, bytes: Uint8Array): Claim {
  return { type, length: bytes.length, sha256: createHash('sha256').update(bytes).digest('base64') };
}

/** A valid file of each type. */
export async function sampleOf(type: FileType, title: string): Promise<Uint8Array> {
  switch (type) {
    case 'pdf':
      return samplePdf(title);
    case 'docx':
      return sampleDocx(title);
    case 'xlsx':
      return sampleXlsx(title);
    case 'ofd':
      return sampleOfd(title);
    case 'jpeg':
      return sampleJpeg();
    case 'png':
      return samplePng();
  }
}

/** One page, its title in the file's properties: the standard fonts have no Chinese. */
export function samplePdf(title: string): Promise<Uint8Array> {
  return pdfOf(title, 1, true);
}

/** `compact` keeps objects in object streams and a cross-reference stream (PDF 1.5); otherwise a plain table. */
export async function pdfOf(title: string, pages: number, compact: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(title);
  for (let page = 0; page < pages; page++)
    document.addPage([595, 842]).drawSquare({ x: 50, y: 50, size: 400 });
  return document.save({ useObjectStreams: compact });
}

/**
 * A PDF from the bodies of its objects, numbered from 1 in order; the first is the catalogue. `trailer` adds entries.
 * For what pdf-lib does not write.
 */
export function handmadePdf(objects: readonly string[], trailer = ''): Uint8Array {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const rows = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`;
  const start = text.length;
  text += `${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

const onePage = [
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
];

/** One page under a catalogue with these further entries; `more` objects are numbered from 4. */
export function onePagePdf(catalogue: string, more: readonly string[] = [], trailer = ''): Uint8Array {
  return handmadePdf([`<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`, ...onePage, ...more], trailer);
}

/** Protected by the standard security handler (revision 3, 128-bit), as a reader with no password meets it. */
export function encryptedPdf(): Uint8Array {
  const key = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <${'a5'.repeat(32)}> /U <${'5a'.repeat(32)}> >>`;
  return onePagePdf('', [key], `/Encrypt 4 0 R /ID [<${'0f'.repeat(16)}> <${'0f'.repeat(16)}>]`);
}

/** The antivirus test string (EICAR), put together only here, so that no scanner flags the source. */
export function eicar(): Uint8Array {
  return Buffer.from(
    ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
    'latin1',
  );
}

/** A valid PDF that carries the test string as it is, in a stream no page shows: the right type, and infected. */
export function pdfCarryingEicar(title: string): Promise<Uint8Array> {
  const carried = Buffer.from(eicar()).toString('latin1');
  const hexTitle = Buffer.from(title, 'utf16le').swap16().toString('hex');
  const stream = `<< /Length ${carried.length} >>\nstream\n${carried}\nendstream`;
  return Promise.resolve(
    onePagePdf('/Carried 4 0 R', [stream, `<< /Title <feff${hexTitle}> >>`], '/Info 5 0 R'),
  );
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relationshipTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const worksheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';

/** A ZIP of these entries, each with the same date; text is UTF-8. */
export function zipOf(entries: Readonly<Record<string, string | Uint8Array>>, level: 0 | 6 = 6): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(entries)) {
    files[name] = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  }
  return zipSync(files, { level, mtime: '2021-11-01T00:00:00' });
}

/** The entries of a package of one main part; for tests that change one of them. */
export function ooxmlEntries(
  mainPart: string,
  contentType: string,
  xml: string,
  otherTypes = '',
): Record<string, string> {
  return {
    '[Content_Types].xml':
      `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/${mainPart}" ContentType="${contentType}"/>${otherTypes}</Types>`,
    '_rels/.rels':
      `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
      `<Relationship Id="rId1" Type="${relationshipTypes}/officeDocument" Target="${mainPart}"/></Relationships>`,
    [mainPart]: xmlHead + xml,
  };
}

export function docxEntries(title: string): Record<string, string> {
  const body = `<w:body><w:p><w:r><w:t>${escaped(title)}</w:t></w:r></w:p></w:body>`;
  return ooxmlEntries(
    'word/document.xml',
    `${fileTypes.docx.mediaType}.main+xml`,
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${body}</w:document>`,
  );
}

export function sampleDocx(title: string): Uint8Array {
  return zipOf(docxEntries(title));
}

export function sampleXlsx(title: string): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return zipOf({
    ...ooxmlEntries(
      'xl/workbook.xml',
      `${fileTypes.xlsx.mediaType}.main+xml`,
      `<workbook xmlns="${main}" xmlns:r="${relationshipTypes}"><sheets>` +
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${worksheetType}"/>`,
    ),
    'xl/_rels/workbook.xml.rels':
      `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
      `<Relationship Id="rId1" Type="${relationshipTypes}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml':
      `${xmlHead}<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="inlineStr">` +
      `<is><t>${escaped(title)}</t></is></c></row></sheetData></worksheet>`,
  });
}

export function ofdEntries(title: string): Record<string, string> {
  const space = 'xmlns:ofd="http://www.ofdspec.org/2016"';
  return {
    'OFD.xml':
      `${xmlHead}<ofd:OFD ${space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>` +
      `<ofd:DocID>${'0'.repeat(32)}</ofd:DocID><ofd:Title>${escaped(title)}</ofd:Title></ofd:DocInfo>` +
      '<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    'Doc_0/Document.xml':
      `${xmlHead}<ofd:Document ${space}><ofd:CommonData><ofd:MaxUnitID>2</ofd:MaxUnitID><ofd:PageArea>` +
      '<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>' +
      '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
    'Doc_0/Pages/Page_0/Content.xml': `${xmlHead}<ofd:Page ${space}><ofd:Content/></ofd:Page>`,
  };
}

export function sampleOfd(title: string): Uint8Array {
  return zipOf(ofdEntries(title));
}

/** Eight by eight, mid grey: one block whose only coefficients are "no difference" and "end of block". */
export function sampleJpeg(): Uint8Array {
  const noCodes = new Array<number>(15).fill(0);
  return jpegOf([
    [0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]],
    [0xdb, [0, ...new Array<number>(64).fill(1)]],
    [0xc0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]],
    [0xc4, [0x00, 1, ...noCodes, 0]],
    [0xc4, [0x10, 1, ...noCodes, 0]],
    [0xda, [1, 1, 0, 0, 63, 0], [0b0011_1111]],
  ]);
}

/** A JPEG of these segments between its start and end; what follows a segment (scan data) stands third. */
export function jpegOf(
  segments: readonly (readonly [marker: number, body: number[], data?: number[]])[],
): Uint8Array {
  const parts = segments.map(([marker, body, data = []]) => {
    const length = body.length + 2;
    return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...body, ...data]);
  });
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xd9])]);
}

/** Eight by eight, red. */
export function samplePng(): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(8, 0);
  header.writeUInt32BE(8, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.from([0, ...Array.from({ length: 8 }, () => [200, 30, 30]).flat()]);
  const rows = Buffer.concat(Array.from({ length: 8 }, () => line));
  return pngOf([
    ['IHDR', header],
    ['IDAT', deflateSync(rows)],
    ['IEND', Buffer.alloc(0)],
  ]);
}

/** A PNG of these chunks, each with its CRC. */
export function pngOf(chunks: readonly (readonly [name: string, data: Uint8Array])[]): Uint8Array {
  const parts = chunks.flatMap(([name, data]) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return [length, body, check];
  });
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
