/** Holds every exchange of the API tests against the OpenAPI document: request, status, media type, body. */
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describeApi } from '../../functions/openapi.ts';
import { routes, routeKey } from '../../functions/routes.ts';
import { once } from '../../shared/kernel/once.ts';

interface Operation {
  readonly requestBody?: unknown;
  readonly responses: Record<
    string,
    { content?: Record<string, unknown>; headers?: Record<string, unknown> }
  >;
}

export interface Exchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  readonly headers: Headers;
  readonly answer: unknown;
}

class Contract {
  readonly #document = describeApi(true);
  readonly #ajv = new Ajv2020.default({ strict: false, allErrors: true });

  constructor() {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#document, 'api');
  }

  /** @throws Error that names what the document does not say */
  check({ method, path, body, status, headers, answer }: Exchange): void {
    const route = routes.find((one) => one.method === method && fits(one.path, path));
    // A path that no route knows is the gateway's to answer.
    if (!route) return;
    const key = routeKey(route);
    const operation = (this.#document['paths'] as Record<string, Record<string, Operation>>)[route.path]?.[
      method.toLowerCase()
    ];
    const described = operation?.responses[String(status)];
    if (!described) throw new Error(`${key} answered ${status}, which is not described: ${said(answer)}`);
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (!described.content?.[type])
      throw new Error(`${key} ${status} answered ${type}, which is not described`);
    const at = ['paths', route.path, method.toLowerCase()];
    this.#hold([...at, 'responses', String(status), 'content', type, 'schema'], answer, `${key} ${status}`);
    for (const name of Object.keys(described.headers ?? {})) {
      if (!headers.has(name)) throw new Error(`${key} ${status} came without ${name}`);
    }
    if (status < 300 && operation?.requestBody && body !== undefined) {
      this.#hold([...at, 'requestBody', 'content', 'application/json', 'schema'], body, `${key} took`);
    }
  }

  #hold(pointer: readonly string[], value: unknown, what: string): void {
    const reference = `api#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const validate = this.#ajv.getSchema(reference) as ValidateFunction | undefined;
    if (!validate) throw new Error(`${reference} is not in the document`);
    if (!validate(value)) {
      throw new Error(
        `${what} differs from the document: ${this.#ajv.errorsText(validate.errors)}\n${said(value)}`,
      );
    }
  }
}

/** The document's one reader: its schemas take a third of a second to compile, and no exchange changes them. */
export const contract = once(() => new Contract());

function fits(template: string, path: string): boolean {
  const parts = template.split('/');
  const given = path.split('/');
  return (
    parts.length === given.length &&
    parts.every((part, index) => (part.startsWith('{') ? given[index] !== '' : part === given[index]))
  );
}

function said(value: unknown): string {
  return JSON.stringify(value).slice(0, 1500);
}
