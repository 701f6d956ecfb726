/** Tables and streams that say where objects lie: entry by entry, and which rule a damaged one breaks. */
import { describe, expect, test } from 'vitest';
import { Allowance } from '../bytes.ts';
import { readCrossReference } from './cross-reference.ts';

const head = '%PDF-1.7\n';

function reading(text: string, headerAt = 0) {
  return readCrossReference(Buffer.from(text, 'latin1'), headerAt, new Allowance(1_000_000));
}

/** Where each object lies, or why nobody knows. */
function placed(text: string, headerAt = 0): Record<number, string> | string {
  try {
    const { places } = reading(text, headerAt);
    return Object.fromEntries(
      [...places].map(([number, place]) => [
        number,
        place.in === 'file' ? `at ${place.offset}` : place.in === 'stream' ? `in ${place.stream}` : 'nowhere',
      ]),
    );
  } catch (error) {
    return (error as Error).message;
  }
}

/** A file whose only section is this one, beginning right after the header. */
const only = (section: string, tail = '\nstartxref\n9\n%%EOF'): string => `${head}${section}${tail}`;
const table = (rows: string, trailer = '<< /Size 9 >>'): string => only(`xref\n${rows}\ntrailer\n${trailer}`);
const stream = (entries: string, rows: readonly number[], type = '/XRef'): string => {
  const data = Buffer.from(rows).toString('latin1');
  return only(
    `1 0 obj << /Type ${type} ${entries} /Length ${data.length} >> stream\n${data}\nendstream endobj`,
  );
};

describe('a table', () => {
  test('places each object, or says that it is free', () => {
    expect(placed(table('0 2\n0000000000 65535 f \n0000000017 00000 n \n5 1\n0000000042 00000 n '))).toEqual({
      0: 'nowhere',
      1: 'at 17',
      5: 'at 42',
    });
  });

  test('places nothing at the very beginning, where the header stands', () => {
    expect(placed(table('3 1\n0000000000 00000 n '))).toEqual({ 3: 'nowhere' });
    expect(placed(table('3 1\n0000000001 00000 f '))).toEqual({ 3: 'nowhere' });
  });

  test('that begins at 1 with the head of the free list is numbered from 0, and no other', () => {
    expect(placed(table('1 2\n0000000000 65535 f \n0000000017 00000 n '))).toEqual({
      0: 'nowhere',
      1: 'at 17',
    });
    expect(placed(table('1 1\n0000000000 00000 f '))).toEqual({ 1: 'nowhere' });
    expect(placed(table('2 1\n0000000000 65535 f '))).toEqual({ 2: 'nowhere' });
    expect(placed(table('1 2\n0000000017 00000 n \n0000000000 65535 f '))).toEqual({
      1: 'at 17',
      2: 'nowhere',
    });
  });

  test.each([
    ['PDF: a damaged table', 'x 1\n'],
    ['PDF: a damaged table', '0 x\n'],
    ['PDF: a damaged table entry', '0 1\nx 00000 n '],
    ['PDF: a damaged table entry', '0 1\n0000000017 x n '],
    ['PDF: a damaged table entry', '0 1\n0000000017 00000 x '],
    ['PDF: a damaged table entry', '0 2\n0000000017 00000 n '],
  ])('is refused: %s, %j', (because, rows) => {
    expect(placed(table(rows))).toBe(because);
  });

  test('needs its trailer', () => {
    expect(placed(table('0 0', '[1]'))).toBe('PDF: no trailer dictionary');
  });
});

describe('a stream', () => {
  test('places each object in the file, in an object stream, or nowhere', () => {
    const rows = [0, 0, 0, 1, 1, 44, 2, 0, 7, 9, 0, 1];
    expect(placed(stream('/Size 4 /W [1 2 0]', rows))).toEqual({
      0: 'nowhere',
      1: 'at 300',
      2: 'in 7',
      3: 'nowhere',
    });
  });

  test('numbers its rows by its index, range by range', () => {
    expect(placed(stream('/Size 99 /Index [3 1 20 2] /W [1 1 0]', [1, 5, 1, 6, 2, 7]))).toEqual({
      3: 'at 5',
      20: 'at 6',
      21: 'in 7',
    });
    expect(placed(stream('/Size 99 /Index [3 1 20] /W [1 1 0]', [1, 5, 1, 6]))).toEqual({ 3: 'at 5' });
  });

  test('without a width for the type has objects in the file only', () => {
    expect(placed(stream('/Size 2 /W [0 1 1]', [5, 0, 6, 0]))).toEqual({ 0: 'at 5', 1: 'at 6' });
  });

  test('may have fields of six bytes', () => {
    expect(placed(stream('/Size 1 /W [1 6 0]', [1, 0, 0, 0, 0, 1, 2]))).toEqual({ 0: 'at 258' });
  });

  test.each([
    ['PDF: field widths no writer uses', '/Size 1 /W [1 7 0]'],
    ['PDF: field widths no writer uses', '/Size 1 /W [-1 2 0]'],
    ['PDF: field widths no writer uses', '/Size 1 /W [0 0 0]'],
    ['PDF: field widths no writer uses', '/Size 1 /W [1 2]'],
    ['PDF: field widths no writer uses', '/Size 1 /W [1]'],
    ['PDF: field widths no writer uses', '/Size 1'],
    ['PDF: field widths no writer uses', '/Size 1 /W [1 1.5 1]'],
    ['PDF: field widths no writer uses', '/Size 1 /W [1 /A 1]'],
    ['PDF: a cross-reference stream cut short', '/Size 3 /W [1 1 1]'],
  ])('is refused: %s, %s', (because, entries) => {
    expect(placed(stream(entries, [1, 2, 3, 1, 2, 3]))).toBe(because);
  });

  test('is a stream of that type, and nothing else may stand in its place', () => {
    const none = 'PDF: no cross-reference where one must stand';
    expect(placed(stream('/Size 1 /W [1 1 1]', [1, 2, 3], '/ObjStm'))).toBe(none);
    expect(placed(only('1 0 obj << /Type /XRef /W [1 1 1] /Size 1 >> endobj'))).toBe(none);
    expect(placed(only('1 0 obj [/XRef] endobj'))).toBe(none);
  });
});

