import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

const mark = '\uFEFF';

/** One cell as it is written. */
function written(cell: string): string {
  return csv(['c'], [[cell]]).slice(`${mark}c\r\n`.length, -2);
}

describe('CSV', () => {
  it('begins with a byte order mark and ends every line', () => {
    expect(csv(['城市', 'b'], [['呼和浩特市', '2']])).toBe(`${mark}城市,b\r\n呼和浩特市,2\r\n`);
    expect(csv(['a'], [])).toBe(`${mark}a\r\n`);
  });

  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "yes"', '"say ""yes"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['two\rlines', '"two\rlines"'],
  ])('quotes %j where it must', (cell, text) => {
    expect(written(cell)).toBe(text);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    // Spreadsheets in Chinese take full-width signs for the signs.
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    // Every cell is text: a number below zero is one too.
    ['-5', "'-5"],
    // What only contains such a sign is no formula.
    ['a=1', 'a=1'],
    ["'=1", "'=1"],
  ])('defuses %j', (cell, text) => {
    expect(written(cell)).toBe(text);
  });

  it('gives every cell back to a reader of RFC 4180, an apostrophe before what would run', () => {
    const cells = fc.array(
      fc.string({ unit: fc.constantFrom('a', '安', '"', ',', '\r', '\n', '=', '-', '\t', ' ') }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 4 }), (rows) => {
        const [, ...read] = parsed(csv(['c'], rows));
        expect(read.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(rows);
        expect(read.flat().some((cell) => /^[=+\-@\t\r\n]/.test(cell))).toBe(false);
      }),
    );
  });
});

/** A small reader of RFC 4180. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end = ''] of text
    .slice(1)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
