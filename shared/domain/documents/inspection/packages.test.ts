/** Office packages part by part: which rule one breaks, beside `package-contents.test.ts`, which looks at whole files. */
import { describe, expect, test } from 'vitest';
import {
  claimOf,
  docxEntries,
  ofdEntries,
  sampleXlsx,
  zipOf,
} from '../../../../test/support/sample-files.ts';
import { fileTypes, inspect, type FileType } from './inspect.ts';

type Entries = Record<string, string | Uint8Array>;

async function because(type: FileType, entries: Entries): Promise<string> {
  const bytes = zipOf(entries);
  const finding = await inspect(bytes, claimOf(type, bytes));
  return finding.ok
    ? `ok${finding.facts.pages === undefined ? '' : `, ${finding.facts.pages} page(s)`}`
    : finding.because;
}
const docx = (changes: Entries): Promise<string> => because('docx', { ...docxEntries('计划'), ...changes });
const ofd = (changes: Entries): Promise<string> => because('ofd', { ...ofdEntries('计划'), ...changes });

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = `<Relationship Id="1" Type="${office}/officeDocument" Target="word/document.xml"/>`;
const rels = (inner: string): string => `<Relationships>${inner}</Relationships>`;
const types = (inner: string): string => `<Types>${inner}</Types>`;
const docxType = `${fileTypes.docx.mediaType}.main+xml`;
const override = `<Override PartName="/word/document.xml" ContentType="${docxType}"/>`;

describe('an OOXML package', () => {
  test.each<[string, Entries]>([
    ['OOXML: an index part is not whole', { '[Content_Types].xml': '<Types>' }],
    ['OOXML: an index part is not whole', { '_rels/.rels': '<Relationships>' }],
    ['OOXML: not one office document', { '_rels/.rels': rels('') }],
    ['OOXML: not one office document', { '_rels/.rels': rels(main + main) }],
    [
      'OOXML: not one office document',
      { '_rels/.rels': rels(main.replace('/>', ' TargetMode="External"/>')) },
    ],
    ['OOXML: not one office document', { '_rels/.rels': rels('<Relationship Target="word/document.xml"/>') }],
    ['OOXML: neither a document nor a workbook', { '[Content_Types].xml': types('') }],
    [
      'OOXML: neither a document nor a workbook',
      {
        '[Content_Types].xml': types(
          `<Override ContentType="${docxType}"/><Default ContentType="${docxType}"/>`,
        ),
      },
    ],
    [
      'OOXML: neither a document nor a workbook',
      {
        '[Content_Types].xml': types(
          `<Override PartName="/word/other.xml" ContentType="${docxType}"/><Default Extension="bin" ContentType="${docxType}"/>`,
        ),
      },
    ],
    ['an ActiveX control', { 'activeX/a.bin': 'x' }],
    ['an ActiveX control', { 'word/activeX/deep/a.bin': 'x' }],
  ])('is refused: %s (%#)', async (rule, changes) => {
    expect(await docx(changes)).toBe(rule);
  });

  test.each<[string, Entries]>([
    [
      'other relationships beside that of the document',
      { '_rels/.rels': rels(`${main}<Relationship/><Relationship Type="a/b"/>`) },
    ],
    ['its document named from the root', { '_rels/.rels': rels(main.replace('word/', '/word/')) }],
    ['its document named from here', { '_rels/.rels': rels(main.replace('word/', './word/')) }],
    ['names in another case', { '_rels/.rels': rels(main.replace('word/', 'WORD/')) }],
    [
      'an override before the type of the extension',
      { '[Content_Types].xml': types(`<Default Extension="xml" ContentType="application/xml"/>${override}`) },
    ],
    ['what only looks like a control', { 'word/activeX/a.bin.xml': '<x/>', 'word/notactivex/a.bin': 'x' }],
    [
      'what only looks like an index',
      { 'word/media/a.txt': rels(`<Relationship Type="${office}/frame" Target="http://x"/>`) },
    ],
    [
      'frames of other names',
      { 'word/_rels/a.rels': rels(`<Relationship Type="${office}/frameset" Target="http://x"/>`) },
    ],
  ])('may have %s', async (_, changes) => {
    expect(await docx(changes)).toBe('ok');
  });

  test.each([
    ['ftp://x/a', 'a part fetched from elsewhere'],
    ['ftps://x/a', 'a part fetched from elsewhere'],
    ['  https://x/a', 'a part fetched from elsewhere'],
    ['//x/a', 'a part fetched from elsewhere'],
    ['file://c:/a', 'ok'],
    ['file:///c:/a', 'ok'],
    ['file://server/a', 'a part fetched from elsewhere'],
    ['templates/a', 'ok'],
    ['ahttp://x', 'ok'],
  ])('with a template at %j: %s', async (target, rule) => {
    const index = rels(`<Relationship Type="${office}/attachedTemplate" Target="${target}"/>`);
    expect(await docx({ 'word/_rels/settings.xml.rels': index })).toBe(rule);
  });
});

describe('an OFD package', () => {
  const root = (inner: string): string => `<ofd:OFD>${inner}</ofd:OFD>`;
  const located = (place: string): string => root(`<ofd:DocRoot>${place}</ofd:DocRoot>`);

  test.each<[string, Entries]>([
    ['OFD: names no document', { 'OFD.xml': root('') }],
    ['OFD: names no document', { 'OFD.xml': '<ofd:OFD><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>' }],
    ['OFD: a document is not whole', { 'Doc_0/Document.xml': '<ofd:Document>' }],
    ['OFD: no pages', { 'Doc_0/Document.xml': '<ofd:Document><ofd:Page/></ofd:Document>' }],
    ['OFD: a part is missing', { 'OFD.xml': located('Doc_1/Document.xml') }],
    ['OFD: a page is not whole', { 'Doc_0/Pages/Page_0/Content.xml': '<ofd:Page>' }],
    ['OFD: encrypted by GM/T 0099', { 'encryptions.xml': '<x/>' }],
    ['a macro part', { 'Doc_0/vbaProject.bin': 'x' }],
  ])('is refused: %s (%#)', async (rule, changes) => {
    expect(await ofd(changes)).toBe(rule);
  });

  test.each(['/Doc_0/Document.xml', './Doc_0/Document.xml', 'DOC_0/document.xml'])(
    'may name its document as %s, and its pages from there',
    async (place) => {
      expect(await ofd({ 'OFD.xml': located(place) })).toBe('ok, 1 page(s)');
    },
  );

  test('counts the pages of all its documents', async () => {
    const entries = ofdEntries('计划');
    const both = root(
      '<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot>',
    );
    const second = {
      'Doc_1/Document.xml': entries['Doc_0/Document.xml'] ?? '',
      'Doc_1/Pages/Page_0/Content.xml': entries['Doc_0/Pages/Page_0/Content.xml'] ?? '',
    };
    expect(await ofd({ 'OFD.xml': both, ...second })).toBe('ok, 2 page(s)');
  });
});

test('a package embedded three deep with macros is found out', async () => {
  const macro = zipOf({ 'xl/vbaProject.bin': 'x' });
  expect(await docx({ 'word/embeddings/a.xlsx': sampleXlsx('表'), 'word/embeddings/b.xlsm': macro })).toBe(
    'a macro part',
  );
});
