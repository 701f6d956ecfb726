/**
 * Event source mappings on one machine: batches off the table's stream, filtered, with partial answers, bisection,
 * retries, an age limit, and a failure destination that keeps the whole records. A mapping's place is kept after every
 * batch, so that a killed process delivers again and loses nothing.
 */
import { setTimeout as passed } from 'node:timers/promises';
import type { KeepFailure } from './events.ts';
import type { FunctionError, Invocable } from './function-host.ts';
import { readKept, writeKept } from './kept-file.ts';
import { matches } from './pattern.ts';
import { firstFailure, mappingOf, type Mapping, type StreamRecord } from './stream-mapping.ts';
import type { Assembly } from './template.ts';

export interface StreamSource {
  /** Records after a place (0: from the oldest), in order, each with its own place. */
  read(after: number, limit: number): readonly { readonly sequence: number; readonly record: StreamRecord }[];
}

type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

const retryPauseMs = 100;
const longestPauseMs = 1000;

export class StreamPump {
  readonly #mappings: readonly Mapping[];
  readonly #source: StreamSource;
  readonly #now: () => number;
  readonly #keepFailure: KeepFailure;
  readonly #file: string | undefined;
  readonly #places: Record<string, number>;
  readonly #running = new Map<string, Promise<void>>();
  readonly #woken = new Set<string>();
  /** Ends the gathering of records at once: for a stop, and for who waits until all is delivered. */
  #hurry = new AbortController();
  #hurrying = 0;
  #stopped = false;

  constructor(
    assembly: Assembly,
    functions: ReadonlyMap<string, Invocable>,
    source: StreamSource,
    now: () => number,
    keepFailure: KeepFailure,
    file?: string,
  ) {
    this.#mappings = assembly
      .ofType('AWS::Lambda::EventSourceMapping')
      .filter(({ properties }) => properties['Enabled'] !== false)
      .map((mapping) => mappingOf(mapping, functions));
    this.#source = source;
    this.#now = now;
    this.#keepFailure = keepFailure;
    this.#file = file;
    this.#places = (file === undefined ? undefined : readKept(file, arePlaces)) ?? {};
  }

  /** Something was written: every mapping looks. */
  wake(): void {
    for (const mapping of this.#mappings) {
      this.#woken.add(mapping.id);
      this.#begin(mapping);
    }
  }

