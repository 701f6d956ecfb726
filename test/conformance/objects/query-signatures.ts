import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { same } from '../check.ts';
import { denied, get, put, text } from './asking.ts';
import { encodedQuery, presigned, type Signer } from './signing.ts';
import { api, guide, type ObjectsTheme, type Target } from './target.ts';
import { pathOf, prepared, saysNo, saysYes, send, signerOf, type Answer } from './wire.ts';

const source = api('Authenticating Requests: Using Query Parameters');
const minute = 60_000;

interface Link {
  readonly bucket: string;
  readonly path: string;
  readonly query: string;
}

/** A presigned GET of an object that is there, made by the SDK. */
async function link(target: Target, at = new Date(), expiresIn = 600, more: object = {}): Promise<Link> {
  const bucket = await target.bucket();
  await put(target, bucket, 'plan.txt', 'plan');
  const command = new GetObjectCommand({ Bucket: bucket, Key: 'plan.txt', ...more });
  const url = new URL(await getSignedUrl(target.s3, command, { expiresIn, signingDate: at }));
  return { bucket, path: url.pathname, query: url.search.slice(1) };
}

async function follow(target: Target, { path, query }: Link, method = 'GET'): Promise<Answer> {
  return send(target, method, `${path}?${query}`, { host: new URL(target.url).host });
}

/** A presigned GET made by hand, as the SDK would refuse to make it. */
async function byHand(target: Target, expires: string | undefined, more: Partial<Signer> = {}) {
  const bucket = await target.bucket();
  await put(target, bucket, 'plan.txt', 'plan');
  const path = pathOf(bucket, 'plan.txt');
  const headers = { host: new URL(target.url).host };
  const query = presigned({ method: 'GET', path, headers }, signerOf(target, more), expires);
  return send(target, 'GET', `${path}?${encodedQuery(query)}`, headers);
}

async function upload(target: Target, command: PutObjectCommand, bound: readonly string[]) {
  const quiet = target.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const unhoistableHeaders = new Set(bound.filter((name) => name.startsWith('x-amz-')));
  const signableHeaders = new Set(['host', ...bound]);
  const url = new URL(
    await getSignedUrl(quiet, command, { expiresIn: 600, unhoistableHeaders, signableHeaders }),
  );
  return (headers: Readonly<Record<string, string>>, body: string) =>
    send(target, 'PUT', url.pathname + url.search, { host: url.host, ...headers }, body);
}

