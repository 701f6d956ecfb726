import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { holds, refused, same, type Theme } from '../check.ts';
import { a1, active, plain, withTable, type Bench } from './bench.ts';
import { indexed } from './indexes.ts';
import type { TableTarget } from './target.ts';

const invalid = 'ValidationException';
const ttl = 'Developer Guide, Using time to live (TTL) in DynamoDB';
const year = 365 * 24 * 3600;

function enable(bench: Bench, Enabled = true, AttributeName = 'over') {
  const TimeToLiveSpecification = { AttributeName, Enabled };
  return bench.target.client.send(
    new UpdateTimeToLiveCommand({ TableName: bench.TableName, TimeToLiveSpecification }),
  );
}

export const tables: Theme<TableTarget> = {
  title: 'Tables and time to live',
  checks: [
    {
      name: 'a table is described as it was made',
      source: 'API Reference, TableDescription',
      run: withTable(async (bench) => {
        const table = await bench.describe();
        same('keys', table.KeySchema, plain.KeySchema);
        const byName = (of: CreateTableCommandInput['AttributeDefinitions']) =>
          of?.map(({ AttributeName, AttributeType }) => `${AttributeName}:${AttributeType}`).sort();
        same('attributes', byName(table.AttributeDefinitions), byName(indexed.AttributeDefinitions));
        same('billing', table.BillingModeSummary?.BillingMode, 'PAY_PER_REQUEST');
        const described = table.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => [
          IndexName,
          Projection,
        ]);
        const made = indexed.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => [
          IndexName,
          Projection,
        ]);
        const ordered = (of: unknown[][] | undefined) =>
          of?.sort(([a], [b]) => String(a).localeCompare(String(b)));
        same('indexes', ordered(described), ordered(made));
      }, indexed),
    },
    {
      name: 'a name is taken once, and free again when the table is gone',
      source: 'API Reference, CreateTable, ResourceInUseException; DeleteTable',
      run: withTable(async ({ target, TableName }) => {
        const create = () => target.client.send(new CreateTableCommand({ ...plain, TableName }));
        await refused(create(), 'ResourceInUseException');
        await target.client.send(new DeleteTableCommand({ TableName }));
        for (let tries = 0; tries < 100; tries++) {
          const there = await target.client
            .send(new DescribeTableCommand({ TableName }))
            .catch(() => undefined);
          if (!there) break;
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        await create();
        same('status', (await active(target, TableName)).TableStatus, 'ACTIVE');
      }),
    },
    {
      name: 'what names a table that is not there is refused',
      source: 'API Reference, CommonErrors; ResourceNotFoundException',
      run: async ({ client, wire }) => {
        const TableName = `none-${randomUUID()}`;
        await refused(client.send(new DescribeTableCommand({ TableName })), 'ResourceNotFoundException');
        await refused(client.send(new DeleteTableCommand({ TableName })), 'ResourceNotFoundException');
        const Key = { PK: { S: 'a' }, SK: { S: '1' } };
        const { body } = await wire('DynamoDB_20120810.GetItem', JSON.stringify({ TableName, Key }));
        same('GetItem', String(body['__type']).split('#').at(-1), 'ResourceNotFoundException');
      },
    },
    {
      name: 'a table has a name of 3 to 255 letters, digits, _, - and .',
      source: 'Developer Guide, Constraints in Amazon DynamoDB: Naming rules',
      run: async ({ client }) => {
        for (const TableName of ['ab', 'a'.repeat(256), 'with space', '住房', 'a/b'])
          await refused(client.send(new CreateTableCommand({ ...plain, TableName })), invalid);
      },
    },
    {
      name: 'attributes are defined when they are keys, and only then',
      source: 'API Reference, CreateTable, AttributeDefinitions',
      run: async ({ client }) => {
        const definitions = plain.AttributeDefinitions ?? [];
        for (const AttributeDefinitions of [
          definitions.slice(0, 1),
          [...definitions, { AttributeName: 'unused', AttributeType: 'S' } as const],
        ]) {
          const TableName = `filings-${randomUUID()}`;
          await refused(
            client.send(new CreateTableCommand({ ...plain, AttributeDefinitions, TableName })),
            invalid,
          );
        }
      },
    },
    {
      name: 'the names of the tables come in order, a page at a time',
      source: 'API Reference, ListTables',
      run: withTable(async ({ target: { client }, TableName }) => {
        const names: string[] = [];
        let from: string | undefined;
        do {
          const page = await client.send(new ListTablesCommand({ Limit: 1, ExclusiveStartTableName: from }));
          names.push(...(page.TableNames ?? []));
          from = page.LastEvaluatedTableName;
        } while (from);
        same('order', names, names.toSorted());
        holds('the table is among them', names.includes(TableName));
      }),
    },
    {
      name: 'a protected table is not deleted',
      source: 'Developer Guide, Basic operations on DynamoDB tables: Deletion protection',
      run: withTable(
        async ({ target, TableName }) => {
          await refused(target.client.send(new DeleteTableCommand({ TableName })), invalid, /protect/);
          await target.client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
          await active(target, TableName);
          await target.client.send(new DeleteTableCommand({ TableName }));
        },
        { DeletionProtectionEnabled: true },
      ),
    },
    {
      name: 'a stream can be turned on later, but not twice',
      source: 'API Reference, UpdateTable, StreamSpecification',
      run: withTable(async (bench) => {
        const { target, TableName } = bench;
        const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } as const;
        const turnOn = () => target.client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
        same('before', (await bench.describe()).LatestStreamArn, undefined);
        await turnOn();
        await active(target, TableName);
        const { StreamSpecification: told, LatestStreamArn } = await bench.describe();
        same('after', told, StreamSpecification);
        holds('the ARN names the table', LatestStreamArn?.includes(`table/${TableName}/stream/`) ?? false);
        await refused(turnOn(), ['ValidationException', 'ResourceInUseException']);
      }),
    },
    {
      name: 'time to live is turned on and off, and says its attribute',
      source: 'API Reference, UpdateTimeToLive; DescribeTimeToLive',
      run: withTable(async (bench) => {
        const told = async () =>
          (await bench.target.client.send(new DescribeTimeToLiveCommand({ TableName: bench.TableName })))
            .TimeToLiveDescription;
        same('before', (await told())?.TimeToLiveStatus, 'DISABLED');
        await enable(bench);
        holds('on', ['ENABLED', 'ENABLING'].includes((await told())?.TimeToLiveStatus ?? ''));
        same('attribute', (await told())?.AttributeName, 'over');
        await refused(enable(bench), invalid);
      }),
    },
    {
      name: 'an item that is over stays readable until it is removed',
      source: `${ttl}: Working with expired items`,
      needs: ['clock'],
      run: withTable(async (bench) => {
        await enable(bench);
        const over = Math.floor(bench.handles().now() / 1000) - 60;
        await bench.put({ ...a1, over });
        same('read', await bench.get(), { ...a1, over });
        await bench.update('SET touched = :v', { ':v': true });
        same('written', await bench.get(), { ...a1, over, touched: true });
      }),
    },
    {
      name: 'what is over is removed, from the indexes too; what is not stays',
      source: ttl,
      needs: ['expiry'],
      run: withTable(async (bench) => {
        await enable(bench);
        const now = Math.floor(bench.handles().now() / 1000);
        const item = (SK: string, over: unknown) => ({ PK: 'p', SK, owner: 'o', rank: 1, over });
        await bench.put(item('over', now + 10));
        await bench.put(item('later', now + 1000));
        bench.handles().advance(60_000);
        bench.handles().expire();
        const query = { IndexName: 'by-ALL', ExpressionAttributeNames: { '#o': 'owner' } };
        same(
          'index',
          (await bench.query('#o = :o', { ':o': 'o' }, query)).Items?.map(({ SK }) => SK as unknown),
          ['later'],
        );
        same(
          'table',
          (await bench.query('PK = :p', { ':p': 'p' })).Items?.map(({ SK }) => SK as unknown),
          ['later'],
        );
      }, indexed),
    },
    {
      name: 'only a number of seconds makes an item over, and none more than five years ago',
      source: `${ttl}: Formatting an item for TTL`,
      needs: ['expiry'],
      run: withTable(async (bench) => {
        await enable(bench);
        const now = Math.floor(bench.handles().now() / 1000);
        for (const [SK, over] of Object.entries({
          text: String(now - 60),
          old: now - 6 * year,
          none: undefined,
          list: [now - 60],
        }))
          await bench.put({ PK: 'p', SK, ...(over === undefined ? {} : { over }) });
        bench.handles().expire();
        same(
          'kept',
          (await bench.query('PK = :p', { ':p': 'p' })).Items?.map(({ SK }) => SK as unknown),
          ['list', 'none', 'old', 'text'],
        );
      }),
    },
  ],
};
