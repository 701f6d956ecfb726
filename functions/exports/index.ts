import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoDeliveries } from '../../shared/adapters/dynamodb/deliveries.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { queryHandlers } from '../queries/handler.ts';
import { ExportsEnv } from './env.ts';
import { exportHandlers } from './handler.ts';

const env = ExportsEnv.parse(process.env);
const client = documentClient();
const queries = queryHandlers({
  store: dynamoStore(client, env.TABLE, systemNow),
  records: dynamoDeliveries(client, env.TABLE),
  now: systemNow,
});

export const handler = httpFunction(exportHandlers(queries, systemNow));
