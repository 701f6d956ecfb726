/** HTTP in, command out: every change of the internal API but the documents. */
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { Refusal } from '../../shared/kernel/refusal.ts';
import type { CommandRequest, Deps } from '../../shared/app/command.ts';
import { loadCalendar, type LoadCalendarInput } from '../../shared/app/calendar/load-calendar.ts';
import {
  createObligations,
  type CreateObligationsInput,
} from '../../shared/app/duties/create-obligations.ts';
import { actOnCertificate, type IssuerInput } from '../../shared/app/certificates/act-on.ts';
import { importCertificate } from '../../shared/app/certificates/import-paper.ts';
import type { ImportInput } from '../../shared/domain/certificates/import-input.ts';
import { issuerActionNames } from '../../shared/domain/certificates/lifecycle.ts';
import { actOnDuty } from '../../shared/app/duties/change-duty.ts';
import { actOnRun } from '../../shared/app/evaluation/act-on-run.ts';
import { loadScheme, type LoadSchemeInput } from '../../shared/app/evaluation/load-scheme.ts';
import { requestRun, type RequestRunInput } from '../../shared/app/evaluation/request-run.ts';
import { runActionNames, type RunInput } from '../../shared/domain/evaluation/actions.ts';
import { dutyActionNames, type DutyInput } from '../../shared/domain/duties/changes.ts';
import { setMailbox } from '../../shared/app/reminders/mailbox.ts';
import { markRead, snooze } from '../../shared/app/reminders/marks.ts';
import { endLeave, setPreferences, takeLeave } from '../../shared/app/reminders/preferences.ts';
import type { LeaveInput, MailboxInput, PreferencesInput } from '../../shared/domain/reminders/person.ts';
import type { Answer } from '../../shared/app/ports.ts';
import { actOn } from '../../shared/app/submissions/act.ts';
import { viewContact } from '../../shared/app/submissions/contact.ts';
import { createSubmission, type CreateInput } from '../../shared/app/submissions/create.ts';
import { saveDraft } from '../../shared/app/submissions/save.ts';
import type { ActionInput, SaveInput } from '../../shared/domain/submissions/inputs.ts';
import { actionNames, type Action } from '../../shared/domain/submissions/lifecycle.ts';
import { json, type HttpResult } from '../../shared/http/problem.ts';
import type { HttpHandler, HttpRequest } from '../http-function.ts';

/** What the idempotency key stands for, and what the caller has seen. */
export function commandOf({ actor, key, ifMatch, route, path, body }: HttpRequest): CommandRequest {
  return {
    actor,
    key,
    request: { route: `${route.method} ${route.path}`, path, body: body ?? null },
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
}

export function answered(result: Result<Answer, Refusal>): Result<HttpResult, Refusal> {
  if (!result.ok) return result;
  const { status, body, etag, location } = result.value;
  return ok(json(status, body, { ...(etag ? { etag } : {}), ...(location ? { location } : {}) }));
}

export function commandHandlers(deps: Deps): Record<string, HttpHandler> {
  const step = (action: Action): HttpHandler => {
    return async (request) => answered(await takeStep(deps, action, request));
  };
  return {
    'POST /submissions': async (request) =>
      answered(await createSubmission(deps, commandOf(request), request.body as CreateInput)),
    'POST /obligations': async (request) =>
      answered(await createObligations(deps, commandOf(request), request.body as CreateObligationsInput)),
    'PUT /me/preferences': async (request) =>
      answered(await setPreferences(deps, commandOf(request), request.body as PreferencesInput)),
    'PUT /me/leave': async (request) =>
      answered(await takeLeave(deps, commandOf(request), request.body as LeaveInput)),
    'DELETE /me/leave': async (request) => answered(await endLeave(deps, commandOf(request))),
    'PUT /offices/{code}/mailbox': async (request) =>
      answered(
        await setMailbox(deps, commandOf(request), request.path['code'] ?? '', request.body as MailboxInput),
      ),
    'POST /inbox/{day}/read': async (request) =>
      answered(
        await markRead(
          deps,
          commandOf(request),
          request.path['day'] ?? '',
          request.body as { readonly role?: string },
        ),
      ),
    'POST /inbox/{day}/snooze': async (request) =>
      answered(
        await snooze(
          deps,
          commandOf(request),
          request.path['day'] ?? '',
          request.body as { readonly obligation: string; readonly until: string },
        ),
      ),
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
    ...Object.fromEntries(actionNames.map((action) => [`POST /submissions/{id}/${action}`, step(action)])),
  };
}

function takeStep(deps: Deps, action: Action, request: HttpRequest): Promise<Result<Answer, Refusal>> {
  const id = request.path['id'] ?? '';
  const command = commandOf(request);
  if (action === 'save') return saveDraft(deps, command, id, request.body as SaveInput);
  if (action === 'view-contact')
    return viewContact(deps, command, id, request.body as ActionInput<'view-contact'>);
  return actOn(deps, command, id, action, request.body);
}
