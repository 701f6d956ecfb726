/** Uploads that lapse: a short query over those that still wait, never a scan. However late it is asked, none is missed. */
import { paginateQuery, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { checkingPartition, uploadsPartition } from './codec.ts';
import { tableSchema } from './table.ts';

export interface Lapsing {
  readonly submission: string;
  readonly document: string;
}

/** @param now an instant: what lapses until then, this instant included */
export async function lapsedUploads(
  client: DynamoDBDocumentClient,
  table: string,
  now: string,
): Promise<readonly Lapsing[]> {
  const index = tableSchema.indexes.fallsDue;
  const found: Lapsing[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      IndexName: index.name,
      KeyConditionExpression: `${index.partitionKey} = :waiting AND ${index.sortKey} <= :now`,
      ExpressionAttributeValues: { ':waiting': uploadsPartition, ':now': `${now}~` },
    },
  );
  for await (const page of pages) found.push(...(page.Items ?? []).map((item) => item['dueTask'] as Lapsing));
  return found;
}

/** When the upload was asked for that has waited longest for its verdict; undefined when none waits. */
export async function oldestChecking(
  client: DynamoDBDocumentClient,
  table: string,
): Promise<string | undefined> {
  const index = tableSchema.indexes.fallsDue;
  const { Items: items } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: index.name,
      KeyConditionExpression: `${index.partitionKey} = :open`,
      ExpressionAttributeValues: { ':open': checkingPartition },
      Limit: 1,
    }),
  );
  const [oldest] = items ?? [];
  return oldest && String(oldest[index.sortKey]).split('#')[0];
}
