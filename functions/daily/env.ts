import * as z from 'zod';

/** Scheduled work: the daily root of the audit chains, uploads that were never made. */
export const DailyEnv = z.object({ TABLE: z.string(), LEDGER_BUCKET: z.string() });
