import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { publicCertificates } from '../../shared/adapters/dynamodb/public-certificates.ts';
import { publicRecords } from '../../shared/adapters/dynamodb/public-records.ts';
import { projectLines } from '../../shared/adapters/dynamodb/registers.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { once } from '../../shared/kernel/once.ts';
import { FollowUpEnv } from './env.ts';
import { followUpHandler } from './handler.ts';

const env = FollowUpEnv.parse(process.env);
const client = documentClient();

/** Few events hand anything on: the S3 client is loaded by the first that does. */
const orders = once(async () => {
  const [{ S3Client }, { workOrders }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('../../shared/adapters/s3/work-orders.ts'),
  ]);
  return workOrders(new S3Client({}), env.WORK_BUCKET);
});

export const handler = followUpHandler({
  store: dynamoStore(client, env.TABLE, systemNow),
  counters: dynamoCounters(client, env.TABLE),
  publicRecords: publicRecords(client, env.TABLE),
  projectLines: projectLines(client, env.TABLE),
  publicCertificates: publicCertificates(client, env.TABLE),
  orders: { put: async (name, entry) => (await orders()).put(name, entry) },
  now: systemNow,
});
