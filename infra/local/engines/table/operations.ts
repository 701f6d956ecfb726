/** Every operation of the two protocols that the engine knows. */
import type { Context } from './context.ts';
import type { Input } from './input.ts';
import { batchGetItem, batchWriteItem, getItem, writeItem } from './item-operations.ts';
import { query, scan } from './reading.ts';
import { describeStream, getRecords, getShardIterator, listStreams } from './streams.ts';
import {
  createTable,
  deleteTable,
  describeContinuousBackups,
  describeTable,
  describeTimeToLive,
  listTables,
  updateTable,
  updateTimeToLive,
} from './table-operations.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';

export interface Operation {
  /** Reads and writes may be throttled; only a write's answer may be lost. */
  readonly kind: 'admin' | 'read' | 'write';
  run(context: Context, input: Input): object;
}

export const operations: Readonly<Record<string, Operation>> = {
  CreateTable: { kind: 'admin', run: createTable },
  DescribeTable: { kind: 'admin', run: describeTable },
  ListTables: { kind: 'admin', run: listTables },
  UpdateTable: { kind: 'admin', run: updateTable },
  DeleteTable: { kind: 'admin', run: deleteTable },
  DescribeTimeToLive: { kind: 'admin', run: describeTimeToLive },
  UpdateTimeToLive: { kind: 'admin', run: updateTimeToLive },
  DescribeContinuousBackups: { kind: 'admin', run: describeContinuousBackups },
  GetItem: { kind: 'read', run: getItem },
  Query: { kind: 'read', run: query },
  Scan: { kind: 'read', run: scan },
  BatchGetItem: { kind: 'read', run: batchGetItem },
  TransactGetItems: { kind: 'read', run: transactGetItems },
  PutItem: { kind: 'write', run: writeItem('put') },
  UpdateItem: { kind: 'write', run: writeItem('update') },
  DeleteItem: { kind: 'write', run: writeItem('delete') },
  BatchWriteItem: { kind: 'write', run: batchWriteItem },
  TransactWriteItems: { kind: 'write', run: transactWriteItems },
  ListStreams: { kind: 'admin', run: listStreams },
  DescribeStream: { kind: 'admin', run: describeStream },
  GetShardIterator: { kind: 'admin', run: getShardIterator },
  GetRecords: { kind: 'admin', run: getRecords },
};
