import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoDeliveries } from '../../shared/adapters/dynamodb/deliveries.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { QueriesEnv } from './env.ts';
import { queryHandlers } from './handler.ts';
import { queryRoutes } from './routes.ts';

const env = QueriesEnv.parse(process.env);
const client = documentClient();

export const handler = httpFunction(
  queryRoutes,
  queryHandlers({
    store: dynamoStore(client, env.TABLE, systemNow),
    records: dynamoDeliveries(client, env.TABLE),
    now: systemNow,
  }),
);
