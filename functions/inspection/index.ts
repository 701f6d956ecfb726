import { S3Client } from '@aws-sdk/client-s3';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { quarantineOf } from '../../shared/adapters/s3/documents.ts';
import { scannerOf } from '../../shared/adapters/scanner/scanner-of.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { InspectionEnv } from './env.ts';
import { inspectionHandler } from './handler.ts';

const env = InspectionEnv.parse(process.env);

export const handler = inspectionHandler({
  store: dynamoStore(documentClient(), env.TABLE, systemNow),
  now: systemNow,
  quarantine: quarantineOf(new S3Client({}), env.QUARANTINE_BUCKET, env.CLEAN_BUCKET),
  ...(env.SCANNER === 'https' && env.SCANNER_URL ? { scanner: scannerOf(env.SCANNER_URL) } : {}),
});
