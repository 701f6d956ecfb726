/** Inside a worker: one function's bundle, one invocation at a time, under the platform's clock. */
import { parentPort, workerData } from 'node:worker_threads';

interface Start {
  readonly file: string;
  readonly handler: string;
  readonly clock: SharedArrayBuffer;
  readonly name: string;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly deadline: number;
}

const { file, handler, clock, name } = workerData as Start;
const cells = new Float64Array(clock);
const RealDate = Date;

function platformNow(): number {
  const standing = cells[1] ?? Number.NaN;
  return Number.isNaN(standing) ? Math.floor(RealDate.now() + (cells[0] ?? 0)) : standing;
}

/** Production code asks `Date` for the time; here it gets the platform's. */
class PlatformDate extends RealDate {
  constructor(...given: [] | [number | string | Date] | [number, number, ...number[]]) {
    if (given.length === 0) super(platformNow());
    else super(...(given as [number]));
  }

  static override now(): number {
    return platformNow();
  }
}
globalThis.Date = PlatformDate as DateConstructor;

const loaded = (await import(file)) as Record<string, (event: unknown, context: unknown) => Promise<unknown>>;
const run = loaded[handler];
if (!run) throw new Error(`${name} exports no ${handler}`);

parentPort?.on('message', ({ id, event, deadline }: Invocation) => {
  const context = {
    awsRequestId: id,
    functionName: name,
    functionVersion: '$LATEST',
    getRemainingTimeInMillis: () => deadline - performance.now(),
  };
  run(event, context).then(
    (value) => parentPort?.postMessage({ id, value }),
    (error: unknown) => {
      const { name: errorType, message, stack } = error as Error;
      parentPort?.postMessage({
        id,
        error: { errorType, errorMessage: message, stackTrace: stack?.split('\n') ?? [] },
      });
    },
  );
});
parentPort?.postMessage({ ready: true });
