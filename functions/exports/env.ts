import * as z from 'zod';

/** Lists as spreadsheets: what the queries answer, read page by page. */
export const ExportsEnv = z.object({ TABLE: z.string() });
