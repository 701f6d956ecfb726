import * as z from 'zod';

/** 统筹: what the region lays down for all. The table, and no key to anybody's personal data. */
export const SteeringEnv = z.object({ TABLE: z.string() });
