/** Certificates beside their records: versions and drafts, the queue of each county and year with its counter, the numbers. */
import {
  GetCommand,
  QueryCommand,
  paginateQuery,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type {
  CertificateDraft,
  CertificateParts,
  CertificateReads,
  CertificateVersion,
  IssueCounter,
} from '../../app/certificates/ports.ts';
import { Certificate } from '../../domain/certificates/certificate.ts';
import { CertificateTerms } from '../../domain/certificates/content.ts';
import type { Item } from './codec.ts';
import { keys, queueRange, type Key } from './keys.ts';
import { schemaVersion } from './schema-version.ts';
import { tableSchema } from './table.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The parts of a commit, each under its condition. */
export function certificateWrites(table: string, parts: CertificateParts): Write[] {
  const putNew = (item: Item): Write => ({
    Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(PK)' },
  });
  const item = (key: Key, data: unknown): Item => ({ ...key, v: schemaVersion, data });
  return [
    ...(parts.drafts ?? []).map((draft) =>
      putNew(item(keys.certificateDraft(draft.certificate, draft.version), draft)),
    ),
    ...(parts.versions ?? []).map((version) =>
      putNew(item(keys.certificateVersion(version.certificate, version.version), version)),
    ),
    ...(parts.enqueue ?? []).map((entry) => putNew(item(keys.toIssue(entry), entry))),
    ...(parts.dequeue ?? []).map((entry): Write => ({
      Delete: {
        TableName: table,
        Key: keys.toIssue(entry),
        ConditionExpression: 'attribute_exists(PK)',
      },
    })),
    ...(parts.counters ?? []).map(({ before, after }): Write => ({
      Put: {
        TableName: table,
        Item: { ...item(keys.issueCounter(after.county, after.year), after), revision: after.revision },
        ...(before
          ? {
              ConditionExpression: 'revision = :revision',
              ExpressionAttributeValues: { ':revision': before.revision },
            }
          : { ConditionExpression: 'attribute_not_exists(PK)' }),
      },
    })),
    ...(parts.numbers ?? []).map(({ number, certificate }) =>
      putNew({ ...keys.certificateNumber(number), v: schemaVersion, certificate }),
    ),
  ];
}

export function certificateReads(client: DynamoDBDocumentClient, table: string): CertificateReads {
  async function get(key: Key): Promise<Item | undefined> {
    // Identifiers and numbers come from callers, and the table refuses keys that are too long.
    if (Buffer.byteLength(key.PK) > 2048) return undefined;
    const { Item: item } = await client.send(
      new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }),
    );
    return item;
  }

  async function certificate(id: string): Promise<Certificate | undefined> {
    const item = await get(keys.certificate(id));
    return item && Certificate().parse(item['data']);
  }

  return {
    certificate,

    async certificateNumbered(number) {
      const item = await get(keys.certificateNumber(number));
      return item && certificate(String(item['certificate']));
    },

    async certificateDraft(id, version) {
      const item = await get(keys.certificateDraft(id, version));
      const draft = item?.['data'] as CertificateDraft | undefined;
      return draft && { ...draft, terms: CertificateTerms().parse(draft.terms) };
    },

    async certificateVersion(id, version) {
      const item = await get(keys.certificateVersion(id, version));
      return item?.['data'] as CertificateVersion | undefined;
    },

    async issueQueue(county, year, limit) {
      const { PK, first, last } = queueRange(county, year);
      const { Items: items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'PK = :pk AND SK BETWEEN :first AND :last',
          ExpressionAttributeValues: { ':pk': PK, ':first': first, ':last': last },
          Limit: limit,
        }),
      );
      return items.map((item) => {
        const [decidedAt = '', id = ''] = String(item['SK']).split('#');
        return { county, year, decidedAt, certificate: id };
      });
    },

    async issueCounter(county, year) {
      const item = await get(keys.issueCounter(county, year));
      return item?.['data'] as IssueCounter | undefined;
    },

    async certificatesEnding(until) {
      const index = tableSchema.indexes.fallsDue;
      const ids: string[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: index.name,
          KeyConditionExpression: `${index.partitionKey} = :inForce AND ${index.sortKey} <= :until`,
          ExpressionAttributeValues: { ':inForce': certificatesInForce, ':until': `${until}~` },
        },
      );
      for await (const page of pages)
        ids.push(
          ...(page.Items ?? []).map((item) => (item['dueTask'] as { certificate: string }).certificate),
        );
      return ids;
    },
  };
}

/** Where the certificates in force stand by their last day: some thousands in the region, and each written a few times. */
const certificatesInForce = 'OPEN#certificates';

/** The record, findable by the day on which its term ends as long as it can end. */
export function certificateItem(certificate: Certificate): Item {
  const runs = certificate.state === 'valid' || certificate.state === 'suspended';
  return {
    ...keys.certificate(certificate.id),
    v: schemaVersion,
    seq: certificate.seq,
    data: certificate,
    ...(runs
      ? {
          duePk: certificatesInForce,
          dueSk: `${certificate.validTo}#${certificate.id}`,
          dueTask: { certificate: certificate.id },
        }
      : {}),
  };
}
