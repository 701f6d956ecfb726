import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { publicReader } from '../../shared/adapters/dynamodb/public-records.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { PublicEnv } from './env.ts';
import { publicHandlers } from './handler.ts';

const env = PublicEnv.parse(process.env);

export const handler = httpFunction(publicHandlers(publicReader(documentClient(), env.TABLE), systemNow));
