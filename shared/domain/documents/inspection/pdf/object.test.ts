/** Structure that writers deflate and predict: what Word and Acrobat write, and what nobody does. */
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Allowance } from '../bytes.ts';
import { isDictionary, Lexer, type PdfDictionary } from './lexer.ts';
import { decodeStream, objectAt, streamEnd } from './object.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function dictionary(text: string): PdfDictionary {
  const value = new Lexer(bytesOf(text)).value();
  if (!isDictionary(value)) throw new Error('no dictionary');
  return value;
}

/** Decoded, or why not. */
function decoded(data: Uint8Array, entries: string): number[] | string {
  try {
    return [...decodeStream(data, dictionary(`<< ${entries} >>`), new Allowance(1_000_000))];
  } catch (error) {
    return (error as Error).message;
  }
}

const paeth = (left: number, up: number, upLeft: number): number => {
  const estimate = left + up - upLeft;
  const distances = [left, up, upLeft].map((one) => Math.abs(estimate - one));
  const nearest = Math.min(...distances);
  return [left, up, upLeft][distances.indexOf(nearest)] ?? 0;
};

/** PNG's filters as a writer applies them (ISO/IEC 15948, clause 9.2), one a row. */
function filtered(rows: readonly (readonly number[])[], filters: readonly number[]): Uint8Array {
  return Uint8Array.from(
    rows.flatMap((row, index) => {
      const filter = filters[index] ?? 0;
      const above = rows[index - 1] ?? [];
      return [
        filter,
        ...row.map((byte, at) => {
          const [left, up, upLeft] = [row[at - 1] ?? 0, above[at] ?? 0, above[at - 1] ?? 0];
          const guess = [0, left, up, Math.floor((left + up) / 2), paeth(left, up, upLeft)][filter] ?? 0;
          return (byte - guess) & 0xff;
        }),
      ];
    }),
  );
}

const flate = '/Filter /FlateDecode';

