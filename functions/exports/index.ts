import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoDeliveries } from '../../shared/adapters/dynamodb/deliveries.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { queryHandlers } from '../queries/handler.ts';
import { registerHandlers } from '../registers/handler.ts';
import { ExportsEnv } from './env.ts';
import { exportHandlers } from './handler.ts';
import { exportRoutes } from './routes.ts';

const env = ExportsEnv.parse(process.env);
const client = documentClient();
const deps = { store: dynamoStore(client, env.TABLE, systemNow), now: systemNow };
const queries = {
  ...queryHandlers({ ...deps, records: dynamoDeliveries(client, env.TABLE) }),
  ...registerHandlers(deps),
};

export const handler = httpFunction(exportRoutes, exportHandlers(queries, systemNow));
