import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readForm } from './form.ts';
import { all, cut } from './testing.ts';

it('a form is read the same wherever the chunks are cut, whatever the file holds', async () => {
  const file = fc.array(fc.constantFrom('\r\n', '--', 'b', '\r\n--', '\r\n--a', 'x'), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(2000), { maxLength: 12 }), file, async (cuts, pieces) => {
      const content = pieces.join('');
      // No sender picks a boundary that stands in its file.
      fc.pre(!content.includes('\r\n--b--b'));
      const part = (head: string, body: string) =>
        `--b--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
      const body = `${part('name="Key"', '合同')}${part('name="file"; filename="a%22.pdf"\r\nContent-Type: x/y', content)}--b--b--\r\n`;
      const form = await readForm(cut(Buffer.from(body), cuts), 'multipart/form-data; boundary="b--b"');
      expect([...form.fields]).toEqual([['key', '合同']]);
      expect(form.file.name).toBe('a".pdf');
      expect((await all(form.file.bytes)).toString()).toBe(content);
    }),
  );
});

it('a file without an end is refused', async () => {
  const body = '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nbytes\r\n--';
  const form = await readForm(cut(Buffer.from(body), []), 'multipart/form-data; boundary=b');
  await expect(all(form.file.bytes)).rejects.toMatchObject({ code: 'MalformedPOSTRequest' });
});
