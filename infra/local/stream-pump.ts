/**
 * Event source mappings on one machine: batches off the table's stream, filtered, with partial answers, bisection,
 * retries, an age limit, and a failure destination that keeps the whole records. A mapping's place is kept after every
 * batch, so that a killed process delivers again and loses nothing.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { KeepFailure } from './events.ts';
import type { FunctionError, HostedFunction } from './function-host.ts';
import { matches } from './pattern.ts';
import type { Assembly, Resource } from './template.ts';

/** A stream record in the form that Lambda hands to its function. */
export interface StreamRecord {
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly ApproximateCreationDateTime?: number };
}

export interface StreamSource {
  /** Records after a place (0: from the oldest), in order, each with its own place. */
  read(after: number, limit: number): readonly { readonly sequence: number; readonly record: StreamRecord }[];
}

interface Mapping {
  readonly id: string;
  readonly hosted: HostedFunction;
  readonly batchSize: number;
  readonly filters: readonly unknown[];
  readonly bisect: boolean;
  readonly maxAgeSeconds: number;
  readonly maxRetries: number;
  readonly destination?: string;
}

const retryPauseMs = 100;

export class StreamPump {
  readonly #mappings: readonly Mapping[];
  readonly #source: StreamSource;
  readonly #now: () => number;
  readonly #keepFailure: KeepFailure;
  readonly #file: string | undefined;
  readonly #places: Record<string, number>;
  readonly #running = new Map<string, Promise<void>>();
  readonly #woken = new Set<string>();
  #stopped = false;

  constructor(
    assembly: Assembly,
    functions: ReadonlyMap<string, HostedFunction>,
    source: StreamSource,
    now: () => number,
    keepFailure: KeepFailure,
    file?: string,
  ) {
    this.#mappings = assembly
      .ofType('AWS::Lambda::EventSourceMapping')
      .map((mapping) => mappingOf(mapping, functions));
    this.#source = source;
    this.#now = now;
    this.#keepFailure = keepFailure;
    this.#file = file;
    this.#places =
      file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>) : {};
  }

  /** Something was written: every mapping looks. */
  wake(): void {
    for (const mapping of this.#mappings) {
      this.#woken.add(mapping.id);
      if (!this.#running.has(mapping.id) && !this.#stopped) {
        this.#running.set(
          mapping.id,
          this.#run(mapping).finally(() => this.#running.delete(mapping.id)),
        );
      }
    }
  }

  get idle(): boolean {
    return (
      this.#running.size === 0 &&
      this.#mappings.every(({ id }) => this.#source.read(this.#places[id] ?? 0, 1).length === 0)
    );
  }

  /** Resolves when the deliveries under way have ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running.values());
  }

  async #run(mapping: Mapping): Promise<void> {
    while (!this.#stopped && this.#woken.delete(mapping.id)) {
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
        this.#places[mapping.id] = last;
        this.#keepPlaces();
        // Lets requests through between batches: the host shares one thread with the engines.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  /** Delivers a batch to its end: every record is taken, or kept as a failure. */
  async #deliver(mapping: Mapping, records: readonly StreamRecord[]): Promise<void> {
    let rest = records;
    for (let attempt = 0; rest.length > 0; attempt += 1) {
      const failed = await this.#invoke(mapping, rest);
      if (failed === undefined) return;
      const advanced = failed.from > 0;
      const remaining = rest.slice(failed.from);
      if (this.#expired(mapping, remaining[0]) || (!advanced && attempt >= mapping.maxRetries)) {
        return this.#giveUp(mapping, remaining, failed.error, attempt + 1);
      }
      if (!advanced && mapping.bisect && remaining.length > 1) {
        const middle = Math.ceil(remaining.length / 2);
        await this.#deliver(mapping, remaining.slice(0, middle));
        await this.#deliver(mapping, remaining.slice(middle));
        return;
      }
      rest = remaining;
      if (advanced) attempt = -1;
      await new Promise((resolve) =>
        setTimeout(resolve, retryPauseMs * Math.min(2 ** Math.max(attempt, 0), 20)),
      );
    }
  }

  /** From which record on the batch failed, or undefined when all of it was taken. */
  async #invoke(
    mapping: Mapping,
    records: readonly StreamRecord[],
  ): Promise<{ from: number; error: unknown } | undefined> {
    try {
      const answer = (await mapping.hosted.invoke({ Records: records })) as {
        batchItemFailures?: { itemIdentifier: string }[];
      } | null;
      const named = new Set(answer?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
      const from = records.findIndex((record) => named.has(record.dynamodb?.SequenceNumber ?? ''));
      return from < 0 ? undefined : { from, error: answer };
    } catch (error) {
      return { from: 0, error: (error as FunctionError).details };
    }
  }

  #expired(mapping: Mapping, record: StreamRecord | undefined): boolean {
    const made = record?.dynamodb?.ApproximateCreationDateTime;
    return (
      made !== undefined && mapping.maxAgeSeconds > 0 && this.#now() / 1000 - made > mapping.maxAgeSeconds
    );
  }

  async #giveUp(
    mapping: Mapping,
    records: readonly StreamRecord[],
    error: unknown,
    attempts: number,
  ): Promise<void> {
    if (!mapping.destination) return;
    await this.#keepFailure(mapping.destination, {
      version: '1.0',
      timestamp: new Date(this.#now()).toISOString(),
      requestContext: {
        functionArn: mapping.hosted.spec.arn,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: attempts,
      },
      responsePayload: error,
      payload: { Records: records },
    });
  }

  #keepPlaces(): void {
    if (!this.#file) return;
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#places));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function mappingOf({ id, properties }: Resource, functions: ReadonlyMap<string, HostedFunction>): Mapping {
  const hosted = [...functions.values()].find(({ spec }) => spec.name === properties['FunctionName']);
  if (!hosted) throw new Error(`The mapping ${id} names no function`);
  const filters =
    (properties['FilterCriteria'] as { Filters: { Pattern: string }[] } | undefined)?.Filters ?? [];
  const destination = (
    properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined
  )?.OnFailure?.Destination;
  return {
    id,
    hosted,
    batchSize: Number(properties['BatchSize'] ?? 100),
    filters: filters.map(({ Pattern: pattern }) => JSON.parse(pattern) as unknown),
    bisect: properties['BisectBatchOnFunctionError'] === true,
    maxAgeSeconds: Number(properties['MaximumRecordAgeInSeconds'] ?? -1),
    maxRetries: Number(properties['MaximumRetryAttempts'] ?? 10),
    ...(destination ? { destination } : {}),
  };
}
