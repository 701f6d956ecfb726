import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { pdfWith } from '../../shared/adapters/prints/render.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { httpFunction } from '../http-function.ts';
import { PrintsEnv } from './env.ts';
import { printHandlers } from './handler.ts';
import { printRoutes } from './routes.ts';

const env = PrintsEnv.parse(process.env);
const store = dynamoStore(documentClient(), env.TABLE, systemNow);

export const handler = httpFunction(printRoutes, printHandlers({ store, now: systemNow }, pdfWith()));