describe('the chain', () => {
  test.each([
    ['a space', ' 9 '],
    ['several line ends', '\n\n9\r\n\r\n'],
  ])('begins at the last number, after %s', (_, number) => {
    const text = `${head}xref\n0 0\ntrailer << >>\nstartxref${number}%%EOF`;
    expect(placed(text)).toEqual({});
    expect(placed(`${text}\n\0 \n`)).toEqual({});
  });

  test.each([
    `${head}xref\n0 0\ntrailer << >>`,
    `${head}xref\n0 0\ntrailer << >>\nstartxref\n9`,
    `${head}xref\n0 0\ntrailer << >>\nstartxref\n12345678901\n%%EOF`,
    `${head}xref\n0 0\ntrailer << >>\nstartxref\n9\n%%EOF x`,
    `${head}xref\n0 0\ntrailer << >>\nstartxref\n9\n%%EOF${' '.repeat(3000)}`,
  ])('has no beginning in %j', (text) => {
    expect(placed(text)).toBe('PDF: does not end as a PDF ends');
  });

  test('keeps the newest place of an object, and the newest trailer', () => {
    const older = 'xref\n1 2\n0000000011 00000 n \n0000000012 00000 n \ntrailer << /Root 1 0 R >>\n';
    const newer = 'xref\n1 1\n0000000099 00000 n \ntrailer << /Prev 9 /Root 2 0 R >>\n';
    const text = `${head}${older}${newer}startxref\n${head.length + older.length}\n%%EOF`;
    expect(placed(text)).toEqual({ 1: 'at 99', 2: 'at 12' });
    expect(reading(text).trailer.entries.get('Root')).toEqual({ kind: 'reference', number: 2 });
  });

  test('of a hybrid file goes through its stream before its older revisions', () => {
    const hybrid =
      '1 0 obj << /Type /XRef /W [1 1 0] /Index [5 1] /Size 6 /Length 2 >> stream\n\x01\x37\nendstream endobj\n';
    const older = 'xref\n5 1\n0000000011 00000 n \ntrailer << >>\n';
    const [olderAt, newerAt] = [head.length + hybrid.length, head.length + hybrid.length + older.length];
    const newer = `xref\n0 0\ntrailer << /Prev ${olderAt} /XRefStm 9 >>\n`;
    expect(placed(`${head}${hybrid}${older}${newer}startxref\n${newerAt}\n%%EOF`)).toEqual({ 5: 'at 55' });
  });

  test('that goes round is read once', () => {
    expect(placed(table('0 0', '<< /Prev 9 >>'))).toEqual({});
  });

  test('is refused when any of its trailers names an encryption, null being none', () => {
    expect(placed(table('0 0', '<< /Encrypt 5 0 R >>'))).toBe(
      'PDF: the trailer names an encryption dictionary',
    );
    expect(placed(table('0 0', '<< /Encrypt null >>'))).toEqual({});
  });

  test.each([
    ['the header, if a section stands there', 'xref\n0 0\ntrailer << >>', '\n\n', 2],
    ['the header, if a section with blanks before it stands there', ' xref\n0 0\ntrailer << >>', '\n\n', 2],
    [
      'the header, if a stream stands there',
      '12 0 obj << /Type /XRef /W [1 1 0] /Size 0 /Length 0 >> stream\n\nendstream endobj',
      '\n\n',
      2,
    ],
  ])('counts its offsets from %s', (_, section, lead, origin) => {
    expect(reading(`${lead}${only(section)}`, lead.length).origin).toBe(origin);
  });

  test('counts its offsets from the first byte where none stands behind the header', () => {
    const moved = `\n\n${head}xref\n0 0\ntrailer << >>\nstartxref\n11\n%%EOF`;
    expect(reading(moved, 2).origin).toBe(0);
  });
});
