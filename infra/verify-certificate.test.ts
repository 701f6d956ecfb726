import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printWith } from '../shared/adapters/certificates/render.ts';
import type { RenderPrint } from '../shared/app/certificates/ports.ts';
import { signContent } from '../shared/app/certificates/sign-content.ts';
import { qrOfJws } from '../shared/domain/certificates/qr.ts';
import { sampleContent } from '../shared/domain/certificates/sample-certificate.ts';
import { testSigner } from '../test/support/test-signer.ts';
import { putFonts } from './fonts.ts';
import { keysIn, verifyCode, verifyPdf } from './verify-certificate.ts';

const signer = testSigner();
let folder: string;
let render: RenderPrint;
let jws: string;
let pdf: Buffer;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'anju-verify-'));
  await putFonts(folder);
  render = printWith(pathToFileURL(`${folder}/`));
  ({ jws } = await signContent(signer, sampleContent()));
  pdf = Buffer.from(await render(jws));
  writeFileSync(path.join(folder, 'certificate.pdf'), pdf);
  writeFileSync(path.join(folder, 'jwks.json'), JSON.stringify(signer.keys));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const verify = (bytes: Uint8Array, keys = signer.keys) => verifyPdf(bytes, keys, render);
const all = ({ lines }: { readonly lines: readonly string[] }): string => lines.join('\n');

/** The file with one place changed, and nothing else. */
function altered(change: (text: string) => string): Buffer {
  return Buffer.from(change(pdf.toString('latin1')), 'latin1');
}

describe('a certificate without the platform', () => {
  test('holds, and says what it says in both languages', async () => {
    const verdict = await verify(pdf);
    expect(verdict.exit).toBe(0);
    expect(all(verdict)).toContain('编号 / number: 保租认字〔2021〕150102-0001号');
    expect(all(verdict)).toContain('the page is what was signed, to the byte');
  });

  test('fails with a character of its payload changed', async () => {
    const [, payload = ''] = jws.split('.');
    const at = 400;
    const other = payload.charAt(at) === 'A' ? 'B' : 'A';
    const forged = payload.slice(0, at) + other + payload.slice(at + 1);
    expect((await verify(altered((text) => text.replace(payload, forged)))).exit).toBe(1);
  });

  test('fails with another content under the old signature', async () => {
    const [head = '', , tail = ''] = jws.split('.');
    const { jws: more } = await signContent(testSigner(), sampleContent({ homes: 3200 }));
    const forged = [head, more.split('.')[1], tail].join('.');
    const verdict = await verify(Buffer.from(await render(forged)));
    expect(verdict).toMatchObject({ exit: 1 });
    expect(all(verdict)).toContain('the signature does not fit the content');
  });

  test('fails with a visible character changed, though its signature holds', async () => {
    // One glyph of one text operator for another: what an editor of PDFs would do.
    const forged = altered((text) => text.replace(/<([0-9a-f]{4})([0-9a-f]{4})/, '<$2$1'));
    expect(forged.equals(pdf)).toBe(false);
    const verdict = await verify(forged);
    expect(verdict.exit).toBe(1);
    expect(all(verdict)).toContain('签名有效');
    expect(all(verdict)).toContain('版面与签名内容重新生成的文件不一致');
  });

  test('fails by a key that is not trusted, and with two proofs in one file', async () => {
    const stranger = await verify(pdf, testSigner().keys);
    expect(stranger).toMatchObject({ exit: 1 });
    expect(all(stranger)).toContain('not among the given ones');
    const { jws: second } = await signContent(signer, sampleContent({ homes: 1 }));
    expect(await verify(Buffer.concat([pdf, Buffer.from(`\n${second}\n`)]))).toMatchObject({ exit: 1 });
  });

  test('is told from a file that is none', async () => {
    expect(await verify(Buffer.from('保障性租赁住房'))).toMatchObject({ exit: 2 });
    const other = await PDFDocument.create();
    other.addPage();
    expect(await verify(await other.save())).toMatchObject({ exit: 2 });
  });

  test('its code holds by itself', () => {
    const text = qrOfJws(jws) ?? '';
    const verdict = verifyCode(text, signer.keys);
    expect(verdict.exit).toBe(0);
    expect(all(verdict)).toContain('保租认字〔2021〕150102-0001号');
    expect(verifyCode(text.replace('-0001?', '-0002?'), signer.keys)).toMatchObject({ exit: 1 });
    expect(verifyCode('https://example.cn/', signer.keys)).toMatchObject({ exit: 2 });
  });

  test('keys are read from a set, or not at all', () => {
    expect(keysIn(JSON.stringify(signer.keys))).toEqual(signer.keys);
    for (const text of ['', '{}', '{"keys":[]}', '[1]']) expect(keysIn(text)).toBeUndefined();
  });
});

describe('npm run verify', () => {
  const run = (...args: string[]): Promise<{ code: number; said: string }> =>
    new Promise((resolve) => {
      const script = path.join(import.meta.dirname, 'cli', 'verify.ts');
      const env = { ...process.env, INIT_CWD: folder };
      execFile(process.execPath, [script, ...args], { env }, (error, stdout) => {
        resolve({ code: error ? Number(error.code) : 0, said: stdout });
      });
    });

  test('finds the keys beside the file, and names what it trusts', { timeout: 60_000 }, async () => {
    const { code, said } = await run('certificate.pdf');
    expect(code, said).toBe(0);
    expect(said).toContain(await signer.kid());
    expect((await run('--qr', qrOfJws(jws) ?? '', '--keys', 'jwks.json')).code).toBe(0);
    expect((await run('missing.pdf')).code).toBe(2);
    expect((await run()).code).toBe(2);
    expect((await run('certificate.pdf', '--keys', 'missing.json')).code).toBe(2);
  });
});
