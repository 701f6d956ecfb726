import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { publicCertificateReader } from '../../shared/adapters/dynamodb/public-certificates.ts';
import { publicReader } from '../../shared/adapters/dynamodb/public-records.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { PublicEnv } from './env.ts';
import { certificateHandlers } from './certificates.ts';
import { publicHandlers } from './handler.ts';
import { publicRoutes } from './routes.ts';

const env = PublicEnv.parse(process.env);

const client = documentClient();

export const handler = httpFunction(publicRoutes, {
  ...publicHandlers(publicReader(client, env.TABLE), systemNow),
  ...certificateHandlers(publicCertificateReader(client, env.TABLE), systemNow),
});
