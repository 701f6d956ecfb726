/** Where an event goes that a function failed on for good: whole, into the bucket of failures. */
import { Duration } from 'aws-cdk-lib';
import { EventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * A destination that grants nothing by itself: the function's role names `keepFailures`, and a grant made here would
 * reach back into the stack of the bucket.
 */
export function into(bucketArn: string): { bind(): { destination: string } } {
  return { bind: () => ({ destination: bucketArn }) };
}

/** For functions called by events and schedules: two more attempts, then the event is kept. */
export function keepFailedEvents(lambda: LambdaFunction, bucketArn: string): void {
  new EventInvokeConfig(lambda, 'FailedEvents', {
    function: lambda,
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: into(bucketArn),
  });
}
