/** Objects by number, in the file or in an object stream; and which rule a file breaks that lies about them. */
import { describe, expect, test } from 'vitest';
import { Allowance } from '../bytes.ts';
import { readCrossReference } from './cross-reference.ts';
import type { PdfValue } from './lexer.ts';
import { PdfReader } from './reader.ts';

/** A file of these objects, numbered from 1, and of places in object streams: number → number of the stream. */
function readerOf(
  objects: readonly string[],
  inStreams: Readonly<Record<number, number>> = {},
  lead = '',
  numbered = (index: number): number => index + 1,
): PdfReader {
  let body = '%PDF-1.5\n';
  const rows: number[] = [0, 0, 0];
  for (const [index, object] of objects.entries()) {
    rows.push(1, body.length >> 8, body.length & 0xff);
    body += `${numbered(index)} 0 obj ${object} endobj\n`;
  }
  const numbers = Object.keys(inStreams).map(Number);
  for (const number of numbers) rows.push(2, 0, inStreams[number] ?? 0);
  const index = [0, objects.length + 1, ...numbers.flatMap((number) => [number, 1])].join(' ');
  const data = Buffer.from(rows).toString('latin1');
  const section = `99 0 obj << /Type /XRef /Size 100 /W [1 2 0] /Index [${index}] /Length ${data.length} >> stream\n${data}\nendstream endobj`;
  const bytes = Buffer.from(`${lead}${body}${section}\nstartxref\n${body.length}\n%%EOF`, 'latin1');
  const allowance = new Allowance(1_000_000);
  return new PdfReader(bytes, readCrossReference(bytes, lead.length, allowance), allowance);
}

const reference = (number: number): PdfValue => ({ kind: 'reference', number });
const objectStream = (entries: string, data: string): string =>
  `<< /Type /ObjStm ${entries} /Length ${data.length} >> stream\n${data}\nendstream`;
const two = objectStream('/N 2 /First 10', '20 0 21 3 17 true');

function because(what: () => unknown): string {
  try {
    what();
    return 'read';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('an object', () => {
  test('is read where it lies, counted from the header where a writer counts so', () => {
    for (const lead of ['', '\n\n\n']) {
      const reader = readerOf(['7', '/Name', '2 0 R'], {}, lead);
      expect([reader.object(1), reader.object(2)]).toEqual([7, { kind: 'name', name: 'Name' }]);
    }
  });

  test('that is not there, or free, is null', () => {
    const reader = readerOf(['7']);
    expect([reader.object(0), reader.object(50)]).toEqual([null, null]);
  });

  test('is followed to, once: a reference that leads to another is none', () => {
    const reader = readerOf(['7', '1 0 R', '<< >>', '[1 0 R]']);
    expect([
      reader.follow(reference(1)),
      reader.follow(5),
      reader.follow(undefined),
      reader.follow(null),
    ]).toEqual([7, 5, null, null]);
    expect(reader.follow({ kind: 'string' })).toEqual({ kind: 'string' });
    expect(reader.follow(reference(3))).toMatchObject({ kind: 'dictionary' });
    expect(reader.follow(reference(4))).toMatchObject({ kind: 'array' });
    expect(because(() => reader.follow(reference(2)))).toBe('PDF: a reference to a reference');
  });

  test('has the number that the cross-reference gives it', () => {
    const lying = readerOf(['7'], {}, '', () => 5);
    expect(because(() => lying.object(1))).toBe('PDF: another object where the cross-reference points');
  });
});

describe('an object stream', () => {
  test('gives each of its objects by number', () => {
    const reader = readerOf([two], { 20: 1, 21: 1 });
    expect([reader.object(20), reader.object(21), reader.object(20)]).toEqual([17, true, 17]);
  });

  test('may keep its counts and its length in other objects', () => {
    const data = '20 0 21 3 17 true';
    const apart = `<< /Type /ObjStm /N 2 0 R /First 3 0 R /Length 4 0 R >> stream\n${data}\nendstream`;
    const reader = readerOf([apart, '2', '10', String(data.length)], { 20: 1, 21: 1 });
    expect([reader.object(20), reader.object(21)]).toEqual([17, true]);
  });

  test('ends where its length says, wherever that is kept, and not at a word inside it', () => {
    const data = '20 0 21 12 (endstream) true';
    for (const length of [String(data.length), '2 0 R']) {
      const stream = `<< /Type /ObjStm /N 2 /First 11 /Length ${length} >> stream\n${data}\nendstream`;
      for (const lead of ['', '\n\n']) {
        const reader = readerOf([stream, String(data.length)], { 20: 1, 21: 1 }, lead);
        expect(reader.object(21)).toBe(true);
      }
    }
  });

  test.each<[string, string[], Record<number, number>]>([
    ['PDF: an object is not in its object stream', [two], { 22: 1 }],
    ['PDF: an object stream is missing', [two], { 20: 30 }],
    ['PDF: an object stream is missing', [two], { 20: 21, 21: 1 }],
    ['PDF: not an object stream', ['<< /Type /ObjStm /N 1 /First 0 >>'], { 20: 1 }],
    ['PDF: not an object stream', ['[1]'], { 20: 1 }],
    ['PDF: not an object stream', [two.replace('/ObjStm', '/XObject')], { 20: 1 }],
    ['PDF: an object stream without its counts', [two.replace('/N 2', '')], { 20: 1 }],
    ['PDF: an object stream without its counts', [two.replace('/First 10', '/First /A')], { 20: 1 }],
    ['PDF: a damaged object stream', [objectStream('/N 2 /First 5', '20 0 x')], { 20: 1 }],
    ['PDF: a damaged object stream', [objectStream('/N 1 /First 5', '20 x ')], { 20: 1 }],
    ['PDF: a damaged object stream', [objectStream('/N 1 /First 5', 'x 0  ')], { 20: 1 }],
  ])('is refused: %s (%#)', (rule, objects, inStreams) => {
    const reader = readerOf(objects, inStreams);
    expect(because(() => reader.object(Object.keys(inStreams).map(Number)[0] ?? 0))).toBe(rule);
  });
});
