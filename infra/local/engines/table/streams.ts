/** The stream of changes, in the form of its own protocol and in the form a function's event has. */
import { hash } from 'node:crypto';
import type { Item } from './attribute-values.ts';
import type { Context } from './context.ts';
import { keyAttributes, streamName, type TableDefinition } from './definition.ts';
import { TableError, validationError } from './errors.ts';
import { choice, optionalCount, optionalText, text, type Input } from './input.ts';
import type { StreamRecord } from './store.ts';

/** For how long the service keeps a record. */
export const recordLife = 24 * 3600 * 1000;
const iteratorLife = 15 * 60 * 1000;
/** One shard is enough for one machine, and keeps the order of everything. */
const shard = 'shardId-00000000000000000001-00000001';
const mostRecords = 1000;

/** A stream record as a function's event carries it. */
export interface FunctionStreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  readonly eventSourceARN: string;
  /** Says that the service itself removed the item, because its time was over. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
}

export interface StreamedRecord {
  /** What to read on after. */
  readonly sequence: number;
  readonly record: FunctionStreamRecord;
}

/**
 * Records of a table's stream after a sequence, oldest first; none when it has no stream.
 * @param since milliseconds; what is older is not shown, as the service forgets it
 */
export function readRecords(
  context: Context,
  table: TableDefinition,
  after: number,
  most: number,
  since = context.now() - recordLife,
): StreamedRecord[] {
  const stream = streamName(table);
  if (stream === undefined) return [];
  return context.store
    .records(stream, after, since, most)
    .map((found) => ({ sequence: found.sequence, record: functionRecord(context, table, found) }));
}

function functionRecord(context: Context, table: TableDefinition, found: StreamRecord): FunctionStreamRecord {
  const { sequence, stream, at, event, keys, before, after, expired } = found;
  return {
    eventID: hash('md5', `${stream}/${sequence}`),
    eventName: event,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: context.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: keys.item,
      ...(after ? { NewImage: after.item } : {}),
      ...(before ? { OldImage: before.item } : {}),
      SequenceNumber: sequenceNumber(sequence),
      SizeBytes: keys.size + (before?.size ?? 0) + (after?.size ?? 0),
      StreamViewType: table.stream?.view ?? 'KEYS_ONLY',
    },
    eventSourceARN: context.catalog.streamArn(table) ?? '',
    ...(expired ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
  };
}

function sequenceNumber(sequence: number): string {
  return String(sequence).padStart(21, '0');
}

export function listStreams({ catalog }: Context, input: Input): object {
  const wanted = optionalText(input, 'TableName');
  const Streams = catalog
    .all()
    .filter((table) => table.stream && (wanted === undefined || table.name === wanted))
    .map((table) => ({
      StreamArn: catalog.streamArn(table),
      TableName: table.name,
      StreamLabel: table.stream?.label,
    }));
  return { Streams };
}

export function describeStream({ catalog }: Context, input: Input): object {
  const table = ofStream(catalog.byStreamArn(text(input, 'StreamArn')));
  return {
    StreamDescription: {
      StreamArn: catalog.streamArn(table),
      StreamLabel: table.stream?.label,
      StreamStatus: 'ENABLED',
      StreamViewType: table.stream?.view,
      CreationRequestDateTime: table.createdAt / 1000,
      TableName: table.name,
      KeySchema: keyAttributes(table.keys).map(({ name }, index) => ({
        AttributeName: name,
        KeyType: index === 0 ? 'HASH' : 'RANGE',
      })),
      Shards: [{ ShardId: shard, SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(1) } }],
    },
  };
}

export function getShardIterator(context: Context, input: Input): object {
  const table = ofStream(context.catalog.byStreamArn(text(input, 'StreamArn')));
  if (text(input, 'ShardId') !== shard) throw streamNotFound('Shard does not exist');
  const type = choice(input, 'ShardIteratorType', [
    'TRIM_HORIZON',
    'LATEST',
    'AT_SEQUENCE_NUMBER',
    'AFTER_SEQUENCE_NUMBER',
  ]);
  return { ShardIterator: iterator(context, table, startOf(context, input, type)) };
}

function startOf(context: Context, input: Input, type: string): number {
  if (type === 'TRIM_HORIZON') return 0;
  if (type === 'LATEST') return context.store.lastSequence();
  const given = Number(text(input, 'SequenceNumber'));
  if (!Number.isSafeInteger(given) || given < 0) throw validationError('Invalid SequenceNumber');
  return type === 'AT_SEQUENCE_NUMBER' ? given - 1 : given;
}

export function getRecords(context: Context, input: Input): object {
  const { stream, after, issued } = readIterator(text(input, 'ShardIterator'));
  if (issued + iteratorLife < context.now()) {
    throw new TableError(
      'ExpiredIteratorException',
      'Iterator expired. The iterator was created at another time.',
    );
  }
  const table = ofStream(context.catalog.byStreamName(stream));
  const found = readRecords(
    context,
    table,
    after,
    Math.min(optionalCount(input, 'Limit') ?? mostRecords, mostRecords),
  );
  return {
    Records: found.map(({ record: { eventSourceARN: _arn, userIdentity, ...record } }) => ({
      ...record,
      // The same words, but the protocol writes them with capital letters.
      ...(userIdentity
        ? { userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } }
        : {}),
    })),
    NextShardIterator: iterator(context, table, found.at(-1)?.sequence ?? after),
  };
}

interface Iterator {
  readonly stream: string;
  readonly after: number;
  readonly issued: number;
}

function iterator(context: Context, table: TableDefinition, after: number): string {
  const content: Iterator = { stream: streamName(table) ?? '', after, issued: context.now() };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

function readIterator(given: string): Iterator {
  try {
    return JSON.parse(Buffer.from(given, 'base64url').toString()) as Iterator;
  } catch {
    throw validationError('Invalid ShardIterator');
  }
}

function ofStream(table: TableDefinition | undefined): TableDefinition {
  if (!table) throw streamNotFound('Requested resource not found: Stream not found');
  return table;
}

function streamNotFound(message: string): TableError {
  return new TableError('ResourceNotFoundException', message);
}