describe('the data of a stream', () => {
  test('is taken as it is, or inflated, whether or not its filter stands in an array', () => {
    const data = deflateSync(bytesOf('abc'));
    expect(decoded(bytesOf('abc'), '')).toEqual([97, 98, 99]);
    expect(decoded(bytesOf('abc'), '/Filter []')).toEqual([97, 98, 99]);
    expect(decoded(data, flate)).toEqual([97, 98, 99]);
    expect(decoded(data, '/Filter [/FlateDecode]')).toEqual([97, 98, 99]);
    expect(decoded(data, `${flate} /DecodeParms << /Predictor 1 >>`)).toEqual([97, 98, 99]);
    expect(decoded(data, `${flate} /DecodeParms << /Columns 3 >>`)).toEqual([97, 98, 99]);
    expect(decoded(data, `${flate} /DecodeParms [null]`)).toEqual([97, 98, 99]);
  });

  test('that was predicted, row by row in any of PNG’s ways, is what it was', () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }));
    const table = shape.chain(([columns, rows]) =>
      fc.tuple(
        fc.array(fc.array(fc.nat(255), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
        fc.array(fc.nat(4), { minLength: rows, maxLength: rows }),
      ),
    );
    fc.assert(
      fc.property(table, fc.integer({ min: 10, max: 15 }), ([rows, filters], predictor) => {
        const parameters = `<< /Predictor ${predictor} /Columns ${rows[0]?.length ?? 0} >>`;
        const data = deflateSync(filtered(rows, filters));
        expect(decoded(data, `${flate} /DecodeParms ${parameters}`)).toEqual(rows.flat());
      }),
    );
  });

  test.each([0, 1, 2, 3, 4])('that was predicted with filter %i is what it was', (filter) => {
    const rows = [
      [10, 200, 30],
      [250, 4, 90],
      [7, 7, 255],
      [0, 128, 1],
    ];
    const data = deflateSync(filtered(rows, [filter, filter, filter, filter]));
    const parameters = '/DecodeParms [<< /Predictor 12 /Columns 3 /Colors 1 /BitsPerComponent 8 >>]';
    expect(decoded(data, `${flate} ${parameters}`)).toEqual(rows.flat());
  });

  test('is guessed from the left first, then from above, where two are as near', () => {
    // Paeth's estimate of 8, 11 over 10 is 9: as near to the left as to the corner. Of 11, 8 over 10: to above as to the corner.
    for (const [corner, above, left, guess] of [
      [10, 11, 8, 8],
      [10, 8, 11, 8],
    ] as const) {
      const rows = Uint8Array.from([0, corner, above, 4, (left - corner) & 0xff, 0]);
      expect(decoded(deflateSync(rows), `${flate} /DecodeParms << /Predictor 14 /Columns 2 >>`)).toEqual([
        corner,
        above,
        left,
        guess,
      ]);
    }
  });

  test('whose last row is cut short ends with the row before', () => {
    const data = deflateSync(Uint8Array.from([0, 1, 2, 0, 3]));
    expect(decoded(data, `${flate} /DecodeParms << /Predictor 12 /Columns 2 >>`)).toEqual([1, 2]);
  });

  test.each([
    ['/Filter /LZWDecode', 'PDF: structure under an unusual filter'],
    ['/Filter [/FlateDecode /FlateDecode]', 'PDF: structure under several filters'],
    [`${flate} /DecodeParms 7`, 'PDF: damaged filter parameters'],
    [`${flate} /DecodeParms << /Predictor 2 /Columns 2 >>`, 'PDF: structure under an unusual predictor'],
    [`${flate} /DecodeParms << /Predictor /Up /Columns 2 >>`, 'PDF: structure under an unusual predictor'],
    [
      `${flate} /DecodeParms << /Predictor 12 /Columns 2 /Colors 3 >>`,
      'PDF: structure under an unusual predictor',
    ],
    [
      `${flate} /DecodeParms << /Predictor 12 /Columns 2 /BitsPerComponent 16 >>`,
      'PDF: structure under an unusual predictor',
    ],
    [`${flate} /DecodeParms << /Predictor 12 >>`, 'PDF: structure in rows of an unusual length'],
    [`${flate} /DecodeParms << /Predictor 12 /Columns 0 >>`, 'PDF: structure in rows of an unusual length'],
    [`${flate} /DecodeParms << /Predictor 12 /Columns 1.5 >>`, 'PDF: structure in rows of an unusual length'],
    [`${flate} /DecodeParms << /Predictor 12 /Columns 101 >>`, 'PDF: structure in rows of an unusual length'],
    [`${flate} /DecodeParms << /Predictor 12 /Columns 2 >>`, 'PDF: a filter byte no reader knows'],
  ])('under %s is refused: %s', (entries, because) => {
    expect(decoded(deflateSync(Uint8Array.from([5, 1, 2])), entries)).toBe(because);
  });

  test('may have rows of a hundred bytes, and of one', () => {
    const row = Array.from({ length: 100 }, (_, index) => index);
    const wide = deflateSync(Uint8Array.from([0, ...row]));
    expect(decoded(wide, `${flate} /DecodeParms << /Predictor 10 /Columns 100 >>`)).toEqual(row);
    const narrow = deflateSync(Uint8Array.from([0, 9]));
    expect(decoded(narrow, `${flate} /DecodeParms << /Predictor 10 /Columns 1 >>`)).toEqual([9]);
  });
});

describe('an object', () => {
  test.each([
    ['a line feed', '\n'],
    ['a carriage return and a line feed', '\r\n'],
    ['a carriage return alone', '\r'],
    ['nothing', ''],
  ])('has its data after %s behind the word', (_, after) => {
    const head = '7 0 obj << /Length 3 >> stream';
    const { number, streamStart } = objectAt(bytesOf(`${head}${after}abc endstream`), 0);
    expect([number, streamStart]).toEqual([7, head.length + after.length]);
  });

  test('without a stream ends behind its value, and tells how many values it read', () => {
    const text = '7 0 obj [1 2 << /A (b) >>] endobj';
    const object = objectAt(bytesOf(text), 0);
    expect(object).toMatchObject({ number: 7, end: text.indexOf(']') + 1, values: 5 });
    expect(object).not.toHaveProperty('streamStart');
  });

  test.each(['7 0', '0 obj', '7 0 endobj', 'x 0 obj 1', '7 x obj 1'])('does not stand at %j', (text) => {
    expect(() => objectAt(bytesOf(text), 0)).toThrow('PDF: no object where the cross-reference points');
  });
});

describe('the end of a stream', () => {
  const bytes = bytesOf('abc\r\nendstream endobj');

  test('is where its length says, if the word stands there', () => {
    expect(streamEnd(bytes, 0, 3)).toBe(3);
    expect(streamEnd(bytes, 0, 5)).toBe(5);
  });

  test('is looked for when the length is wrong, absent, below nothing or no number', () => {
    for (const length of [2, 999, undefined, -1, null]) expect(streamEnd(bytes, 0, length)).toBe(5);
    expect(() => streamEnd(bytesOf('abc endstrea'), 0, 3)).toThrow('a stream without end');
  });
});
