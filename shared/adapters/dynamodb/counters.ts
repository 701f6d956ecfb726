/** Counters in the one table: sums by city, year, indicator and day, each with the lines that it is the sum of. */
import {
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { CountedLine, Counters, Sum } from '../../app/evaluation/ports.ts';
import { Contribution, Counted, type CountedFigure } from '../../domain/evaluation/contribution.ts';
import { recount } from '../../domain/evaluation/recount.ts';
import { hashOf } from '../../kernel/hash.ts';
import { keys } from './keys.ts';
import { readRange } from './range.ts';
import { schemaVersion } from './schema-version.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export function dynamoCounters(client: DynamoDBDocumentClient, table: string): Counters {
  return {
    async counted(record) {
      const { Item: item } = await client.send(
        new GetCommand({ TableName: table, Key: { ...keys.counted(record) }, ConsistentRead: true }),
      );
      return item && Counted().parse(item['data']);
    },

    async replace(before, after) {
      try {
        await client.send(new TransactWriteCommand({ TransactItems: writesOf(table, before, after) }));
        return true;
      } catch (error) {
        if (!passing.has((error as Error).name)) throw error;
        return false;
      }
    },

    async mend({ city, year, indicator, day, numerator, denominator, records }, found) {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { ...keys.counter(city, year, indicator, day) },
          UpdateExpression:
            'SET v = :v, numerator = :numerator, denominator = :denominator, records = :records',
          ConditionExpression: found
            ? 'numerator = :n AND denominator = :d AND records = :r'
            : 'attribute_not_exists(PK)',
          ExpressionAttributeValues: {
            ':v': schemaVersion,
            ':numerator': numerator,
            ':denominator': denominator,
            ':records': records,
            ...(found ? { ':n': found.numerator, ':d': found.denominator, ':r': found.records } : {}),
          },
        }),
      );
    },

    async sums(city, year) {
      const { PK } = keys.counter(city, year, '', '');
      const items = await readRange(client, table, { PK, prefix: 'SUM#' });
      return items.map((item): Sum => {
        const [, indicator = '', day = ''] = String(item['SK']).split('#');
        return {
          indicator: indicator as CountedFigure,
          day,
          numerator: Number(item['numerator']),
          denominator: Number(item['denominator']),
          records: Number(item['records']),
        };
      });
    },

    async evidence(city, year, indicator, limit) {
      const { PK, SK } = keys.evidence(city, year, indicator, '', '');
      const prefix = SK.slice(0, SK.lastIndexOf('##') + 1);
      const items = await readRange(client, table, { PK, prefix, limit });
      return items.map((item): CountedLine => ({
        record: String(item['record']),
        seq: Number(item['seq']),
        contribution: Contribution().parse(item['data']),
      }));
    },
  };
}

/** Conditions, conflicts and throttling all mean the same to the caller: look again. */
const passing = new Set([
  'TransactionCanceledException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
]);

function writesOf(table: string, before: Counted | undefined, after: Counted): Write[] {
  const { record, seq } = after;
  const { gone, come, sums } = recount(before, after);
  const evidenceKey = ({ city, year, indicator, part }: Contribution) =>
    keys.evidence(city, year, indicator, record, part);
  return [
    {
      Put: {
        TableName: table,
        Item: { ...keys.counted(record), v: schemaVersion, seq, hash: hashOf(after), data: after },
        ...(before
          ? {
              // Not its number: a record may count otherwise without having changed, when a calendar was loaded.
              ConditionExpression: '#hash = :hash',
              ExpressionAttributeNames: { '#hash': 'hash' },
              ExpressionAttributeValues: { ':hash': hashOf(before) },
            }
          : { ConditionExpression: 'attribute_not_exists(PK)' }),
      },
    },
    ...gone.map((one): Write => ({ Delete: { TableName: table, Key: { ...evidenceKey(one) } } })),
    ...come.map((one): Write => ({
      Put: { TableName: table, Item: { ...evidenceKey(one), v: schemaVersion, record, seq, data: one } },
    })),
    ...sums.map(({ city, year, indicator, day, numerator, denominator, records }): Write => ({
      Update: {
        TableName: table,
        Key: { ...keys.counter(city, year, indicator, day) },
        UpdateExpression: 'SET v = :v ADD numerator :numerator, denominator :denominator, records :records',
        ExpressionAttributeValues: {
          ':v': schemaVersion,
          ':numerator': numerator,
          ':denominator': denominator,
          ':records': records,
        },
      },
    })),
  ];
}
