/**
 * The route table: every way into the platform, once, by the function that answers. The template, the OpenAPI document, the
 * authorisation matrix and the tests read it whole; a function brings only its own.
 */
import { commandRoutes } from './commands/routes.ts';
import { descriptionRoutes } from './description/routes.ts';
import { documentRoutes } from './documents/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { printRoutes } from './prints/routes.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { publicRoutes } from './public/routes.ts';
import { queryRoutes } from './queries/routes.ts';
import { registerRoutes } from './registers/routes.ts';
import type { Route } from './route.ts';
import { steeringRoutes } from './steering/routes.ts';

export { routeKey, type FunctionName, type Route } from './route.ts';

export const routes: readonly Route[] = [
  ...publicRoutes,
  ...descriptionRoutes,
  ...queryRoutes,
  ...commandRoutes,
  ...documentRoutes,
  ...registerRoutes,
  ...steeringRoutes,
  ...exportRoutes,
  ...printRoutes,
  ...invitationRoutes,
];
