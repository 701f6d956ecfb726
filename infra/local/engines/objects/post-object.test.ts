import { createHash, createHmac } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { credentials, refusal, sampleBytes, serveEngine, type Served } from './testing.ts';

let served: Served;
let offset = 0;
const Bucket = 'quarantine';
const bytes = sampleBytes(200_000);
const sha256 = createHash('sha256').update(bytes).digest('base64');
const Key = 'submissions/s-1/lease.pdf';

beforeAll(async () => {
  served = await serveEngine({ now: () => Date.now() + offset });
  served.engine.createBucket(Bucket, { versioning: true });
});
beforeEach(() => {
  offset = 0;
});
afterAll(() => served.close());

/** The form the documents function signs: type, size and hash are bound. */
function options(more: Partial<PresignedPostOptions> = {}): PresignedPostOptions {
  return {
    Bucket,
    Key,
    Expires: 600,
    Fields: {
      'Content-Type': 'application/pdf',
      'x-amz-checksum-sha256': sha256,
      'x-amz-checksum-algorithm': 'SHA256',
    },
    Conditions: [['content-length-range', 1, 300_000]],
    ...more,
  };
}

interface Change {
  readonly fields?: Readonly<Record<string, string>>;
  readonly drop?: string;
  readonly file?: Buffer | string;
  readonly filename?: string;
}

async function post(
  signed: PresignedPostOptions,
  { fields = {}, drop, file = bytes, filename = 'lease.pdf' }: Change = {},
) {
  const made = await createPresignedPost(served.s3, signed);
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...made.fields, ...fields }))
    if (name !== drop) form.set(name, value);
  form.set('file', new Blob([Buffer.from(file)]), filename);
  form.set('after', 'what follows the file is not looked at');
  const answer = await fetch(made.url, { method: 'POST', body: form, redirect: 'manual' });
  const text = await answer.text();
  const part = (tag: string) => new RegExp(`<${tag}>(.*)</${tag}>`, 's').exec(text)?.[1];
  return {
    status: answer.status,
    headers: answer.headers,
    code: part('Code'),
    message: part('Message'),
    text,
  };
}

describe('a presigned POST', () => {
  it('is accepted when all holds', async () => {
    const answer = await post(options());
    expect(answer).toMatchObject({ status: 204, text: '' });
    const read = await served.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    expect(read).toMatchObject({
      ContentType: 'application/pdf',
      VersionId: answer.headers.get('x-amz-version-id'),
    });
    expect(served.engine.pendingEvents(9).at(-1)).toMatchObject({
      detailType: 'Object Created',
      detail: {
        reason: 'POST Object',
        requester: credentials.accessKeyId,
        object: { key: Key, size: bytes.length },
      },
    });
  });

  it.each([
    ['200', 200, ''],
    ['201', 201, '<Key>submissions/s-1/lease.pdf</Key>'],
    ['204', 204, ''],
    ['999', 204, ''],
  ])('answers %s as asked', async (asked, status, text) => {
    const answer = await post(options({ Fields: { success_action_status: asked } }));
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(text)]);
  });

  it('redirects as asked', async () => {
    const answer = await post(
      options({ Fields: { success_action_redirect: 'http://portal.example/done?a=b' } }),
    );
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(
      /^http:\/\/portal\.example\/done\?a=b&bucket=quarantine&key=submissions/,
    );
  });

  it("puts the file's name into the key, and takes metadata of any script", async () => {
    const Fields = { 'x-amz-meta-name': '租赁合同' };
    const named = options({ Key: 'named/${filename}', Fields });
    expect((await post(named, { filename: '合同 "1".pdf' })).status).toBe(204);
    const read = await served.s3.send(new GetObjectCommand({ Bucket, Key: 'named/合同 "1".pdf' }));
    await read.Body?.transformToByteArray();
    expect(read.Metadata).toEqual({ name: `=?UTF-8?B?${Buffer.from('租赁合同').toString('base64')}?=` });
  });

  it.each([
    ['x-amz-server-side-encryption-aws-kms-key-id', '密钥', 400, 'InvalidArgument'],
    ['Content-Disposition', 'filename="合同.pdf"', 400, 'InvalidArgument'],
    ['x-amz-meta-name', 'two\r\nlines', 400, 'InvalidArgument'],
    ['x-amz-meta-no name', 'x', 400, 'InvalidArgument'],
    ['x-amz-server-side-encryption', 'rot13', 400, 'InvalidEncryptionAlgorithmError'],
    ['x-amz-server-side-encryption-customer-algorithm', 'AES256', 501, 'NotImplemented'],
  ])('takes no %s that could not be answered again: %j', async (name, value, status, code) => {
    expect(await post(options({ Fields: { [name]: value } }))).toMatchObject({ status, code });
  });

  it('takes a file of exactly the largest and of exactly the smallest size', async () => {
    const exact = (count: number) =>
      options({ Fields: {}, Conditions: [['content-length-range', count, count]] });
    expect((await post(exact(bytes.length))).status).toBe(204);
    expect((await post(exact(0), { file: '' })).status).toBe(204);
  });

  it.each<[string, Partial<PresignedPostOptions>, Change, number, string, string]>([
    ['too large', { Conditions: [['content-length-range', 1, 199_999]] }, {}, 400, 'EntityTooLarge', ''],
    [
      'too small',
      { Conditions: [['content-length-range', 200_001, 300_000]] },
      {},
      400,
      'EntityTooSmall',
      '',
    ],
    ['another type', {}, { fields: { 'Content-Type': 'text/html' } }, 403, 'AccessDenied', 'Content-Type'],
    ['no type', {}, { drop: 'Content-Type' }, 403, 'AccessDenied', 'Content-Type'],
    ['another key', {}, { fields: { key: 'submissions/s-2/lease.pdf' } }, 403, 'AccessDenied', '$key'],
    ['no key', {}, { drop: 'key' }, 400, 'InvalidArgument', "'key'"],
    [
      'another prefix',
      { Key: 'mine/${filename}' },
      { fields: { key: 'other/x' } },
      403,
      'AccessDenied',
      'starts-with',
    ],
    ['other bytes', {}, { file: sampleBytes(199_000) }, 400, 'BadDigest', 'SHA256'],
    [
      'another hash',
      {},
      { fields: { 'x-amz-checksum-sha256': createHash('sha256').digest('base64') } },
      403,
      'AccessDenied',
      'x-amz-checksum-sha256',
    ],
    ['no hash', {}, { drop: 'x-amz-checksum-sha256' }, 403, 'AccessDenied', 'x-amz-checksum-sha256'],
    [
      'a field more',
      {},
      { fields: { 'x-amz-tagging': 'a=b' } },
      403,
      'AccessDenied',
      'Extra input fields: x-amz-tagging',
    ],
    [
      'a signature of nobody',
      {},
      { fields: { 'X-Amz-Signature': '0'.repeat(64) } },
      403,
      'SignatureDoesNotMatch',
      '',
    ],
    ['no signature', {}, { drop: 'X-Amz-Signature' }, 400, 'InvalidArgument', 'x-amz-signature'],
    ['no policy', {}, { drop: 'Policy' }, 403, 'AccessDenied', 'no policy'],
    ['another bucket', {}, { fields: { bucket: 'other' } }, 400, 'InvalidArgument', 'bucket'],
    [
      'a credential of nobody',
      {},
      {
        fields: { 'X-Amz-Credential': 'NOBODY/20260101/r/s3/aws4_request', 'X-Amz-Date': '20260101T000000Z' },
      },
      403,
      'InvalidAccessKeyId',
      '',
    ],
    [
      'too many bytes of fields',
      {},
      { fields: { 'x-amz-meta-long': 'x'.repeat(30_000) } },
      400,
      'MaxPostPreDataLengthExceededError',
      '',
    ],
  ])('is refused for %s', async (_, signed, change, status, code, message) => {
    const key = `refused/${_}`;
    const answer = await post(options({ Key: key, ...signed }), change);
    expect(answer).toMatchObject({ status, code, message: expect.stringContaining(message) as string });
    const get = served.s3.send(new GetObjectCommand({ Bucket, Key: key }));
    await expect(get).rejects.toMatchObject(refusal('NoSuchKey', 404));
  });

  it('expires by the clock of the engine', async () => {
    offset = 599_000;
    expect((await post(options())).status).toBe(204);
    offset = 601_000;
    expect(await post(options())).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'Invalid according to Policy: Policy expired.',
    });
  });
});

