import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapedHtml } from './html.ts';

test('nothing of a text is markup, and what was written can be read', () => {
  expect(escapedHtml(`<a href="x" title='y'>&amp;</a>`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;',
  );
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" } as const;
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '保', 'a', ';') }), (text) => {
      const written = escapedHtml(text);
      expect(written).not.toMatch(/[<>"']/);
      const read = written.replaceAll(
        /&(amp|lt|gt|quot|#39);/g,
        (_, name: keyof typeof named) => named[name],
      );
      expect(read).toBe(text);
    }),
  );
});
