/** The HTTP APIs of the template on one port: routes, JWT authorizer, payload format 2.0 in and out. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import type { Invocable } from './function-host.ts';
import type { Issuer } from './identity/issuer.ts';
import type { Assembly, Resource } from './template.ts';

const largestBody = 10 * 1024 * 1024;

interface FrontRoute {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly target: Invocable;
  readonly authorizer?: { readonly issuer: string; readonly audience: string[] };
  readonly scopes: readonly string[];
}

export function frontOf(
  assembly: Assembly,
  functions: ReadonlyMap<string, Invocable>,
  issuer: Issuer,
  now: () => number,
) {
  for (const { id, properties } of assembly.ofType('AWS::ApiGatewayV2::Api')) {
    if ('CorsConfiguration' in properties)
      throw new Error(`The API ${id} has a CorsConfiguration: that is not supported on one machine`);
  }
  const routes = assembly
    .ofType('AWS::ApiGatewayV2::Route')
    .map((route) => routeOf(assembly, functions, route));
  const keys = new Set<string>();
  for (const { key } of routes) {
    if (keys.has(key)) throw new Error(`Two APIs have the route ${key}, and one machine has one port`);
    keys.add(key);
  }
  // Literal segments win over parameters, as API Gateway has it.
  routes.sort((a, b) => parameters(a) - parameters(b));

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!request.url?.startsWith('/')) return plain(response, 400, 'Bad Request');
    // Not `new URL(path, base)`: a path that begins with two slashes would be read as a host.
    const url = new URL(`http://local${request.url}`);
    const segments = url.pathname.split('/').slice(1);
    const route = routes.find((one) => one.method === request.method && fits(one.segments, segments));
    if (!route) return plain(response, 404, 'Not Found');
    const claims = route.authorizer ? await claimsOf(request, issuer, route.authorizer) : undefined;
    if (route.authorizer && !claims) return plain(response, 401, 'Unauthorized');
    const scope = claims?.['scope'];
    const held = typeof scope === 'string' ? scope.split(' ') : [];
    if (route.scopes.length > 0 && !route.scopes.some((scope) => held.includes(scope)))
      return plain(response, 403, 'Forbidden');
    const body = await bodyOf(request);
    if (body === undefined) return plain(response, 413, 'Request Entity Too Large');
    const event = payload(request, url, route, body, claims, now());
    try {
      answer(response, await route.target.invoke(event));
    } catch {
      // As API Gateway: the function's own words stay in the log.
      plain(response, 500, 'Internal Server Error');
    }
  };
}

function routeOf(assembly: Assembly, functions: ReadonlyMap<string, Invocable>, route: Resource): FrontRoute {
  const {
    RouteKey: key,
    Target: target,
    AuthorizerId: authorizerId,
    AuthorizationScopes: scopes,
  } = route.properties;
  const [method = '', path = ''] = String(key).split(' ');
  if (method === 'ANY' || path === '' || path.includes('+}'))
    throw new Error(`The route ${String(key)}: only a method and a path without "+" are supported`);
  const sameStack = ({ stack }: Resource): boolean => stack === route.stack;
  const integration = assembly
    .ofType('AWS::ApiGatewayV2::Integration')
    .filter(sameStack)
    .find(({ id }) => String(target).endsWith(`/${id}`));
  const arn = String(integration?.properties['IntegrationUri']);
  const hosted = functions.get(arn);
  if (!hosted) throw new Error(`The route ${String(key)} leads to no function`);
  const authorizer = assembly
    .ofType('AWS::ApiGatewayV2::Authorizer')
    .filter(sameStack)
    .find((one) => assembly.nameOf(one) === authorizerId);
  // A route that wants a token and finds no authorizer must not stand open.
  if (authorizerId !== undefined && !authorizer)
    throw new Error(`The route ${String(key)} names no authorizer`);
  const jwt = authorizer?.properties['JwtConfiguration'] as
    { Issuer: string; Audience: string[] } | undefined;
  return {
    key: String(key),
    method,
    segments: path.split('/').slice(1),
    target: hosted,
    scopes: (scopes as string[] | undefined) ?? [],
    ...(jwt ? { authorizer: { issuer: jwt.Issuer, audience: jwt.Audience } } : {}),
  };
}

function parameters(route: FrontRoute): number {
  return route.segments.filter((segment) => segment.startsWith('{')).length;
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, index) =>
      part.startsWith('{') ? segments[index] !== '' : part === segments[index],
    )
  );
}

async function claimsOf(
  request: IncomingMessage,
  issuer: Issuer,
  expected: { issuer: string; audience: string[] },
): Promise<JWTPayload | undefined> {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!token) return undefined;
  try {
    return await issuer.verify(token, expected);
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length <= largestBody) chunks.push(chunk as Buffer);
  }
  return length > largestBody ? undefined : Buffer.concat(chunks);
}

function payload(
  request: IncomingMessage,
  url: URL,
  route: FrontRoute,
  body: Buffer,
  claims: JWTPayload | undefined,
  now: number,
): unknown {
  const { cookie, ...rest } = request.headers;
  const headers = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, [value].flat().join(',')]),
  );
  const names = route.segments.map((segment) => /^\{(.+)\}$/.exec(segment)?.[1]);
  const given = url.pathname.split('/').slice(1);
  const inPath = names.flatMap((name, index) => (name ? [[name, decoded(given[index] ?? '')] as const] : []));
  const query = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : `${before},${value}`);
  }
  const isText = /^(text\/|application\/(json|xml|javascript|.*\+json))/i.test(
    headers['content-type'] ?? 'text/plain',
  );
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie ? { cookies: cookie.split(/; */) } : {}),
    headers,
    ...(query.size > 0 ? { queryStringParameters: Object.fromEntries(query) } : {}),
    ...(inPath.length > 0 ? { pathParameters: Object.fromEntries(inPath) } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: request.headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: logTime(now),
      timeEpoch: now,
      ...(claims ? { authorizer: { jwt: { claims: stringified(claims), scopes: route.scopes } } } : {}),
    },
    ...(body.length > 0 ? { body: isText ? body.toString('utf8') : body.toString('base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** As in an access log: `12/Mar/2020:19:03:58 +0000`. */
function logTime(now: number): string {
  const [, day = '', month = '', year = '', time = ''] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** API Gateway gives every claim as text, a list as `[a b]`. */
function stringified(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
}

interface FunctionAnswer {
  readonly statusCode?: number;
  readonly headers?: Record<string, string>;
  readonly cookies?: string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

function answer(response: ServerResponse, value: unknown): void {
  const given = (
    typeof value === 'object' && value !== null && 'statusCode' in value
      ? value
      : { statusCode: 200, body: JSON.stringify(value) }
  ) as FunctionAnswer;
  const body = Buffer.from(given.body ?? '', given.isBase64Encoded ? 'base64' : 'utf8');
  // By lower-case name: a `Content-Type` of the function's own must not stand beside ours.
  const headers = Object.entries(given.headers ?? {}).map(
    ([name, one]) => [name.toLowerCase(), one] as const,
  );
  response.writeHead(given.statusCode ?? 200, {
    'content-type': 'application/json',
    ...Object.fromEntries(headers),
    ...(given.cookies ? { 'set-cookie': given.cookies } : {}),
    'content-length': body.length,
  });
  response.end(body);
}

function plain(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ message });
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}
