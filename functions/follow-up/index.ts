import { S3Client } from '@aws-sdk/client-s3';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { publicRecords } from '../../shared/adapters/dynamodb/public-records.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { workOrders } from '../../shared/adapters/s3/work-orders.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { FollowUpEnv } from './env.ts';
import { followUpHandler } from './handler.ts';

const env = FollowUpEnv.parse(process.env);
const client = documentClient();

export const handler = followUpHandler({
  store: dynamoStore(client, env.TABLE, systemNow),
  counters: dynamoCounters(client, env.TABLE),
  orders: workOrders(new S3Client({}), env.WORK_BUCKET),
  publicRecords: publicRecords(client, env.TABLE),
  now: systemNow,
});
