import * as z from 'zod';

/** Evaluation runs: frozen, computed and reported into the ledger; what is published is projected for the public. */
export const ReportsEnv = z.object({ TABLE: z.string(), LEDGER_BUCKET: z.string(), WORK_BUCKET: z.string() });
