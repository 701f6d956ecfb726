/** What a template says of an event source mapping on a table's stream, and what a function answers to its batches. */
import type { Invocable } from './function-host.ts';
import { checkPattern } from './pattern.ts';
import type { Resource } from './template.ts';

/** A stream record in the form that Lambda hands to its function. */
export interface StreamRecord {
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly ApproximateCreationDateTime?: number };
}

export interface Mapping {
  readonly id: string;
  readonly hosted: Invocable;
  readonly batchSize: number;
  /** How long records are gathered before the function is called; 0: not at all. */
  readonly windowSeconds: number;
  readonly filters: readonly unknown[];
  readonly bisect: boolean;
  /** The function's answer names the records that failed. */
  readonly partial: boolean;
  /** Infinity: as long as the stream goes back. */
  readonly maxAgeSeconds: number;
  readonly maxRetries: number;
  readonly destination?: string;
}

/**
 * The first record from which on the answer says that the batch failed; undefined when it says nothing of the kind. An
 * identifier that is none of the batch's fails all of it, as Lambda has it.
 */
export function firstFailure(answer: unknown, records: readonly StreamRecord[]): number | undefined {
  const { batchItemFailures: failures } = (answer ?? {}) as {
    batchItemFailures?: readonly ({ itemIdentifier?: unknown } | null)[] | null;
  };
  if (!failures || failures.length === 0) return undefined;
  const places = failures.map((failure) =>
    records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === (failure?.itemIdentifier ?? '')),
  );
  return Math.max(Math.min(...places), 0);
}

/** @throws Error that names the mapping when it asks for what one machine does not do */
export function mappingOf({ id, properties }: Resource, functions: ReadonlyMap<string, Invocable>): Mapping {
  const hosted = [...functions.values()].find(({ spec }) => spec.name === properties['FunctionName']);
  if (!hosted) throw new Error(`The mapping ${id} names no function`);
  if (!/:table\/[^/]+\/stream\//.test(String(properties['EventSourceArn'])))
    throw new Error(`The mapping ${id} reads something else than the stream of a table`);
  if (properties['StartingPosition'] !== 'TRIM_HORIZON')
    throw new Error(`The mapping ${id}: on one machine the only starting position is TRIM_HORIZON`);
  const criteria = properties['FilterCriteria'] as { Filters?: { Pattern: string }[] } | undefined;
  const filters = (criteria?.Filters ?? []).map(({ Pattern: pattern }) => JSON.parse(pattern) as unknown);
  for (const filter of filters) checkPattern(filter, `The filter of ${id}`);
  const destination = (
    properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined
  )?.OnFailure?.Destination;
  return {
    id,
    hosted,
    batchSize: Number(properties['BatchSize'] ?? 100),
    windowSeconds: Number(properties['MaximumBatchingWindowInSeconds'] ?? 0),
    filters,
    bisect: properties['BisectBatchOnFunctionError'] === true,
    partial: ((properties['FunctionResponseTypes'] ?? []) as string[]).includes('ReportBatchItemFailures'),
    maxAgeSeconds: limitOf(properties['MaximumRecordAgeInSeconds']),
    maxRetries: limitOf(properties['MaximumRetryAttempts']),
    ...(destination ? { destination } : {}),
  };
}

/** Absent or -1: no limit. */
function limitOf(value: unknown): number {
  const limit = Number(value ?? -1);
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}
