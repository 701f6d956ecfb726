import { httpFunction } from '../http-function.ts';
import { descriptionHandlers } from './handler.ts';
import { descriptionRoutes } from './routes.ts';

export const handler = httpFunction(descriptionRoutes, descriptionHandlers());
