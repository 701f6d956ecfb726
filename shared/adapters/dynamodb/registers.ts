/** The registers of resources, plan-use and projects in the one table: their lists, and the reads of them. */
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Page } from '../../app/ports.ts';
import type { ProjectLines, RegisterReads } from '../../app/registers/ports.ts';
import { overviewFigures } from '../../domain/evaluation/contribution.ts';
import type { ProjectLine } from '../../domain/projects/line.ts';
import { PlanUse, planUseAtFirst } from '../../domain/projects/plan-use.ts';
import { Project, ProjectVersion } from '../../domain/projects/project.ts';
import { Resource, resourceLine, type ResourceLine } from '../../domain/resources/resource.ts';
import { decodeCursor, encodeCursor, type Walk } from './cursor.ts';
import { keys, lastNumber, type Key } from './keys.ts';
import { readRange } from './range.ts';
import { schemaVersion } from './schema-version.ts';
import { tableSchema } from './table.ts';

type Item = Record<string, unknown>;

const { byOwner, fallsDue } = tableSchema.indexes;

const resourcesPartition = (city: string): string => `RESOURCES#${city}`;
const ownersPartition = (code: string): string => `PROJECTS-OF#${code}`;
/** Stages that have a due day, by it. Those that are over leave the list, so it is as long as the work under way. */
const duePartition = (city: string): string => `OPEN#projects#${city}`;

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

  /** A page of a list of the table or of an index. */
  async function page<Line>(
    walk: Required<Walk> & { readonly index?: string },
    cursor: string | undefined,
    limit: number,
    lineOf: (item: Item) => Line,
  ): Promise<Page<Line>> {
    const { keys: names, partition, prefix, index } = walk;
    const { Items: items, LastEvaluatedKey: last } = await client.send(
      new QueryCommand({
        TableName: table,
        ...(index ? { IndexName: index } : {}),
        KeyConditionExpression: `${names.partitionKey} = :pk${prefix ? ` AND begins_with(${names.sortKey}, :prefix)` : ''}`,
        ExpressionAttributeValues: { ':pk': partition, ...(prefix ? { ':prefix': prefix } : {}) },
        Limit: limit,
        ...(cursor ? { ExclusiveStartKey: decodeCursor(cursor, walk) } : {}),
      }),
    );
    return {
      items: (items ?? []).map(lineOf),
      ...(last ? { cursor: encodeCursor(last) } : {}),
    };
  }

  return {
    async resource(id) {
      const item = await get(keys.resource(id));
      return item && Resource().parse(item['data']);
    },

    async resourcesOf(city, county, cursor, limit) {
      const prefix = county === undefined ? '' : `${county}#`;
      const walk = { keys: byOwner, index: byOwner.name, partition: resourcesPartition(city), prefix };
      return page(walk, cursor, limit, (item): ResourceLine => {
        const [at = '', id = ''] = String(item[byOwner.sortKey]).split('#');
        const line = item['listed'] as Omit<ResourceLine, 'id' | 'city' | 'county'>;
        return { ...line, id, city, county: at };
      });
    },

    async planUse(city, year) {
      const item = await get(keys.planUse(city, year));
      return item ? PlanUse().parse(item['data']) : planUseAtFirst(city, year);
    },

    async project(id) {
      const item = await get(keys.project(id));
      return item && Project().parse(item['data']);
    },

    async projectVersion(id, number) {
      if (!Number.isInteger(number) || number < 1 || number > lastNumber) return undefined;
      const item = await get(keys.projectVersion(id, number));
      return item && ProjectVersion().parse(item['data']);
    },

    async projectsOf(city, county, cursor, limit) {
      const prefix = county === undefined ? '' : `${county}#`;
      const walk = { keys: tableSchema, partition: keys.projectLine(city, '', '').PK, prefix };
      return page(walk, cursor, limit, projectLineOf);
    },

    async filingsIn(city, county, cursor, limit) {
      const prefix = county === undefined ? '' : `${county}#`;
      const walk = { keys: tableSchema, partition: keys.filingLine(city, '', '').PK, prefix };
      return page(walk, cursor, limit, (item) => String(item['SK']).split('#')[1] ?? '');
    },

    async projectsOfOwner(code, cursor, limit) {
      const walk = { keys: byOwner, index: byOwner.name, partition: ownersPartition(code), prefix: '' };
      return page(walk, cursor, limit, projectLineOf);
    },

    async lateProjects(city, today) {
      let late = 0;
      let from: Item | undefined;
      do {
        const found = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: fallsDue.name,
            KeyConditionExpression: `${fallsDue.partitionKey} = :open AND ${fallsDue.sortKey} < :today`,
            ExpressionAttributeValues: { ':open': duePartition(city), ':today': today },
            Select: 'COUNT',
            ...(from ? { ExclusiveStartKey: from } : {}),
          }),
        );
        late += found.Count ?? 0;
        from = found.LastEvaluatedKey;
      } while (from);
      return late;
    },

    async overviewSums(city, year) {
      const { PK } = keys.counter(city, year, '', '');
      const items = await readRange(client, table, { PK, prefix: 'SUM#project-' });
      const sums: Partial<Record<(typeof overviewFigures)[number], number>> = {};
      for (const item of items) {
        const figure = overviewFigures.find((one) => String(item['SK']).startsWith(`SUM#${one}#`));
        if (figure) sums[figure] = (sums[figure] ?? 0) + Number(item['numerator']);
      }
      return sums;
    },
  };
}

export function projectLines(client: DynamoDBDocumentClient, table: string): ProjectLines {
  return {
    async putFiling(city, county, id) {
      const item = { ...keys.filingLine(city, county, id), v: schemaVersion };
      await client.send(new PutCommand({ TableName: table, Item: item }));
    },

    async put(line, source) {
      const { id, city, county, owner, due } = line;
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: {
              ...keys.projectLine(city, county, id),
              v: schemaVersion,
              source,
              listed: line,
              ownerPk: ownersPartition(owner.code),
              ownerSk: id,
              ...(due === undefined
                ? {}
                : { duePk: duePartition(city), dueSk: `${due}#${id}`, dueTask: { project: id } }),
            },
            ConditionExpression: 'attribute_not_exists(PK) OR #source <= :source',
            ExpressionAttributeNames: { '#source': 'source' },
            ExpressionAttributeValues: { ':source': source },
          }),
        );
      } catch (error) {
        // A later event was faster: its line stands.
        if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      }
    },
  };
}

function projectLineOf(item: Item): ProjectLine {
  return item['listed'] as ProjectLine;
}
