/** The OpenAPI 3.1 document, made from the route table: what is not a route is not documented, and the other way round. */
import * as z from 'zod';
import { answers, sharedSchemas } from './answers/index.ts';
import { routeKey, routes, type Route } from './routes.ts';

type Json = Record<string, unknown>;

let made: Json | undefined;

/** The document, made once per process. */
export function openApi(): Json {
  made ??= describeApi(false);
  return made;
}

/** @param closed answers may hold no field that is not described: for the tests; clients must bear new fields. */
export function describeApi(closed: boolean): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: '安居：保障性租赁住房管理服务平台',
      version: '0.1.0',
      summary: 'Anju: management and service platform for affordable rental housing (内政办发〔2021〕53号)',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: paths(),
    components: {
      securitySchemes: { oidc: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema, GatewayMessage: gatewaySchema, ...answerSchemas(closed) },
    },
  };
}

const tags = {
  public: '公开信息 / public',
  submissions: '申报 / submissions',
  documents: '材料 / documents',
  obligations: '报送义务 / duties',
  certificates: '认定书 / certificates',
  cities: '盟市 / cities',
  resources: '存量资源台账 / resources',
  projects: '项目 / projects',
  invitations: '联审邀请 / invitations to the joint review',
  reference: '种类、日历、待办、通知、本人 / kinds, calendar, desk, inbox, me',
} as const;

function tagOf({ path, function: served }: Route): keyof typeof tags {
  if (served === 'public') return 'public';
  if (path.includes('/documents')) return 'documents';
  const first = path.split('/')[1] ?? '';
  if (first === 'regions') return 'projects';
  if (first === 'invitations' || path.includes('/invitations')) return 'invitations';
  const own = ['submissions', 'obligations', 'certificates', 'cities', 'resources', 'projects'] as const;
  return own.find((tag) => tag === first) ?? 'reference';
}

