import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveEngine, type Served } from './testing.ts';

let served: Served;
const Bucket = 'ledger';

beforeAll(async () => {
  served = await serveEngine();
  served.engine.createBucket(Bucket, { objectLock: {} });
  await served.s3.send(new PutObjectCommand({ Bucket, Key: 'root', Body: 'x' }));
});
afterAll(() => served.close());

/** Sends a document to a subresource of the object, as it stands: the SDK would not send it. */
async function documentTo(subresource: string, body: string) {
  const command = new PutObjectCommand({ Bucket, Key: 'root' });
  command.middlewareStack.add(
    (next) => (args) => {
      const { query } = args.request as { query: Record<string, string> };
      query[subresource] = '';
      return next(args);
    },
    { step: 'build' },
  );
  const url = await getSignedUrl(served.client({ requestChecksumCalculation: 'WHEN_REQUIRED' }), command);
  const md5 = createHash('md5').update(body).digest('base64');
  const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-md5': md5 } });
  return [answer.status, /<Code>(\w+)</.exec(await answer.text())?.[1]];
}

const until = new Date(Date.now() + 24 * 3600_000).toISOString();

describe('a document about a lock', () => {
  it.each([
    ['legal-hold', '<LegalHold><Status>ON</Status></LegalHold>', [200, undefined]],
    ['legal-hold', '<LegalHold><Status>on</Status></LegalHold>', [400, 'MalformedXML']],
    ['legal-hold', '<LegalHold/>', [400, 'MalformedXML']],
    [
      'retention',
      `<Retention><Mode>FOREVER</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`,
      [400, 'MalformedXML'],
    ],
    ['retention', '<Retention><Mode>GOVERNANCE</Mode></Retention>', [400, 'InvalidArgument']],
    [
      'retention',
      `<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`,
      [200, undefined],
    ],
  ])('%s: %s', async (subresource, body, expected) => {
    expect(await documentTo(subresource, body)).toEqual(expected);
  });
});
