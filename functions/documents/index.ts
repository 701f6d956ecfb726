import { S3Client } from '@aws-sdk/client-s3';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { downloadDesk, uploadDesk } from '../../shared/adapters/s3/documents.ts';
import { evaluationFiles, reportDesk } from '../../shared/adapters/s3/evaluation-files.ts';
import { systemNow, uuidv7 } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { DocumentsEnv } from './env.ts';
import { documentHandlers } from './handler.ts';
import { documentRoutes } from './routes.ts';

const env = DocumentsEnv.parse(process.env);
const s3 = new S3Client({});

export const handler = httpFunction(
  documentRoutes,
  documentHandlers({
    store: dynamoStore(documentClient(), env.TABLE, systemNow),
    uploads: uploadDesk(s3, env.QUARANTINE_BUCKET),
    downloads: downloadDesk(s3, env.CLEAN_BUCKET),
    files: evaluationFiles(s3, env.LEDGER_BUCKET),
    reports: reportDesk(s3, env.LEDGER_BUCKET),
    now: systemNow,
    newId: uuidv7,
  }),
);
