/** Query and Scan: rows in the order of their keys, a page at a time. */
import { acceptItem, attributeOf, compareText, setAttribute, type Item } from './attribute-values.ts';
import { Consumption, readUnits } from './capacity.ts';
import type { Context } from './context.ts';
import { indexKeyNames, keyAttributes, type IndexDefinition, type TableDefinition } from './definition.ts';
import { constraintError, validationError } from './errors.ts';
import { flag, optionalCount, optionalText, refuseLegacy, type Input } from './input.ts';
import { keyRange } from './key-condition.ts';
import type { TextRange } from './key-text.ts';
import { fits, indexRowKey, keyGiven } from './keys.ts';
import { readSelection, type Selection } from './selection.ts';
import type { Row, RowKey } from './store.ts';

/** What a page may have read before it ends. */
const pageBytes = 1024 * 1024;

export function query(context: Context, input: Input): object {
  const { table, index } = readSource(context, input);
  const selection = readSelection(input, table, index, true);
  if (!selection.keyCondition) {
    throw validationError(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const { partition, range } = keyRange(selection.keyCondition, selection.bindings, (index ?? table).keys);
  const backwards = input['ScanIndexForward'] === false;
  const start = readStart(input, table, index);
  if (start && (start.partition !== partition || !within(start, partition, range))) {
    throw validationError(
      'The provided starting key is outside query boundaries based on provided conditions',
    );
  }
  const left = startingAfter(range, start, backwards);
  const { space } = index ?? table;
  const rows = context.store.range(space, partition, left, backwards, expected(input));
  const seen =
    index && context.late
      ? context.late.view(space, rows, (key) => within(key, partition, left), backwards)
      : rows;
  return page(input, table, index, selection, seen);
}

export function scan(context: Context, input: Input): object {
  const { table, index } = readSource(context, input);
  const selection = readSelection(input, table, index, false);
  const start = readStart(input, table, index);
  const inSegment = readSegment(input);
  const { space } = index ?? table;
  const rows = context.store.scan(space, start, expected(input));
  const seen =
    index && context.late
      ? context.late.view(space, rows, (key) => !start || isAfter(key, start), false)
      : rows;
  return page(
    input,
    table,
    index,
    selection,
    only(seen, ({ partition }) => inSegment(partition)),
  );
}

interface Source {
  readonly table: TableDefinition;
  readonly index: IndexDefinition | undefined;
}

function readSource({ catalog }: Context, input: Input): Source {
  refuseLegacy(input);
  const table = catalog.of(input);
  const name = optionalText(input, 'IndexName');
  const index = table.indexes.find((one) => one.name === name);
  if (name !== undefined && !index)
    throw validationError(`The table does not have the specified index: ${name}`);
  if (index && flag(input, 'ConsistentRead')) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  return { table, index };
}

/** How many rows are worth fetching at once. */
function expected(input: Input): number {
  return (optionalCount(input, 'Limit') ?? Infinity) + 1;
}

function page(
  input: Input,
  table: TableDefinition,
  index: IndexDefinition | undefined,
  selection: Selection,
  rows: Iterable<Row>,
): object {
  const limit = optionalCount(input, 'Limit') ?? Infinity;
  const Items: Item[] = [];
  let [Count, ScannedCount, bytes] = [0, 0, 0];
  let last: Row | undefined;
  for (const row of rows) {
    ScannedCount++;
    bytes += row.image.size;
    if (selection.keeps(row.image.item)) {
      Count++;
      if (!selection.counts) Items.push(selection.pick(row.image.item));
    }
    // The service says where to go on as soon as it stops, without looking whether anything follows.
    if (ScannedCount >= limit || bytes >= pageBytes) {
      last = row;
      break;
    }
  }
  const spent = new Consumption(input);
  spent.add(table, readUnits(bytes, flag(input, 'ConsistentRead') ? 'consistent' : 'eventual'), index?.name);
  return {
    ...(selection.counts ? {} : { Items }),
    Count,
    ScannedCount,
    ...(last ? { LastEvaluatedKey: keysOf(table, index, last.image.item) } : {}),
    ...spent.one(),
  };
}

function keysOf(table: TableDefinition, index: IndexDefinition | undefined, item: Item): Item {
  const key: Item = {};
  const names = index ? indexKeyNames(table, index) : keyAttributes(table.keys).map(({ name }) => name);
  for (const name of names) {
    const value = attributeOf(item, name);
    if (value) setAttribute(key, name, value);
  }
  return key;
}

/** Where the page before ended. @throws TableError when it is no key of the table or index */
function readStart(
  input: Input,
  table: TableDefinition,
  index: IndexDefinition | undefined,
): RowKey | undefined {
  if (input['ExclusiveStartKey'] === undefined || input['ExclusiveStartKey'] === null) return undefined;
  const key = acceptItem(input['ExclusiveStartKey'], 'ExclusiveStartKey');
  if (!index) {
    try {
      return keyGiven(table, key);
    } catch (error) {
      throw validationError(`The provided starting key is invalid: ${(error as Error).message}`);
    }
  }
  const wanted = [...keyAttributes(index.keys), ...keyAttributes(table.keys)];
  const names = indexKeyNames(table, index);
  if (Object.keys(key).length !== names.length || !wanted.every((one) => fits(one, key))) {
    throw validationError(
      'The provided starting key is invalid: The provided key element does not match the schema',
    );
  }
  return indexRowKey(table, index, key);
}

function startingAfter(range: TextRange, start: RowKey | undefined, backwards: boolean): TextRange {
  if (!start) return range;
  return backwards ? { from: range.from, to: start.sort } : { ...range, from: `${start.sort}\0` };
}

function within({ partition, sort }: RowKey, wanted: string, { from, to }: TextRange): boolean {
  return (
    partition === wanted && compareText(sort, from) >= 0 && (to === undefined || compareText(sort, to) < 0)
  );
}

function isAfter(key: RowKey, start: RowKey): boolean {
  return (compareText(key.partition, start.partition) || compareText(key.sort, start.sort)) > 0;
}

function* only(rows: Iterable<Row>, wanted: (row: Row) => boolean): Iterable<Row> {
  for (const row of rows) if (wanted(row)) yield row;
}

/** Parallel scans share the partitions out by a hash of their key. */
function readSegment(input: Input): (partition: string) => boolean {
  const total = optionalCount(input, 'TotalSegments');
  const segment = optionalCount(input, 'Segment', 0);
  if ((total === undefined) !== (segment === undefined)) {
    throw validationError(
      `The ${total === undefined ? 'TotalSegments' : 'Segment'} parameter is required but was not present in the request when parameter ${total === undefined ? 'Segment' : 'TotalSegments'} is present`,
    );
  }
  if (total === undefined || segment === undefined) return () => true;
  if (segment >= total) {
    throw constraintError(
      String(segment),
      'segment',
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: ${total}`,
    );
  }
  return (partition) => hashOf(partition) % total === segment;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  return hash;
}
