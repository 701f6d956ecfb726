/** What the functions that take commands share: the request as a command, its result as an answer. */
import type { Refusal } from '../shared/kernel/refusal.ts';
import { ok, type Result } from '../shared/kernel/result.ts';
import type { CommandRequest } from '../shared/app/command.ts';
import type { Answer } from '../shared/app/ports.ts';
import { json, type HttpResult } from '../shared/http/problem.ts';
import type { HttpRequest } from './http-function.ts';

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
