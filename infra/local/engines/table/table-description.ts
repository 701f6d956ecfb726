/** What the service tells of a table. */
import type { Context } from './context.ts';
import { keyAttributes, type IndexDefinition, type KeySchema, type TableDefinition } from './definition.ts';

/** @param status ACTIVE but for a table just created or removed */
export function describe({ store, catalog }: Context, table: TableDefinition, status = 'ACTIVE'): object {
  const { items, bytes } = store.measure(table.space);
  const arn = catalog.arn(table);
  return {
    TableName: table.name,
    TableArn: arn,
    TableId: table.id,
    TableStatus: status,
    CreationDateTime: table.createdAt / 1000,
    AttributeDefinitions: attributeDefinitions(table),
    KeySchema: keySchema(table.keys),
    ItemCount: items,
    TableSizeBytes: bytes,
    BillingModeSummary: { BillingMode: table.billing },
    ProvisionedThroughput: throughput,
    DeletionProtectionEnabled: table.deletionProtected,
    ...(table.indexes.length > 0
      ? {
          GlobalSecondaryIndexes: table.indexes.map((index) =>
            describeIndex(store.measure(index.space), index, arn),
          ),
        }
      : {}),
    ...(table.stream
      ? {
          StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.view },
          LatestStreamArn: catalog.streamArn(table),
          LatestStreamLabel: table.stream.label,
        }
      : {}),
  };
}

/** The engine has no limits of its own: tables on demand show zeros. */
const throughput = { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

function describeIndex(
  { items, bytes }: { items: number; bytes: number },
  index: IndexDefinition,
  arn: string,
): object {
  return {
    IndexName: index.name,
    IndexArn: `${arn}/index/${index.name}`,
    IndexStatus: 'ACTIVE',
    KeySchema: keySchema(index.keys),
    Projection: {
      ProjectionType: index.projection,
      ...(index.projection === 'INCLUDE' ? { NonKeyAttributes: index.include } : {}),
    },
    ItemCount: items,
    IndexSizeBytes: bytes,
    ProvisionedThroughput: throughput,
  };
}

function keySchema(keys: KeySchema): object[] {
  return keyAttributes(keys).map(({ name }, index) => ({
    AttributeName: name,
    KeyType: index === 0 ? 'HASH' : 'RANGE',
  }));
}

function attributeDefinitions(table: TableDefinition): object[] {
  const types = new Map(
    [table, ...table.indexes]
      .flatMap(({ keys }) => keyAttributes(keys))
      .map(({ name, type }) => [name, type]),
  );
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}
