/** What prints need from outside. */
import type { Print } from './print.ts';

/** A print as PDF: the same bytes for the same print. */
export type RenderPdf = (print: Print) => Promise<Uint8Array>;
