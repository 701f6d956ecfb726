/** Renders prints with the fonts that lie in a folder: beside the function's bundle, or wherever the verifier put them. */
import { readFileSync } from 'node:fs';
import type { RenderPrint } from '../../app/certificates/ports.ts';
import { certificatePrint } from './pdf/print.ts';

/** The fonts are read when a print is first asked for: `infra/bundle.ts` puts them there. */
export function printWith(folder: URL = new URL('.', import.meta.url)): RenderPrint {
  let fonts: { regular: Buffer; bold: Buffer } | undefined;
  const font = (name: string): Buffer => readFileSync(new URL(name, folder));
  return async (jws) => {
    fonts ??= { regular: font('regular.ttf'), bold: font('bold.ttf') };
    return certificatePrint(jws, fonts);
  };
}
