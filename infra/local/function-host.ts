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
  readonly event: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

type Reply =
  | { readonly ready: true }
  | { readonly id: string; readonly value?: unknown; readonly error?: FunctionError['details'] };

export class HostedFunction {
  readonly spec: FunctionSpec;
  readonly #clock: SharedArrayBuffer;
  readonly #log: (line: string) => void;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #queue: Waiting[] = [];
  #closed = false;

  constructor(spec: FunctionSpec, clock: SharedArrayBuffer, log: (line: string) => void) {
    this.spec = spec;
    this.#clock = clock;
    this.#log = log;
  }

  /** @throws FunctionError what the handler threw, or a timeout */
  invoke(event: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ event, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop();
      const waiting = worker && this.#queue.shift();
      if (worker && waiting) {
        this.#run(worker, waiting);
        continue;
      }
      if (this.#all.size < this.spec.maxWorkers && !this.#closed) this.#start();
      return;
    }
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
    });
    worker.stdout.on('data', (chunk: Buffer) => {
      this.#log(chunk.toString());
    });
    worker.stderr.on('data', (chunk: Buffer) => {
      this.#log(chunk.toString());
    });
    this.#all.add(worker);
    worker.once('message', () => {
      this.#idle.push(worker);
      this.#next();
    });
    worker.once('error', (error: Error) => {
      this.#all.delete(worker);
      this.#queue
        .shift()
        ?.reject(
          new FunctionError({
            errorType: 'Runtime.ImportModuleError',
            errorMessage: error.message,
            stackTrace: [],
          }),
        );
    });
  }

  #run(worker: Worker, { event, resolve, reject }: Waiting): void {
    const id = randomUUID();
    const milliseconds = this.spec.timeoutSeconds * 1000;
    const done = (): void => {
      clearTimeout(timer);
      worker.off('message', answer);
      worker.off('exit', died);
    };
    const answer = (reply: Reply): void => {
      if (!('id' in reply) || reply.id !== id) return;
      done();
      this.#idle.push(worker);
      if (reply.error) reject(new FunctionError(reply.error));
      else resolve(reply.value);
      this.#next();
    };
    const died = (): void => {
      done();
      this.#all.delete(worker);
      reject(
        new FunctionError({
          errorType: 'Runtime.ExitError',
          errorMessage: 'The worker ended',
          stackTrace: [],
        }),
      );
      this.#next();
    };
    const timer = setTimeout(() => {
      done();
      this.#all.delete(worker);
      void worker.terminate();
      const errorMessage = `Task timed out after ${this.spec.timeoutSeconds} seconds`;
      reject(new FunctionError({ errorType: 'Sandbox.Timedout', errorMessage, stackTrace: [] }));
      this.#next();
    }, milliseconds);
    worker.on('message', answer);
    worker.once('exit', died);
    worker.postMessage({ id, event, deadline: performance.now() + milliseconds });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }
}
