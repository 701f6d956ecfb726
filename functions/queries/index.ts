import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { QueriesEnv } from './env.ts';
import { queryHandlers } from './handler.ts';

const env = QueriesEnv.parse(process.env);

export const handler = httpFunction(
  queryHandlers({ store: dynamoStore(documentClient(), env.TABLE, systemNow), now: systemNow }),
);
