/**
 * One HTTP function: looks up the route, checks who may call, reads the request as its schemas say, answers JSON or a
 * problem. Bad input never makes a 500.
 */
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import { bodyBounds, unkeepable } from '../shared/kernel/json-bounds.ts';
import { refusal, type Locale, type Reason, type Refusal } from '../shared/kernel/refusal.ts';
import { refuse, type Result } from '../shared/kernel/result.ts';
import type { Actor } from '../shared/domain/identity/roles.ts';
import { json, localeOf, problem, type HttpResult } from '../shared/http/problem.ts';
import { reasonsOf } from '../shared/kernel/zod-reasons.ts';
import { correlated, correlationIdOf } from '../shared/observability/correlation.ts';
import { logger } from '../shared/observability/logger.ts';
import { measured } from '../shared/observability/metrics.ts';
import { actorOf, holdsOne } from './actor.ts';
import { routeKey, type Route } from './route.ts';

export interface HttpRequest {
  readonly route: Route;
  readonly actor: Actor;
  readonly locale: Locale;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Idempotency-Key, present on every command. */
  readonly key: string;
  /** Audit number from If-Match, present on commands that change a record. */
  readonly ifMatch?: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export type HttpHandler = (request: HttpRequest) => Promise<Result<HttpResult, Refusal>>;

type Event = APIGatewayProxyEventV2 & {
  requestContext: Partial<APIGatewayProxyEventV2WithJWTAuthorizer['requestContext']>;
};

/** What every answer tells a browser: take it as what it says it is, and come by TLS only. */
const everywhere = {
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
} as const;

const nobody: Actor = { sub: '', office: '', roles: [] };

/** @param routes the function's own; @param handlers by route key */
export function httpFunction(routes: readonly Route[], handlers: Readonly<Record<string, HttpHandler>>) {
  const table = new Map(routes.map((route) => [routeKey(route), route]));
  return middy<Event, APIGatewayProxyStructuredResultV2>().handler((event, context) => {
    const { requestId = context.awsRequestId } = event.requestContext;
    const thread = correlationIdOf(event.headers['x-correlation-id'], requestId);
    return correlated(thread, async () => {
      const started = performance.now();
      const locale = localeOf(event.headers['accept-language']);
      const route = table.get(event.routeKey);
      const outcome = await outcomeOf(event, route, handlers[event.routeKey], locale);
      const instance = route?.secretPath ? route.path : event.rawPath;
      const answer = outcome.ok ? outcome.value : problem(outcome.error, locale, instance, thread);
      logRequest(event, answer.statusCode, performance.now() - started, outcome);
      return { ...answer, headers: { ...answer.headers, ...everywhere, 'x-correlation-id': thread } };
    });
  });
}

async function outcomeOf(
  event: Event,
  route: Route | undefined,
  handler: HttpHandler | undefined,
  locale: Locale,
): Promise<Result<HttpResult, Refusal>> {
  try {
    if (!route || !handler) return refuse(refusal('not-found'));
    const request = requestOf(event, route, locale);
    return request.ok ? await handler(request.value) : request;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'InvalidCursor') return refuse(refusal('invalid-cursor'));
    if (busy.has(name)) return refuse(refusal('busy'));
    logger.error('The request failed', { route: event.routeKey, error: error as Error });
    return refuse(refusal(passing.has(name) ? 'busy' : 'internal'));
  }
}

/** One line a request: what was asked of us and how it ended. Of the caller the identity provider's subject, and no more. */
function logRequest(event: Event, status: number, ms: number, outcome: Result<unknown, Refusal>): void {
  const { requestId, authorizer } = event.requestContext;
  logger.info('request', {
    route: event.routeKey,
    status,
    ms: Math.round(ms),
    requestId,
    subject: authorizer?.jwt.claims['sub'],
    refusal: outcome.ok ? undefined : outcome.error.code,
    ...measured({ Faults: status >= 500 ? 1 : 0 }),
  });
}

const busy = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
]);

/** Faults of a service that pass; under its key the request may be sent again without harm. */
const passing = new Set(['InternalServerError', 'TimeoutError', 'NetworkingError']);

function requestOf(event: Event, route: Route, locale: Locale): Result<HttpRequest, Refusal> {
  const refused = (error: Refusal): Result<never, Refusal> => ({ ok: false, error });
  const actor = route.access === 'anyone' ? nobody : actorOf(event.requestContext.authorizer?.jwt.claims);
  if (!actor) return refused(refusal('not-authenticated'));
  if (route.access !== 'anyone' && !holdsOne(actor, route.access.roles))
    return refused(refusal('not-allowed'));

  const key = event.headers['idempotency-key']?.trim() ?? '';
  if (route.command && (key === '' || key.length > 200)) return refused(refusal('idempotency-key-missing'));
  // What only creates has no revision to match.
  const asked = route.command === 'changes' || route.command === 'replaces';
  const given = asked ? event.headers['if-match'] : undefined;
  const ifMatch = revisionOf(given);
  if (route.command === 'changes' && given === undefined) return refused(refusal('precondition-required'));
  if (given !== undefined && ifMatch === undefined) return refused(refusal('stale-version'));

  // No name of ours is that long, and the table would not take it as a key.
  const inPath = Object.entries(event.pathParameters ?? {}).map(
    ([name, value]) => [name, value ?? ''] as const,
  );
  if (inPath.some(([, value]) => value.length > longestName || !value.isWellFormed()))
    return refused(refusal('not-found'));

  const query = route.query?.().safeParse(event.queryStringParameters ?? {});
  const body = bodyOf(event, route);
  if (body === tooLarge) return refused(refusal('body-too-large', { kilobytes: bodyBounds.bytes / 1000 }));
  if (body === unreadable) return refused(refusal('malformed-body'));
  const odd = unkeepable(body);
  if (odd.length > 0) return refused(refusal('invalid-request', { count: odd.length }, odd));
  const parsed = route.body?.().safeParse(body, { reportInput: true });
  const reasons: Reason[] = [
    ...(query?.error ? reasonsOf(query.error, '/query') : []),
    ...(parsed?.error ? reasonsOf(parsed.error) : []),
  ];
  if (reasons.length > 0) return refused(refusal('invalid-request', { count: reasons.length }, reasons));
  return {
    ok: true,
    value: {
      route,
      actor,
      locale,
      path: Object.fromEntries(inPath),
      query: query?.data ?? {},
      body: parsed?.data,
      key,
      ...(ifMatch === undefined ? {} : { ifMatch }),
      headers: event.headers,
    },
  };
}

const longestName = 100;
const unreadable = Symbol('unreadable');
const tooLarge = Symbol('too large');

/** An absent body is an empty object: most steps take none. */
function bodyOf(event: Event, route: Route): unknown {
  if (!route.body) return undefined;
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  if (Buffer.byteLength(text) > bodyBounds.bytes) return tooLarge;
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

function revisionOf(ifMatch: string | undefined): number | undefined {
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch?.trim() ?? '');
  return match ? Number(match[1]) : undefined;
}

export { json };
