import * as z from 'zod';

/** Published projections only; the policy allows no other partition of the table. */
export const PublicEnv = z.object({ TABLE: z.string() });
