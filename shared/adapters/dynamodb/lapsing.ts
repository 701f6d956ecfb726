/** Uploads that lapse, by the day on which they do: a few short queries, never a scan. */
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dueShards } from './codec.ts';
import { tableSchema } from './table.ts';

export interface Lapsing {
  readonly submission: string;
  readonly document: string;
}

export async function lapsedUploads(
  client: DynamoDBDocumentClient,
  table: string,
  day: string,
  now: string,
): Promise<readonly Lapsing[]> {
  const index = tableSchema.indexes.fallsDue;
  const shards = Array.from({ length: dueShards }, (_, shard) => shard);
  const pages = await Promise.all(
    shards.map((shard) =>
      client.send(
        new QueryCommand({
          TableName: table,
          IndexName: index.name,
          KeyConditionExpression: `${index.partitionKey} = :day AND ${index.sortKey} <= :now`,
          ExpressionAttributeValues: { ':day': `DUE#${day}#${shard}`, ':now': `${now}~` },
        }),
      ),
    ),
  );
  return pages.flatMap((page) => (page.Items ?? []).map((item) => item['dueTask'] as Lapsing));
}
