import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  claimOf,
  docxEntries,
  ofdEntries,
  ooxmlEntries,
  sampleDocx,
  sampleOfd,
  sampleXlsx,
  zipOf,
} from '../../../../test/support/sample-files.ts';
import { fileTypes, inspect, type FileType } from './inspect.ts';

async function codeOf(type: FileType, bytes: Uint8Array): Promise<string> {
  const finding = await inspect(bytes, claimOf(type, bytes));
  return finding.ok ? 'ok' : finding.code;
}

/** A valid document with these entries added, changed, or (undefined) taken out. */
function docxWith(changes: Record<string, string | Uint8Array | undefined>): Uint8Array {
  return zipOf(changed(docxEntries('计划'), changes));
}

function ofdWith(changes: Record<string, string | Uint8Array | undefined>): Uint8Array {
  return zipOf(changed(ofdEntries('计划'), changes));
}

function changed(
  entries: Record<string, string | Uint8Array>,
  changes: Record<string, string | Uint8Array | undefined>,
): Record<string, string | Uint8Array> {
  const all = Object.entries({ ...entries, ...changes });
  return Object.fromEntries(
    all.filter((entry): entry is [string, string | Uint8Array] => entry[1] !== undefined),
  );
}

function relationship(type: string, target: string): string {
  const base = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/';
  return `<Relationships><Relationship Id="a" Type="${base}${type}" Target="${target}" TargetMode="External"/></Relationships>`;
}

describe('OOXML packages', () => {
  it.each([
    ['without its list of types', { '[Content_Types].xml': undefined }, 'type-not-allowed'],
    ['without its root relationships', { '_rels/.rels': undefined }, 'broken'],
    ['without its main part', { 'word/document.xml': undefined }, 'broken'],
    ['with a main part cut short', { 'word/document.xml': '<w:document xmlns:w="x"><w:body>' }, 'broken'],
    ['with another root element', { 'word/document.xml': '<w:template/>' }, 'broken'],
    ['with a document type declaration', { 'word/document.xml': '<!DOCTYPE a><w:document/>' }, 'broken'],
    ['with a comment without end', { 'word/document.xml': '<w:document/><!-- ' }, 'broken'],
    ['with macros', { 'word/vbaProject.bin': 'x' }, 'macro'],
    ['with macros under another case', { 'word/VBAPROJECT.BIN': 'x' }, 'macro'],
    ['with an Excel 4 macro sheet', { 'xl/macrosheets/sheet1.xml': '<x/>' }, 'macro'],
    ['with an ActiveX control', { 'word/activeX/activeX1.bin': 'x' }, 'active-content'],
    ['that is also an OFD', { 'OFD.xml': '<x/>' }, 'type-not-allowed'],
  ] as const)('%s', async (_name, changes, code) => {
    expect(await codeOf('docx', docxWith(changes))).toBe(code);
  });

  it.each([
    ['attachedTemplate', 'https://example.invalid/evil.dotm', 'active-content'],
    ['attachedTemplate', '\\\\example.invalid\\share\\evil.dotm', 'active-content'],
    ['attachedTemplate', 'file://example.invalid/evil.dotm', 'active-content'],
    ['attachedTemplate', '&#104;ttp://example.invalid/', 'active-content'],
    ['oleObject', 'mhtml:http://example.invalid/', 'active-content'],
    ['attachedTemplate', 'file:///C:\\Users\\a\\Normal.dotm', 'ok'],
    ['hyperlink', 'https://example.invalid/', 'ok'],
  ])('a relationship %s to %s', async (type, target, code) => {
    const rels = relationship(type, target);
    expect(await codeOf('docx', docxWith({ 'word/_rels/settings.xml.rels': rels }))).toBe(code);
  });

  it('reads UTF-16 indexes and content types given by extension', async () => {
    const types = `<Types><Default Extension="xml" ContentType="${fileTypes.docx.mediaType}.main+xml"/></Types>`;
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(types, 'utf16le')]);
    expect(await codeOf('docx', docxWith({ '[Content_Types].xml': utf16 }))).toBe('ok');
  });

  it('refuses an index without measure', async () => {
    const rels = '<Relationship Target="x"/>'.repeat(100_001);
    expect(await codeOf('docx', docxWith({ 'word/_rels/a.rels': rels }))).toBe('expands-too-far');
  });

  it('tells macro-enabled, presentation and template types apart', async () => {
    const of = (contentType: string) =>
      codeOf('docx', zipOf(ooxmlEntries('word/document.xml', contentType, '<w:document xmlns:w="x"/>')));
    expect(await of('application/vnd.ms-word.document.macroEnabled.main+xml')).toBe('macro');
    expect(await of('application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml')).toBe(
      'type-not-allowed',
    );
    expect(await of(`${fileTypes.xlsx.mediaType}.main+xml`)).toBe('broken');
    const slides = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml';
    expect(await of(slides)).toBe('type-not-allowed');
  });
});

