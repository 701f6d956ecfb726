/** Verifies a certificate's print as `npm run verify` does: with the published keys and the fonts, and nothing of the platform. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printWith } from '../../shared/adapters/certificates/render.ts';
import { putFonts } from '../fonts.ts';
import { keysIn, verifyPdf, type Verdict } from '../verify-certificate.ts';

/** @param jwks the key set as it was published, as JSON */
export async function verifyPrint(print: Uint8Array, jwks: string): Promise<Verdict> {
  const keys = keysIn(jwks);
  if (!keys) return { exit: 2, lines: ['✗ no keys'] };
  const fonts = await mkdtemp(path.join(tmpdir(), 'anju-fonts-'));
  try {
    await putFonts(fonts);
    return await verifyPdf(Buffer.from(print), keys, printWith(pathToFileURL(`${fonts}/`)));
  } finally {
    await rm(fonts, { recursive: true });
  }
}
