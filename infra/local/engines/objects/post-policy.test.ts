import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyForm } from './post-policy.ts';
import { signingKeyOf } from './signature.ts';
import { credentials } from './testing.ts';

const now = Date.parse('2021-10-20T00:00:00Z');
const verifier = { secretOf: () => credentials.secretAccessKey, now: () => now };

/** Verifies a form under `starts-with` on its content type. */
function upload(type: string, begins: string): void {
  const signed = {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${credentials.accessKeyId}/20211020/cn-north-1/s3/aws4_request`,
    'x-amz-date': '20211020T000000Z',
  };
  const own = Object.entries(signed).map(([name, value]) => ({ [name]: value }));
  const conditions = [...own, ['starts-with', '$Content-Type', begins]];
  const policy = Buffer.from(JSON.stringify({ expiration: '2021-10-20T01:00:00Z', conditions })).toString(
    'base64',
  );
  const { signingKey } = signingKeyOf(signed['x-amz-credential'], signed['x-amz-date'], verifier);
  const signature = createHmac('sha256', signingKey).update(policy).digest('hex');
  const form = { ...signed, policy, 'x-amz-signature': signature, 'content-type': type };
  verifyForm(new Map(Object.entries(form)), verifier);
}

describe('starts-with on a content type', () => {
  it.each([
    ['image/png', 'image/'],
    ['image/png,image/jpeg', 'image/'],
    ['image/png, image/jpeg', 'image/'],
    ['anything,at all', ''],
  ])('%s begins with %j in each of its types', (type, begins) => {
    expect(() => {
      upload(type, begins);
    }).not.toThrow();
  });

  it.each([
    ['text/html', 'image/'],
    ['image/png,text/html', 'image/'],
    ['text/html,image/png', 'image/'],
    ['image/png,', 'image/'],
  ])('%s does not begin with %j in each', (type, begins) => {
    expect(() => {
      upload(type, begins);
    }).toThrow('Policy Condition failed');
  });
});
