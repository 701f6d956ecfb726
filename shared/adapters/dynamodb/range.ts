/** All items of a short range: a filing has tens of papers, an office tens of people, not thousands. */
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Item } from './codec.ts';

export type Range =
  /** Without a prefix: the whole partition, which is short by design. */
  | { readonly PK: string; readonly prefix?: string; readonly limit?: number }
  | { readonly PK: string; readonly first: string; readonly last: string };

/** Read consistently, page after page; with a limit, no more items than that. */
export async function readRange(
  client: DynamoDBDocumentClient,
  table: string,
  range: Range,
): Promise<Item[]> {
  const limit = 'limit' in range && range.limit !== undefined ? range.limit : Number.POSITIVE_INFINITY;
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        ...conditionOf(range),
        ...(Number.isFinite(limit) ? { Limit: limit - items.length } : {}),
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from && items.length < limit);
  return items;
}

function conditionOf(range: Range): {
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Record<string, string>;
} {
  const partition = { ':pk': range.PK };
  if ('first' in range)
    return {
      KeyConditionExpression: 'PK = :pk AND SK BETWEEN :first AND :last',
      ExpressionAttributeValues: { ...partition, ':first': range.first, ':last': range.last },
    };
  if (range.prefix === undefined)
    return { KeyConditionExpression: 'PK = :pk', ExpressionAttributeValues: partition };
  return {
    KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
    ExpressionAttributeValues: { ...partition, ':prefix': range.prefix },
  };
}
