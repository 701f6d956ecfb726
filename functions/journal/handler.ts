/** Stream in, journal out. The batch is one object, named by its first sequence number: delivered again, it is the same. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { journalBatch, type Ledger } from '../../shared/app/audit/ledger.ts';
import { logger } from '../../shared/observability/logger.ts';
import { entriesIn } from '../stream.ts';

export function journalHandler(ledger: Ledger) {
  return async function handle(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
    const entries = entriesIn(event);
    const [first] = entries;
    // Length and first number: a batch cut differently on the second delivery is another object; readers drop repeats.
    if (first)
      await journalBatch(
        ledger,
        `${first.sequence}-${entries.length}`,
        entries.map(({ entry }) => entry),
      );
    logger.info('journalled', { batch: first?.sequence, count: entries.length });
    return { batchItemFailures: [] };
  };
}
