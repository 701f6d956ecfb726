import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { systemNow, uuidv7 } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { SteeringEnv } from './env.ts';
import { steeringHandlers } from './handler.ts';
import { steeringRoutes } from './routes.ts';

const env = SteeringEnv.parse(process.env);
const store = dynamoStore(documentClient(), env.TABLE, systemNow);

export const handler = httpFunction(
  steeringRoutes,
  steeringHandlers({ store, now: systemNow, newId: uuidv7 }),
);
