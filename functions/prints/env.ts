import * as z from 'zod';

/** Papers of a joint review as PDF: they are read like any other, and nothing is kept. */
export const PrintsEnv = z.object({ TABLE: z.string() });
