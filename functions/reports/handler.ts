/** Work orders and schedules in; evaluation runs carried out. Each may come twice or late: what is done is not done again. */
import * as z from 'zod';
import { carryOut, type CarryOutDeps } from '../../shared/app/evaluation/carry-out.ts';
import { publishRun, type PublicEvaluations } from '../../shared/app/evaluation/publish-run.ts';
import { requestScheduledRun } from '../../shared/app/evaluation/request-run.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import type { WorkOrders } from '../../shared/app/work-orders.ts';
import { correlated } from '../../shared/observability/correlation.ts';
import { logger } from '../../shared/observability/logger.ts';
import { run, type RunContext } from '../run.ts';
import { orderIn } from '../work-order.ts';

const Job = z.object({ job: z.enum(['yearly', 'monthly']) });

export type ReportsDeps = CarryOutDeps & {
  readonly orders: Pick<WorkOrders, 'read'>;
  readonly publicEvaluations: PublicEvaluations;
};

export function reportsHandler(deps: ReportsDeps) {
  return async function handle(event: unknown, context?: RunContext): Promise<void> {
    const order = orderIn(event);
    if (order === undefined) {
      const { job } = Job.parse(event);
      // Its event hands the run on, as it does for a person's request.
      return run(job, context, async () => {
        const asked = await requestScheduledRun(deps, job);
        logger.info('Scheduled evaluation', { job, run: asked ?? 'asked for before' });
      });
    }
    const entry = await deps.orders.read(order);
    return correlated(entry.correlationId ?? context?.awsRequestId, () => follow(deps, entry));
  };
}

async function follow(deps: ReportsDeps, { record, type }: AuditEntry): Promise<void> {
  const id = record.slice('evaluation:'.length);
  if (type === 'evaluation.published') {
    await publishRun(deps, id);
    logger.info('Evaluation published', { run: id });
    return;
  }
  const done = await carryOut(deps, id);
  logger.info('Evaluation carried out', { run: id, state: done?.state ?? 'unknown' });
}
