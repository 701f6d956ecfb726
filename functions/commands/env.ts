import * as z from 'zod';

/** Changes of the internal API: the table, and the key that seals personal data. */
export const CommandsEnv = z.object({ TABLE: z.string(), PERSONAL_DATA_KEY: z.string() });
