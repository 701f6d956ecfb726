import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml, writeXml } from './xml.ts';

describe('XML', () => {
  it('reads what it writes, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [only] = readXml(writeXml('Root', { Key: text })).children;
        expect(only).toEqual({ name: 'Key', text, children: [] });
      }),
    );
  });

  it('passes over what carries nothing', () => {
    const root = readXml(
      '<?xml version="1.0"?>\n<!-- <a> --><R xmlns="x"><A b="c"/><B>&amp;&#65;&#x4F4F;</B></R>\n',
    );
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['A', ''],
      ['B', '&A住'],
    ]);
  });

  it.each([
    '',
    'text',
    '<a>',
    '<a></b>',
    '</a>',
    '<a/><b/>',
    '<a>&nbsp;</a>',
    '<a><</a>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
    '<a>&#x110000;</a>',
  ])('refuses %j', (text) => {
    expect(() => readXml(text)).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
  });
});
