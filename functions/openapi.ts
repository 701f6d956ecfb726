/** The OpenAPI 3.1 document, made from the route table: what is not a route is not documented, and the other way round. */
import * as z from 'zod';
import { routes, type Route } from './routes.ts';

type Json = Record<string, unknown>;

let made: Json | undefined;

export function openApi(): Json {
  made ??= {
    openapi: '3.1.0',
    info: {
      title: '安居：保障性租赁住房管理服务平台',
      version: '0.1.0',
      summary: 'Anju: management and service platform for affordable rental housing (内政办发〔2021〕53号)',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: paths(),
    components: {
      securitySchemes: { oidc: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema },
    },
  };
  return made;
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
    summary: route.summary.zh,
    description: route.summary.en,
    parameters: parameters(route),
    ...(route.body
      ? {
          requestBody: { required: false, content: { 'application/json': { schema: schemaOf(route.body) } } },
        }
      : {}),
    responses: {
      [success]: { description: '成功 / done', content: contentOf(route) },
      ...Object.fromEntries(refusalStatuses(route).map((status) => [status, problemResponse])),
    },
    security: route.access === 'anyone' ? [] : [{ oidc: [] }],
    ...(route.access === 'anyone' ? {} : { 'x-scope': route.access.scope, 'x-roles': route.access.roles }),
  };
}

function contentOf(route: Route): Json {
  const csv = route.query && 'format' in route.query.shape;
  return {
    'application/json': { schema: { type: 'object' } },
    ...(csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
  };
}

/** The statuses that a refusal of this route can have. */
function refusalStatuses(route: Route): string[] {
  const statuses = ['400', '500', '503'];
  if (route.access !== 'anyone') statuses.push('401', '403');
  if (route.path.includes('{')) statuses.push('404');
  if (route.body || route.query || route.command) statuses.push('422');
  if (
    route.command ||
    route.path.endsWith('/download') ||
    route.path.includes('calendar') ||
    route.path.endsWith('/clock')
  )
    statuses.push('409');
  if (route.command) statuses.push('404');
  if (route.command === 'changes') statuses.push('412', '428');
  return [...new Set(statuses)].sort();
}

function parameters(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = route.query ? (schemaOf(route.query)['properties'] as Record<string, Json>) : {};
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }));
  const header = (name: string, required: boolean): Json => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string' },
  });
  return [
    ...inPath,
    ...inQuery,
    header('Accept-Language', false),
    ...(route.command ? [header('Idempotency-Key', true)] : []),
    ...(route.command === 'changes' ? [header('If-Match', true)] : []),
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

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    instance: { type: 'string' },
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

const problemResponse: Json = {
  description: '拒绝 / refused',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
