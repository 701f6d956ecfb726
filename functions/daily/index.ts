import { S3Client } from '@aws-sdk/client-s3';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { lapsedUploads, oldestChecking } from '../../shared/adapters/dynamodb/lapsing.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { ledgerOf } from '../../shared/adapters/s3/ledger.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { DailyEnv } from './env.ts';
import { dailyHandler } from './handler.ts';

const env = DailyEnv.parse(process.env);
const client = documentClient();

export const handler = dailyHandler({
  store: dynamoStore(client, env.TABLE, systemNow),
  ledger: ledgerOf(new S3Client({}), env.LEDGER_BUCKET),
  now: systemNow,
  oldestChecking: () => oldestChecking(client, env.TABLE),
  lapsed: (now) => lapsedUploads(client, env.TABLE, now),
});
