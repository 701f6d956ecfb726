import { S3Client } from '@aws-sdk/client-s3';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { publicRecords } from '../../shared/adapters/dynamodb/public-records.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { reportForms } from '../../shared/adapters/reports/index.ts';
import { evaluationFiles } from '../../shared/adapters/s3/evaluation-files.ts';
import { workOrders } from '../../shared/adapters/s3/work-orders.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { ReportsEnv } from './env.ts';
import { reportsHandler } from './handler.ts';

const env = ReportsEnv.parse(process.env);
const client = documentClient();
const s3 = new S3Client({});

export const handler = reportsHandler({
  store: dynamoStore(client, env.TABLE, systemNow),
  counters: dynamoCounters(client, env.TABLE),
  files: evaluationFiles(s3, env.LEDGER_BUCKET),
  forms: reportForms(),
  orders: workOrders(s3, env.WORK_BUCKET),
  publicEvaluations: publicRecords(client, env.TABLE),
  now: systemNow,
});
