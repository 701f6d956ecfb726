import { GetObjectCommand } from '@aws-sdk/client-s3';
import { same } from '../check.ts';
import { denied, put, text } from './asking.ts';
import { api, type ObjectsTheme, type Target } from './target.ts';
import { ask, deliver, pathOf, prepared, saysNo, saysYes, send } from './wire.ts';

const source = api('Signature Calculations for the Authorization Header');
const errors = api('Error responses, List of error codes');
const minute = 60_000;

async function withObject(target: Target, key = 'plan.txt'): Promise<{ bucket: string; key: string }> {
  const bucket = await target.bucket();
  await put(target, bucket, key, 'plan');
  return { bucket, key };
}

export const headerSignatures: ObjectsTheme = {
  title: 'Signatures in the header',
  checks: [
    {
      name: 'a request signed by hand after the documentation is taken',
      source,
      async run(target) {
        const answer = await ask(target, await withObject(target));
        saysYes(answer);
        same('the bytes', answer.text, 'plan');
      },
    },
    {
      name: 'a key of any characters can be signed and is found again',
      source: api('Signature Calculations for the Authorization Header, UriEncode'),
      async run(target) {
        const bucket = await target.bucket();
        const key = "住房/2021 年/a+b&c='(*)!~/%41;@,x?#.pdf";
        await put(target, bucket, key, 'lease');
        same('by the SDK', await text(target, bucket, key), 'lease');
        same('by hand', (await ask(target, { bucket, key })).text, 'lease');
      },
    },
    {
      name: 'a request without a signature is refused',
      source: api('Authenticating Requests'),
      async run(target) {
        const { bucket, key } = await withObject(target);
        saysNo(await send(target, 'GET', pathOf(bucket, key)), 403, 'AccessDenied');
      },
    },
    {
      name: 'an unknown access key is refused',
      source: errors,
      async run(target) {
        const { bucket, key } = await withObject(target);
        const stranger = target.client({ credentials: { ...target.credentials, accessKeyId: 'NOBODY' } });
        const asked = stranger.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        await denied(asked, 403, 'InvalidAccessKeyId');
      },
    },
    {
      name: 'a signature by another secret is refused',
      source: errors,
      async run(target) {
        const { bucket, key } = await withObject(target);
        const impostor = target.client({ credentials: { ...target.credentials, secretAccessKey: 'wrong' } });
        const asked = impostor.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        await denied(asked, 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'another path than the signed one is refused',
      source,
      async run(target) {
        const { bucket } = await withObject(target, 'other.txt');
        const ready = prepared(target, { bucket, key: 'plan.txt' });
        const answer = await deliver(target, { ...ready, path: pathOf(bucket, 'other.txt') });
        saysNo(answer, 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'another query than the signed one is refused',
      source,
      async run(target) {
        const { bucket } = await withObject(target);
        const ready = prepared(target, { bucket, query: { 'list-type': '2', prefix: 'public/' } });
        const answer = await deliver(target, { ...ready, query: 'list-type=2&prefix=' });
        saysNo(answer, 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'another method than the signed one is refused',
      source,
      async run(target) {
        const ready = prepared(target, await withObject(target));
        saysNo(await deliver(target, { ...ready, method: 'DELETE' }), 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'a changed header under the signature is refused',
      source,
      async run(target) {
        const bucket = await target.bucket();
        const headers = { 'x-amz-meta-owner': 'a' };
        const ready = prepared(target, { method: 'PUT', bucket, key: 'k', headers, body: 'x' });
        const changed = { ...ready, headers: { ...ready.headers, 'x-amz-meta-owner': 'b' } };
        saysNo(await deliver(target, changed), 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'an x-amz- header that is not under the signature is refused',
      source: api('Signature Calculations for the Authorization Header, CanonicalHeaders'),
      async run(target) {
        const bucket = await target.bucket();
        const ready = prepared(target, { method: 'PUT', bucket, key: 'k', body: 'x' });
        const added = { ...ready, headers: { ...ready.headers, 'x-amz-meta-owner': 'b' } };
        saysNo(await deliver(target, added), 403, 'AccessDenied');
      },
    },
    {
      name: 'other bytes than the signed ones are refused, and nothing is kept',
      source: errors,
      async run(target) {
        const bucket = await target.bucket();
        const ready = prepared(target, { method: 'PUT', bucket, key: 'k', body: 'signed' });
        const answer = await deliver(target, { ...ready, body: 'forged' });
        saysNo(answer, 400, 'XAmzContentSHA256Mismatch');
        await denied(text(target, bucket, 'k'), 404, 'NoSuchKey');
      },
    },
    {
      name: 'a request without x-amz-content-sha256 is refused',
      source: api('Common Request Headers, x-amz-content-sha256'),
      async run(target) {
        const ready = prepared(target, await withObject(target));
        const { 'x-amz-content-sha256': _, ...headers } = ready.headers;
        saysNo(await deliver(target, { ...ready, headers }), 400, 'InvalidRequest');
      },
    },
    {
      name: 'an Authorization header without its parts is refused as malformed',
      source: errors,
      async run(target) {
        const ready = prepared(target, await withObject(target));
        const headers = { ...ready.headers, authorization: 'AWS4-HMAC-SHA256 Credential=x' };
        saysNo(await deliver(target, { ...ready, headers }), 400, 'AuthorizationHeaderMalformed');
      },
    },
    {
      name: 'a credential for another day than the request is refused as malformed',
      source: api('Signature Calculations for the Authorization Header, String to Sign'),
      async run(target) {
        const answer = await ask(target, { ...(await withObject(target)), signer: { day: '20200101' } });
        saysNo(answer, 400, 'AuthorizationHeaderMalformed');
      },
    },
    {
      name: 'a credential for another region is refused as malformed',
      source: errors,
      async run(target) {
        const answer = await ask(target, { ...(await withObject(target)), signer: { region: 'eu-north-1' } });
        saysNo(answer, 400, 'AuthorizationHeaderMalformed');
      },
    },
    ...[-16, 16].map((minutes) => ({
      name: `a request signed ${Math.abs(minutes)} minutes ${minutes < 0 ? 'ago' : 'ahead'} is refused`,
      source: errors,
      async run(target: Target) {
        const signer = { at: new Date(Date.now() + minutes * minute) };
        saysNo(await ask(target, { ...(await withObject(target)), signer }), 403, 'RequestTimeTooSkewed');
      },
    })),
    {
      name: 'a request signed 14 minutes ago or ahead is taken',
      source: api('Authenticating Requests, Time stamp requirement'),
      async run(target) {
        const object = await withObject(target);
        for (const minutes of [-14, 14]) {
          saysYes(await ask(target, { ...object, signer: { at: new Date(Date.now() + minutes * minute) } }));
        }
      },
    },
  ],
};