export const querySignatures: ObjectsTheme = {
  title: 'Signatures in the query',
  checks: [
    {
      name: 'a presigned address gives the object to whoever has it',
      source,
      async run(target) {
        const answer = await follow(target, await link(target));
        saysYes(answer);
        same('the bytes', answer.text, 'plan');
      },
    },
    {
      name: 'an address presigned by hand after the documentation is taken',
      source,
      async run(target) {
        saysYes(await byHand(target, '600'));
      },
    },
    {
      name: 'it is refused once it has expired',
      source: guide('Download and upload objects with presigned URLs, Expiration time'),
      async run(target) {
        const answer = await follow(target, await link(target, new Date(Date.now() - 11 * minute)));
        saysNo(answer, 403, 'AccessDenied');
      },
    },
    {
      name: 'it is taken 59 minutes later when it was made for an hour',
      source: guide('Download and upload objects with presigned URLs, Expiration time'),
      async run(target) {
        saysYes(await follow(target, await link(target, new Date(Date.now() - 59 * minute), 3600)));
      },
    },
    {
      name: 'it is refused while its time has not come',
      source,
      async run(target) {
        const answer = await follow(target, await link(target, new Date(Date.now() + 16 * minute)));
        saysNo(answer, 403, 'AccessDenied');
      },
    },
    {
      name: 'a changed signature is refused',
      source,
      async run(target) {
        const made = await link(target);
        const query = made.query.replace(/(X-Amz-Signature=)../, (_, name: string) => `${name}zz`);
        saysNo(await follow(target, { ...made, query }), 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'a longer life than the signed one is refused',
      source,
      async run(target) {
        const made = await link(target);
        const query = made.query.replace('X-Amz-Expires=600', 'X-Amz-Expires=86400');
        saysNo(await follow(target, { ...made, query }), 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'another key than the signed one is refused',
      source,
      async run(target) {
        const made = await link(target);
        await put(target, made.bucket, 'other.txt', 'other');
        const answer = await follow(target, { ...made, path: pathOf(made.bucket, 'other.txt') });
        saysNo(answer, 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'another method than the signed one is refused',
      source,
      async run(target) {
        const made = await link(target);
        saysNo(await follow(target, made, 'DELETE'), 403, 'SignatureDoesNotMatch');
        same('the object', await text(target, made.bucket, 'plan.txt'), 'plan');
      },
    },
    {
      name: 'a parameter added to the query is refused',
      source,
      async run(target) {
        const made = await link(target);
        const query = `${made.query}&response-content-type=text%2Fhtml`;
        saysNo(await follow(target, { ...made, query }), 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'a life of more than seven days is refused',
      source,
      async run(target) {
        saysNo(await byHand(target, '604801'), 400, 'AuthorizationQueryParametersError');
      },
    },
    {
      name: 'an address without X-Amz-Expires is refused',
      source,
      async run(target) {
        saysNo(await byHand(target, undefined), 400, 'AuthorizationQueryParametersError');
      },
    },
    {
      name: 'signatures in the header and in the query together are refused',
      source: api('Authenticating Requests, Authentication methods'),
      async run(target) {
        const made = await link(target);
        const { headers } = prepared(target, { bucket: made.bucket, key: 'plan.txt' });
        const answer = await send(target, 'GET', `${made.path}?${made.query}`, headers);
        saysNo(answer, 400, 'InvalidArgument');
      },
    },
    {
      name: 'it replaces headers of the answer as it says',
      source: api('GetObject, Overriding response header values through the request'),
      async run(target) {
        const wish = {
          ResponseContentDisposition: 'attachment; filename="plan.txt"',
          ResponseContentType: 'text/csv',
          ResponseCacheControl: 'no-store',
        };
        const { headers } = await follow(target, await link(target, new Date(), 600, wish));
        same('disposition', headers['content-disposition'], wish.ResponseContentDisposition);
        same('type', headers['content-type'], 'text/csv');
        same('cache', headers['cache-control'], 'no-store');
      },
    },
    {
      name: 'a presigned upload binds the content type that was signed',
      source: guide('Uploading objects with presigned URLs'),
      async run(target) {
        const bucket = await target.bucket();
        const command = new PutObjectCommand({ Bucket: bucket, Key: 'k', ContentType: 'application/pdf' });
        const send = await upload(target, command, ['content-type']);
        saysNo(await send({ 'content-type': 'text/html' }, 'x'), 403, 'SignatureDoesNotMatch');
        saysYes(await send({ 'content-type': 'application/pdf' }, 'x'));
        same('type', (await get(target, bucket, 'k')).ContentType, 'application/pdf');
      },
    },
    {
      name: 'a presigned upload binds the checksum that was signed',
      source: guide('Checking object integrity for data uploads'),
      async run(target) {
        const bucket = await target.bucket();
        const sum = 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=';
        const command = new PutObjectCommand({ Bucket: bucket, Key: 'k', ChecksumSHA256: sum });
        const send = await upload(target, command, ['x-amz-checksum-sha256']);
        saysNo(await send({ 'x-amz-checksum-sha256': sum }, '987654321'), 400, 'BadDigest');
        await denied(text(target, bucket, 'k'), 404, 'NoSuchKey');
        saysYes(await send({ 'x-amz-checksum-sha256': sum }, '123456789'));
      },
    },
  ],
};
