import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachment } from './attachment.ts';

test('a file is offered under its Chinese name, and under a plain one to programs that know no other', () => {
  expect(attachment('规划.pdf')).toBe("attachment; filename*=UTF-8''%E8%A7%84%E5%88%92.pdf");
  expect(attachment('规划.pdf', 'plan.pdf')).toBe(
    'attachment; filename="plan.pdf"; filename*=UTF-8\'\'%E8%A7%84%E5%88%92.pdf',
  );
});

test('no name of a file can break out of the header, and every one is read back as it was', () => {
  const sign = fc.constantFrom('a', '安', '"', "'", '(', ')', '*', ';', ',', '%', '\r', '\n', ' ', '🏠');
  fc.assert(
    fc.property(fc.string({ unit: sign }), (name) => {
      const [, written = ''] = /^attachment; filename\*=UTF-8''(.*)$/s.exec(attachment(name)) ?? [];
      // The signs that RFC 8187 leaves as they are, and octets.
      expect(written).toMatch(/^(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})*$/);
      expect(decodeURIComponent(written)).toBe(name);
    }),
  );
});
