/** HTTP in, query out: every read of the internal API but the documents and what is the same for all. */
import type { Refusal } from '../../shared/kernel/refusal.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import { readCities, readCity } from '../../shared/app/cities/read-cities.ts';
import { readCalendar } from '../../shared/app/calendar/read-calendar.ts';
import { readDesk } from '../../shared/app/desk/read-desk.ts';
import type { CreateObligationsInput } from '../../shared/app/duties/create-obligations.ts';
import { previewObligations } from '../../shared/app/duties/preview-obligations.ts';
import { readDeadlines } from '../../shared/app/duties/read-deadlines.ts';
import { listRuns, readRun, readScheme } from '../../shared/app/evaluation/read-runs.ts';
import { readRuleDifference, readRuleSet, readRuleSets } from '../../shared/app/policies/read-rules.ts';
import { listSubmissions, type ListAsked } from '../../shared/app/submissions/list.ts';
import { readDelegates } from '../../shared/app/delegates/delegates.ts';
import { readMailbox } from '../../shared/app/reminders/mailbox.ts';
import { readPreferences } from '../../shared/app/reminders/preferences.ts';
import { readInbox } from '../../shared/app/reminders/read-inbox.ts';
import { readReminders } from '../../shared/app/reminders/read-reminders.ts';
import { readObligation, readObligations } from '../../shared/app/duties/read-obligations.ts';
import {
  readChecks,
  readClock,
  readDifference,
  readHistory,
  readSubmission,
  readVersion,
  seen,
  type ReadDeps,
} from '../../shared/app/submissions/read.ts';
import { etagOf } from '../../shared/app/submissions/view.ts';
import { officeOf } from '../../shared/domain/identity/offices.ts';
import { roles } from '../../shared/domain/identity/roles.ts';
import type { DeliveryRecords } from '../../shared/app/reminders/deliver.ts';
import { readDeliveries } from '../../shared/app/reminders/read-deliveries.ts';
import { json, type HttpResult } from '../../shared/http/problem.ts';
import type { HttpHandler } from '../http-function.ts';

interface Paging {
  readonly cursor?: string;
  readonly limit: number;
}

export type QueryDeps = ReadDeps & { readonly records: Pick<DeliveryRecords, 'of'> };

