import * as z from 'zod';

/** Copies every audit entry from the stream into the ledger bucket. */
export const JournalEnv = z.object({ LEDGER_BUCKET: z.string() });
