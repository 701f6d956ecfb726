/** The platform described: its API, and the forms of its kinds. Part of the code, so nothing is read. */
import { refusal } from '../../shared/kernel/refusal.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import { describeKind } from '../../shared/domain/submissions/kinds/describe.ts';
import { kindOf, kinds } from '../../shared/domain/submissions/kinds/index.ts';
import { json } from '../../shared/http/problem.ts';
import type { HttpHandler } from '../http-function.ts';

export function descriptionHandlers(): Record<string, HttpHandler> {
  return {
    'GET /openapi.json': async () => {
      // Loaded when it is asked for: who asks for a form waits for no schema of an answer.
      const { openApi } = await import('../openapi.ts');
      return ok(json(200, openApi(), { 'cache-control': 'public, max-age=300' }));
    },

    'GET /kinds': async () =>
      ok(
        json(200, {
          items: Object.values(kinds).map(({ code, name, description, clauses, period }) => ({
            code,
            name,
            description,
            clauses,
            period,
          })),
        }),
      ),

    'GET /kinds/{kind}': async ({ path }) => {
      const kind = kindOf(path['kind'] ?? '');
      return kind
        ? ok(json(200, describeKind(kind)))
        : refuse(refusal('kind-unknown', { kind: path['kind'] ?? '' }));
    },
  };
}
