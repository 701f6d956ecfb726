/** Work orders and an hourly run in; messages out. Each may come twice: what is recorded as sent is not sent again. */
import * as z from 'zod';
import { deliverDue, deliverNotice, type DeliverDeps } from '../../shared/app/reminders/deliver.ts';
import type { WorkOrders } from '../../shared/app/work-orders.ts';
import type { Delivery } from '../../shared/domain/reminders/delivery.ts';
import { logger } from '../../shared/observability/logger.ts';
import { orderIn } from '../work-order.ts';

const Job = z.object({ job: z.literal('deliver') });

export function deliveryHandler(deps: DeliverDeps & { readonly orders: Pick<WorkOrders, 'read'> }) {
  return async function handle(event: unknown): Promise<void> {
    const order = orderIn(event);
    if (order !== undefined) {
      report(await deliverNotice(deps, await deps.orders.read(order)));
      return;
    }
    Job.parse(event);
    const { count, givenUp, hindered } = await deliverDue(deps);
    logger.info('Deliveries that were due', { count, hindered: hindered.length });
    report(givenUp);
    for (const error of hindered) logger.error('A message was hindered', { error: error as Error });
  };
}

/** Whose message it was stands in the record; in the log only which desk did not hear. */
function report(givenUp: readonly Delivery[]): void {
  for (const { office, role, day, channel, attempts } of givenUp)
    logger.error('A notice could not be delivered', {
      office,
      role,
      day,
      channel,
      reason: attempts.at(-1)?.reason,
    });
}
