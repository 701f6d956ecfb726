import * as z from 'zod';

/** Reads of the internal API: the table and nothing else. */
export const QueriesEnv = z.object({ TABLE: z.string() });
