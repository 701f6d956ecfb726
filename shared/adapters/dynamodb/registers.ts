/** The registers of resources, plan-use and projects in the one table: their lists, and the reads of them. */
import { GetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Page } from '../../app/ports.ts';
import type { RegisterReads } from '../../app/registers/ports.ts';
import { Resource, resourceLine, type ResourceLine } from '../../domain/resources/resource.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { keys, type Key } from './keys.ts';
import { tableSchema } from './table.ts';

type Item = Record<string, unknown>;

const lists = tableSchema.indexes.byOwner;

const resourcesPartition = (city: string): string => `RESOURCES#${city}`;

/** A resource's line in the register of its city. */
export function amongResources(resource: Resource): Item {
  const { id, city, county, ...listed } = resourceLine(resource);
  return { ownerPk: resourcesPartition(city), ownerSk: `${county}#${id}`, listed };
}

export function registerReads(client: DynamoDBDocumentClient, table: string): RegisterReads {
  async function get(key: Key): Promise<Item | undefined> {
    const { Item: item } = await client.send(
      new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }),
    );
    return item;
  }

  /** A page of a list of the index, with where each line stands. */
  async function listed<Line>(
    partition: string,
    prefix: string,
    cursor: string | undefined,
    limit: number,
    lineOf: (sortKey: string, listed: Item) => Line,
  ): Promise<Page<Line>> {
    const { Items: items, LastEvaluatedKey: last } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: lists.name,
        KeyConditionExpression: `${lists.partitionKey} = :pk${prefix ? ` AND begins_with(${lists.sortKey}, :prefix)` : ''}`,
        ExpressionAttributeValues: { ':pk': partition, ...(prefix ? { ':prefix': prefix } : {}) },
        Limit: limit,
        ...(cursor ? { ExclusiveStartKey: decodeCursor(cursor, { keys: lists, partition, prefix }) } : {}),
      }),
    );
    return {
      items: (items ?? []).map((item) => lineOf(String(item[lists.sortKey]), item['listed'] as Item)),
      ...(last ? { cursor: encodeCursor(last) } : {}),
    };
  }

  return {
    async resource(id) {
      const item = await get(keys.resource(id));
      return item && Resource().parse(item['data']);
    },

    resourcesOf(city, county, cursor, limit) {
      const prefix = county === undefined ? '' : `${county}#`;
      return listed(resourcesPartition(city), prefix, cursor, limit, (place, line): ResourceLine => {
        const [at = '', id = ''] = place.split('#');
        return { ...(line as Omit<ResourceLine, 'id' | 'city' | 'county'>), id, city, county: at };
      });
    },
  };
}
