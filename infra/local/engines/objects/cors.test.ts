import { GetBucketCorsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusal, serveEngine, type Served } from './testing.ts';

let served: Served;
const portal = 'https://portal.example';
const rule = {
  allowedOrigins: [portal, 'https://*.city.example'],
  allowedMethods: ['POST', 'PUT'],
  allowedHeaders: ['content-type', 'x-amz-*'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
};

beforeAll(async () => {
  served = await serveEngine();
  served.engine.createBucket('quarantine', { cors: [rule] });
  served.engine.createBucket('anyone', { cors: [{ allowedOrigins: ['*'], allowedMethods: ['GET'] }] });
  served.engine.createBucket('closed', {});
});
afterAll(() => served.close());

function preflight(bucket: string, origin: string, method: string, headers?: string) {
  const asked = { origin, 'access-control-request-method': method };
  const more = headers === undefined ? {} : { 'access-control-request-headers': headers };
  return fetch(`${served.url}/${bucket}/x`, { method: 'OPTIONS', headers: { ...asked, ...more } });
}

it.each([portal, 'https://hohhot.city.example'])('grants %s what the rule grants', async (origin) => {
  const answer = await preflight('quarantine', origin, 'POST', 'Content-Type, X-Amz-Date');
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST, PUT',
    'access-control-allow-headers': 'content-type, x-amz-date',
    'access-control-expose-headers': 'ETag',
    'access-control-max-age': '600',
    vary: expect.stringContaining('Origin') as string,
  });
});

it.each([
  ['another origin', 'quarantine', 'https://evil.example', 'POST', undefined],
  ['an origin that only ends alike', 'quarantine', 'https://evilcity.example', 'POST', undefined],
  ['another method', 'quarantine', portal, 'GET', undefined],
  ['another header', 'quarantine', portal, 'POST', 'authorization'],
  ['a bucket without rules', 'closed', portal, 'POST', undefined],
  ['no bucket', 'nowhere', portal, 'POST', undefined],
] as const)('grants nothing to %s', async (_, bucket, origin, method, headers) => {
  const answer = await preflight(bucket, origin, method, headers);
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
});

it('grants anyone where the rule says so', async () => {
  const answer = await preflight('anyone', 'https://any.example', 'GET');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
});

it('grants with the answer itself, refusals too, so that a page can read them', async () => {
  const client = served.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: 'quarantine', Key: 'x' }));
  const put = await fetch(url, { method: 'PUT', body: 'x', headers: { origin: portal } });
  expect([put.status, put.headers.get('access-control-allow-origin')]).toEqual([200, portal]);
  const refused = await fetch(`${url}0`, { method: 'PUT', body: 'x', headers: { origin: portal } });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, portal]);
  const stranger = await fetch(url, {
    method: 'PUT',
    body: 'x',
    headers: { origin: 'https://evil.example' },
  });
  expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
});

it('describes the rules', async () => {
  const { CORSRules } = await served.s3.send(new GetBucketCorsCommand({ Bucket: 'quarantine' }));
  expect(CORSRules).toEqual([
    {
      AllowedOrigins: rule.allowedOrigins,
      AllowedMethods: rule.allowedMethods,
      AllowedHeaders: rule.allowedHeaders,
      ExposeHeaders: rule.exposedHeaders,
      MaxAgeSeconds: 600,
    },
  ]);
  const none = new GetBucketCorsCommand({ Bucket: 'closed' });
  await expect(served.s3.send(none)).rejects.toMatchObject(refusal('NoSuchCORSConfiguration', 404));
});
