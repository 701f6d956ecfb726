import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  StartingPosition,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { auditPrefix } from '../../shared/adapters/dynamodb/keys.ts';
import { into } from './failures.ts';

/**
 * Calls the function with every new audit entry, in order per record. A batch that fails is halved until the entry at
 * fault stands alone; that one goes whole into the failures bucket, before the stream forgets it at 24 hours.
 */
export function consumeAuditEntries(lambda: LambdaFunction, streamArn: string, failuresArn: string): void {
  new EventSourceMapping(lambda, 'AuditEntries', {
    target: lambda,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(1),
    parallelizationFactor: 1,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 10,
    maxRecordAge: Duration.hours(23),
    onFailure: into(failuresArn),
    supportS3OnFailureDestination: true,
    filters: [{ pattern: JSON.stringify(newAuditEntry) }],
  });
}

/** In the language of event patterns. */
const newAuditEntry = { eventName: ['INSERT'], dynamodb: { Keys: { SK: { S: [{ prefix: auditPrefix }] } } } };
