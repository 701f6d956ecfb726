import { createHash, createHmac } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { credentials, refusal, sampleBytes, serveEngine, type Served } from './testing.ts';

let served: Served;
let offset = 0;
const Bucket = 'clean';
const get = new GetObjectCommand({ Bucket, Key: '证 1.pdf' });

beforeAll(async () => {
  served = await serveEngine({ now: () => Date.now() + offset, region: 'cn-north-1' });
  served.engine.createBucket(Bucket);
  await served.s3.send(new PutObjectCommand({ Bucket, Key: '证 1.pdf', Body: 'x' }));
});
beforeEach(() => {
  offset = 0;
});
afterAll(() => served.close());

async function codeOf(answer: Response): Promise<[number, string | undefined]> {
  return [answer.status, /<Code>(\w+)</.exec(await answer.text())?.[1]];
}

describe('a signed request', () => {
  it.each([
    [
      'of nobody',
      { credentials: { accessKeyId: 'NOBODY', secretAccessKey: 's' } },
      'InvalidAccessKeyId',
      403,
    ],
    [
      'with a wrong secret',
      { credentials: { ...credentials, secretAccessKey: 's' } },
      'SignatureDoesNotMatch',
      403,
    ],
    ['for another region', { region: 'us-east-1' }, 'AuthorizationHeaderMalformed', 400],
  ])('%s is refused', async (_, config, name, status) => {
    await expect(served.client(config).send(get)).rejects.toMatchObject(refusal(name, status));
  });

  it.each([
    [-16, 'RequestTimeTooSkewed'],
    [16, 'RequestTimeTooSkewed'],
  ])("of %i minutes from the engine's clock is refused", async (minutes, name) => {
    offset = minutes * 60_000;
    await expect(served.client({}).send(get)).rejects.toMatchObject(refusal(name, 403));
  });

  it.each([-14, 14])('of %i minutes from it is taken', async (minutes) => {
    offset = minutes * 60_000;
    const { Body } = await served.client({}).send(get);
    expect(await Body?.transformToString()).toBe('x');
  });

  it('tells the time of the engine, by which the SDK corrects its own', async () => {
    offset = 40 * 24 * 3600_000;
    const answer = await fetch(`${served.url}/${Bucket}/x`);
    expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - (Date.now() + offset))).toBeLessThan(
      60_000,
    );
    const client = served.client({ maxAttempts: 2 });
    const { Body } = await client.send(get);
    expect(await Body?.transformToString()).toBe('x');
  });

  it('unsigned, or with headers nobody signed, is refused', async () => {
    expect(await codeOf(await fetch(`${served.url}/${Bucket}/x`))).toEqual([403, 'AccessDenied']);
    const url = await getSignedUrl(served.s3, new PutObjectCommand({ Bucket, Key: 'x' }));
    const added = await fetch(url, { method: 'PUT', headers: { 'x-amz-tagging': 'verdict=clean' } });
    expect(await codeOf(added)).toEqual([403, 'AccessDenied']);
    const malformed = await fetch(`${served.url}/${Bucket}/x`, {
      headers: { authorization: 'AWS4-HMAC-SHA256 no' },
    });
    expect(await codeOf(malformed)).toEqual([400, 'AuthorizationHeaderMalformed']);
  });
});

