/** Commands on the register of resources. */
import { correctResource, registerResource, removeResource } from '../../shared/app/resources/keep.ts';
import type { Deps } from '../../shared/app/command.ts';
import type { ResourceDetails } from '../../shared/domain/resources/resource.ts';
import type { HttpHandler } from '../http-function.ts';
import { answered, commandOf } from '../command-request.ts';

export function resourceHandlers(deps: Deps): Record<string, HttpHandler> {
  return {
    'POST /resources': async (request) =>
      answered(await registerResource(deps, commandOf(request), request.body as ResourceDetails)),
    'POST /resources/{id}/correct': async (request) => {
      const id = request.path['id'] ?? '';
      return answered(await correctResource(deps, commandOf(request), id, request.body as ResourceDetails));
    },
    'POST /resources/{id}/remove': async (request) => {
      const id = request.path['id'] ?? '';
      return answered(await removeResource(deps, commandOf(request), id, request.body as { reason: string }));
    },
  };
}
