import { DeleteObjectsCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { holds, same } from '../check.ts';
import { denied, put, text } from './asking.ts';
import { api, guide, type ObjectsTheme, type Target } from './target.ts';
import { ask, md5Of, saysNo, saysYes, tag } from './wire.ts';

const source = api('Error responses, REST error responses');
const errors = api('Error responses, List of error codes');
const many = api('DeleteObjects');

async function deleteMany(target: Target, bucket: string, body: string, headers = md5Of(body)) {
  return ask(target, { method: 'POST', bucket, query: { delete: '' }, headers, body });
}

const named = (keys: readonly string[], more = ''): string =>
  `<Delete>${more}${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`;

export const refusals: ObjectsTheme = {
  title: 'Refusals and deletes',
  checks: [
    {
      name: 'a refusal is a document with code, message and request id',
      source,
      async run(target) {
        const bucket = await target.bucket();
        const answer = await ask(target, { bucket, key: 'never' });
        saysNo(answer, 404, 'NoSuchKey');
        same('type', answer.headers['content-type']?.split(';')[0], 'application/xml');
        holds('the root is Error', /<Error>.*<\/Error>/s.test(answer.text));
        holds('there is a message', (tag(answer, 'Message') ?? '') !== '');
        const id = answer.headers['x-amz-request-id'];
        holds('the request id stands in the header too', id !== undefined && id === tag(answer, 'RequestId'));
      },
    },
    {
      name: 'HEAD of what is not there is a bare 404',
      source: api('HeadObject'),
      async run(target) {
        const answer = await ask(target, { method: 'HEAD', bucket: await target.bucket(), key: 'never' });
        same('answer', [answer.status, answer.bytes.length], [404, 0]);
      },
    },
    {
      name: 'a bucket that is not there is told from an object that is not',
      source: errors,
      async run(target) {
        saysNo(await ask(target, { bucket: 'no-such-bucket', key: 'k' }), 404, 'NoSuchBucket');
        const query = { 'list-type': '2' };
        saysNo(await ask(target, { bucket: 'no-such-bucket', query }), 404, 'NoSuchBucket');
        await denied(target.s3.send(new HeadBucketCommand({ Bucket: 'no-such-bucket' })), 404);
        await target.s3.send(new HeadBucketCommand({ Bucket: await target.bucket() }));
      },
    },
    {
      name: 'a key of 1,024 bytes is taken, and one of more refused',
      source: guide('Naming Amazon S3 objects'),
      async run(target) {
        const bucket = await target.bucket();
        const key = '居'.repeat(341);
        const longest = `${key}a`;
        saysYes(await ask(target, { method: 'PUT', bucket, key: longest, body: 'x' }));
        const longer = await ask(target, { method: 'PUT', bucket, key: `${longest}b`, body: 'x' });
        saysNo(longer, 400, 'KeyTooLongError');
      },
    },
    {
      name: 'metadata of 2 KB is taken, and more refused',
      source: guide('Working with object metadata, User-defined object metadata'),
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'k', 'x', { Metadata: { note: 'm'.repeat(2044) } });
        const more = put(target, bucket, 'k', 'x', { Metadata: { note: 'm'.repeat(2045) } });
        await denied(more, 400, 'MetadataTooLarge');
      },
    },
    {
      name: 'deleting what is not there is done',
      source: api('DeleteObject'),
      async run(target) {
        const bucket = await target.bucket();
        saysYes(await ask(target, { method: 'DELETE', bucket, key: 'never' }), 204);
      },
    },
    {
      name: 'many are deleted at once, those that are not there too',
      source: many,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'a', 'x');
        const Objects = [{ Key: 'a' }, { Key: 'never' }];
        const done = await target.s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
        same('deleted', done.Deleted?.map(({ Key }) => Key).sort(), ['a', 'never']);
        await denied(text(target, bucket, 'a'), 404, 'NoSuchKey');
      },
    },
    {
      name: 'Quiet tells only what went wrong',
      source: many,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'a', 'x');
        const answer = await deleteMany(target, bucket, named(['a'], '<Quiet>true</Quiet>'));
        saysYes(answer);
        same('told', answer.text.includes('<Deleted>'), false);
        await denied(text(target, bucket, 'a'), 404, 'NoSuchKey');
      },
    },
    {
      name: 'of many deletes in a versioned bucket each tells its marker',
      source: many,
      async run(target) {
        const bucket = await target.bucket({ versioning: true });
        await put(target, bucket, 'a', 'x');
        const Delete = { Objects: [{ Key: 'a' }] };
        const done = await target.s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete }));
        const [told] = done.Deleted ?? [];
        same('told', [told?.Key, told?.DeleteMarker], ['a', true]);
        holds('the marker has an id', (told?.DeleteMarkerVersionId ?? '') !== '');
      },
    },
    {
      name: 'more than a thousand deletes at once are refused',
      source: many,
      async run(target) {
        const keys = Array.from({ length: 1001 }, (_, index) => `k${index}`);
        saysNo(await deleteMany(target, await target.bucket(), named(keys)), 400, 'MalformedXML');
      },
    },
    {
      name: 'many deletes without a Content-MD5 or a checksum are refused',
      source: `${many}, Content-MD5 request header`,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'a', 'x');
        saysNo(await deleteMany(target, bucket, named(['a']), {}), 400, 'InvalidRequest');
        same('the object', await text(target, bucket, 'a'), 'x');
      },
    },
    {
      name: 'a document that is not XML is refused',
      source: errors,
      async run(target) {
        saysNo(await deleteMany(target, await target.bucket(), '<Delete><Object>'), 400, 'MalformedXML');
      },
    },
  ],
};
