/** The published projections: the only partition that the public functions may read. */
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Page } from '../../app/ports.ts';
import type { PublicDuty } from '../../app/publication/public-duties.ts';
import type { PublicEvaluation, PublicEvaluations } from '../../app/evaluation/publish-run.ts';
import type { PublicRuleSet } from '../../app/policies/publish-rules.ts';
import type { PublicCity, PublicPlan, PublicRecords } from '../../app/publication/publish-records.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { keys, type Key } from './keys.ts';
import { readRange } from './range.ts';
import { schemaVersion } from './schema-version.ts';
import { tableSchema } from './table.ts';

export function publicRecords(
  client: DynamoDBDocumentClient,
  table: string,
): PublicRecords & PublicEvaluations {
  /** An older event arriving late leaves the newer record alone. */
  async function putUnlessNewer(key: Key, order: string | number, data: unknown): Promise<void> {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { ...key, v: schemaVersion, order, data },
          ConditionExpression: 'attribute_not_exists(PK) OR #order <= :order',
          ExpressionAttributeNames: { '#order': 'order' },
          ExpressionAttributeValues: { ':order': order },
        }),
      );
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
    }
  }

  return {
    putPlan: (plan) =>
      putUnlessNewer(keys.published(plan.city, plan.kind, plan.period), plan.publishedAt, plan),
    putCity: (city, source) => putUnlessNewer(keys.publishedCity(city.code), source, city),
    putDuty: (duty, source) => putUnlessNewer(keys.publishedDuty(duty.city, duty.obligation), source, duty),
    // Immutable: whatever came first is the same.
    putRules: (rules) => putUnlessNewer(keys.publishedRules(rules.city, rules.number), rules.number, rules),
    putEvaluation: (evaluation, number) =>
      putUnlessNewer(keys.publishedEvaluation(evaluation.year), number, evaluation),
    async plan(city, kind, period) {
      const { Item: item } = await client.send(
        new GetCommand({
          TableName: table,
          Key: { ...keys.published(city, kind, period) },
          ConsistentRead: true,
        }),
      );
      return item?.['data'] as PublicPlan | undefined;
    },
  };
}

export interface PublicReader {
  /** All duties of a city, or of all: some hundreds. */
  duties(city: string | undefined): Promise<readonly PublicDuty[]>;
  evaluation(year: number): Promise<PublicEvaluation | undefined>;
  plans(city: string | undefined, cursor: string | undefined, limit: number): Promise<Page<PublicPlan>>;
  cities(): Promise<readonly PublicCity[]>;
  /** All versions of a city's rules, by number. */
  rules(city: string): Promise<readonly PublicRuleSet[]>;
}

export function publicReader(client: DynamoDBDocumentClient, table: string): PublicReader {
  return {
    async duties(city) {
      const found: PublicDuty[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: city ? 'PK = :pk AND begins_with(SK, :city)' : 'PK = :pk',
            ExpressionAttributeValues: { ':pk': 'PUBLIC#duties', ...(city ? { ':city': `${city}#` } : {}) },
            ...(from ? { ExclusiveStartKey: from } : {}),
          }),
        );
        found.push(...(page.Items ?? []).map((item) => item['data'] as PublicDuty));
        from = page.LastEvaluatedKey;
      } while (from);
      return found;
    },
    async rules(city) {
      const { PK } = keys.publishedRules(city, 0);
      const items = await readRange(client, table, { PK, prefix: `${city}#` });
      return items.map((item) => item['data'] as PublicRuleSet);
    },
    async evaluation(year) {
      const { Item: item } = await client.send(
        new GetCommand({ TableName: table, Key: { ...keys.publishedEvaluation(year) } }),
      );
      return item?.['data'] as PublicEvaluation | undefined;
    },
    async plans(city, cursor, limit) {
      const partition = 'PUBLIC#plans';
      const prefix = city ? `${city}#` : '';
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: city ? 'PK = :pk AND begins_with(SK, :city)' : 'PK = :pk',
          ExpressionAttributeValues: { ':pk': partition, ...(city ? { ':city': prefix } : {}) },
          Limit: limit,
          ...(cursor
            ? { ExclusiveStartKey: decodeCursor(cursor, { keys: tableSchema, partition, prefix }) }
            : {}),
        }),
      );
      const items = (page.Items ?? []).map((item) => item['data'] as PublicPlan);
      return { items, ...(page.LastEvaluatedKey ? { cursor: encodeCursor(page.LastEvaluatedKey) } : {}) };
    },
    async cities() {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'PK = :pk',
          ExpressionAttributeValues: { ':pk': 'PUBLIC#cities' },
        }),
      );
      return (page.Items ?? []).map((item) => item['data'] as PublicCity);
    },
  };
}