export function queryHandlers(deps: QueryDeps): Record<string, HttpHandler> {
  return {
    'GET /me': async ({ actor }) => {
      const office = officeOf(actor.office);
      return ok(
        json(200, {
          sub: actor.sub,
          office: { code: actor.office, zh: office?.zh, en: office?.en },
          roles: actor.roles.map((role) => ({ code: role, zh: roles[role].zh, en: roles[role].en })),
        }),
      );
    },

    'GET /desk': async ({ actor, query }) => body(await readDesk(deps, actor, query as unknown as Paging)),

    'GET /me/preferences': async ({ actor }) => {
      const { body: told, revision } = await readPreferences(deps, actor);
      return ok(json(200, told, { etag: etagOf(revision) }));
    },

    'GET /offices/{code}/delegates': async ({ actor, path }) => {
      const read = await readDelegates(deps, actor, path['code'] ?? '');
      return read.ok ? ok(json(200, read.value.body, { etag: etagOf(read.value.revision) })) : read;
    },
    'GET /offices/{code}/mailbox': async ({ actor, path }) => {
      const read = await readMailbox(deps, actor, path['code'] ?? '');
      return read.ok ? ok(json(200, read.value.body, { etag: etagOf(read.value.revision) })) : read;
    },

    'GET /inbox': async ({ actor, query }) => {
      const { unread, all, ...paging } = query as unknown as Paging & { unread?: string; all?: string };
      const asked = { ...paging, unread: unread === 'true', all: all === 'true' };
      return body(await readInbox(deps, actor, asked));
    },

    'GET /cities': async () => ok(json(200, await readCities(deps))),
    'GET /cities/{code}': async ({ path }) => body(await readCity(deps, path['code'] ?? '')),
    'GET /cities/{code}/history': async ({ path, query }) => {
      const city = await readCity(deps, path['code'] ?? '');
      if (!city.ok) return city;
      return ok(
        json(
          200,
          await readHistory(
            deps,
            `city:${path['code'] ?? ''}`,
            Number(query['after']),
            Number(query['limit']),
          ),
        ),
      );
    },
    'GET /rule-sets': async ({ actor, query }) => ok(json(200, await readRuleSets(deps, actor, query))),
    'GET /rule-sets/{city}/{number}': async ({ path }) =>
      body(await readRuleSet(deps, path['city'] ?? '', path['number'] ?? '')),
    'GET /rule-sets/{city}/{number}/difference': async ({ path, query }) => {
      const { from } = query as { from?: string };
      return body(await readRuleDifference(deps, path['city'] ?? '', path['number'] ?? '', from));
    },
    'GET /calendar/{year}': async ({ path }) => {
      const read = await readCalendar(deps, Number(path['year']));
      return read.ok ? ok(json(200, read.value.body, { etag: etagOf(read.value.revision) })) : read;
    },

    'GET /deadlines': async ({ actor, query }) => body(await readDeadlines(deps, actor, query)),
    'GET /obligations': async ({ actor, query }) => ok(json(200, await readObligations(deps, actor, query))),
    'GET /obligations/{id}': async ({ actor, path }) => {
      const read = await readObligation(deps, actor, path['id'] ?? '');
      return read.ok ? ok(json(200, read.value.body, { etag: etagOf(read.value.revision) })) : read;
    },

    'POST /obligations/preview': async (request) =>
      body(await previewObligations(deps, request.body as CreateObligationsInput)),
    'GET /obligations/{id}/reminders': async ({ actor, path }) =>
      body(await readReminders(deps, actor, path['id'] ?? '')),

    'GET /inbox/{day}/deliveries': async ({ actor, path, query }) =>
      body(await readDeliveries(deps, actor, path['day'] ?? '', query)),
    'GET /evaluations': async ({ actor, query }) => ok(json(200, await listRuns(deps, actor, query))),
    'GET /evaluations/{id}': async ({ actor, path }) => {
      const read = await readRun(deps, actor, path['id'] ?? '');
      return read.ok ? ok(json(200, read.value, { etag: etagOf(read.value.seq) })) : read;
    },
    'GET /evaluation-schemes/{year}': async ({ path }) => {
      const read = await readScheme(deps, Number(path['year']));
      if (!read.ok) return read;
      const { seq, ...scheme } = read.value;
      return ok(json(200, scheme, seq > 0 ? { etag: etagOf(seq) } : {}));
    },

    'GET /submissions': async ({ actor, query }) => {
      return body(await listSubmissions(deps, actor, query as unknown as ListAsked));
    },
    'GET /submissions/{id}': async ({ actor, path }) => {
      const found = await readSubmission(deps, actor, path['id'] ?? '');
      return found.ok ? ok(json(200, found.value.body, { etag: etagOf(found.value.head.seq) })) : found;
    },
    'GET /submissions/{id}/checks': async ({ actor, path }) =>
      body(await readChecks(deps, actor, path['id'] ?? '')),
    'GET /submissions/{id}/clock': async ({ actor, path }) =>
      body(await readClock(deps, actor, path['id'] ?? '')),
    'GET /submissions/{id}/history': async ({ actor, path, query }) => {
      const found = await seen(deps, actor, path['id'] ?? '');
      if (!found.ok) return found;
      return ok(
        json(
          200,
          await readHistory(
            deps,
            `submission:${path['id'] ?? ''}`,
            Number(query['after']),
            Number(query['limit']),
          ),
        ),
      );
    },
    'GET /submissions/{id}/versions/{number}': async ({ actor, path }) =>
      body(await readVersion(deps, actor, path['id'] ?? '', Number(path['number']))),
    'GET /submissions/{id}/versions/{number}/difference': async ({ actor, path, query }) => {
      const to = Number(path['number']);
      return body(await readDifference(deps, actor, path['id'] ?? '', Number(query['from'] ?? to - 1), to));
    },
  };
}

function body(result: Result<unknown, Refusal>): Result<HttpResult, Refusal> {
  return result.ok ? ok(json(200, result.value)) : result;
}
