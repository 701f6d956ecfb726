/** Stream in; duties, publications and counters out. Stops at the first entry that fails, so that order within a record holds. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { publishCertificate, type PublishCertificateDeps } from '../../shared/app/certificates/publish.ts';
import { followDuties, type FollowDeps } from '../../shared/app/duties/follow-duties.ts';
import { countEvent, type CountDeps } from '../../shared/app/evaluation/count-records.ts';
import { listProject, type ListDeps } from '../../shared/app/projects/list-projects.ts';
import { publishRecords, type PublicRecords } from '../../shared/app/publication/publish-records.ts';
import { handOn, type WorkOrders } from '../../shared/app/work-orders.ts';
import { correlated } from '../../shared/observability/correlation.ts';
import { logger } from '../../shared/observability/logger.ts';
import { remindOf } from '../../shared/app/reminders/remind.ts';
import { tellOfCertificate } from '../../shared/app/reminders/tell-of-certificate.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import type { RunContext } from '../run.ts';
import { entriesIn } from '../stream.ts';

export type FollowUpDeps = FollowDeps &
  CountDeps &
  ListDeps & {
    readonly publicCertificates: PublishCertificateDeps['publicCertificates'];
    readonly publicRecords: PublicRecords;
    readonly orders: Pick<WorkOrders, 'put'>;
  };

export function followUpHandler(deps: FollowUpDeps) {
  return async function handle(
    event: DynamoDBStreamEvent,
    context?: RunContext,
  ): Promise<DynamoDBBatchResponse> {
    for (const { sequence, entry } of entriesIn(event)) {
      // What follows from an event goes back to the request that it came from.
      const followed = await correlated(entry.correlationId ?? context?.awsRequestId, () =>
        follow(deps, entry),
      );
      if (!followed) return { batchItemFailures: [{ itemIdentifier: sequence }] };
    }
    return { batchItemFailures: [] };
  };
}

async function follow(deps: FollowUpDeps, entry: AuditEntry): Promise<boolean> {
  const { record, seq, type } = entry;
  try {
    await followDuties(deps, entry);
    await publishRecords(deps, entry);
    await publishCertificate(deps, entry);
    await countEvent(deps, entry);
    await listProject(deps, entry);
    if (toldAtOnce.has(type)) await remindAtOnce(deps, record);
    await tellOfCertificate(deps, entry);
    await handOn(deps, entry);
    logger.info('followed', { record, seq, type });
    return true;
  } catch (error) {
    logger.error('An event could not be followed', { record, seq, type, error: error as Error });
    return false;
  }
}

/** New points may fall on the very day on which they are chosen. */
const toldAtOnce = new Set(['obligation.created', 'obligation.points-set']);

/** A duty laid down late is told of now. Where no calendar says when, the daily run says so, and the stream goes on. */
async function remindAtOnce(deps: FollowDeps, record: string): Promise<void> {
  const reminded = await remindOf(deps, record.slice('obligation:'.length));
  if (!reminded.ok) logger.warn('No reminder could be computed', { record, refusal: reminded.error.code });
}
