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
  const routes = assembly
    .ofType('AWS::ApiGatewayV2::Route')
    .map((route) => routeOf(assembly, functions, route));
  // Literal segments win over parameters, as API Gateway has it.
  routes.sort((a, b) => parameters(a) - parameters(b));

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://local');
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
  const integration = assembly
    .ofType('AWS::ApiGatewayV2::Integration')
    .find(({ id }) => String(target).endsWith(`/${id}`));
  const arn = String(integration?.properties['IntegrationUri']);
  const hosted = functions.get(arn);
  if (!hosted) throw new Error(`The route ${String(key)} leads to no function`);
  const authorizer = assembly
    .ofType('AWS::ApiGatewayV2::Authorizer')
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
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams)
    query[name] = name in query ? `${query[name] ?? ''},${value}` : value;
  const isText = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|.*\+json))/.test(
    headers['content-type'] ?? 'text/plain',
  );
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie ? { cookies: cookie.split(/; */) } : {}),
    headers,
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
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
      time: new Date(now).toUTCString(),
      timeEpoch: now,
      ...(claims ? { authorizer: { jwt: { claims: stringified(claims), scopes: route.scopes } } } : {}),
    },
    ...(body.length > 0 ? { body: isText ? body.toString('utf8') : body.toString('base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
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
  response.writeHead(given.statusCode ?? 200, {
    'content-type': 'application/json',
    ...given.headers,
    ...(given.cookies ? { 'set-cookie': given.cookies } : {}),
    'content-length': body.length,
  });
  response.end(body);
}

function plain(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}