describe('a presigned URL', () => {
  it("reads, until it expires by the engine's clock", async () => {
    const url = await getSignedUrl(served.s3, get, { expiresIn: 60 });
    offset = 58_000;
    expect(await (await fetch(url)).text()).toBe('x');
    offset = 62_000;
    expect(await codeOf(await fetch(url))).toEqual([403, 'AccessDenied']);
    offset = -16 * 60_000;
    expect(await codeOf(await fetch(url))).toEqual([403, 'AccessDenied']);
  });

  it('carries the overrides it was signed with, and no others', async () => {
    const command = new GetObjectCommand({
      ...get.input,
      ResponseContentDisposition: 'attachment; filename="a b.pdf"',
    });
    const url = await getSignedUrl(served.s3, command);
    expect((await fetch(url)).headers.get('content-disposition')).toBe('attachment; filename="a b.pdf"');
    expect(await codeOf(await fetch(`${url}&response-content-type=text/html`))).toEqual([
      403,
      'SignatureDoesNotMatch',
    ]);
  });

  it('is for one method and one key', async () => {
    const url = await getSignedUrl(served.s3, get);
    expect(await codeOf(await fetch(url, { method: 'DELETE' }))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await codeOf(await fetch(url.replace('1.pdf', '2.pdf')))).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it.each([
    ['X-Amz-Expires=900', 'X-Amz-Expires=604801', 'SignatureDoesNotMatch'],
    ['&X-Amz-Expires=900', '', 'AuthorizationQueryParametersError'],
    ['X-Amz-Algorithm=AWS4-HMAC-SHA256', 'X-Amz-Algorithm=none', 'AuthorizationQueryParametersError'],
  ])('with %s changed to "%s" is refused', async (from, to, code) => {
    const url = await getSignedUrl(served.s3, get);
    expect(url).toContain(from);
    expect((await codeOf(await fetch(url.replace(from, to))))[1]).toBe(code);
  });
});

describe('a body in signed chunks', () => {
  const body = sampleBytes(150_000);
  const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

  /** A client of its own: the JavaScript SDK does not sign chunks. */
  async function send(key: string, change: (wire: Buffer) => Buffer, trailer?: string) {
    const amzDate = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
    const scope = `${amzDate.slice(0, 8)}/cn-north-1/s3/aws4_request`;
    const signingKey = scope.split('/').reduce(hmac, Buffer.from(`AWS4${credentials.secretAccessKey}`));
    const payload = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer === undefined ? '' : '-TRAILER'}`;
    const headers: Record<string, string> = {
      host: new URL(served.url).host,
      'x-amz-content-sha256': payload,
      'x-amz-date': amzDate,
      'x-amz-decoded-content-length': String(body.length),
      ...(trailer === undefined ? {} : { 'x-amz-trailer': 'x-amz-checksum-sha256' }),
    };
    const names = Object.keys(headers).sort();
    const canonical = [
      'PUT',
      `/${Bucket}/${key}`,
      '',
      ...names.map((name) => `${name}:${headers[name]}`),
      '',
      names.join(';'),
      payload,
    ];
    const sign = (...lines: string[]) => hmac(signingKey, lines.join('\n')).toString('hex');
    let previous = sign('AWS4-HMAC-SHA256', amzDate, scope, hash(canonical.join('\n')));
    headers['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${previous}`;
    const wire: Buffer[] = [];
    for (const chunk of [
      body.subarray(0, 65536),
      body.subarray(65536, 131072),
      body.subarray(131072),
      Buffer.alloc(0),
    ]) {
      previous = sign('AWS4-HMAC-SHA256-PAYLOAD', amzDate, scope, previous, hash(''), hash(chunk));
      const end = chunk.length === 0 && trailer !== undefined ? '' : '\r\n';
      wire.push(
        Buffer.from(`${chunk.length.toString(16)};chunk-signature=${previous}\r\n`),
        chunk,
        Buffer.from(end),
      );
    }
    if (trailer !== undefined) {
      const line = `x-amz-checksum-sha256:${trailer}\n`;
      const signature = sign('AWS4-HMAC-SHA256-TRAILER', amzDate, scope, previous, hash(line));
      wire.push(Buffer.from(`${line.trim()}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`));
    }
    const { host: _, ...sent } = headers;
    const answer = await fetch(`${served.url}/${Bucket}/${key}`, {
      method: 'PUT',
      headers: sent,
      body: new Blob([Buffer.from(change(Buffer.concat(wire)))]),
    });
    return codeOf(answer);
  }

  const sum = createHash('sha256').update(body).digest('base64');
  const otherDigit = (wire: Buffer) => {
    const at = wire.length - 5;
    wire.write(wire.toString('latin1', at, at + 1) === '0' ? '1' : '0', at);
    return wire;
  };
  const flip = (at: number) => (wire: Buffer) => {
    wire[at] = (wire[at] ?? 0) ^ 1;
    return wire;
  };

  it.each([
    ['without trailer', undefined],
    ['with a trailer', sum],
  ])('%s is taken', async (_, trailer) => {
    expect(await send('chunks', (wire) => wire, trailer)).toEqual([200, undefined]);
    expect((await served.engine.read(Bucket, 'chunks')).equals(body)).toBe(true);
  });

  it.each([
    ['a byte of the second chunk changed', flip(80_000), undefined, 'SignatureDoesNotMatch'],
    ['a byte of the last signature changed', otherDigit, undefined, 'SignatureDoesNotMatch'],
    ['no last chunk', (wire: Buffer) => wire.subarray(0, wire.length - 88), undefined, 'IncompleteBody'],
    ['half a chunk', (wire: Buffer) => wire.subarray(0, 100_000), undefined, 'IncompleteBody'],
    ['no chunk head', flip(0), undefined, 'SignatureDoesNotMatch'],
    [
      'a signed but wrong trailer',
      (wire: Buffer) => wire,
      createHash('sha256').digest('base64'),
      'BadDigest',
    ],
    ['a trailer changed', (wire: Buffer) => flip(wire.length - 8)(wire), sum, 'SignatureDoesNotMatch'],
  ])('%s is refused', async (_, change, trailer, code) => {
    expect(await send('refused', change, trailer)).toEqual([
      code === 'SignatureDoesNotMatch' ? 403 : 400,
      code,
    ]);
    await expect(served.engine.read(Bucket, 'refused')).rejects.toMatchObject({ code: 'NoSuchKey' });
  });
});
