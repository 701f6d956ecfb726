import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { kmsPersonalData } from '../../shared/adapters/kms/personal-data.ts';
import { systemNow, uuidv7 } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { CommandsEnv } from './env.ts';
import { commandHandlers } from './handler.ts';
import { commandRoutes } from './routes.ts';

const env = CommandsEnv.parse(process.env);
const store = dynamoStore(documentClient(), env.TABLE, systemNow);
const personalData = kmsPersonalData(env.PERSONAL_DATA_KEY);

export const handler = httpFunction(
  commandRoutes,
  commandHandlers({ store, personalData, now: systemNow, newId: uuidv7 }),
);
