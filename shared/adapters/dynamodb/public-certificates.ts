/** What the public sees of certificates: each under its number, and the keys that ever signed one. */
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  PublicCertificate,
  PublicCertificateReader,
  PublicCertificates,
} from '../../app/certificates/ports.ts';
import type { PublishedKey } from '../../domain/certificates/jws.ts';
import type { Item } from './codec.ts';
import { keys } from './keys.ts';
import { schemaVersion } from './schema-version.ts';

export function publicCertificates(client: DynamoDBDocumentClient, table: string): PublicCertificates {
  /** An older event arriving late leaves the newer record alone. */
  async function putUnlessNewer(item: Item, order: number): Promise<void> {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { ...item, v: schemaVersion, order },
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
    putCertificate: (certificate, source) =>
      putUnlessNewer({ ...keys.publishedCertificate(certificate.number), data: certificate }, source),
    addKey: (key) => putUnlessNewer({ ...keys.publishedKey(key.kid), data: key }, 0),
  };
}

export function publicCertificateReader(
  client: DynamoDBDocumentClient,
  table: string,
): PublicCertificateReader {
  return {
    async certificate(number) {
      const { Item: item } = await client.send(
        new GetCommand({ TableName: table, Key: { ...keys.publishedCertificate(number) } }),
      );
      return item?.['data'] as PublicCertificate | undefined;
    },
    async keys() {
      const { Items: items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'PK = :pk',
          ExpressionAttributeValues: { ':pk': keys.publishedKey('').PK },
        }),
      );
      return { keys: items.map((item) => item['data'] as PublishedKey) };
    },
  };
}
