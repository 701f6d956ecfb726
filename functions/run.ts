/** One run of a function that nobody waits for: under its correlation id, with one line in the log when it is over. */
import type { Context } from 'aws-lambda';
import { correlated } from '../shared/observability/correlation.ts';
import { logger } from '../shared/observability/logger.ts';

/** Of what Lambda tells, what a run needs. Retries of one event keep its id. */
export type RunContext = Pick<Context, 'awsRequestId'>;

/**
 * @param what names it in the log: a job, a desk
 * @param work may say the id of the request that it goes back to; until then, and if it says none, the run has its own
 */
export async function run<T>(
  what: string,
  context: RunContext | undefined,
  work: () => Promise<T>,
): Promise<T> {
  return correlated(context?.awsRequestId, async () => {
    const started = performance.now();
    let outcome = 'failed';
    try {
      const result = await work();
      outcome = 'done';
      return result;
    } finally {
      logger.info('run', { what, outcome, ms: Math.round(performance.now() - started) });
    }
  });
}
