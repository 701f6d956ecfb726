import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformClock } from './clock.ts';
import { DevMailbox } from './dev-mailbox.ts';
import { devRoutes } from './dev-routes.ts';
import { makeEngines, type Engines } from './engines.ts';
import { demoUsers } from './identity/demo-users.ts';
import { devIssuer } from './identity/issuer.ts';
import { assemblyOf } from './testing.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'secret' };
const url = 'http://issuer.example';
const hash = { AttributeName: 'PK' };
const records = {
  AttributeDefinitions: [{ ...hash, AttributeType: 'S' }],
  KeySchema: [{ ...hash, KeyType: 'HASH' }],
};
const streamed = { ...records, StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } };
const table = (properties: object) => ({ Type: 'AWS::DynamoDB::Table', Properties: { ...properties } });

let clock: PlatformClock;
let mailbox: DevMailbox;
let engines: Engines;
let server: Server;
let done: string[];

function enginesOf(resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>) {
  const assembly = assemblyOf({
    Data: {
      Resources: resources,
      Outputs: {
        TableName: { Value: { Ref: 'Table' } },
        LedgerBucket: { Value: { Ref: 'Ledger' } },
        FailuresBucket: { Value: { Ref: 'Failures' } },
      },
    },
  });
  const options = { clock, credentials, region: 'local-1', account: '000000000000' };
  return { assembly, made: makeEngines(assembly, options) };
}

beforeEach(async () => {
  done = [];
  clock = new PlatformClock(undefined, '2031-01-01T00:00:00Z');
  const { assembly, made } = enginesOf({
    Other: table(records),
    Table: table(streamed),
    Ledger: { Type: 'AWS::S3::Bucket' },
    Failures: { Type: 'AWS::S3::Bucket' },
  });
  engines = await made;
  mailbox = await DevMailbox.open(undefined, 'secret');
  const issuer = await devIssuer(() => url, clock.now);
  const advance = async (to: string) => void done.push(to);
  const drain = async () => void done.push('drained');
  const serve = devRoutes({
    ...{ issuer, mailbox, clock, url, advance, drain, engines, assembly, credentials },
    region: 'local-1',
    disturb: (what) => {
      if (what.functions.includes('none')) throw new Error('there is no function none');
      done.push(JSON.stringify(what));
    },
  });
  server = createServer((request, response) => {
    void serve(request, response).then((served) => served || response.writeHead(404).end('passed on'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
  await mailbox.close();
  await engines.close();
});

async function call(method: string, path: string, body?: string) {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  return { status: answer.status, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : text };
}

describe('the development routes', () => {
  it('serve what they know, and pass the rest on', async () => {
    expect(await call('GET', '/.well-known/openid-configuration')).toMatchObject({
      body: { issuer: url, jwks_uri: `${url}/dev/jwks.json` },
    });
    expect(await call('GET', '/dev/jwks.json?x=1')).toMatchObject({
      body: { keys: [{ kid: 'dev' }] },
    });
    expect(await call('GET', '/dev/users')).toMatchObject({
      body: { audience: 'anju', items: expect.objectContaining({ length: demoUsers.length }) as object },
    });
    expect((await call('GET', '/dev')).body).toContain('<option value="housing-lead">');
    expect(await call('POST', '/dev/drain')).toMatchObject({ status: 200 });
    expect(done).toEqual(['drained']);
    for (const [method, path] of [
      ['DELETE', '/dev/users'],
      ['GET', '/dev/'],
      ['GET', '/submissions'],
      ['GET', '/toString'],
    ] as const)
      expect(await call(method, path)).toEqual({ status: 404, body: 'passed on' });
  });

  it('say where the engines are, by the names of the template', async () => {
    expect(await call('GET', '/dev/runtime')).toEqual({
      status: 200,
      body: {
        engines: engines.urls,
        credentials,
        region: 'local-1',
        table: 'Table',
        ledger: 'data-ledger',
        failures: 'data-failures',
      },
    });
  });

  it('let things go wrong as they are asked to, and nothing that is not there', async () => {
    const asked = '{"table":{"throttle":0.5},"functions":["one"]}';
    expect((await call('POST', '/dev/faults', asked)).status).toBe(200);
    expect(done).toEqual(['{"table":{"throttle":0.5},"functions":["one"],"seed":1}']);
    for (const wrong of ['{"table":{"throttle":2}}', '{"functions":["none"]}', '{"tables":{}}'])
      expect((await call('POST', '/dev/faults', wrong)).status).toBe(422);
    expect(done).toHaveLength(1);
  });

  it('give a token to a demo user, and to nobody else', async () => {
    expect(await call('POST', '/dev/token', '{"user":"housing-lead"}')).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 43_200 },
    });
    expect(await call('POST', '/dev/token', '{"user":"housing-leed"}')).toMatchObject({
      status: 404,
      body: { close: expect.arrayContaining(['housing-lead']) as unknown },
    });
  });

  it.each(['', '{', 'null', '7', '[]', '{}'])('refuse the body %j without falling over', async (body) => {
    expect((await call('POST', '/dev/token', body)).status).toBe(404);
    expect((await call('POST', '/dev/clock', body)).status).toBe(422);
    expect(done).toEqual([]);
  });

  it('set the clock forward, to an instant or by seconds', async () => {
    clock.standAt(Date.parse('2031-02-01T00:00:00Z'));
    expect(await call('GET', '/dev/clock')).toEqual({
      status: 200,
      body: { now: '2031-02-01T00:00:00.000Z' },
    });
    expect((await call('POST', '/dev/clock', '{"to":"2031-02-03T08:00:00+08:00"}')).status).toBe(200);
    expect((await call('POST', '/dev/clock', '{"advanceSeconds":90}')).status).toBe(200);
    expect(done).toEqual(['2031-02-03T00:00:00.000Z', '2031-02-01T00:01:30.000Z']);
  });

  it.each([
    ['{"to":"2030-01-01T00:00:00Z"}', 'only moves forward'],
    ['{"advanceSeconds":-1}', 'only moves forward'],
    ['{"to":"tomorrow"}', 'is wanted'],
    ['{"advanceSeconds":"soon"}', 'is wanted'],
    ['{"advanceSeconds":1e30}', 'is wanted'],
  ])('do not set the clock by %s', async (body, sentence) => {
    const answer = await call('POST', '/dev/clock', body);
    expect(answer).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining(sentence) as string },
    });
    expect(done).toEqual([]);
  });
});

describe('the engines', () => {
  it('pass on the stream of the table that has one', () => {
    const put = (name: string) =>
      engines.table.execute('PutItem', { TableName: name, Item: { PK: { S: name } } });
    let told = 0;
    engines.onWrite(() => (told += 1));
    put('Other');
    put('Table');
    expect(told).toBeGreaterThan(0);
    expect(engines.stream.read(0, 9)).toMatchObject([
      { sequence: 1, record: { eventName: 'INSERT', dynamodb: { Keys: { PK: { S: 'Table' } } } } },
    ]);
  });

  it('refuse a second table with a stream', async () => {
    await expect(enginesOf({ Table: table(streamed), Second: table(streamed) }).made).rejects.toThrow(
      'Only one table',
    );
  });
});
