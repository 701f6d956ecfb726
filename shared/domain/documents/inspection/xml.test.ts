import { describe, expect, test } from 'vitest';
import { hasRoot, xmlElements, xmlText, xmlTexts } from './xml.ts';

const attributes = (xml: string, name = 'a') => xmlElements(xml, name).map((one) => Object.fromEntries(one));

describe('the text of a part', () => {
  test('is UTF-8, or UTF-16 of either order where its mark says so', () => {
    const little = Buffer.from('\uFEFF<规划/>', 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [Buffer.from('<规划/>'), Buffer.from('\uFEFF<规划/>'), little, big])
      expect(xmlText(bytes)).toBe('<规划/>');
    // Half a mark is none.
    for (const half of [
      [0xff, 0x41],
      [0xfe, 0x41],
      [0x41, 0xfe],
      [0x41, 0xff],
    ])
      expect(xmlText(Uint8Array.from(half))).toContain('A');
  });
});

describe('elements', () => {
  test('are found by their local name, whatever their prefix', () => {
    expect(attributes('<x><a n="1"/><p:a n="2">t</p:a><ab n="3"/><b:ab n="4"/><a></a></x>')).toEqual([
      { n: '1' },
      { n: '2' },
      {},
    ]);
  });

  test('have their attributes in either kind of quotes, with blanks and entities', () => {
    expect(
      attributes(`<a  one="1" two = 'zw"ei' p:three="&lt;&amp;&#65;&#x5b89;&quot;&apos;&gt;"/>`),
    ).toEqual([{ one: '1', two: 'zw"ei', 'p:three': '<&A安"\'>' }]);
  });

  test('keep what is no entity as it is written', () => {
    expect(attributes('<a n="&nbsp;&#x110000;&#1114111;&#;&amp"/>')).toEqual([
      { n: `&nbsp;&#x110000;${String.fromCodePoint(1114111)}&#;&amp` },
    ]);
  });

  test('are not found in comments and CDATA, of which there may be several', () => {
    const xml = '<x><!-- <a n="1"/> --><a n="2"/><![CDATA[<a n="3"/>]]><!----><a n="4"/></x>';
    expect(attributes(xml)).toEqual([{ n: '2' }, { n: '4' }]);
    expect(attributes('<!-- <a n="1"/> --><a n="2"/>')).toEqual([{ n: '2' }]);
  });

  test('are not looked for where a document type is declared, or a section does not end', () => {
    expect(() => xmlElements('<!DOCTYPE x><a/>', 'a')).toThrow('XML: a document type declaration');
    expect(() => xmlElements('<a/><!-- ', 'a')).toThrow('XML: a section that does not end');
    expect(() => xmlElements('<a/><!-->', 'a')).toThrow('XML: a section that does not end');
    expect(() => xmlElements('<a/><![CDATA[ ]>', 'a')).toThrow('XML: a section that does not end');
  });

  test('give their text without the blanks around it, if they hold text only', () => {
    expect(xmlTexts('<x><a> 1 &amp; 2 </a><p:a k="v">3</p:a><a><b/></a><a/><ab>4</ab></x>', 'a')).toEqual([
      '1 & 2',
      '3',
    ]);
  });
});

describe('the root', () => {
  test.each([
    '<a/>',
    '<a></a>',
    '<p:a x="1"><b/></p:a >',
    '<?xml version="1.0"?>\n<a>text</a>\n',
    ' <!-- note --><a></a><!-- note -->',
    '<a\n/>',
  ])('of %j is a', (xml) => {
    expect(hasRoot(xml, 'a')).toBe(true);
  });

  test.each([
    '',
    'a',
    '<a>',
    '<a><b/>',
    '<a></b>',
    '<a></a><b/>',
    '<a></a>x',
    '<ab/>',
    '<b><a/></b>',
    '<p:a></a>',
    '<a></ab>',
    '<a/',
    'x<a></a>',
    '<?xml version="1.0"?>',
  ])('of %j is not, or it is not whole', (xml) => {
    expect(hasRoot(xml, 'a')).toBe(false);
  });
});
