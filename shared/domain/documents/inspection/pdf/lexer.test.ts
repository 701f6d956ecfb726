import { describe, expect, test } from 'vitest';
import { itemsOf, Lexer, nameOf, type PdfValue } from './lexer.ts';

const lexer = (text: string): Lexer => new Lexer(Buffer.from(text, 'latin1'));

/** The value as data, or why it is none. */
function read(text: string): unknown {
  try {
    return plain(lexer(text).value());
  } catch (error) {
    return (error as Error).message;
  }
}

function plain(value: PdfValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  switch (value.kind) {
    case 'name':
      return `/${value.name}`;
    case 'string':
      return '()';
    case 'reference':
      return `${value.number} R`;
    case 'array':
      return value.items.map(plain);
    case 'dictionary':
      return Object.fromEntries([...value.entries].map(([key, one]) => [key, plain(one)]));
  }
}

describe('a value', () => {
  test.each<[string, unknown]>([
    ['true', true],
    ['false', false],
    ['null', null],
    ['0', 0],
    ['-17', -17],
    ['+17', 17],
    ['3.25', 3.25],
    ['.5', 0.5],
    ['4.', 4],
    // What some writers put, and readers take for what they can.
    ['--5', 0],
    ['1.2.3', 0],
    ['12-3', 0],
    ['/Name', '/Name'],
    ['/A#42c', '/ABc'],
    ['/A#4', '/A#4'],
    ['/', '/'],
    ['(text)', '()'],
    ['(a (b) c)', '()'],
    ['(a \\) b)', '()'],
    ['<48 65 6C\n6f>', '()'],
    ['<>', '()'],
    ['12 0 R', '12 R'],
    ['12 0 Rx', 12],
    ['[1 2 0 R /A (s) <41> [ ] ]', [1, '2 R', '/A', '()', '()', []]],
    ['<< /A 1 /B << /C [true] >> >>', { A: 1, B: { C: [true] } }],
    ['<</A/B/C(d)>>', { A: '/B', C: '()' }],
    ['% a comment\r% and another\n 7', 7],
    ['\0\t\f\r\n 7', 7],
    ['[1%two\n3]', [1, 3]],
    ['%a comment that a carriage return ends\r7', 7],
    ['[(a (b) c) 7]', ['()', 7]],
    ['[<4A> 7]', ['()', 7]],
  ])('%j is read', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  test.each([
    ['', 'PDF: no object where one must stand'],
    ['% only a comment', 'PDF: no object where one must stand'],
    ['<4$>', 'PDF: a damaged hexadecimal string'],
    [`${'<< /A '.repeat(102)}1${' >>'.repeat(102)}`, 'PDF: nested too deep'],
    ['obj', 'PDF: no object where one must stand'],
    ['truer', 'PDF: no object where one must stand'],
    ['x12', 'PDF: no object where one must stand'],
    ['12x', 'PDF: no object where one must stand'],
    ['}', 'PDF: no object where one must stand'],
    ['(never ends', 'PDF: a string that does not end'],
    ['(ends escaped \\)', 'PDF: a string that does not end'],
    ['<48 6g>', 'PDF: a damaged hexadecimal string'],
    ['<48', 'PDF: a damaged hexadecimal string'],
    ['[1 2', 'PDF: no object where one must stand'],
    ['<< /A 1', 'PDF: a dictionary key is not a name'],
    ['<< 1 /A >>', 'PDF: a dictionary key is not a name'],
    ['<< /A 1 /A 2 >>', 'PDF: a dictionary key stands twice'],
    ['<< /A 1 /#41 2 >>', 'PDF: a dictionary key stands twice'],
    [`/${'a'.repeat(1001)}`, 'PDF: an endless name'],
    [`${'['.repeat(102)}${']'.repeat(102)}`, 'PDF: nested too deep'],
  ])('%j is none: %s', (text, because) => {
    expect(read(text)).toBe(because);
  });

  test('may nest a hundred deep, and a name have a thousand letters', () => {
    expect(read(`${'['.repeat(101)}${']'.repeat(101)}`)).toHaveLength(1);
    expect(read(`/${'a'.repeat(1000)}`)).toBe(`/${'a'.repeat(1000)}`);
  });
});

describe('moving forward', () => {
  test('counts the values that were read, those inside others too', () => {
    const text = '[1 << /A 2 >> (s)] 7';
    const at = lexer(text);
    at.value();
    expect([at.values, at.at]).toEqual([5, text.indexOf(']') + 1]);
    expect(at.value()).toBe(7);
  });

  test('takes a word that stands there, and stays where it does not', () => {
    const at = lexer('  xref 0');
    expect([at.take('trailer'), at.take('xref'), at.take('xref')]).toEqual([false, true, false]);
    expect(at.takeWhole()).toBe(0);
  });

  test.each<[string, number | undefined]>([
    ['0000000017 ', 17],
    ['17', 17],
    ['17/A', 17],
    ['17x', undefined],
    ['-17', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['123456789012345', 123456789012345],
    // Longer than any offset: no number of ours.
    ['1234567890123456', undefined],
  ])('takes %j for the whole number %s', (text, number) => {
    const at = lexer(text);
    expect(at.takeWhole()).toBe(number);
    if (number === undefined) expect(at.at).toBe(0);
  });
});

test('a value that is no name has none, and what is no array no items', () => {
  expect([nameOf(undefined), nameOf(null), nameOf(7), nameOf({ kind: 'string' })]).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
  expect([undefined, null, 7, { kind: 'string' } as const].flatMap((value) => itemsOf(value))).toEqual([]);
  expect(itemsOf({ kind: 'array', items: [1, null] })).toEqual([1, null]);
});
