/** Operations on single items, and on batches of them. */
import { acceptItem, type Item } from './attribute-values.ts';
import { Consumption, readUnits } from './capacity.ts';
import type { Context } from './context.ts';
import { constraintError, validationError } from './errors.ts';
import { picker } from './expressions/projection.ts';
import { updatedPaths } from './expressions/update.ts';
import { choice, flag, optionalList, optionalRecord, record, refuseLegacy, type Input } from './input.ts';
import { keyGiven } from './keys.ts';
import { readProjection } from './selection.ts';
import { readWrite, type Write, type WriteKind } from './write-request.ts';
import { commit, prepare, type Change } from './writing.ts';

export function getItem(context: Context, input: Input): object {
  refuseLegacy(input);
  const table = context.catalog.of(input);
  const pick = readProjection(input);
  const { partition, sort } = keyGiven(table, acceptItem(input['Key'], 'Key'));
  const image = context.store.get(table.space, partition, sort);
  const spent = new Consumption(input);
  spent.add(table, readUnits(image?.size ?? 0, flag(input, 'ConsistentRead') ? 'consistent' : 'eventual'));
  return { ...(image ? { Item: pick(image.item) } : {}), ...spent.one() };
}

/** Put, update or delete of one item, as the kind says. */
export function writeItem(kind: WriteKind): (context: Context, input: Input) => object {
  return (context, input) => {
    const write = readWrite(context, kind, input);
    const wanted = choice(input, 'ReturnValues', [
      'NONE',
      'ALL_OLD',
      'ALL_NEW',
      'UPDATED_OLD',
      'UPDATED_NEW',
    ]);
    if (kind !== 'update' && wanted !== 'NONE' && wanted !== 'ALL_OLD') {
      throw validationError('Return values set to invalid value');
    }
    const change = prepare(context, write);
    const spent = new Consumption(input);
    commit(context, [change], spent);
    return { ...attributes(wanted, write, change), ...spent.one() };
  };
}

function attributes(
  wanted: string,
  { update, bindings }: Write,
  { before, after }: Change,
): { Attributes?: Item } {
  if (wanted === 'NONE') return {};
  const image = wanted.endsWith('OLD') ? before : after;
  if (!image) return {};
  if (wanted.startsWith('ALL')) return { Attributes: image.item };
  const part = update ? picker(updatedPaths(update, bindings))(image.item) : {};
  return Object.keys(part).length > 0 ? { Attributes: part } : {};
}

const mostGets = 100;
const mostWrites = 25;
/** What one batch may answer; the rest is for the next. */
const mostBytes = 16 * 1024 * 1024;

export function batchGetItem(context: Context, input: Input): object {
  const spent = new Consumption(input);
  const Responses: Record<string, Item[]> = {};
  const UnprocessedKeys: Record<string, Input> = {};
  let [count, bytes] = [0, 0];
  for (const [name, asked] of requests(input)) {
    const request = record(asked, name);
    const table = context.catalog.of({ TableName: name });
    const pick = readProjection(request);
    const found: Item[] = [];
    const left: Item[] = [];
    const seen = new Set<string>();
    const keys = optionalList(request, 'Keys') ?? [];
    if (keys.length === 0) {
      throw validationError(
        `The list of keys in RequestItems for BatchGetItem is required: ${name} has empty list`,
      );
    }
    for (const given of keys) {
      const key = acceptItem(given, 'Key');
      const { partition, sort } = keyGiven(table, key);
      assertFresh(seen, partition, sort);
      if (++count > mostGets) {
        throw validationError('Too many items requested for the BatchGetItem call');
      }
      if (bytes > mostBytes) {
        left.push(key);
        continue;
      }
      const image = context.store.get(table.space, partition, sort);
      bytes += image?.size ?? 0;
      spent.add(
        table,
        readUnits(image?.size ?? 0, flag(request, 'ConsistentRead') ? 'consistent' : 'eventual'),
      );
      if (image) found.push(pick(image.item));
    }
    Responses[name] = found;
    if (left.length > 0) UnprocessedKeys[name] = { ...request, Keys: left };
  }
  return { Responses, UnprocessedKeys, ...spent.all() };
}

export function batchWriteItem(context: Context, input: Input): object {
  const spent = new Consumption(input);
  const writes: Write[] = [];
  for (const [name, asked] of requests(input)) {
    const seen = new Set<string>();
    const parts = optionalList({ asked }, 'asked') ?? [];
    if (parts.length === 0) {
      throw validationError(`The batch write request list for a table cannot be null or empty: ${name}`);
    }
    for (const one of parts) {
      const write = batchWrite(context, name, record(one, 'WriteRequest'));
      assertFresh(seen, write.key.partition, write.key.sort);
      writes.push(write);
    }
  }
  if (writes.length > mostWrites)
    throw validationError('Too many items requested for the BatchWriteItem call');
  commit(
    context,
    writes.map((write) => prepare(context, write)),
    spent,
  );
  return { UnprocessedItems: {}, ...spent.all() };
}

function batchWrite(context: Context, TableName: string, request: Input): Write {
  const put = optionalRecord(request, 'PutRequest');
  const removal = optionalRecord(request, 'DeleteRequest');
  if (put && !removal) return readWrite(context, 'put', { TableName, Item: put['Item'] });
  if (removal && !put) return readWrite(context, 'delete', { TableName, Key: removal['Key'] });
  throw validationError(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}

function requests(input: Input): [string, unknown][] {
  const tables = Object.entries(record(input['RequestItems'], 'RequestItems'));
  if (tables.length === 0) {
    throw constraintError('{}', 'requestItems', 'Member must have length greater than or equal to 1');
  }
  return tables;
}

function assertFresh(seen: Set<string>, partition: string, sort: string): void {
  const id = JSON.stringify([partition, sort]);
  if (seen.has(id)) throw validationError('Provided list of item keys contains duplicates');
  seen.add(id);
}
