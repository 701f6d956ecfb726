/** Making, changing, describing and removing tables. All is done at once: no table is ever CREATING for long. */
import { randomUUID } from 'node:crypto';
import { tableName } from './catalog.ts';
import type { Context } from './context.ts';
import type { IndexDefinition, TableDefinition } from './definition.ts';
import { TableError, tableNotFound, validationError } from './errors.ts';
import {
  choice,
  flag,
  optionalCount,
  optionalList,
  optionalRecord,
  optionalText,
  record,
  text,
  type Input,
} from './input.ts';
import { indexRow } from './keys.ts';
import { describe } from './table-description.ts';
import {
  assertAllUsed,
  readAttributeTypes,
  readIndex,
  readKeys,
  readStream,
  type AttributeTypes,
} from './table-schema.ts';
import { expiryOf } from './writing.ts';

export function createTable(context: Context, input: Input): object {
  const { catalog, now } = context;
  const name = tableName(input);
  if (catalog.find(name)) throw new TableError('ResourceInUseException', `Table already exists: ${name}`);
  if (optionalList(input, 'LocalSecondaryIndexes')?.length) {
    throw validationError('Local secondary indexes are not supported here');
  }
  const types = readAttributeTypes(input);
  const keys = readKeys(input, types);
  const space = catalog.freeSpace();
  const indexes = (optionalList(input, 'GlobalSecondaryIndexes') ?? []).map((one, at) =>
    readIndex(record(one, 'GlobalSecondaryIndex'), types, space + 1 + at),
  );
  const names = indexes.map((index) => index.name);
  if (new Set(names).size < names.length) {
    throw validationError(
      `One or more parameter values were invalid: Duplicate index name: ${names.join(', ')}`,
    );
  }
  assertAllUsed(types, [keys, ...indexes.map((index) => index.keys)]);
  const stream = readStream(input, now());
  const table: TableDefinition = {
    name,
    id: randomUUID(),
    space,
    createdAt: now(),
    keys,
    indexes,
    ...(stream && stream !== 'off' ? { stream } : {}),
    deletionProtected: flag(input, 'DeletionProtectionEnabled'),
    billing: choice(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']),
  };
  catalog.save(table);
  return { TableDescription: describe(context, table) };
}

export function describeTable(context: Context, input: Input): object {
  return { Table: describe(context, named(context, input)) };
}

export function listTables({ catalog }: Context, input: Input): object {
  const after = optionalText(input, 'ExclusiveStartTableName') ?? '';
  const limit = Math.min(optionalCount(input, 'Limit') ?? 100, 100);
  const names = catalog.all().flatMap(({ name }) => (name > after ? name : []));
  const TableNames = names.slice(0, limit);
  return { TableNames, ...(names.length > limit ? { LastEvaluatedTableName: TableNames.at(-1) } : {}) };
}

export function deleteTable(context: Context, input: Input): object {
  const table = named(context, input);
  if (table.deletionProtected) {
    throw validationError(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  const TableDescription = describe(context, table, 'DELETING');
  context.catalog.remove(table);
  return { TableDescription };
}

/** Changes the stream, the deletion protection, the billing and the global secondary indexes. */
export function updateTable(context: Context, input: Input): object {
  const before = named(context, input);
  const stream = readStream(input, context.now());
  if (stream && stream !== 'off' && before.stream) {
    throw validationError('Table already has an enabled stream: the view of a stream cannot change');
  }
  const { stream: old, ...rest } = before;
  const kept = stream === undefined ? old : stream === 'off' ? undefined : stream;
  const table: TableDefinition = {
    ...rest,
    ...(kept ? { stream: kept } : {}),
    deletionProtected:
      input['DeletionProtectionEnabled'] === undefined
        ? before.deletionProtected
        : flag(input, 'DeletionProtectionEnabled'),
    billing: choice({ BillingMode: before.billing, ...input }, 'BillingMode', [
      'PROVISIONED',
      'PAY_PER_REQUEST',
    ]),
  };
  const changes = (optionalList(input, 'GlobalSecondaryIndexUpdates') ?? []).map((one) =>
    record(one, 'GlobalSecondaryIndexUpdate'),
  );
  const after = context.store.transact(() => {
    const changed = changes.reduce(
      (current, change) => withIndexChange(context, current, change, readAttributeTypes(input)),
      table,
    );
    context.catalog.save(changed);
    return changed;
  });
  return { TableDescription: describe(context, after) };
}

function withIndexChange(
  context: Context,
  table: TableDefinition,
  change: Input,
  types: AttributeTypes,
): TableDefinition {
  const made = optionalRecord(change, 'Create');
  if (made) {
    const index = readIndex(
      made,
      types,
      Math.max(context.catalog.freeSpace(), ...table.indexes.map(({ space }) => space + 1)),
    );
    if (table.indexes.some(({ name }) => name === index.name)) {
      throw validationError(`Attempting to create an index which already exists: ${index.name}`);
    }
    fill(context, table, index);
    return { ...table, indexes: [...table.indexes, index] };
  }
  const removed = optionalRecord(change, 'Delete');
  // What else may change of an index is its throughput, which means nothing here.
  if (!removed) return table;
  const name = text(removed, 'IndexName');
  const index = table.indexes.find((one) => one.name === name);
  if (!index)
    throw new TableError('ResourceNotFoundException', `Requested resource not found: Index ${name}`);
  context.store.clear(index.space);
  return { ...table, indexes: table.indexes.filter((one) => one !== index) };
}

/** Gives a new index the rows of the items there are; items whose keys do not fit stay out, as in the service. */
function fill({ store }: Context, table: TableDefinition, index: IndexDefinition): void {
  for (const { image } of store.scan(table.space, undefined, Infinity)) {
    const row = indexRow(table, index, image);
    if (row) store.put(index.space, row);
  }
}

export function updateTimeToLive(context: Context, input: Input): object {
  const before = named(context, input);
  const TimeToLiveSpecification = record(input['TimeToLiveSpecification'], 'TimeToLiveSpecification');
  const attribute = text(TimeToLiveSpecification, 'AttributeName');
  const enabled = flag(TimeToLiveSpecification, 'Enabled');
  if (enabled === (before.timeToLive !== undefined)) {
    throw validationError(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
  }
  const { timeToLive: _before, ...rest } = before;
  const table: TableDefinition = { ...rest, ...(enabled ? { timeToLive: attribute } : {}) };
  context.store.transact(() => {
    const rows = [...context.store.scan(table.space, undefined, Infinity)];
    for (const row of rows) context.store.put(table.space, row, expiryOf(table, row.image.item));
    context.catalog.save(table);
  });
  return { TimeToLiveSpecification };
}

export function describeTimeToLive(context: Context, input: Input): object {
  const { timeToLive } = named(context, input);
  return {
    TimeToLiveDescription:
      timeToLive === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive },
  };
}

/** The local engine takes no backups: the data folder is the operator's to copy. */
export function describeContinuousBackups(context: Context, input: Input): object {
  named(context, input);
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  };
}

function named({ catalog }: Context, input: Input): TableDefinition {
  const name = tableName(input);
  const table = catalog.find(name);
  if (table) return table;
  throw new TableError(tableNotFound().name, `Requested resource not found: Table: ${name} not found`);
}
