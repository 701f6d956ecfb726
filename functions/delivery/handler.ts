/** Work orders and an hourly run in; messages out. Each may come twice: what is recorded as sent is not sent again. */
import * as z from 'zod';
import { deliverDue, deliverNotice, type DeliverDeps } from '../../shared/app/reminders/deliver.ts';
import { tellInvited } from '../../shared/app/invitations/tell.ts';
import type { WorkOrders } from '../../shared/app/work-orders.ts';
import type { Delivery } from '../../shared/domain/reminders/delivery.ts';
import { correlated } from '../../shared/observability/correlation.ts';
import { logger } from '../../shared/observability/logger.ts';
import { measured } from '../../shared/observability/metrics.ts';
import { run, type RunContext } from '../run.ts';
import { orderIn } from '../work-order.ts';

const Job = z.object({ job: z.literal('deliver') });

export function deliveryHandler(deps: DeliverDeps & { readonly orders: Pick<WorkOrders, 'read'> }) {
  return async function handle(event: unknown, context?: RunContext): Promise<void> {
    const order = orderIn(event);
    if (order !== undefined) {
      const entry = await deps.orders.read(order);
      return correlated(entry.correlationId ?? context?.awsRequestId, async () => {
        if (entry.record.startsWith('invitation:')) {
          await tellInvited(deps, entry);
          logger.info('Invited official told', { record: entry.record, seq: entry.seq });
          return;
        }
        const givenUp = await deliverNotice(deps, entry);
        report(givenUp);
        logger.info('Notice delivered', {
          record: entry.record,
          seq: entry.seq,
          ...measured({ DeliveriesGivenUp: givenUp.length }),
        });
      });
    }
    Job.parse(event);
    return run('deliver', context, () => due(deps));
  };
}

async function due(deps: DeliverDeps): Promise<void> {
  const { count, givenUp, hindered } = await deliverDue(deps);
  logger.info('Deliveries that were due', {
    count,
    hindered: hindered.length,
    // None is a figure too: it shows that the run was there.
    ...measured({ DeliveriesGivenUp: givenUp.length }),
  });
  report(givenUp);
  for (const error of hindered) logger.error('A message was hindered', { error: error as Error });
}

/** Whose message it was stands in the record; in the log only which desk did not hear. */
function report(givenUp: readonly Delivery[]): void {
  for (const { office, role, day, channel, attempts, correlationId } of givenUp)
    logger.error('A notice could not be delivered', {
      office,
      role,
      day,
      channel,
      reason: attempts.at(-1)?.reason,
      ...(correlationId === undefined ? {} : { correlationId }),
    });
}