  #begin(mapping: Mapping): void {
    if (this.#stopped || this.#running.has(mapping.id) || !this.#woken.has(mapping.id)) return;
    const run = this.#run(mapping).finally(() => {
      this.#running.delete(mapping.id);
      // Woken after the last look and before this line.
      this.#begin(mapping);
    });
    this.#running.set(mapping.id, run);
  }

  get idle(): boolean {
    return (
      this.#running.size === 0 &&
      this.#mappings.every(({ id }) => this.#source.read(this.#places[id] ?? 0, 1).length === 0)
    );
  }

  /** The sequence up to which every mapping has delivered. */
  get deliveredUpTo(): number {
    return Math.min(...this.#mappings.map(({ id }) => this.#places[id] ?? 0));
  }

  /** Delivers all that there is without gathering first, and resolves when nothing is left. */
  async drained(): Promise<void> {
    this.#hurrying += 1;
    this.#hurry.abort();
    try {
      do {
        this.wake();
        await Promise.all(this.#running.values());
      } while (!this.idle && !this.#stopped);
    } finally {
      this.#hurrying -= 1;
      if (this.#hurrying === 0) this.#hurry = new AbortController();
    }
  }

  /** What is not delivered to its end stays at its place, and is delivered again by the next process. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#hurry.abort();
    await Promise.all(this.#running.values());
  }

  async #run(mapping: Mapping): Promise<void> {
    while (!this.#stopped && this.#woken.has(mapping.id)) {
      await this.#gather(mapping);
      this.#woken.delete(mapping.id);
      for (;;) {
        const read = this.#source.read(this.#places[mapping.id] ?? 0, mapping.batchSize);
        const last = read.at(-1)?.sequence;
        if (last === undefined || this.#stopped) break;
        const records = read.map(({ record }) => record);
        const wanted = records.filter(
          (record) =>
            mapping.filters.length === 0 || mapping.filters.some((filter) => matches(filter, record)),
        );
        await this.#deliver(mapping, wanted);
        if (this.#stopped) return;
        this.#places[mapping.id] = last;
        this.#keepPlaces();
        // Lets requests through between batches: the host shares one thread with the engines.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  /** Waits as the mapping's batching window says, so that many records make one call. */
  async #gather({ windowSeconds }: Mapping): Promise<void> {
    const { signal } = this.#hurry;
    if (windowSeconds === 0 || signal.aborted) return;
    await passed(windowSeconds * 1000, undefined, { signal, ref: false }).catch(() => undefined);
  }

  /** Delivers a batch to its end, unless the pump stops: every record is taken, or kept as a failure. */
  async #deliver(mapping: Mapping, records: readonly StreamRecord[]): Promise<void> {
    let rest = records;
    let retries = 0;
    for (let attempts = 1; rest.length > 0 && !this.#stopped; attempts += 1) {
      const failed = await this.#invoke(mapping, rest);
      if (failed === undefined) return;
      const remaining = rest.slice(failed.from);
      const old = remaining.filter((record) => this.#isOld(mapping, record));
      await this.#giveUp(mapping, old, 'RecordAgeExceeded', failed.error, attempts);
      const young = remaining.filter((record) => !old.includes(record));
      if (failed.from > 0 || old.length > 0) {
        // It got on: the rest is a new batch.
        retries = 0;
      } else if (mapping.bisect && young.length > 1) {
        const middle = Math.ceil(young.length / 2);
        await this.#deliver(mapping, young.slice(0, middle));
        await this.#deliver(mapping, young.slice(middle));
        return;
      } else if (retries >= mapping.maxRetries) {
        return this.#giveUp(mapping, young, 'RetryAttemptsExhausted', failed.error, attempts);
      } else {
        retries += 1;
      }
      rest = young;
      if (rest.length > 0) await this.#pause(retries);
    }
  }

  /** From which record on the batch failed, or undefined when all of it was taken. */
  async #invoke(
    mapping: Mapping,
    records: readonly StreamRecord[],
  ): Promise<{ from: number; error: unknown } | undefined> {
    try {
      const answer = await mapping.hosted.invoke({ Records: records });
      const from = mapping.partial ? firstFailure(answer, records) : undefined;
      return from === undefined ? undefined : { from, error: answer };
    } catch (error) {
      return { from: 0, error: (error as FunctionError).details };
    }
  }

  #isOld(mapping: Mapping, { dynamodb }: StreamRecord): boolean {
    const made = dynamodb?.ApproximateCreationDateTime;
    return made !== undefined && this.#now() / 1000 - made > mapping.maxAgeSeconds;
  }

  async #giveUp(
    mapping: Mapping,
    records: readonly StreamRecord[],
    condition: Condition,
    error: unknown,
    attempts: number,
  ): Promise<void> {
    if (!mapping.destination || records.length === 0) return;
    const failure = {
      version: '1.0',
      timestamp: new Date(this.#now()).toISOString(),
      requestContext: {
        functionArn: mapping.hosted.spec.arn,
        condition,
        approximateInvokeCount: attempts,
      },
      responsePayload: error,
      payload: { Records: records },
    };
    // An invocation that the stop cut off says nothing about its records: they are not given up.
    for (let attempt = 1; !this.#stopped; attempt += 1) {
      try {
        return await this.#keepFailure(mapping.destination, failure);
      } catch (problem) {
        // The records must not be lost with their failure: the mapping holds until it is kept.
        process.emitWarning(`${mapping.id}: a failure could not be kept: ${String(problem)}`);
        await this.#pause(attempt);
      }
    }
  }

  async #pause(retries: number): Promise<void> {
    const until = performance.now() + Math.min(retryPauseMs * 2 ** Math.max(retries - 1, 0), longestPauseMs);
    while (performance.now() < until && !this.#stopped)
      await passed(Math.max(1, Math.min(retryPauseMs, until - performance.now())));
  }

  #keepPlaces(): void {
    if (!this.#file) return;
    try {
      writeKept(this.#file, this.#places);
    } catch (error) {
      // A full disk: the next process delivers from the place before, and what comes again is dropped.
      process.emitWarning(`The places of the stream could not be kept: ${(error as Error).message}`);
    }
  }
}

function arePlaces(kept: unknown): kept is Record<string, number> {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    !Array.isArray(kept) &&
    Object.values(kept).every((place) => Number.isSafeInteger(place))
  );
}
