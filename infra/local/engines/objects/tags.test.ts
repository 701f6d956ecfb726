import { describe, expect, it } from 'vitest';
import { tagsOfDocument, tagsOfHeader } from './tags.ts';
import { readXml } from './xml.ts';

const document = (tags: readonly (readonly [string, string])[]) =>
  readXml(
    `<Tagging><TagSet>${tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`).join('')}</TagSet></Tagging>`,
  );

describe('tags', () => {
  it('are read from a header and from a document', () => {
    expect(tagsOfHeader('state=clean%20%2B&%E5%9F%8E%E5%B8%82=')).toEqual([
      ['state', 'clean +'],
      ['城市', ''],
    ]);
    expect(tagsOfDocument(document([['state', 'a_b.c:d/e=f+g-h@i 合格']]))).toEqual([
      ['state', 'a_b.c:d/e=f+g-h@i 合格'],
    ]);
  });

  it.each([
    ['eleven', Array.from({ length: 11 }, (_, index) => [`k${index}`, 'v'] as const), 'BadRequest'],
    ['two of one key', [['a', '1'] as const, ['a', '2'] as const], 'InvalidTag'],
    ['one without a key', [['', 'v'] as const], 'InvalidTag'],
    ['a key too long', [['k'.repeat(129), 'v'] as const], 'InvalidTag'],
    ['a value too long', [['k', 'v'.repeat(257)] as const], 'InvalidTag'],
    ['a sign that no key may have', [['a?b', 'v'] as const], 'InvalidTag'],
    ['a sign that no value may have', [['a', 'b;c'] as const], 'InvalidTag'],
    ['a tab', [['a', 'b\tc'] as const], 'InvalidTag'],
  ])('%s: refused', (_, tags, code) => {
    expect(() => tagsOfDocument(document(tags))).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('another document is refused', () => {
    expect(() => tagsOfDocument(readXml('<Tags/>'))).toThrow(
      expect.objectContaining({ code: 'MalformedXML' }) as Error,
    );
  });
});