describe('compound files', () => {
  const head = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)]);

  it('tells a protected package from an old format', async () => {
    const locked = Buffer.concat([
      head,
      Buffer.from('EncryptionInfo\0EncryptedPackage', 'utf16le'),
      Buffer.alloc(100),
    ]);
    expect(await codeOf('docx', locked)).toBe('encrypted');
    expect(await codeOf('xlsx', Buffer.concat([head, Buffer.from('Workbook', 'utf16le')]))).toBe(
      'type-not-allowed',
    );
  });

  it('finds macros in an old file embedded in a new one', async () => {
    const old = Buffer.concat([head, Buffer.from('_VBA_PROJECT', 'utf16le')]);
    expect(await codeOf('docx', docxWith({ 'word/embeddings/old.xls': old }))).toBe('macro');
    expect(await codeOf('docx', docxWith({ 'word/embeddings/old.xls': head }))).toBe('ok');
  });
});

describe('OFD packages', () => {
  it.each([
    ['encrypted by GM/T 0099', { 'Encryptions.xml': '<Encryptions/>' }, 'encrypted'],
    ['that names no document', { 'OFD.xml': '<ofd:OFD xmlns:ofd="x"></ofd:OFD>' }, 'broken'],
    ['whose document is missing', { 'Doc_0/Document.xml': undefined }, 'broken'],
    ['whose page is missing', { 'Doc_0/Pages/Page_0/Content.xml': undefined }, 'broken'],
    ['whose page is cut short', { 'Doc_0/Pages/Page_0/Content.xml': '<ofd:Page>' }, 'broken'],
    ['without pages', { 'Doc_0/Document.xml': '<ofd:Document><ofd:Pages/></ofd:Document>' }, 'broken'],
  ] as const)('%s', async (_name, changes, code) => {
    expect(await codeOf('ofd', ofdWith(changes))).toBe(code);
  });

  it('counts pages named from the root, and not the actions that name pages', async () => {
    const page = '<ofd:Page xmlns:ofd="x"/>';
    const document =
      '<ofd:Document><ofd:Pages><ofd:Page ID="1" BaseLoc="/Doc_0/a.xml"/><ofd:Page ID="2" BaseLoc="b.xml"/></ofd:Pages>' +
      '<ofd:Actions><ofd:Page/></ofd:Actions></ofd:Document>';
    const bytes = ofdWith({ 'Doc_0/Document.xml': document, 'Doc_0/a.xml': page, 'Doc_0/b.xml': page });
    expect(await inspect(bytes, claimOf('ofd', bytes))).toEqual({
      ok: true,
      type: 'ofd',
      facts: { pages: 2 },
    });
  });
});

describe('archives inside', () => {
  it('takes a workbook embedded in a document, and refuses one with macros', async () => {
    expect(await codeOf('docx', docxWith({ 'word/embeddings/a.xlsx': sampleXlsx('表') }))).toBe('ok');
    const withMacros = docxWith({ 'word/vbaProject.bin': 'x' });
    expect(await codeOf('docx', docxWith({ 'word/embeddings/a.docm': withMacros }))).toBe('macro');
  });

  it('goes three deep and no deeper', async () => {
    const third = docxWith({ 'a.zip': docxWith({ 'a.zip': sampleDocx('x') }) });
    expect(await codeOf('docx', third)).toBe('ok');
    expect(await codeOf('docx', docxWith({ 'a.zip': third }))).toBe('archive-too-deep');
  });

  it('counts what nested archives unpack to against one allowance', async () => {
    const nested = zipOf({ zeros: new Uint8Array(60 * 1024 * 1024) });
    expect(nested.length).toBeLessThan(100_000);
    expect(await codeOf('ofd', ofdWith({ 'a.zip': nested, 'b.zip': nested }))).toBe('ok');
    const many = { 'a.zip': nested, 'b.zip': nested, 'c.zip': nested, 'd.zip': nested };
    expect(await codeOf('ofd', ofdWith(many))).toBe('expands-too-far');
  });
});

