import * as z from 'zod';

/** Reads of the registers of resources and projects: the table and nothing else. */
export const RegistersEnv = z.object({ TABLE: z.string() });
