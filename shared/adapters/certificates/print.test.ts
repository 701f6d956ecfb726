import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import jsQR from 'jsqr';
import QRCode from 'qrcode';
import { putFonts } from '../../../infra/fonts.ts';
import { testSigner } from '../../../test/support/test-signer.ts';
import type { RenderPrint } from '../../app/certificates/ports.ts';
import { signContent } from '../../app/certificates/sign-content.ts';
import type { CertificateContent } from '../../domain/certificates/content.ts';
import { qrOfJws, verifyQr } from '../../domain/certificates/qr.ts';
import { sampleContent } from '../../domain/certificates/sample-certificate.ts';
import { embeddedJws } from './pdf/embedded.ts';
import { rowsOf } from './pdf/words.ts';
import { printWith } from './render.ts';

const signer = testSigner();
let folder: string;
let render: RenderPrint;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'anju-print-'));
  await putFonts(folder);
  render = printWith(pathToFileURL(`${folder}/`));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function signed(given: Partial<CertificateContent> = {}): Promise<string> {
  return (await signContent(signer, sampleContent(given))).jws;
}

const much = {
  unitNumbers: Array.from(
    { length: 60 },
    (_, index) => `150102001001GB${String(index).padStart(5, '0')}F00010001`,
  ),
  extent: {
    boundaries: '东至演示东街，南至演示路，'.repeat(16),
    buildings: Array.from({ length: 80 }, (_, index) => `演示园区喆堃燚珺龑南区${index + 1}号楼`),
  },
  conditions: Array.from({ length: 20 }, (_, index) => `${index + 1}`.padEnd(300, '须于竣工前补足配套设施')),
};

describe('the print of a certificate', () => {
  it('is the same bytes for the same JWS, and others for another', async () => {
    const jws = await signed();
    const print = await render(jws);
    expect(Buffer.from(await render(jws)).equals(Buffer.from(print))).toBe(true);
    // The same content under another signature is another paper.
    expect(Buffer.from(await render(await signed())).equals(Buffer.from(print))).toBe(false);
  });

  it('carries its JWS, also when another program saved it anew', async () => {
    const jws = await signed();
    const print = await render(jws);
    expect(embeddedJws(print)).toEqual([jws]);
    const saved = await (await PDFDocument.load(print, { updateMetadata: false })).save();
    expect(embeddedJws(saved)).toEqual([jws]);
    expect(embeddedJws(new Uint8Array([1, 2, 3]))).toBeUndefined();
    const other = await PDFDocument.create();
    other.addPage();
    expect(embeddedJws(await other.save())).toEqual([]);
  });

  it('stands on one sheet as a rule, and on as many as it needs with everything at its longest', async () => {
    const pages = async (jws: string) => (await PDFDocument.load(await render(jws))).getPageCount();
    expect(await pages(await signed())).toBe(1);
    expect(await pages(await signed(much))).toBeGreaterThan(2);
  });

  it('says every field; what is too long goes on in the next row, whole', () => {
    const rows = rowsOf(sampleContent(much)).flat();
    expect(rows.map(({ label }) => label)).toContain('附带条件（续）');
    const of = (label: string) =>
      rows
        .filter((one) => one.label.startsWith(label))
        .map(({ value }) => value)
        .join('');
    expect(of('楼栋范围')).toBe(much.extent.buildings.join('、'));
    expect(of('附带条件').replaceAll(/\s/g, '')).toBe(
      much.conditions.map((one, index) => `${index + 1}.${one}`).join(''),
    );
    for (const { value } of rows) expect(value.length).toBeLessThanOrEqual(900);
  });

  it('has a code that a reader reads, with modules of 0.35 mm or more at 28 mm', async () => {
    const text = qrOfJws(await signed()) ?? '';
    const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
    const side = modules.size + 8;
    expect(28 / side).toBeGreaterThan(0.35);
    const scale = 4;
    const pixels = new Uint8ClampedArray((side * scale) ** 2 * 4).fill(255);
    for (let y = 0; y < modules.size * scale; y += 1)
      for (let x = 0; x < modules.size * scale; x += 1)
        if (modules.get(Math.floor(y / scale), Math.floor(x / scale)))
          pixels.fill(
            0,
            ((y + 4 * scale) * side * scale + x + 4 * scale) * 4,
            ((y + 4 * scale) * side * scale + x + 4 * scale) * 4 + 3,
          );
    expect(jsQR.default(pixels, side * scale, side * scale)?.data).toBe(text);
    expect(verifyQr(text, signer.keys).ok).toBe(true);
  });
});
