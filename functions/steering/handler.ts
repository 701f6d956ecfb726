/** HTTP in, command out: duties, evaluations and their schemes, the calendar, resources, certificates. Nothing here identifies a person. */
import type { Deps } from '../../shared/app/command.ts';
import { loadCalendar, type LoadCalendarInput } from '../../shared/app/calendar/load-calendar.ts';
import { actOnDuty } from '../../shared/app/duties/change-duty.ts';
import {
  createObligations,
  type CreateObligationsInput,
} from '../../shared/app/duties/create-obligations.ts';
import { actOnRun } from '../../shared/app/evaluation/act-on-run.ts';
import { loadScheme, type LoadSchemeInput } from '../../shared/app/evaluation/load-scheme.ts';
import { requestRun, type RequestRunInput } from '../../shared/app/evaluation/request-run.ts';
import { dutyActionNames, type DutyInput } from '../../shared/domain/duties/changes.ts';
import { runActionNames, type RunInput } from '../../shared/domain/evaluation/actions.ts';
import { answered, commandOf } from '../command-request.ts';
import type { HttpHandler } from '../http-function.ts';
import { certificateHandlers } from './certificates.ts';
import { resourceHandlers } from './resources.ts';

export function steeringHandlers(deps: Deps): Record<string, HttpHandler> {
  return {
    ...certificateHandlers(deps),
    ...resourceHandlers(deps),
    'POST /obligations': async (request) =>
      answered(await createObligations(deps, commandOf(request), request.body as CreateObligationsInput)),
    'PUT /calendar/{year}': async (request) =>
      answered(
        await loadCalendar(
          deps,
          commandOf(request),
          Number(request.path['year']),
          request.body as LoadCalendarInput,
        ),
      ),
    'POST /evaluations': async (request) =>
      answered(await requestRun(deps, commandOf(request), request.body as RequestRunInput)),
    'PUT /evaluation-schemes/{year}': async (request) =>
      answered(
        await loadScheme(
          deps,
          commandOf(request),
          Number(request.path['year']),
          request.body as LoadSchemeInput,
        ),
      ),
    ...Object.fromEntries(
      runActionNames.map((action): [string, HttpHandler] => [
        `POST /evaluations/{id}/${action}`,
        async (request) =>
          answered(
            await actOnRun(
              deps,
              commandOf(request),
              request.path['id'] ?? '',
              action,
              request.body as RunInput,
            ),
          ),
      ]),
    ),
    ...Object.fromEntries(
      dutyActionNames.map((action): [string, HttpHandler] => [
        `POST /obligations/{id}/${action}`,
        async (request) =>
          answered(
            await actOnDuty(
              deps,
              commandOf(request),
              request.path['id'] ?? '',
              action,
              request.body as DutyInput,
            ),
          ),
      ]),
    ),
  };
}
