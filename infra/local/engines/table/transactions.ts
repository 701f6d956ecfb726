/** TransactWriteItems and TransactGetItems: all of it, or none, with a reason for each item. */
import { hash } from 'node:crypto';
import { acceptItem } from './attribute-values.ts';
import { Consumption, readUnits } from './capacity.ts';
import type { Context } from './context.ts';
import type { TableDefinition } from './definition.ts';
import {
  constraintError,
  TableError,
  transactionCancelled,
  validationError,
  type CancellationReason,
} from './errors.ts';
import { list, optionalRecord, optionalText, record, type Input } from './input.ts';
import { keyGiven } from './keys.ts';
import { readProjection } from './selection.ts';
import type { Receipt, RowKey } from './store.ts';
import { readWrite, type Write, type WriteKind } from './write-request.ts';
import { commit, prepare, type Change } from './writing.ts';

const mostItems = 100;
const mostBytes = 4 * 1024 * 1024;
/** For how long a token stands for its transaction. */
export const tokenLife = 10 * 60 * 1000;

const kinds = {
  Put: 'put',
  Update: 'update',
  Delete: 'delete',
  ConditionCheck: 'check',
} as const satisfies Record<string, WriteKind>;

export function transactWriteItems(context: Context, input: Input): object {
  const asked = list(input, 'TransactItems', mostItems);
  const token = optionalText(input, 'ClientRequestToken');
  if (token !== undefined && (token.length < 1 || token.length > 36)) {
    throw constraintError(token, 'clientRequestToken', 'Member must have length less than or equal to 36');
  }
  // The request as it came: reading it writes numbers the one way.
  const receipt =
    token === undefined
      ? undefined
      : { token, request: hash('sha1', JSON.stringify(asked)), at: context.now() };
  const writes = asked.map((one) => readPart(context, record(one, 'TransactItems')));
  assertApart(writes);
  if (receipt && isReplay(context, receipt)) return replayed(context, input, writes);
  const changes = prepareAll(context, writes);
  const spent = new Consumption(input, 'WriteCapacityUnits');
  context.store.transact(() => {
    commit(context, changes, spent, { transactional: true });
    if (receipt) context.store.saveReceipt(receipt);
  });
  return spent.all();
}

function readPart(context: Context, part: Input): Write {
  const given = Object.entries(kinds).filter(([name]) => optionalRecord(part, name));
  const [only] = given;
  if (!only || given.length > 1) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const [name, kind] = only;
  return readWrite(context, kind, record(part[name], name));
}

function assertApart(writes: readonly Write[]): void {
  const seen = new Set<string>();
  let bytes = 0;
  for (const { table, key, image } of writes) {
    take(seen, table, key);
    bytes += image?.size ?? 0;
  }
  if (bytes > mostBytes) throw tooLarge();
}

/** Counts an item as named by the transaction. @throws TableError when it is already */
function take(seen: Set<string>, table: TableDefinition, { partition, sort }: RowKey): void {
  const id = JSON.stringify([table.name, partition, sort]);
  if (seen.has(id))
    throw validationError('Transaction request cannot include multiple operations on one item');
  seen.add(id);
}

function tooLarge(): TableError {
  return validationError('Transaction request size exceeds the maximum of 4 MB');
}

function isReplay(context: Context, { token, request, at }: Receipt): boolean {
  const earlier = context.store.receipt(token);
  if (!earlier || earlier.at + tokenLife <= at) return false;
  if (earlier.request === request) return true;
  throw new TableError(
    'IdempotentParameterMismatchException',
    'Request parameters do not match with the idempotency token',
  );
}

/** A replay changes nothing, and costs what reading the items would. */
function replayed(context: Context, input: Input, writes: readonly Write[]): object {
  const spent = new Consumption(input, 'ReadCapacityUnits');
  for (const { table, key } of writes) {
    spent.add(
      table,
      readUnits(context.store.get(table.space, key.partition, key.sort)?.size ?? 0, 'transactional'),
    );
  }
  return spent.all();
}

/** @throws TableError with a reason for each item when one of them may not be done */
function prepareAll(context: Context, writes: readonly Write[]): Change[] {
  const changes: Change[] = [];
  const reasons: CancellationReason[] = writes.map((write) => {
    try {
      changes.push(prepare(context, write));
      return { Code: 'None' };
    } catch (error) {
      if (error instanceof TableError) return reasonOf(error);
      throw error;
    }
  });
  if (changes.length < writes.length) throw transactionCancelled(reasons);
  if (context.faults.conflicts())
    throw transactionCancelled(conflictAt(context.faults.below(writes.length), writes.length));
  return changes;
}

function conflictAt(place: number, length: number): CancellationReason[] {
  return Array.from({ length }, (_, index) =>
    index === place
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
}

function reasonOf({ name, message, body }: TableError): CancellationReason {
  const codes: Readonly<Record<string, string>> = {
    ConditionalCheckFailedException: 'ConditionalCheckFailed',
    ValidationException: 'ValidationError',
  };
  const { Item } = body as { Item?: object };
  return { Code: codes[name] ?? name, Message: message, ...(Item ? { Item } : {}) };
}

export function transactGetItems(context: Context, input: Input): object {
  const spent = new Consumption(input, 'ReadCapacityUnits');
  const seen = new Set<string>();
  let bytes = 0;
  const Responses = list(input, 'TransactItems', mostItems).map((one) => {
    const get = record(record(one, 'TransactItems')['Get'], 'Get');
    const table = context.catalog.of(get);
    const pick = readProjection(get);
    const { partition, sort } = keyGiven(table, acceptItem(get['Key'], 'Key'));
    take(seen, table, { partition, sort });
    const image = context.store.get(table.space, partition, sort);
    bytes += image?.size ?? 0;
    if (bytes > mostBytes) throw tooLarge();
    spent.add(table, readUnits(image?.size ?? 0, 'transactional'));
    return image ? { Item: pick(image.item) } : {};
  });
  return { Responses, ...spent.all() };
}
