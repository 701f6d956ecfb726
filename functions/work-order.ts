/** The name of the work order in a bucket's event; undefined for anything else, such as a schedule's own input. */
import * as z from 'zod';

const Arrived = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});

export function orderIn(event: unknown): string | undefined {
  const arrived = Arrived.safeParse(event);
  return arrived.success ? arrived.data.detail.object.key : undefined;
}
