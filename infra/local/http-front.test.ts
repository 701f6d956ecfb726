import { createServer, request as rawRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { frontOf } from './http-front.ts';
import type { DemoUser } from './identity/demo-users.ts';
import { devIssuer, type Issuer } from './identity/issuer.ts';
import { arnOf, assemblyOf, byArn, inPlace, type SmallResource } from './testing.ts';

const issuerUrl = 'http://issuer.example';
const clerk: DemoUser = {
  id: 'clerk',
  name: '演示',
  office: '150300',
  roles: ['drafter'],
  scopes: ['read', 'file'],
};
const start = Date.parse('2031-03-02T09:08:07Z');

interface Event {
  readonly routeKey: string;
  readonly headers: Record<string, string>;
  readonly requestContext: Record<string, unknown>;
  readonly [name: string]: unknown;
}

let now = start;
let issuer: Issuer;
let server: Server;
let seen: Event[] = [];
let answer: (event: Event) => unknown;

function route(key: string, properties: Record<string, unknown> = {}): SmallResource {
  return {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      RouteKey: key,
      Target: 'integrations/Integration',
      AuthorizationType: 'NONE',
      ...properties,
    },
  };
}

const signedIn = { AuthorizerId: { Ref: 'Tokens' } };

/** An API whose routes lead to one function, and an authorizer for those that ask for it. */
function apiOf(routes: readonly SmallResource[], more: Record<string, SmallResource> = {}) {
  return {
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: { IntegrationUri: arnOf('one'), PayloadFormatVersion: '2.0' },
      },
      Tokens: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: { Name: 'Tokens', JwtConfiguration: { Issuer: issuerUrl, Audience: ['anju'] } },
      },
      ...Object.fromEntries(routes.map((one, index) => [`Route${index}`, one])),
      ...more,
    },
  };
}

function front(...stacks: ReturnType<typeof apiOf>[]) {
  const assembly = assemblyOf(Object.fromEntries(stacks.map((stack, index) => [`Stack${index}`, stack])));
  const one = inPlace('one', (event: Event) => {
    seen.push(event);
    return answer(event);
  });
  return frontOf(assembly, byArn(one), issuer, () => now);
}

