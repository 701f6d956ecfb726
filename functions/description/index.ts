import { httpFunction } from '../http-function.ts';
import { descriptionHandlers } from './handler.ts';

export const handler = httpFunction(descriptionHandlers());
