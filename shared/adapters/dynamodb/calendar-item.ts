import * as z from 'zod';
import { once } from '../../kernel/once.ts';

const day = once(() =>
  z.object({ date: z.string(), kind: z.enum(['holiday', 'workday']), name: z.string() }),
);

/** A calendar year as an administrator loaded it. */
export const CalendarItem = once(() =>
  z.object({
    year: z.int(),
    version: z.int(),
    source: z.string(),
    exceptions: z.array(day()),
    overrides: z.array(day().extend({ source: z.string() })),
    seq: z.int(),
    hash: z.string(),
  }),
);
