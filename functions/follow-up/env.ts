import * as z from 'zod';

/** What follows from an event: duties satisfied, publications projected. */
export const FollowUpEnv = z.object({ TABLE: z.string() });
