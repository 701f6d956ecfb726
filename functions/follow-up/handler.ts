/** Stream in; duties, publications and counters out. Stops at the first entry that fails, so that order within a record holds. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { followDuties, type FollowDeps } from '../../shared/app/duties/follow-duties.ts';
import { countEvent, type CountDeps } from '../../shared/app/evaluation/count-records.ts';
import { publishRecords, type PublicRecords } from '../../shared/app/publication/publish-records.ts';
import { handOn, type WorkOrders } from '../../shared/app/work-orders.ts';
import { logger } from '../../shared/observability/logger.ts';
import { remindOf } from '../../shared/app/reminders/remind.ts';
import { entriesIn } from '../stream.ts';

export type FollowUpDeps = FollowDeps &
  CountDeps & {
    readonly publicRecords: PublicRecords;
    readonly orders: Pick<WorkOrders, 'put'>;
  };

export function followUpHandler(deps: FollowUpDeps) {
  return async function handle(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
    for (const { sequence, entry } of entriesIn(event)) {
      try {
        await followDuties(deps, entry);
        await publishRecords(deps, entry);
        await countEvent(deps, entry);
        if (toldAtOnce.has(entry.type)) await remindAtOnce(deps, entry.record);
        await handOn(deps, entry);
      } catch (error) {
        logger.error('An event could not be followed', {
          record: entry.record,
          seq: entry.seq,
          type: entry.type,
          error: error as Error,
        });
        return { batchItemFailures: [{ itemIdentifier: sequence }] };
      }
    }
    return { batchItemFailures: [] };
  };
}

/** New points may fall on the very day on which they are chosen. */
const toldAtOnce = new Set(['obligation.created', 'obligation.points-set']);

/** A duty laid down late is told of now. Where no calendar says when, the daily run says so, and the stream goes on. */
async function remindAtOnce(deps: FollowDeps, record: string): Promise<void> {
  const reminded = await remindOf(deps, record.slice('obligation:'.length));
  if (!reminded.ok) logger.warn('No reminder could be computed', { record, refusal: reminded.error.code });
}
