import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { holds, same } from '../check.ts';
import { get, text } from './asking.ts';
import { field, fieldsOf, fieldsUnder, policyOf, postForm, postParts, type Fields } from './posting.ts';
import { api, type ObjectsTheme, type Target } from './target.ts';
import { saysNo, saysYes, tag, type Answer } from './wire.ts';

const source = api('POST Object');
const signature = api('Authenticating Requests in Browser-Based Uploads Using POST');
const errors = api('Error responses, List of error codes');
const Key = 'forms/plan.pdf';

/** What the server answers when a form is changed after its signing. */
async function changed(target: Target, change: (fields: Fields) => Fields): Promise<Answer> {
  const bucket = await target.bucket();
  return postForm(target, bucket, change(await fieldsOf(target, bucket, { Key })));
}

/** What it answers to a form with more fields, all of them signed. */
async function signedWith(target: Target, more: Fields): Promise<{ bucket: string; answer: Answer }> {
  const bucket = await target.bucket();
  const fields = await fieldsOf(target, bucket, { Key, Fields: { ...more } });
  return { bucket, answer: await postForm(target, bucket, fields) };
}

export const postForms: ObjectsTheme = {
  title: 'Forms of a POST',
  checks: [
    {
      name: 'a form under a signed policy is taken with 204, and its file is kept',
      source,
      async run(target) {
        const { bucket, answer } = await signedWith(target, {});
        saysYes(answer, 204);
        same('ETag', answer.headers['etag'], `"${createHash('md5').update('plan').digest('hex')}"`);
        holds('Location names the object', answer.headers['location']?.includes(Key) ?? false);
        same('the bytes', await text(target, bucket, Key), 'plan');
      },
    },
    {
      name: 'success_action_status 201 is answered with a document',
      source: api('POST Object, success_action_status'),
      async run(target) {
        const { bucket, answer } = await signedWith(target, { success_action_status: '201' });
        saysYes(answer, 201);
        same('names', [tag(answer, 'Bucket'), tag(answer, 'Key')], [bucket, Key]);
        holds('the root is PostResponse', answer.text.includes('<PostResponse'));
        holds('there is an ETag', tag(answer, 'ETag') !== undefined);
        holds('there is a Location', tag(answer, 'Location') !== undefined);
      },
    },
    {
      name: 'success_action_status 200 is answered with nothing',
      source: api('POST Object, success_action_status'),
      async run(target) {
        const { answer } = await signedWith(target, { success_action_status: '200' });
        saysYes(answer, 200);
        same('the text', answer.text, '');
      },
    },
    {
      name: 'another success_action_status is answered with 204',
      source: api('POST Object, success_action_status'),
      async run(target) {
        saysYes((await signedWith(target, { success_action_status: '418' })).answer, 204);
      },
    },
    {
      name: 'success_action_redirect leads there with bucket, key and ETag',
      source: api('POST Object, success_action_redirect'),
      async run(target) {
        const success_action_redirect = 'https://portal.example/done?step=2';
        const { bucket, answer } = await signedWith(target, { success_action_redirect });
        saysYes(answer, 303);
        const { searchParams, origin } = new URL(answer.headers['location'] ?? 'about:blank');
        same('origin', origin, 'https://portal.example');
        holds('the bucket comes along', searchParams.get('bucket') === bucket);
        same('key', searchParams.get('key'), Key);
        holds('the ETag comes along', (searchParams.get('etag') ?? '') !== '');
      },
    },
    {
      name: '${filename} in the key becomes the name of the file',
      source: api('POST Object, key'),
      async run(target) {
        const bucket = await target.bucket();
        const fields = await fieldsOf(target, bucket, { Key: 'forms/${filename}' });
        saysYes(await postForm(target, bucket, fields, { filename: '计划.pdf' }), 204);
        same('the bytes', await text(target, bucket, 'forms/计划.pdf'), 'plan');
      },
    },
    {
      name: 'metadata and system headers of the form are kept',
      source,
      async run(target) {
        const { bucket, answer } = await signedWith(target, {
          'x-amz-meta-owner': 'hohhot',
          'Content-Disposition': 'attachment',
          'Cache-Control': 'no-store',
        });
        saysYes(answer, 204);
        const { Metadata, ContentDisposition, CacheControl } = await get(target, bucket, Key);
        same(
          'kept',
          [Metadata, ContentDisposition, CacheControl],
          [{ owner: 'hohhot' }, 'attachment', 'no-store'],
        );
      },
    },
    {
      name: 'the field tagging sets the tags, in XML',
      source: api('POST Object, tagging'),
      async run(target) {
        const tagging = '<Tagging><TagSet><Tag><Key>state</Key><Value>held</Value></Tag></TagSet></Tagging>';
        const { bucket, answer } = await signedWith(target, { tagging });
        saysYes(answer, 204);
        const { TagSet } = await target.s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key }));
        same('tags', TagSet, [{ Key: 'state', Value: 'held' }]);
      },
    },
    {
      name: 'fields after the file are not looked at',
      source: api('POST Object, file'),
      async run(target) {
        const bucket = await target.bucket();
        const fields = await fieldsOf(target, bucket, { Key });
        saysYes(await postForm(target, bucket, fields, { after: { 'x-amz-meta-late': 'x' } }), 204);
        same('metadata', (await get(target, bucket, Key)).Metadata, {});
      },
    },
    {
      name: 'a form without a policy is refused',
      source: signature,
      async run(target) {
        saysNo(await postForm(target, await target.bucket(), { key: Key }), 403, 'AccessDenied');
      },
    },
    {
      name: 'another policy than the signed one is refused',
      source: signature,
      async run(target) {
        const answer = await changed(target, ({ Policy = '', ...fields }) => {
          const words = Buffer.from(Policy, 'base64').toString('utf8');
          const looser = words.replace(/"expiration":"\d{4}/, '"expiration":"9999');
          return { ...fields, Policy: Buffer.from(looser).toString('base64') };
        });
        saysNo(answer, 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'a changed signature is refused',
      source: signature,
      async run(target) {
        const answer = await changed(target, (fields) => ({ ...fields, 'X-Amz-Signature': '0'.repeat(64) }));
        saysNo(answer, 403, 'SignatureDoesNotMatch');
      },
    },
    {
      name: 'an unknown access key is refused',
      source: errors,
      async run(target) {
        const nobody = { ...target.credentials, accessKeyId: 'NOBODY' };
        const stranger = { ...target, s3: target.client({ credentials: nobody }) };
        const bucket = await target.bucket();
        const answer = await postForm(target, bucket, await fieldsOf(stranger, bucket, { Key }));
        saysNo(answer, 403, 'InvalidAccessKeyId');
      },
    },
    {
      name: 'a policy that has expired is refused',
      source: api('POST Policy, Expiration'),
      async run(target) {
        const bucket = await target.bucket();
        const expiration = new Date(Date.now() - 60_000).toISOString();
        const policy = { ...(JSON.parse(policyOf(target, bucket, [{ key: Key }])) as object), expiration };
        const fields = fieldsUnder(target, JSON.stringify(policy), { key: Key });
        saysNo(await postForm(target, bucket, fields), 403, 'AccessDenied');
      },
    },
    {
      name: 'a signed policy that is not JSON is refused',
      source: errors,
      async run(target) {
        const bucket = await target.bucket();
        const fields = fieldsUnder(target, 'no policy at all', { key: Key });
        saysNo(await postForm(target, bucket, fields), 400, 'InvalidPolicyDocument');
      },
    },
    {
      name: 'a form without a file is refused',
      source,
      async run(target) {
        const bucket = await target.bucket();
        const fields = await fieldsOf(target, bucket, { Key });
        const parts = Object.entries(fields).map(([name, value]) => field(name, value));
        saysNo(await postParts(target, bucket, parts), 400, 'InvalidArgument');
      },
    },
    {
      name: 'a form without a key is refused',
      source: api('POST Object, key'),
      async run(target) {
        const answer = await changed(target, ({ key: _, ...fields }) => fields);
        saysNo(answer, 400, 'InvalidArgument');
      },
    },
  ],
};
