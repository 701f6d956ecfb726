import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  claimOf,
  encryptedPdf,
  handmadePdf,
  onePagePdf,
  pdfOf,
  sampleDocx,
  samplePdf,
} from '../../../../../test/support/sample-files.ts';
import { inspect } from '../inspect.ts';

async function codeOf(bytes: Uint8Array): Promise<string> {
  const finding = await inspect(bytes, claimOf('pdf', bytes));
  return finding.ok ? 'ok' : finding.code;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function bytesOf(content: string): Uint8Array {
  return Buffer.from(content, 'latin1');
}

describe('PDF files that are whole', () => {
  it.each([
    [1, true],
    [40, true],
    [1, false],
    [40, false],
  ])('%i pages, compact: %s', async (pages, compact) => {
    const bytes = await pdfOf('年度计划', pages, compact);
    expect(await inspect(bytes, claimOf('pdf', bytes))).toEqual({ ok: true, type: 'pdf', facts: { pages } });
  });

  it('may begin with white space or a byte order mark, offsets counted from either', async () => {
    const whole = onePagePdf('');
    for (const lead of ['\n\n', '\xef\xbb\xbf', '\xef\xbb\xbf\r\n']) {
      expect(await codeOf(Buffer.concat([bytesOf(lead), whole]))).toBe('ok');
      const moved = text(whole)
        .replaceAll(/^\d{10}(?= 00000 n)/gm, (offset) =>
          String(Number(offset) + lead.length).padStart(10, '0'),
        )
        .replace(/startxref\n(\d+)/, (_, offset: string) => `startxref\n${Number(offset) + lead.length}`);
      expect(await codeOf(bytesOf(lead + moved))).toBe('ok');
    }
  });

  it('may have been revised: the newest revision counts', async () => {
    const first = text(onePagePdf(''));
    const previous = /startxref\n(\d+)/.exec(first)?.[1] ?? '';
    const twoPages = '2 0 obj\n<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>\nendobj\n';
    const page = '4 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n';
    const rows = [first.length, first.length + twoPages.length].map(
      (at) => `${String(at).padStart(10, '0')} 00000 n \n`,
    );
    const table = `xref\n2 1\n${rows[0]}4 1\n${rows[1]}trailer\n<< /Size 5 /Root 1 0 R /Prev ${previous} >>\n`;
    const start = first.length + twoPages.length + page.length;
    const bytes = bytesOf(`${first}${twoPages}${page}${table}startxref\n${start}\n%%EOF`);
    expect(await inspect(bytes, claimOf('pdf', bytes))).toMatchObject({ ok: true, facts: { pages: 2 } });
  });

  it('may have a table numbered from 1 by mistake, and streams whose length is wrong', async () => {
    expect(await codeOf(bytesOf(text(onePagePdf('')).replace('xref\n0 4', 'xref\n1 4')))).toBe('ok');
    expect(await codeOf(onePagePdf('/A 4 0 R', ['<< /Length 999 >>\nstream\nabc\nendstream']))).toBe('ok');
    expect(await codeOf(onePagePdf('/A 4 0 R', ['<< /Length 5 0 R >>\nstream\nabc\nendstream', '3']))).toBe(
      'ok',
    );
  });

  it('may name itself as its older revision', async () => {
    const whole = text(onePagePdf(''));
    const start = /startxref\n(\d+)/.exec(whole)?.[1] ?? '';
    expect(await codeOf(bytesOf(whole.replace('/Root', `/Prev ${start} /Root`)))).toBe('ok');
  });

  it('may carry links and attached files', async () => {
    const link = '<< /S /URI /URI (https://example.invalid/) >>';
    expect(await codeOf(onePagePdf('/OpenAction 4 0 R', [link]))).toBe('ok');
    const file = '<< /Type /Filespec /F (a.xml) /EF << /F 5 0 R >> >>';
    const data = '<< /Type /EmbeddedFile /Length 4 >>\nstream\n<a/>\nendstream';
    expect(await codeOf(onePagePdf('/AF [4 0 R]', [file, data]))).toBe('ok');
  });

  it('may hold its pages in place, several of them', async () => {
    const kids = '<< /Type /Page >> << /Type /Page >>';
    const bytes = handmadePdf(['<< /Pages 2 0 R >>', `<< /Type /Pages /Kids [${kids}] >>`]);
    expect(await inspect(bytes, claimOf('pdf', bytes))).toMatchObject({ ok: true, facts: { pages: 2 } });
  });

  it('may play a film, name what is no action, and mention a form that has no fields', async () => {
    for (const entry of ['<< /S /Rendition >>', '<< /S /URI /JS (x) >>', '<< /JS (x) >>', '<< /XFA (x) >>'])
      expect(await codeOf(onePagePdf(`/A ${entry}`))).toBe('ok');
    expect(await codeOf(onePagePdf('/A << /Fields [] >>'))).toBe('ok');
  });

  it('may carry what nothing refers to, even broken', async () => {
    expect(await codeOf(onePagePdf('', ['<< /S /Launch', '((']))).toBe('ok');
  });
});

describe('PDF files that act', () => {
  it.each([
    ['a script when opened', '/OpenAction 4 0 R', ['<< /S /JavaScript /JS (app.alert\\(1\\)) >>']],
    ['a script in place', '/OpenAction << /S /JavaScript /JS (x) >>', []],
    ['a script spelt otherwise', '/OpenAction << /#53 /J#61vaScript /JS (x) >>', []],
    ['a script named by reference', '/OpenAction << /S 4 0 R /JS (x) >>', ['/JavaScript']],
    [
      'a script by name',
      '/Names << /JavaScript << /Names [(a) 4 0 R] >> >>',
      ['<< /S /JavaScript /JS (x) >>'],
    ],
    ['a program', '/OpenAction 4 0 R', ['<< /Type /Action /S /Launch /F (cmd.exe) >>']],
    ['a program, second in a row', '/OpenAction << /S /URI /URI (x) /Next [4 0 R] >>', ['<< /S /Launch >>']],
    ['a script in a rendition', '/AA << /O << /S /Rendition /JS (x) >> >>', []],
    ['an XFA form', '/AcroForm << /Fields [] /XFA (x) >>', []],
  ])('%s', async (_name, catalogue, more) => {
    expect(await codeOf(onePagePdf(catalogue, more))).toBe('active-content');
  });

  it('are found in object streams too', async () => {
    const { PDFDocument, PDFName, PDFString } = await import('pdf-lib');
    const document = await PDFDocument.create({ updateMetadata: false });
    document.addPage();
    const script = document.context.obj({ S: 'JavaScript', JS: PDFString.of('x') });
    document.catalog.set(PDFName.of('OpenAction'), document.context.register(script));
    const bytes = await document.save({ useObjectStreams: true });
    expect(text(bytes)).not.toContain('JavaScript');
    expect(await codeOf(bytes)).toBe('active-content');
  });
});

describe('PDF files that are encrypted', () => {
  it('are refused, in the newest revision or an older one', async () => {
    expect(await codeOf(encryptedPdf())).toBe('encrypted');
    const first = text(encryptedPdf());
    const previous = /startxref\n(\d+)/.exec(first)?.[1] ?? '';
    const later = `${first}xref\n0 0\ntrailer\n<< /Size 5 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${first.length}\n%%EOF`;
    expect(await codeOf(bytesOf(later))).toBe('encrypted');
  });
});

describe('PDF files that are broken', () => {
  const page = '<< /Type /Page /Parent 2 0 R >>';
  const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';

  it.each([
    ['without pages', ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']],
    ['without a page tree', ['<< /Type /Catalog >>']],
    ['without a catalogue', ['null']],
    ['whose page is missing', [catalogue, '<< /Type /Pages /Kids [9 0 R] >>']],
    ['whose page tree goes round', [catalogue, '<< /Type /Pages /Kids [2 0 R] >>']],
    ['that counts one page twice', [catalogue, '<< /Type /Pages /Kids [3 0 R 3 0 R] >>', page]],
    ['whose page is something else', [catalogue, '<< /Type /Pages /Kids [3 0 R] >>', '<< /Type /Font >>']],
    [
      'with a stream without end',
      [catalogue, '<< /Type /Pages /Kids [3 0 R] /A 4 0 R >>', page, '<< >>\nstream\nabc'],
    ],
    ['with a dictionary cut short', [catalogue, '<< /Type /Pages /Kids [3 0 R] /A 4 0 R >>', page, '<< /A']],
    ['with a key that stands twice', [catalogue, '<< /Type /Pages /Kids [3 0 R] /Kids [] >>', page]],
    [
      'nested beyond measure',
      [catalogue, `<< /Type /Pages /Kids [3 0 R] /A ${'['.repeat(500)}${']'.repeat(500)} >>`, page],
    ],
    ['with a reference to a reference', [catalogue, '3 0 R', '4 0 R', page]],
  ])('%s', async (_name, objects) => {
    expect(await codeOf(handmadePdf(objects))).toBe('broken');
  });

  it.each([
    ['a wrong start', (whole: string) => whole.replace(/startxref\n\d+/, 'startxref\n7')],
    ['a start beyond the end', (whole: string) => whole.replace(/startxref\n\d+/, 'startxref\n9999999')],
    ['no start', (whole: string) => whole.replace(/startxref\n\d+\n/, '')],
    ['no end', (whole: string) => whole.replace('%%EOF', '')],
    ['an end followed by something', (whole: string) => `${whole}something`],
    ['an archive appended', (whole: string) => whole + text(sampleDocx('x'))],
    ['offsets that are wrong', (whole: string) => whole.replace('%PDF-1.7\n', '%PDF-1.7\n%moved\n')],
    [
      'revisions that go round and name no catalogue',
      (whole: string) => whole.replace('/Root', '/Prev 0 /Boot'),
    ],
    ['a damaged table', (whole: string) => whole.replace('00000 n', '0000x n')],
  ])('%s', async (_name, damage) => {
    expect(await codeOf(bytesOf(damage(text(onePagePdf('')))))).toBe('broken');
  });

  it('refuses objects that overlap to be read without end', async () => {
    const count = 400;
    let body = '%PDF-1.7\n';
    const offsets = Array.from({ length: count }, (_, index) => {
      const offset = body.length;
      body += `${index + 4} 0 obj (`;
      return offset;
    });
    body += ')'.repeat(count);
    const own = ['<< /Pages 2 0 R /A [', ...offsets.map((_, index) => `${index + 4} 0 R`), '] >>'].join(' ');
    for (const [index, object] of [own, '<< /Kids [3 0 R] >>', '<< /Type /Page >>'].entries()) {
      offsets.splice(index, 0, body.length);
      body += `\n${index + 1} 0 obj ${object} endobj\n`;
    }
    // The space before each object is not part of its number.
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const table = `xref\n1 ${offsets.length}\n${rows}trailer\n<< /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF`;
    const finding = await inspect(bytesOf(body + table), claimOf('pdf', bytesOf(body + table)));
    expect(finding).toMatchObject({ ok: false, because: 'PDF: objects overlap' });
  });

  it('stops unpacking structure beyond its allowance', async () => {
    const bomb = text(deflateSync(Buffer.alloc(80 * 1024 * 1024, 32), { level: 9 }));
    const dictionary = `<< /Type /XRef /Size 3 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length ${bomb.length} >>`;
    const whole = `%PDF-1.5\n1 0 obj\n${dictionary}\nstream\n${bomb}\nendstream\nendobj\nstartxref\n9\n%%EOF`;
    expect(whole.length).toBeLessThan(200_000);
    expect(await codeOf(bytesOf(whole))).toBe('expands-too-far');
  });

  it('refuses an object without measure', async () => {
    expect(await codeOf(onePagePdf(`/A [${'1 '.repeat(400_000)}]`))).toBe('ok');
    expect(await codeOf(onePagePdf(`/A [${'1 '.repeat(600_000)}]`))).toBe('expands-too-far');
  });

  it('refuses object streams that hide behind a second filter or lie about what they hold', async () => {
    const compact = text(await samplePdf('x'));
    expect(await codeOf(bytesOf(compact.replaceAll('/FlateDecode', '/LZWDecode  ')))).toBe('broken');
    expect(await codeOf(bytesOf(compact.replace('/ObjStm', '/ObjStx')))).toBe('broken');
  });
});