describe('hostile ZIP files', () => {
  it.each(['../evil.xml', 'a/../../evil.xml', '..\\evil.xml', '/etc/passwd', 'C:\\evil.xml', 'a\0b'])(
    'refuses an entry named %j',
    async (name) => {
      expect(await codeOf('docx', docxWith({ [name]: 'x' }))).toBe('broken');
    },
  );

  it('refuses what announces more than the allowance before unpacking it', async () => {
    const bytes = Buffer.from(sampleDocx('x'));
    bytes.writeUInt32LE(0x7fffffff, bytes.indexOf('PK\x01\x02') + 24);
    expect(await codeOf('docx', bytes)).toBe('expands-too-far');
  });

  it('stops unpacking what announces little and unpacks to much', async () => {
    const bomb = deflateRawSync(Buffer.alloc(250 * 1024 * 1024), { level: 9 });
    const patched = Buffer.from(zipOf({ ...docxEntries('x'), bomb: new Uint8Array(bomb) }, 0));
    const local = patched.indexOf(bomb) - 'bomb'.length - 30;
    const central = patched.lastIndexOf('bomb') - 46;
    patched.writeUInt16LE(8, local + 8);
    patched.writeUInt16LE(8, central + 10);
    const finding = await inspect(patched, claimOf('docx', patched));
    expect(finding).toMatchObject({ code: 'expands-too-far', because: 'inflates beyond the allowance' });
  });

  it.each([
    ['an encrypted entry', 0x1],
    ['strong encryption', 0x41],
    ['a masked header', 0x2000],
  ])('refuses %s, in the directory or in the entry alone', async (_name, flags) => {
    for (const [type, sample] of [
      ['docx', sampleDocx('x')],
      ['ofd', sampleOfd('x')],
    ] as const) {
      const inDirectory = Buffer.from(sample);
      inDirectory.writeUInt16LE(flags, inDirectory.lastIndexOf('PK\x01\x02') + 8);
      expect(await codeOf(type, inDirectory)).toBe('encrypted');
      const inEntry = Buffer.from(sample);
      inEntry.writeUInt16LE(flags, inEntry.lastIndexOf('PK\x03\x04') + 6);
      expect(await codeOf(type, inEntry)).toBe('encrypted');
    }
  });

  it('refuses two entries of one name, and entries that share their bytes', async () => {
    expect(await codeOf('docx', docxWith({ 'WORD/document.xml': '<w:document/>' }))).toBe('broken');
    const inner = zipOf({ bbbb: 'x' }, 0).subarray(0, 30 + 'bbbb'.length + 1);
    const shared = Buffer.from(
      zipOf({ ...docxEntries('x'), aaaa: Buffer.concat([Buffer.from('--'), inner]), bbbb: 'x' }, 0),
    );
    expect(await codeOf('docx', shared)).toBe('ok');
    shared.writeUInt32LE(shared.indexOf(inner), shared.lastIndexOf('bbbb') - 46 + 42);
    expect(await codeOf('docx', shared)).toBe('broken');
  });

  it('refuses an end record that does not fit', async () => {
    const bytes = Buffer.from(sampleDocx('x'));
    const size = bytes.readUInt32LE(bytes.length - 10);
    bytes.writeUInt32LE(size - 1, bytes.length - 10);
    expect(await codeOf('docx', bytes)).toBe('broken');
  });

  it('refuses bytes before the archive, after it, and a plain archive', async () => {
    const whole = sampleDocx('x');
    expect(await codeOf('docx', Buffer.concat([Buffer.from('#!/bin/sh\n'), whole]))).toBe('type-not-allowed');
    expect(await codeOf('docx', Buffer.concat([whole, Buffer.from('%PDF-1.7')]))).toBe('broken');
    expect(await codeOf('docx', Buffer.concat([whole, whole]))).toBe('broken');
    expect(await codeOf('docx', zipOf({ 'a.txt': 'x' }))).toBe('type-not-allowed');
  });
});
