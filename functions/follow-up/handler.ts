/** Stream in; duties and publications out. Stops at the first entry that fails, so that order within a record holds. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { followDuties, type FollowDeps } from '../../shared/app/duties/follow-duties.ts';
import { publishRecords, type PublicRecords } from '../../shared/app/publication/publish-records.ts';
import { logger } from '../../shared/observability/logger.ts';
import { entriesIn } from '../stream.ts';

export function followUpHandler(deps: FollowDeps & { readonly publicRecords: PublicRecords }) {
  return async function handle(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
    for (const { sequence, entry } of entriesIn(event)) {
      try {
        await followDuties(deps, entry);
        await publishRecords(deps, entry);
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
