/** HTTP in, command out: filings, and what a person or an office says of itself. */
import type { Result } from '../../shared/kernel/result.ts';
import type { Refusal } from '../../shared/kernel/refusal.ts';
import type { SealingDeps } from '../../shared/app/command.ts';
import { setDelegates } from '../../shared/app/delegates/delegates.ts';
import type { DelegatesInput } from '../../shared/domain/identity/delegates.ts';
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
import { answered, commandOf } from '../command-request.ts';
import type { HttpHandler, HttpRequest } from '../http-function.ts';

export function commandHandlers(deps: SealingDeps): Record<string, HttpHandler> {
  const step = (action: Action): HttpHandler => {
    return async (request) => answered(await takeStep(deps, action, request));
  };
  return {
    'POST /submissions': async (request) =>
      answered(await createSubmission(deps, commandOf(request), request.body as CreateInput)),
    'PUT /me/preferences': async (request) =>
      answered(await setPreferences(deps, commandOf(request), request.body as PreferencesInput)),
    'PUT /me/leave': async (request) =>
      answered(await takeLeave(deps, commandOf(request), request.body as LeaveInput)),
    'DELETE /me/leave': async (request) => answered(await endLeave(deps, commandOf(request))),
    'PUT /offices/{code}/delegates': async (request) =>
      answered(
        await setDelegates(
          deps,
          commandOf(request),
          request.path['code'] ?? '',
          request.body as DelegatesInput,
        ),
      ),
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
    ...Object.fromEntries(actionNames.map((action) => [`POST /submissions/{id}/${action}`, step(action)])),
  };
}

function takeStep(deps: SealingDeps, action: Action, request: HttpRequest): Promise<Result<Answer, Refusal>> {
  const id = request.path['id'] ?? '';
  const command = commandOf(request);
  if (action === 'save') return saveDraft(deps, command, id, request.body as SaveInput);
  if (action === 'view-contact')
    return viewContact(deps, command, id, request.body as ActionInput<'view-contact'>);
  return actOn(deps, command, id, action, request.body);
}
