import * as z from 'zod';

/** Upload tickets into quarantine, download links out of the clean bucket; reports of evaluations. */
export const DocumentsEnv = z.object({
  TABLE: z.string(),
  QUARANTINE_BUCKET: z.string(),
  CLEAN_BUCKET: z.string(),
  LEDGER_BUCKET: z.string(),
});
