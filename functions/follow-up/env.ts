import * as z from 'zod';

/** What follows from an event: duties satisfied, publications projected, work handed on. */
export const FollowUpEnv = z.object({ TABLE: z.string(), WORK_BUCKET: z.string() });
