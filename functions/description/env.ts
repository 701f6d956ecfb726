import * as z from 'zod';

/** What the platform says of itself: it reads nothing, so it is told nothing. */
export const DescriptionEnv = z.object({});
