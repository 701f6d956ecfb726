/** One commit, one TransactWriteItems: every part goes in together, and every refusal of the table is understood. */
import {
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Commit, Committed, Receipt } from '../../app/ports.ts';
import { certificateWrites } from './certificates.ts';
import { recordItem, type Item } from './codec.ts';
import { correlationId } from '../../observability/correlation.ts';
import { entryKey, keys, recordKey } from './keys.ts';
import { schemaVersion } from './schema-version.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const secondsIn7Days = 7 * 24 * 3600;

export function commitTo(client: DynamoDBDocumentClient, table: string, now: () => string) {
  return async function commit(unit: Commit): Promise<Committed> {
    const writes = writesOf(unit, table, now());
    // The receipt is the last write: its place among the cancellation reasons is known.
    const receiptAt = unit.receipt ? writes.length - 1 : -1;
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes }));
      return { outcome: 'done' };
    } catch (error) {
      return understood(error, receiptAt);
    }
  };
}

function writesOf(unit: Commit, table: string, now: string): Write[] {
  const putNew = (item: Item): Write => ({
    Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(PK)' },
  });
  const thread = correlationId();
  const named = thread === undefined ? {} : { correlationId: thread };
  const writes: Write[] = unit.changes.flatMap((change) => [
    putIfSeq(table, recordItem(change), change.before?.seq),
    putNew({
      ...entryKey(change.entry.record, change.entry.seq),
      v: schemaVersion,
      entry: { ...change.entry, ...named },
    }),
  ]);
  for (const change of unit.changes) {
    if (change.kind === 'obligation' && !change.before) {
      writes.push(putNew({ ...keys.dutyOf(change.after.city, change.after.id), v: schemaVersion }));
    }
  }
  for (const { record, seq } of unit.unchanged ?? []) {
    writes.push({
      ConditionCheck: {
        TableName: table,
        Key: { ...recordKey(record) },
        ConditionExpression: 'seq = :seq',
        ExpressionAttributeValues: { ':seq': seq },
      },
    });
  }
  for (const reminder of unit.reminders ?? [])
    writes.push(putNew({ ...keys.reminder(reminder), v: schemaVersion, data: reminder }));
  for (const { submission, version } of unit.versions ?? []) {
    writes.push({
      Put: {
        TableName: table,
        Item: { ...keys.version(submission, version.number), v: schemaVersion, data: version },
      },
    });
  }
  for (const { project, version } of unit.projectVersions ?? [])
    writes.push(putNew({ ...keys.projectVersion(project, version.number), v: schemaVersion, data: version }));
  for (const { submission, paper } of unit.papers ?? []) {
    writes.push(putNew({ ...keys.paper(submission, paper.seq), v: schemaVersion, data: paper }));
  }
  for (const slot of unit.slots ?? []) writes.push(slotWrite(table, slot));
  for (const { tokenHash, validUntil, ...at } of unit.links ?? []) {
    const ttl = Math.floor(Date.parse(validUntil) / 1000) + secondsIn7Days;
    writes.push(putNew({ ...keys.invitationLink(tokenHash), v: schemaVersion, ...at, ttl }));
  }
  if (unit.certificates) writes.push(...certificateWrites(table, unit.certificates));
  for (const entry of unit.desks?.remove ?? [])
    writes.push({ Delete: { TableName: table, Key: keys.desk(entry) } });
  for (const entry of unit.desks?.put ?? []) {
    writes.push({ Put: { TableName: table, Item: { ...keys.desk(entry), v: schemaVersion, data: entry } } });
  }
  if (unit.receipt) writes.push(receiptWrite(table, unit.receipt, now));
  return writes;
}

/** The optimistic lock: the record must still be as it was read. */
function putIfSeq(table: string, item: Item, before: number | undefined): Write {
  const fresh = before === undefined || before === 0;
  return {
    Put: {
      TableName: table,
      Item: item,
      ...(fresh
        ? { ConditionExpression: 'attribute_not_exists(PK)' }
        : { ConditionExpression: 'seq = :before', ExpressionAttributeValues: { ':before': before } }),
    },
  };
}

function slotWrite(table: string, { before, after }: NonNullable<Commit['slots']>[number]): Write {
  const held = before
    ? {
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': before.revision },
      }
    : { ConditionExpression: 'attribute_not_exists(PK)' };
  if (!after && before) {
    return {
      Delete: { TableName: table, Key: keys.slot(before.owner, before.kind, before.period), ...held },
    };
  }
  if (!after) throw new Error('A slot change needs a before or an after');
  return {
    Put: {
      TableName: table,
      Item: { ...keys.slot(after.owner, after.kind, after.period), v: schemaVersion, ...after },
      ...held,
    },
  };
}

function receiptWrite(table: string, receipt: Receipt, now: string): Write {
  return {
    Put: {
      TableName: table,
      Item: {
        ...keys.receipt(receipt.sub, receipt.key),
        v: schemaVersion,
        request: receipt.request,
        answer: receipt.answer,
        ttl: Math.floor(Date.parse(now) / 1000) + secondsIn7Days,
      },
      ConditionExpression: 'attribute_not_exists(PK)',
    },
  };
}

interface Cancelled {
  readonly name: string;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

const passing = new Set([
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
]);

/** Which of the outcomes a failed transaction means. What is none of them is a bug and is thrown. */
function understood(error: unknown, receiptAt: number): Committed {
  const { name, CancellationReasons: reasons } = error as Cancelled;
  if (passing.has(name)) return { outcome: 'busy' };
  if (name !== 'TransactionCanceledException' || !reasons) throw error;
  const receipt = reasons[receiptAt];
  if (receipt?.Code === 'ConditionalCheckFailed') return { outcome: 'replayed' };
  const codes = new Set(reasons.map((reason) => reason.Code ?? 'None'));
  if (codes.has('ConditionalCheckFailed')) return { outcome: 'stale' };
  if (
    codes.has('TransactionConflict') ||
    codes.has('ThrottlingError') ||
    codes.has('ProvisionedThroughputExceeded')
  ) {
    return { outcome: 'busy' };
  }
  throw error;
}

/** A receipt as it lies in the table. */
export function receiptOf(item: Record<string, unknown>): Receipt {
  return {
    sub: String(item['PK']).slice('RCPT#'.length),
    key: String(item['SK']),
    request: String(item['request']),
    answer: item['answer'] as Receipt['answer'],
  };
}
