/** Uploads that lapse, by the day on which they do: a few short queries, never a scan. */
import { paginateQuery, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dueShards } from './codec.ts';
import { tableSchema } from './table.ts';

export interface Lapsing {
  readonly submission: string;
  readonly document: string;
}

/** @param day the day, in UTC, on which they lapse; `now` an instant: what lapses until then, this instant included. */
export async function lapsedUploads(
  client: DynamoDBDocumentClient,
  table: string,
  day: string,
  now: string,
): Promise<readonly Lapsing[]> {
  const index = tableSchema.indexes.fallsDue;
  async function inShard(shard: number): Promise<Lapsing[]> {
    const found: Lapsing[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        IndexName: index.name,
        KeyConditionExpression: `${index.partitionKey} = :day AND ${index.sortKey} <= :now`,
        ExpressionAttributeValues: { ':day': `DUE#${day}#${shard}`, ':now': `${now}~` },
      },
    );
    for await (const page of pages)
      found.push(...(page.Items ?? []).map((item) => item['dueTask'] as Lapsing));
    return found;
  }
  const shards = Array.from({ length: dueShards }, (_, shard) => inShard(shard));
  return (await Promise.all(shards)).flat();
}
