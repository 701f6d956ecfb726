/**
 * Runs the function bundles in worker threads: a few workers a function, one invocation each, a queue behind. Unlike
 * Lambda, an instance shares the process with the engines and is not frozen between invocations.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  readonly folder: string;
  /** `index.handler` */
  readonly handler: string;
  /** A worker that has had nothing to do for so long goes, as idle environments do; absent: it stays. */
  readonly restsAfterMs?: number;
  /** What the template gives it. */
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly maxWorkers: number;
}

export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly details: {
    readonly errorType: string;
    readonly errorMessage: string;
    readonly stackTrace: readonly string[];
  };

  constructor(details: FunctionError['details']) {
    super(`${details.errorType}: ${details.errorMessage}`);
    this.details = details;
  }
}

interface Waiting {
  /** JSON, as it crosses into a Lambda function: what JSON drops, a function must not see here either. */
  readonly event: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A worker, and what it is doing. */
interface Seat {
  readonly worker: Worker;
  /** Its bundle is loaded. */
  ready: boolean;
  running?: Waiting & { readonly timer: NodeJS.Timeout };
  /** Until it goes. */
  rest?: NodeJS.Timeout;
}

/** What a worker says: that its bundle is loaded, then an answer to each invocation. */
export type Reply =
  { readonly ready: true } | { readonly value: string } | { readonly error: FunctionError['details'] };

/** Of a function's memory the heap gets a part; the rest is for the runtime, buffers and native code. */
const heapShare = 5;

export class HostedFunction {
  readonly spec: FunctionSpec;
  readonly #clock: SharedArrayBuffer;
  readonly #log: (line: string) => void;
  readonly #seats = new Set<Seat>();
  readonly #queue: Waiting[] = [];
  #closed = false;
  /** When set, every invocation fails: for a rehearsal of what then happens. */
  isBroken = false;

  constructor(spec: FunctionSpec, clock: SharedArrayBuffer, log: (line: string) => void) {
    this.spec = spec;
    this.#clock = clock;
    this.#log = log;
  }

  /** @throws FunctionError what the handler threw, a timeout, a bundle that does not load, or a host that is closed */
  invoke(event: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw ended('The host is closed');
      if (this.isBroken) throw ended('The function is broken, as was asked for');
      this.#queue.push({ event: JSON.stringify(event), resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    for (const seat of this.#seats) {
      const waiting = seat.ready && !seat.running ? this.#queue.shift() : undefined;
      if (waiting) this.#run(seat, waiting);
    }
    const starting = [...this.#seats].filter(({ ready }) => !ready).length;
    const room = this.#closed ? 0 : this.spec.maxWorkers - this.#seats.size;
    for (let more = Math.min(room, this.#queue.length - starting); more > 0; more -= 1) this.#start();
  }

  #start(): void {
    const [module = 'index', handler = 'handler'] = this.spec.handler.split('.');
    const file = pathToFileURL(path.join(this.spec.folder, `${module}.mjs`)).href;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { file, handler, clock: this.#clock, name: this.spec.name },
      env: { ...this.spec.environment },
      stdout: true,
      stderr: true,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // A function's own heap is small; the many workers must not each keep a large nursery, nor garbage for long.
      resourceLimits: {
        maxYoungGenerationSizeMb: 12,
        maxOldGenerationSizeMb: Math.round(this.spec.memoryMb / heapShare),
      },
    });
    for (const output of [worker.stdout, worker.stderr]) output.setEncoding('utf8').on('data', this.#log);
    const seat: Seat = { worker, ready: false };
    this.#seats.add(seat);
    worker.on('message', (reply: Reply) => {
      if ('ready' in reply) seat.ready = true;
      else if ('error' in reply) settled(seat)?.reject(new FunctionError(reply.error));
      else settled(seat)?.resolve(JSON.parse(reply.value));
      this.#next();
      if (!seat.running) this.#letRest(seat);
    });
    let thrown: unknown;
    worker.once('error', (error: unknown) => {
      thrown = error;
    });
    worker.once('exit', () => {
      this.#seats.delete(seat);
      const error =
        thrown === undefined ? ended('The worker ended') : new FunctionError(detailsOf(thrown, !seat.ready));
      settled(seat)?.reject(error);
      // A bundle that does not load now will not load for those who wait either; the next call tries again.
      if (!seat.ready) for (const waiting of this.#queue.splice(0)) waiting.reject(error);
      this.#next();
    });
  }

  #letRest(seat: Seat): void {
    const { restsAfterMs } = this.spec;
    if (restsAfterMs === undefined) return;
    clearTimeout(seat.rest);
    seat.rest = setTimeout(() => {
      this.#seats.delete(seat);
      void seat.worker.terminate();
    }, restsAfterMs);
    seat.rest.unref();
  }

  #run(seat: Seat, waiting: Waiting): void {
    clearTimeout(seat.rest);
    const milliseconds = this.spec.timeoutSeconds * 1000;
    const timer = setTimeout(() => {
      const errorMessage = `Task timed out after ${this.spec.timeoutSeconds} seconds`;
      settled(seat)?.reject(
        new FunctionError({ errorType: 'Sandbox.Timedout', errorMessage, stackTrace: [] }),
      );
      this.#seats.delete(seat);
      void seat.worker.terminate();
      this.#next();
    }, milliseconds);
    seat.running = { ...waiting, timer };
    seat.worker.postMessage({ id: randomUUID(), event: waiting.event, milliseconds });
  }

  /** Ends the workers. What runs or waits is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#queue.splice(0)) waiting.reject(ended('The host is closed'));
    await Promise.all([...this.#seats].map(({ worker }) => worker.terminate()));
  }
}

/** A function, to whoever calls it. */
export type Invocable = Pick<HostedFunction, 'spec' | 'invoke'>;

/** Frees the seat, and gives back whom it served. */
function settled(seat: Seat): Waiting | undefined {
  const { running } = seat;
  if (!running) return undefined;
  clearTimeout(running.timer);
  delete seat.running;
  return running;
}

function ended(errorMessage: string): FunctionError {
  return new FunctionError({ errorType: 'Runtime.ExitError', errorMessage, stackTrace: [] });
}

function detailsOf(thrown: unknown, whileLoading: boolean): FunctionError['details'] {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    errorType: whileLoading ? 'Runtime.ImportModuleError' : error.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
}
