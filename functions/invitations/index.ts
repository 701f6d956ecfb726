import { S3Client } from '@aws-sdk/client-s3';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { kmsPersonalData } from '../../shared/adapters/kms/personal-data.ts';
import { downloadDesk } from '../../shared/adapters/s3/documents.ts';
import { systemNow, systemSecrets, uuidv7 } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { InvitationsEnv } from './env.ts';
import { invitationHandlers } from './handler.ts';
import { invitationRoutes } from './routes.ts';

const env = InvitationsEnv.parse(process.env);

export const handler = httpFunction(
  invitationRoutes,
  invitationHandlers({
    store: dynamoStore(documentClient(), env.TABLE, systemNow),
    personalData: kmsPersonalData(env.PERSONAL_DATA_KEY),
    downloads: downloadDesk(new S3Client({}), env.CLEAN_BUCKET),
    secrets: systemSecrets,
    now: systemNow,
    newId: uuidv7,
  }),
);
