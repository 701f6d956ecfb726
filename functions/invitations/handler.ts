/** HTTP in: the lead's commands on invitations, and what their links open to who has no account. */
import { refusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { answerInvitation } from '../../shared/app/invitations/answer.ts';
import { askCode } from '../../shared/app/invitations/ask-code.ts';
import { inSession, invitationOfLink, whyNotOpen, type Found } from '../../shared/app/invitations/find.ts';
import { invite, type InviteDeps } from '../../shared/app/invitations/invite.ts';
import { listInvitations } from '../../shared/app/invitations/list.ts';
import { linkView } from '../../shared/app/invitations/link-view.ts';
import { openWithCode, type Session } from '../../shared/app/invitations/open.ts';
import { openedView, watermarkOf, type ViewDeps } from '../../shared/app/invitations/opened-view.ts';
import { revokeInvitation } from '../../shared/app/invitations/revoke.ts';
import type { Verdict } from '../../shared/domain/submissions/submission.ts';
import type { AnswerInput, InviteInput, OpenInput } from '../../shared/domain/invitations/inputs.ts';
import { json, type HttpResult } from '../../shared/http/problem.ts';
import { answered, commandOf } from '../command-request.ts';
import type { HttpHandler, HttpRequest } from '../http-function.ts';
import { wantsPage } from '../wants-page.ts';
import { filingPage, verdictTexts } from './filing-page.ts';
import { linkPage, noLinkPage, thanksPage } from './pages.ts';

export type InvitationDeps = InviteDeps & ViewDeps;

/** What a link leads to is kept by no cache, and a page that is left tells nobody where one was. */
const discreet = { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex', vary: 'Accept' } as const;

const page = ({ headers }: HttpRequest): boolean => wantsPage(headers['accept']);

export function invitationHandlers(deps: InvitationDeps): Record<string, HttpHandler> {
  const linked = (request: HttpRequest): Promise<Result<Found, Refusal>> =>
    invitationOfLink(deps, request.path['token'] ?? '');

  return {
    'GET /submissions/{id}/invitations': async ({ actor, path }) => {
      const list = await listInvitations(deps, actor, path['id'] ?? '');
      return list.ok ? ok(json(200, list.value)) : list;
    },

    'POST /submissions/{id}/invitations': async (request) =>
      answered(await invite(deps, commandOf(request), request.path['id'] ?? '', request.body as InviteInput)),

    'POST /submissions/{id}/invitations/{number}/revoke': async (request) => {
      const { id = '', number } = request.path;
      return answered(await revokeInvitation(deps, commandOf(request), id, Number(number)));
    },

    'GET /invitations/{token}': async (request) => {
      const found = await linked(request);
      if (!found.ok) return page(request) ? ok(noLinkPage()) : found;
      const view = linkView(found.value);
      return ok(page(request) ? linkPage(view) : json(200, view, discreet));
    },

    'POST /invitations/{token}/code': async (request) => {
      const found = await linked(request);
      if (!found.ok) return found;
      return answered(await askCode(deps, commandOf(request), found.value.invitation));
    },

    'POST /invitations/{token}/open': async (request) => {
      const found = await linked(request);
      if (!found.ok) return found;
      const session = await sessionOf(deps, request, found.value);
      return session.ok ? show(deps, found.value, session.value, page(request)) : session;
    },

    'POST /invitations/{token}/answer': async (request) => {
      const found = await linked(request);
      if (!found.ok) return found;
      const { invitation } = found.value;
      const watermark = await watermarkOf(deps, invitation);
      const given = await answerInvitation(deps, commandOf(request), invitation, request.body as AnswerInput);
      if (!given.ok) return given;
      const taken = given.value.body as { readonly verdict: Verdict; readonly at: string };
      return ok(
        page(request)
          ? thanksPage(verdictTexts[taken.verdict], taken.at, watermark)
          : json(201, { ...taken, watermark }, discreet),
      );
    },
  };
}

/** By the code for the first time; then by the session itself, for as long as it lasts. */
async function sessionOf(
  deps: InvitationDeps,
  request: HttpRequest,
  found: Found,
): Promise<Result<Session, Refusal>> {
  const input = request.body as OpenInput;
  if ('code' in input) return openWithCode(deps, commandOf(request), found.invitation, input.code);
  const closed = whyNotOpen(found);
  if (closed) return refuse(closed);
  const { session } = found.invitation;
  return session && inSession(found.invitation, input.session, deps.now())
    ? ok({ secret: input.session, until: session.until })
    : refuse(refusal('session-ended'));
}

async function show(
  deps: InvitationDeps,
  { invitation, head }: Found,
  session: Session,
  asPage: boolean,
): Promise<Result<HttpResult, Refusal>> {
  const opened = await openedView(deps, invitation, head);
  if (!opened.ok) return opened;
  if (asPage) return ok(filingPage(opened.value, session));
  const { secret, until } = session;
  return ok(json(201, { session: secret, sessionUntil: until, ...opened.value }, discreet));
}
