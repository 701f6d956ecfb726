/** Commands on the register of certificates: the issuing government's own decisions, and what comes in on paper. */
import { actOnCertificate, type IssuerInput } from '../../shared/app/certificates/act-on.ts';
import { importCertificate } from '../../shared/app/certificates/import-paper.ts';
import type { Deps } from '../../shared/app/command.ts';
import type { ImportInput } from '../../shared/domain/certificates/import-input.ts';
import { issuerActionNames } from '../../shared/domain/certificates/lifecycle.ts';
import { answered, commandOf } from '../command-request.ts';
import type { HttpHandler } from '../http-function.ts';

export function certificateHandlers(deps: Deps): Record<string, HttpHandler> {
  return {
    'POST /certificates/import': async (request) =>
      answered(await importCertificate(deps, commandOf(request), request.body as ImportInput)),
    ...Object.fromEntries(
      issuerActionNames.map((action): [string, HttpHandler] => [
        `POST /certificates/{id}/${action}`,
        async (request) =>
          answered(
            await actOnCertificate(
              deps,
              commandOf(request),
              request.path['id'] ?? '',
              action,
              request.body as IssuerInput,
            ),
          ),
      ]),
    ),
  };
}