beforeAll(async () => {
  issuer = await devIssuer(
    () => issuerUrl,
    () => now,
  );
  const handle = front(
    apiOf([
      route('GET /submissions/{id}'),
      route('GET /submissions/mine'),
      route('GET /submissions/{id}/documents/{document}'),
      route('POST /submissions'),
      route('GET /desk', { ...signedIn, AuthorizationScopes: ['read', 'write'] }),
      route('GET /audit', { ...signedIn, AuthorizationScopes: ['audit'] }),
      route('GET /me', signedIn),
    ]),
  );
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  now = start;
  seen = [];
  answer = () => ({ statusCode: 200, body: '{}' });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly raw: readonly string[];
}

/** Without `fetch`, which would tidy the path and hide headers. */
function call(
  method: string,
  path: string,
  headers: Record<string, string | string[]> = {},
  body: Buffer | string = '',
): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const outgoing = rawRequest({ port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status, headers: given, rawHeaders: raw } = response;
        resolve({ status, headers: given, body: Buffer.concat(chunks).toString(), raw });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function bearer(): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${(await issuer.token(clerk)).access_token}` };
}

describe('the event of a request', () => {
  it('has the fields of payload format 2.0', async () => {
    await call('GET', '/submissions/7?state=draft&empty=&state=returned&q=%E5%B1%85+a%2Cb', {
      'x-trace': ['one', 'two'],
      cookie: 'a=1; b=2',
      'user-agent': 'test',
    });
    expect(seen).toEqual([
      {
        version: '2.0',
        routeKey: 'GET /submissions/{id}',
        rawPath: '/submissions/7',
        rawQueryString: 'state=draft&empty=&state=returned&q=%E5%B1%85+a%2Cb',
        cookies: ['a=1', 'b=2'],
        headers: expect.objectContaining({ 'x-trace': 'one, two', 'user-agent': 'test' }) as object,
        queryStringParameters: { state: 'draft,returned', empty: '', q: '居 a,b' },
        pathParameters: { id: '7' },
        requestContext: {
          accountId: '000000000000',
          apiId: 'local',
          domainName: expect.any(String) as string,
          domainPrefix: 'local',
          http: {
            method: 'GET',
            path: '/submissions/7',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'test',
          },
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          routeKey: 'GET /submissions/{id}',
          stage: '$default',
          time: '02/Mar/2031:09:08:07 +0000',
          timeEpoch: start,
        },
        isBase64Encoded: false,
      },
    ]);
    expect(seen[0]?.headers).not.toHaveProperty('cookie');
  });

  it('leaves out what the request has not', async () => {
    await call('POST', '/submissions');
    for (const name of ['cookies', 'queryStringParameters', 'pathParameters', 'body'])
      expect(seen[0]).not.toHaveProperty(name);
    expect(seen[0]?.requestContext).not.toHaveProperty('authorizer');
  });

  it('takes names that every object inherits as they are', async () => {
    await call('GET', '/submissions/7?toString=1&__proto__=2');
    const given = seen[0]?.['queryStringParameters'] as object;
    expect(Object.entries(given)).toEqual([
      ['toString', '1'],
      ['__proto__', '2'],
    ]);
  });

  it('decodes what stands in the path', async () => {
    await call('GET', '/submissions/%E5%B1%85%2F1/documents/a%20b');
    expect(seen[0]).toMatchObject({
      rawPath: '/submissions/%E5%B1%85%2F1/documents/a%20b',
      pathParameters: { id: '居/1', document: 'a b' },
    });
    await call('GET', '/submissions/%E5');
    expect(seen[1]).toMatchObject({ pathParameters: { id: '%E5' } });
  });

  it.each([
    ['application/json; charset=utf-8', '{"名":"居"}', '{"名":"居"}', false],
    ['Application/JSON', '{}', '{}', false],
    ['application/merge-patch+json', '{}', '{}', false],
    ['text/csv', 'a,b', 'a,b', false],
    ['application/pdf', Buffer.from([0x25, 0xff, 0x00]), 'Jf8A', true],
    ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
  ])('carries a body of type %s', async (type, body, expected, encoded) => {
    await call('POST', '/submissions', { 'content-type': type }, body);
    expect(seen[0]).toMatchObject({ body: expected, isBase64Encoded: encoded });
  });

  it('carries the claims as texts', async () => {
    await call('GET', '/desk', await bearer());
    expect(seen[0]?.requestContext).toMatchObject({
      authorizer: {
        jwt: {
          claims: {
            sub: 'clerk',
            iss: issuerUrl,
            aud: 'anju',
            scope: 'read file',
            exp: String(start / 1000 + 12 * 3600),
          },
          scopes: ['read', 'write'],
        },
      },
    });
  });
});

describe('a request that is turned away', () => {
  const refused = async (asked: Promise<Answer>) => {
    const { status, body, headers } = await asked;
    expect(headers['content-type']).toBe('application/json');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(seen).toEqual([]);
    return [status, JSON.parse(body)] as unknown[];
  };
  const unauthorized = [401, { message: 'Unauthorized' }];

  it.each([
    ['GET', '/nothing'],
    ['GET', '/submissions/'],
    ['GET', '/submissions/7/'],
    ['GET', '//submissions/7'],
    ['DELETE', '/submissions/7'],
    // HTTP APIs answer neither of their own accord; a template that asked for CORS would be refused.
    ['OPTIONS', '/submissions'],
  ])('%s %s: no such route', async (method, path) => {
    expect(await refused(call(method, path))).toEqual([404, { message: 'Not Found' }]);
  });

  it('HEAD: no such route either, and no body', async () => {
    expect(await call('HEAD', '/submissions/7')).toMatchObject({ status: 404, body: '' });
  });

  it('a target that is no path', async () => {
    expect(await refused(call('OPTIONS', '*'))).toEqual([400, { message: 'Bad Request' }]);
  });

  it.each(['', 'Bearer', 'Bearer a.b.c', 'Basic YTpi'])(
    'with the authorization %j',
    async (authorization) => {
      expect(await refused(call('GET', '/me', authorization ? { authorization } : {}))).toEqual(unauthorized);
    },
  );

  it('with a token of another issuer, of another audience, or no longer valid', async () => {
    const other = await devIssuer(
      () => issuerUrl,
      () => now,
    );
    const forged = `Bearer ${(await other.token(clerk)).access_token}`;
    expect(await refused(call('GET', '/me', { authorization: forged }))).toEqual(unauthorized);
    const valid = await bearer();
    now = start + 12 * 3_600_000;
    expect(await refused(call('GET', '/me', valid))).toEqual(unauthorized);
    now = start + 12 * 3_600_000 - 1000;
    expect((await call('GET', '/me', valid)).status).toBe(200);
  });

  it('with a token that lacks the scope', async () => {
    expect(await refused(call('GET', '/audit', await bearer()))).toEqual([403, { message: 'Forbidden' }]);
  });

  it('with more than 10 MB', async () => {
    const most = Buffer.alloc(10 * 1024 * 1024, 'a');
    expect((await call('POST', '/submissions', {}, most)).status).toBe(200);
    seen = [];
    const more = Buffer.concat([most, Buffer.from('a')]);
    expect(await refused(call('POST', '/submissions', {}, more))).toEqual([
      413,
      { message: 'Request Entity Too Large' },
    ]);
  });
});

describe('a route', () => {
  it('with a literal wins over one with a parameter', async () => {
    await call('GET', '/submissions/mine');
    await call('GET', '/submissions/yours');
    expect(seen.map(({ routeKey }) => routeKey)).toEqual(['GET /submissions/mine', 'GET /submissions/{id}']);
  });

  it('takes the integration and authorizer of its own stack, where two bear one name', async () => {
    const other = apiOf([route('GET /other', signedIn)]);
    other.Resources.Tokens.Properties.JwtConfiguration.Audience = ['others'];
    const both = front(apiOf([route('GET /me', signedIn)]), other);
    const second = createServer((request, response) => void both(request, response));
    await new Promise<void>((resolve) => second.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(second.address() as AddressInfo).port}`;
    const headers = await bearer();
    const statuses = [await fetch(`${url}/me`, { headers }), await fetch(`${url}/other`, { headers })];
    expect(statuses.map(({ status }) => status)).toEqual([200, 401]);
    await new Promise((resolve) => second.close(resolve).closeAllConnections());
  });

  it.each<[string, () => unknown]>([
    [
      'The route GET /a leads to no function',
      () => front(apiOf([route('GET /a', { Target: 'integrations/Gone' })])),
    ],
    ['The route GET /a names no authorizer', () => front(apiOf([route('GET /a', { AuthorizerId: 'Gone' })]))],
    ['The route ANY /a', () => front(apiOf([route('ANY /a')]))],
    ['The route GET /{proxy+}', () => front(apiOf([route('GET /{proxy+}')]))],
    ['The route $default', () => front(apiOf([route('$default')]))],
    ['Two APIs have the route GET /a', () => front(apiOf([route('GET /a')]), apiOf([route('GET /a')]))],
    [
      'The API Shared has a CorsConfiguration',
      () =>
        front(
          apiOf([], {
            Shared: {
              Type: 'AWS::ApiGatewayV2::Api',
              Properties: { CorsConfiguration: { AllowOrigins: ['*'] } },
            },
          }),
        ),
    ],
  ])('that one machine would serve otherwise is refused: %s', (sentence, make) => {
    expect(make).toThrow(sentence);
  });
});