describe('a form that is none', () => {
  async function send(body: string, contentType = 'multipart/form-data; boundary=b') {
    const answer = await fetch(`${served.url}/${Bucket}`, {
      method: 'POST',
      body,
      headers: { 'content-type': contentType },
    });
    return /<Code>(\w+)</.exec(await answer.text())?.[1];
  }

  it.each([
    ['no boundary', 'x', 'multipart/form-data', 'MalformedPOSTRequest'],
    ['no delimiter', 'x', undefined, 'MalformedPOSTRequest'],
    ['nothing in it', '--b--\r\n', undefined, 'InvalidArgument'],
    [
      'a part without a name',
      '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--',
      undefined,
      'MalformedPOSTRequest',
    ],
    [
      'the same field twice',
      '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nx\r\n'.repeat(2) + '--b--',
      undefined,
      'InvalidArgument',
    ],
    [
      'no end of a field',
      '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nx',
      undefined,
      'MaxPostPreDataLengthExceededError',
    ],
  ])('%s', async (_, body, contentType, code) => {
    expect(await send(body, contentType)).toBe(code);
  });

  it.each([
    ['no JSON', 'x'],
    ['no conditions', '{"expiration":"2099-01-01T00:00:00Z"}'],
    ['no date', '{"expiration":"soon","conditions":[]}'],
    ['an unknown operator', '{"expiration":"2099-01-01T00:00:00Z","conditions":[["ends-with","$key","x"]]}'],
    [
      'a size that is no number',
      '{"expiration":"2099-01-01T00:00:00Z","conditions":[["content-length-range","a","b"]]}',
    ],
  ])('a signed policy with %s', async (_, policy) => {
    const encoded = Buffer.from(policy).toString('base64');
    const [day, region] = ['20260101', 'r'];
    const chain = [day, region, 's3', 'aws4_request', encoded];
    const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
    const fields = {
      key: 'x',
      policy: encoded,
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': `${credentials.accessKeyId}/${day}/${region}/s3/aws4_request`,
      'x-amz-date': `${day}T000000Z`,
      'x-amz-signature': chain
        .reduce(hmac, Buffer.from(`AWS4${credentials.secretAccessKey}`))
        .toString('hex'),
    };
    const parts = Object.entries({ ...fields, file: 'bytes' }).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    expect(await send(`${parts.join('')}--b--\r\n`)).toBe('InvalidPolicyDocument');
  });
});
