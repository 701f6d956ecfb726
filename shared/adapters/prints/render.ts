/** Renders prints of a review with the fonts that lie in a folder: `infra/bundle.ts` puts them beside the function's bundle. */
import { readFileSync } from 'node:fs';
import type { RenderPdf } from '../../app/prints/ports.ts';
import { printAsPdf } from './pdf/document.ts';

/** The fonts are read when a print is first asked for. */
export function pdfWith(folder: URL = new URL('.', import.meta.url)): RenderPdf {
  let fonts: { regular: Buffer; bold: Buffer } | undefined;
  const font = (name: string): Buffer => readFileSync(new URL(name, folder));
  return async (print) => {
    fonts ??= { regular: font('regular.ttf'), bold: font('bold.ttf') };
    return printAsPdf(print, fonts);
  };
}