describe('the answer of a function', () => {
  it('goes out with its status, headers, cookies and length', async () => {
    answer = () => ({
      statusCode: 201,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': '1', ETag: '"1"' },
      cookies: ['a=1; Secure', 'b=2'],
      body: '呼和浩特',
    });
    const { status, headers, raw, body } = await call('GET', '/submissions/7');
    expect([status, body]).toEqual([201, '呼和浩特']);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '12',
      etag: '"1"',
      'set-cookie': ['a=1; Secure', 'b=2'],
    });
    const names = raw.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    expect(names.filter((name) => /^content-/.test(name))).toHaveLength(2);
  });

  it('may be bytes', async () => {
    answer = () => ({ statusCode: 200, isBase64Encoded: true, body: Buffer.from('安居').toString('base64') });
    expect(await call('GET', '/submissions/7')).toMatchObject({
      body: '安居',
      headers: { 'content-length': '6' },
    });
  });

  it('without a status is the body of a 200', async () => {
    answer = () => ({ items: [] });
    expect(await call('GET', '/submissions/7')).toMatchObject({ status: 200, body: '{"items":[]}' });
    answer = () => null;
    expect(await call('GET', '/submissions/7')).toMatchObject({ status: 200, body: 'null' });
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('the secret cause');
      },
    ],
    ['has no right status', () => ({ statusCode: 'secret', body: '' })],
    ['has a body that is no text', () => ({ statusCode: 200, body: 7 })],
    [
      'has a header that cannot be sent',
      () => ({ statusCode: 200, headers: { 'x-a': 'secret\n' }, body: '' }),
    ],
  ])('that %s is a 500 without words', async (_, given) => {
    answer = given;
    expect(await call('GET', '/submissions/7')).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
      headers: { 'content-type': 'application/json', 'content-length': '35' },
    });
  });
});
