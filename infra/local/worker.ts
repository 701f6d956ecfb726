/** Inside a worker: one function's bundle, one invocation at a time, under the platform's clock. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Reply } from './function-host.ts';

interface Start {
  readonly file: string;
  readonly handler: string;
  readonly clock: SharedArrayBuffer;
  readonly name: string;
}

interface Invocation {
  readonly id: string;
  /** JSON */
  readonly event: string;
  readonly milliseconds: number;
}

type Handler = (event: unknown, context: unknown) => unknown;

const { file, handler, clock, name } = workerData as Start;
const cells = new Float64Array(clock);
const RealDate = Date;
const realNow = RealDate.now;

function platformNow(): number {
  const standing = cells[1] ?? Number.NaN;
  const wanted = Number.isNaN(standing) ? Math.floor(realNow() + (cells[0] ?? 0)) : standing;
  // Never before what the platform's clock has already said, should the machine's be set back meanwhile.
  return Math.max(wanted, cells[2] ?? 0);
}

/**
 * Production code asks `Date` for the time; here it gets the platform's. The prototype is the real one, so that dates
 * made by the runtime itself are instances too. Out of reach: `Intl.DateTimeFormat().format()` without an argument.
 */
function PlatformDate(...given: unknown[]): unknown {
  if (!new.target) return new RealDate(platformNow()).toString();
  return Reflect.construct(RealDate, given.length === 0 ? [platformNow()] : given, new.target);
}
Object.defineProperties(PlatformDate, {
  ...Object.getOwnPropertyDescriptors(RealDate),
  now: { value: platformNow, writable: true, configurable: true },
});
Object.defineProperty(RealDate.prototype, 'constructor', { value: PlatformDate });
globalThis.Date = PlatformDate as unknown as DateConstructor;

const loaded = (await import(file)) as Record<string, Handler>;
const run = loaded[handler];
if (!run) throw new Error(`${name} exports no ${handler}`);

parentPort?.on('message', (invocation: Invocation) => {
  void answerTo(invocation).then((reply) => parentPort?.postMessage(reply));
});
parentPort?.postMessage({ ready: true } satisfies Reply);

async function answerTo({ id, event, milliseconds }: Invocation): Promise<Reply> {
  const deadline = performance.now() + milliseconds;
  const context = {
    awsRequestId: id,
    functionName: name,
    functionVersion: '$LATEST',
    getRemainingTimeInMillis: () => deadline - performance.now(),
  };
  try {
    const value = await run?.(JSON.parse(event), context);
    return { value: JSON.stringify(value ?? null) };
  } catch (error) {
    if (!(error instanceof Error))
      return { error: { errorType: typeof error, errorMessage: String(error), stackTrace: [] } };
    const { name: errorType, message: errorMessage, stack } = error;
    return { error: { errorType, errorMessage, stackTrace: stack?.split('\n') ?? [] } };
  }
}