function paths(): Json {
  const all: Record<string, Json> = {};
  for (const route of routes) {
    all[route.path] = { ...all[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return all;
}

function operation(route: Route): Json {
  const success = route.command === 'creates' && route.method === 'POST' ? '201' : '200';
  return {
    operationId: operationId(route),
    tags: [tagOf(route)],
    summary: route.summary.zh,
    description: route.summary.en,
    parameters: parameters(route),
    ...(route.body
      ? {
          requestBody: {
            required: !route.body().safeParse({}).success,
            content: { 'application/json': { schema: inputSchema(route.body()) } },
          },
        }
      : {}),
    responses: {
      [success]: { description: '成功 / done', headers: headers(route), content: contentOf(route) },
      ...Object.fromEntries(refusalStatuses(route).map((status) => [status, refused(route, status)])),
    },
    security: route.access === 'anyone' ? [] : [{ oidc: [] }],
    ...(route.access === 'anyone' ? {} : { 'x-scope': route.access.scope, 'x-roles': route.access.roles }),
  };
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function contentOf(route: Route): Json {
  if (route.function === 'exports')
    return {
      [xlsx]: { schema: { type: 'string', format: 'binary' } },
      'text/csv': { schema: { type: 'string' } },
    };
  if (route.function === 'prints')
    return { 'application/pdf': { schema: { type: 'string', format: 'binary' } } };
  const formats = inputSchema(route.query?.() ?? z.object())['properties'] as Record<
    string,
    { enum?: string[] }
  >;
  const page = pages.has(routeKey(route)) ? ['html'] : [];
  const offered = [...(formats['format']?.enum ?? []), ...page];
  const name = answers[routeKey(route)]?.name;
  if (!name) throw new Error(`${routeKey(route)} does not say what it answers`);
  return {
    'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
    ...(offered.includes('csv') ? { 'text/csv': { schema: { type: 'string' } } } : {}),
    ...(offered.includes('html') ? { 'text/html': { schema: { type: 'string' } } } : {}),
  };
}

/** Answers that a browser gets as a page, by its Accept. */
const pages = new Set([
  'GET /public/certificates/{number}',
  'GET /invitations/{token}',
  'POST /invitations/{token}/open',
  'POST /invitations/{token}/answer',
]);

/** Reads of a record that a command may change give the revision to change it by. */
const tagged = new Set([
  'GET /submissions/{id}',
  'GET /submissions/{id}/documents/{document}',
  'GET /calendar/{year}',
  'GET /obligations/{id}',
  'GET /evaluations/{id}',
  'GET /resources/{id}',
  'GET /certificates/{id}',
  'GET /projects/{id}',
  'GET /me/preferences',
  'GET /offices/{code}/mailbox',
]);

/** Commands that make exactly one record say where it is. */
const located = new Set([
  'POST /submissions',
  'POST /evaluations',
  'POST /resources',
  'POST /submissions/{id}/documents',
  'POST /certificates/import',
]);

function headers(route: Route): Json {
  const text = { schema: { type: 'string' } };
  const record = route.command === 'changes' || route.command === 'replaces' || tagged.has(routeKey(route));
  return {
    ...(record || routeKey(route) === 'POST /submissions' ? { ETag: text } : {}),
    ...(located.has(routeKey(route)) ? { Location: text } : {}),
    ...thread,
  };
}

/** 追踪号. The gateway's own refusals come without it. */
const thread: Json = { 'X-Correlation-Id': { schema: { type: 'string' } } };

/** The statuses that a refusal of this route can have. */
function refusalStatuses(route: Route): string[] {
  const statuses = ['500', '503'];
  const paged = route.query && 'cursor' in route.query().shape;
  if (route.access !== 'anyone') statuses.push('401', '403');
  if (route.path.includes('{')) statuses.push('404');
  if (route.query) statuses.push('422');
  if (paged) statuses.push('400');
  if (
    route.path === '/deadlines' ||
    route.function === 'prints' ||
    route.path.endsWith('/download') ||
    route.path.endsWith('/pdf') ||
    route.path.includes('calendar') ||
    route.path.endsWith('/clock')
  )
    statuses.push('409');
  if (route.body) statuses.push('400', '409', '413', '422');
  if (route.command) statuses.push('400', '404', '409', '413', '422');
  // A wrong code, a session that is over, a code too many.
  if (route.secretPath && route.command) statuses.push('403', '429');
  if (route.command === 'changes' || route.command === 'replaces') statuses.push('412', '428');
  return [...new Set(statuses)].sort();
}

/** The gateway's own refusals come before us, and in its own form. */
const gatewayStatuses = new Set(['401', '403', '413', '500', '503']);

function refused(route: Route, status: string): Json {
  const gateway = gatewayStatuses.has(status);
  return {
    description: '拒绝 / refused',
    ...(gateway ? {} : { headers: thread }),
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      ...(status === '404' && pages.has(routeKey(route)) && route.method === 'GET'
        ? { 'text/html': { schema: { type: 'string' } } }
        : {}),
      ...(gateway ? { 'application/json': { schema: { $ref: '#/components/schemas/GatewayMessage' } } } : {}),
    },
  };
}

function parameters(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = route.query ? (inputSchema(route.query())['properties'] as Record<string, Json>) : {};
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }));
  const header = (name: string, required: boolean, schema: Json = { type: 'string' }): Json => ({
    name,
    in: 'header',
    required,
    schema,
  });
  return [
    ...inPath,
    ...inQuery,
    header('Accept-Language', false),
    header('X-Correlation-Id', false, { type: 'string', format: 'uuid' }),
    ...(route.command
      ? [header('Idempotency-Key', true, { type: 'string', minLength: 1, maxLength: 200 })]
      : []),
    ...(route.command === 'changes' || route.command === 'replaces'
      ? [header('If-Match', route.command === 'changes')]
      : []),
  ];
}

function operationId(route: Route): string {
  const words = route.path
    .replaceAll(/[{}]/g, '')
    .split(/[/.-]/)
    .filter((word) => word !== '');
  return [
    route.method.toLowerCase(),
    ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join('');
}

function inputSchema(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/** Every answer as a named schema; parts that several share are named once. */
function answerSchemas(closed: boolean): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(sharedSchemas)) registry.add(schema, { id });
  for (const { name, schema } of Object.values(answers)) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'output',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // The format says it; zod's pattern for dates is longer than all the rest.
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (!closed && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema]),
  );
}

const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    correlationId: {
      type: 'string',
      description:
        '追踪号：报障时请提供 / the id to quote when you report it; also in the header X-Correlation-Id',
    },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code', 'pointer', 'detail'],
        properties: { code: { type: 'string' }, pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

const gatewaySchema: Json = {
  type: 'object',
  description:
    '网关自身的拒绝（无有效令牌、无权限范围、过大） / refused by the gateway itself, before the platform',
  required: ['message'],
  properties: { message: { type: 'string' } },
};
