import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { RegistersEnv } from './env.ts';
import { registerHandlers } from './handler.ts';
import { registerRoutes } from './routes.ts';

const env = RegistersEnv.parse(process.env);
const store = dynamoStore(documentClient(), env.TABLE, systemNow);

export const handler = httpFunction(registerRoutes, registerHandlers({ store, now: systemNow }));
