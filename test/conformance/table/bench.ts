/** A table of its own for each check, and short ways to ask for what the checks ask for. */
import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type CreateTableCommandInput,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DeleteCommandInput,
  type GetCommandInput,
  type PutCommandInput,
  type QueryCommandInput,
  type ScanCommandInput,
  type TransactWriteCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { Difference } from '../check.ts';
import { typeOf, type Handles, type TableTarget } from './target.ts';

type Values = Record<string, unknown>;
type More<Request> = Partial<Omit<Request, 'TableName'>>;
type Parts = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** A table with the keys PK and SK, unless the check says otherwise. */
export const plain: Omit<CreateTableCommandInput, 'TableName'> = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'PK', AttributeType: 'S' },
    { AttributeName: 'SK', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'PK', KeyType: 'HASH' },
    { AttributeName: 'SK', KeyType: 'RANGE' },
  ],
};

/** The item most checks work on. */
export const a1 = { PK: 'a', SK: '1' };

export class Bench {
  readonly target: TableTarget;
  readonly TableName: string;

  constructor(target: TableTarget, TableName: string) {
    this.target = target;
    this.TableName = TableName;
  }

  put(Item: Values, more: More<PutCommandInput> = {}) {
    return this.target.documents.send(new PutCommand({ TableName: this.TableName, Item, ...more }));
  }

  /** The item as it surely is now. */
  async get(Key: Values = a1, more: More<GetCommandInput> = {}): Promise<Values | undefined> {
    const { TableName } = this;
    const asked = new GetCommand({ TableName, Key, ConsistentRead: true, ...more });
    return (await this.target.documents.send(asked)).Item;
  }

  /** Puts items of the partition `p` that are as large as told, without the SDK, which takes long over large requests. */
  async fill(sorts: readonly string[], bytes: number): Promise<void> {
    const large = { S: 'x'.repeat(bytes) };
    for (let at = 0; at < sorts.length; at += 25) {
      const requests = sorts
        .slice(at, at + 25)
        .map((SK) => ({ PutRequest: { Item: { PK: { S: 'p' }, SK: { S: SK }, large } } }));
      const RequestItems = { [this.TableName]: requests };
      const answer = await this.target.wire(
        'DynamoDB_20120810.BatchWriteItem',
        JSON.stringify({ RequestItems }),
      );
      if (answer.status !== 200) throw new Difference(`BatchWriteItem: ${typeOf(answer)}`);
    }
  }

  update(UpdateExpression: string, values?: Values, more: More<UpdateCommandInput> = {}) {
    const ExpressionAttributeValues = values && { ExpressionAttributeValues: values };
    return this.target.documents.send(
      new UpdateCommand({
        TableName: this.TableName,
        Key: a1,
        UpdateExpression,
        ...ExpressionAttributeValues,
        ...more,
      }),
    );
  }

  remove(Key: Values = a1, more: More<DeleteCommandInput> = {}) {
    return this.target.documents.send(new DeleteCommand({ TableName: this.TableName, Key, ...more }));
  }

  query(KeyConditionExpression: string, values: Values, more: More<QueryCommandInput> = {}) {
    return this.target.documents.send(
      new QueryCommand({
        TableName: this.TableName,
        KeyConditionExpression,
        ExpressionAttributeValues: values,
        ...more,
      }),
    );
  }

  scan(more: More<ScanCommandInput> = {}) {
    return this.target.documents.send(new ScanCommand({ TableName: this.TableName, ...more }));
  }

  transact(TransactItems: Parts, more: More<TransactWriteCommandInput> = {}) {
    return this.target.documents.send(new TransactWriteCommand({ TransactItems, ...more }));
  }

  /** A part of a transaction that puts an item. */
  putting(Item: Values, more: Partial<NonNullable<Parts[number]['Put']>> = {}): Parts[number] {
    return { Put: { TableName: this.TableName, Item, ...more } };
  }

  describe(): Promise<TableDescription> {
    return described(this.target, this.TableName);
  }

  handles(): Handles {
    if (!this.target.handles) throw new Difference('has no handles');
    return this.target.handles;
  }
}

/** Wraps what a check does in the making and removing of its table. */
export function withTable(
  work: (bench: Bench) => Promise<void>,
  schema: Partial<CreateTableCommandInput> = {},
): (target: TableTarget) => Promise<void> {
  return async (target) => {
    const TableName = `filings-${randomUUID()}`;
    await target.client.send(new CreateTableCommand({ ...plain, ...schema, TableName }));
    try {
      await active(target, TableName);
      await work(new Bench(target, TableName));
    } finally {
      target.handles?.disturb({ seed: 0 });
      await target.client.send(new DeleteTableCommand({ TableName })).catch(() => undefined);
    }
  };
}

/** Waits until the table and all its indexes are ready. */
export async function active(target: TableTarget, TableName: string): Promise<TableDescription> {
  for (;;) {
    const table = await described(target, TableName);
    const indexes = table.GlobalSecondaryIndexes ?? [];
    if (
      table.TableStatus === 'ACTIVE' &&
      indexes.every(({ IndexStatus }) => (IndexStatus ?? 'ACTIVE') === 'ACTIVE')
    )
      return table;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function described({ client }: TableTarget, TableName: string): Promise<TableDescription> {
  return (await client.send(new DescribeTableCommand({ TableName }))).Table ?? {};
}
