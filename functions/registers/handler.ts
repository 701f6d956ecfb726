/** HTTP in, query out: every read of the registers of resources and projects. */
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { Refusal } from '../../shared/kernel/refusal.ts';
import { readCertificate } from '../../shared/app/certificates/read.ts';
import {
  listResources,
  readResource,
  seenResource,
  type ResourceQuery,
} from '../../shared/app/resources/read.ts';
import { rehearseRules, type RehearseInput } from '../../shared/app/policies/rehearse-rules.ts';
import { readOverview } from '../../shared/app/projects/overview.ts';
import {
  listProjects,
  readProject,
  readProjectDifference,
  seenProject,
  type ProjectQuery,
} from '../../shared/app/projects/read.ts';
import { readHistory, type ReadDeps } from '../../shared/app/submissions/read.ts';
import { etagOf } from '../../shared/app/submissions/view.ts';
import { json, type HttpResult } from '../../shared/http/problem.ts';
import type { HttpHandler, HttpRequest } from '../http-function.ts';

export function registerHandlers(deps: ReadDeps): Record<string, HttpHandler> {
  const history = async (record: string, { query }: HttpRequest): Promise<Result<HttpResult, Refusal>> =>
    ok(json(200, await readHistory(deps, record, Number(query['after']), Number(query['limit']))));

  return {
    'GET /certificates/{id}': async ({ actor, path }) => {
      const read = await readCertificate(deps, actor, path['id'] ?? '');
      return read.ok ? ok(json(200, read.value, { etag: etagOf(read.value.revision) })) : read;
    },
    'GET /resources': async ({ actor, query }) =>
      body(await listResources(deps, actor, query as unknown as ResourceQuery)),
    'GET /resources/{id}': async ({ actor, path }) =>
      tagged(await readResource(deps, actor, path['id'] ?? '')),
    'GET /resources/{id}/history': async (request) => {
      const found = await seenResource(deps, request.actor, request.path['id'] ?? '');
      return found.ok ? history(`resource:${found.value.id}`, request) : found;
    },

    'GET /projects': async ({ actor, query }) =>
      body(await listProjects(deps, actor, query as unknown as ProjectQuery)),
    'GET /projects/{id}': async ({ actor, path, query }) =>
      tagged(await readProject(deps, actor, path['id'] ?? '', query['asOf'] as string | undefined)),
    'GET /projects/{id}/history': async (request) => {
      const found = await seenProject(deps, request.actor, request.path['id'] ?? '');
      return found.ok ? history(`project:${found.value.id}`, request) : found;
    },
    'GET /projects/{id}/versions/{number}/difference': async ({ actor, path, query }) => {
      const to = Number(path['number']);
      const from = Number(query['from'] ?? to - 1);
      return body(await readProjectDifference(deps, actor, path['id'] ?? '', from, to));
    },
    'POST /rule-sets/rehearse': async ({ actor, body: asked }) =>
      body(await rehearseRules(deps, actor, asked as RehearseInput)),
    'GET /regions/overview': async ({ actor, query }) =>
      ok(json(200, await readOverview(deps, actor, query as { year?: number }))),
  };
}

function body(result: Result<unknown, Refusal>): Result<HttpResult, Refusal> {
  return result.ok ? ok(json(200, result.value)) : result;
}

function tagged(
  result: Result<{ readonly body: unknown; readonly revision: number }, Refusal>,
): Result<HttpResult, Refusal> {
  return result.ok ? ok(json(200, result.value.body, { etag: etagOf(result.value.revision) })) : result;
}
