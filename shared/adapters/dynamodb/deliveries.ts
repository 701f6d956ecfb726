/** Delivery records beside the notices that they deliver; the open ones are found through the index of what falls due. */
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  paginateQuery,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { DeliveryRecords } from '../../app/reminders/deliver.ts';
import { Delivery } from '../../domain/reminders/delivery.ts';
import type { Item } from './codec.ts';
import { keys, type Key } from './keys.ts';
import { schemaVersion } from './schema-version.ts';
import { tableSchema } from './table.ts';

/** What waits to be sent: what failed and what is gathered for the morning, tens at a time. */
const openDeliveries = 'OPEN#deliveries';

export function dynamoDeliveries(client: DynamoDBDocumentClient, table: string): DeliveryRecords {
  async function putNew(item: Item): Promise<boolean> {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: item,
          ConditionExpression: 'attribute_not_exists(PK)',
        }),
      );
      return true;
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      return false;
    }
  }

  return {
    begin: (delivery) => putNew(itemOf(delivery)),

    async replace(changes) {
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: changes.map(({ before, after }) => ({
              Put: {
                TableName: table,
                Item: itemOf(after),
                // As it was read: pending, tried so often, and taken up by nobody since.
                ConditionExpression: 'pending = :pending AND attempts = :attempts AND nextAt = :nextAt',
                ExpressionAttributeValues: {
                  ':pending': true,
                  ':attempts': before.attempts.length,
                  ':nextAt': before.nextAt ?? '',
                },
              },
            })),
          }),
        );
        return true;
      } catch (error) {
        if ((error as Error).name !== 'TransactionCanceledException') throw error;
        return false;
      }
    },

    async due(now) {
      const index = tableSchema.indexes.fallsDue;
      const found: Delivery[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: index.name,
          KeyConditionExpression: `${index.partitionKey} = :open AND ${index.sortKey} <= :now`,
          ExpressionAttributeValues: { ':open': openDeliveries, ':now': `${now}~` },
        },
      );
      for await (const page of pages) {
        for (const item of page.Items ?? []) {
          const { Item: whole } = await client.send(
            new GetCommand({ TableName: table, Key: { ...(item['dueTask'] as Key) }, ConsistentRead: true }),
          );
          // The index may be late: what was sent meanwhile is not due.
          const delivery = whole && Delivery().parse(whole['data']);
          if (delivery?.state === 'pending') found.push(delivery);
        }
      }
      return found;
    },

    async of(office, role, day) {
      const { PK } = keys.notice(office, role, day);
      const { Items: items } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
          ExpressionAttributeValues: { ':pk': PK, ':prefix': `DLV#${day}#` },
        }),
      );
      return (items ?? []).map((item) => Delivery().parse(item['data']));
    },
  };
}

function itemOf(delivery: Delivery): Item {
  const key = keys.delivery(delivery);
  const pending = delivery.state === 'pending';
  return {
    ...key,
    v: schemaVersion,
    attempts: delivery.attempts.length,
    pending,
    nextAt: delivery.nextAt ?? '',
    data: delivery,
    ...(pending
      ? {
          duePk: openDeliveries,
          dueSk: `${delivery.nextAt ?? delivery.createdAt}#${key.PK}#${key.SK}`,
          dueTask: key,
        }
      : {}),
  };
}
