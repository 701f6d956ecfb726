import { CopyObjectCommand, DeleteObjectCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { same } from '../check.ts';
import { denied, put, text } from './asking.ts';
import { oneUpload } from './uploading.ts';
import { guide, type ObjectsTheme } from './target.ts';

const create = guide('How to prevent object overwrites with conditional writes, If-None-Match');
const update = guide('How to prevent object overwrites with conditional writes, If-Match');
const deletes = guide('How to perform conditional deletes');

export const conditionalWrites: ObjectsTheme = {
  title: 'Conditional writes',
  checks: [
    {
      name: 'If-None-Match: * creates what is not there and refuses what is',
      source: create,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'k', 'first', { IfNoneMatch: '*' });
        await denied(put(target, bucket, 'k', 'second', { IfNoneMatch: '*' }), 412, 'PreconditionFailed');
        same('the object', await text(target, bucket, 'k'), 'first');
      },
    },
    {
      name: 'If-None-Match: * creates again over a delete marker',
      source: create,
      async run(target) {
        const bucket = await target.bucket({ versioning: true });
        await put(target, bucket, 'k', 'first');
        await target.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
        await put(target, bucket, 'k', 'again', { IfNoneMatch: '*' });
        same('the object', await text(target, bucket, 'k'), 'again');
      },
    },
    {
      name: 'of many creations at once exactly one is taken',
      source: create,
      async run(target) {
        const bucket = await target.bucket();
        const tries = Array.from({ length: 8 }, (_, index) =>
          put(target, bucket, 'k', String(index), { IfNoneMatch: '*' }),
        );
        const taken = (await Promise.allSettled(tries)).flatMap(({ status }, index) =>
          status === 'fulfilled' ? [String(index)] : [],
        );
        same('how many are taken', taken.length, 1);
        same('the object', await text(target, bucket, 'k'), taken[0]);
      },
    },
    {
      name: 'If-Match changes the object of that ETag, and refuses any other',
      source: update,
      async run(target) {
        const bucket = await target.bucket();
        const { ETag } = await put(target, bucket, 'k', 'one');
        await put(target, bucket, 'k', 'two', { IfMatch: ETag });
        await denied(put(target, bucket, 'k', 'three', { IfMatch: ETag }), 412, 'PreconditionFailed');
        same('the object', await text(target, bucket, 'k'), 'two');
      },
    },
    {
      name: 'If-Match on what is not there is answered with 404',
      source: update,
      async run(target) {
        const bucket = await target.bucket();
        await denied(put(target, bucket, 'k', 'x', { IfMatch: '"0"' }), 404, 'NoSuchKey');
      },
    },
    {
      name: 'If-Match on what lies under a delete marker is answered with 404',
      source: update,
      async run(target) {
        const bucket = await target.bucket({ versioning: true });
        const { ETag } = await put(target, bucket, 'k', 'one');
        await target.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
        await denied(put(target, bucket, 'k', 'two', { IfMatch: ETag }), 404, 'NoSuchKey');
      },
    },
    {
      name: 'an upload in parts is completed under If-None-Match: *',
      source: create,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'k', 'first');
        const done = oneUpload(target, bucket, 'k', ['second'], { complete: { IfNoneMatch: '*' } });
        await denied(done, 412, 'PreconditionFailed');
        same('the object', await text(target, bucket, 'k'), 'first');
      },
    },
    {
      name: 'a copy is made under If-None-Match: * and If-Match of its destination',
      source: guide('Add preconditions to S3 operations with conditional requests'),
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'from', 'from');
        const { ETag } = await put(target, bucket, 'to', 'to');
        const copy = { Bucket: bucket, Key: 'to', CopySource: `${bucket}/from` };
        const over = target.s3.send(new CopyObjectCommand({ ...copy, IfNoneMatch: '*' }));
        await denied(over, 412, 'PreconditionFailed');
        const other = target.s3.send(new CopyObjectCommand({ ...copy, IfMatch: '"other"' }));
        await denied(other, 412, 'PreconditionFailed');
        await target.s3.send(new CopyObjectCommand({ ...copy, IfMatch: ETag }));
        same('the object', await text(target, bucket, 'to'), 'from');
      },
    },
    {
      name: 'a delete under If-Match of another ETag is refused, and of the same is done',
      source: deletes,
      async run(target) {
        const bucket = await target.bucket();
        const { ETag } = await put(target, bucket, 'k', 'x');
        const remove = { Bucket: bucket, Key: 'k' };
        const other = target.s3.send(new DeleteObjectCommand({ ...remove, IfMatch: '"other"' }));
        await denied(other, 412, 'PreconditionFailed');
        same('the object', await text(target, bucket, 'k'), 'x');
        await target.s3.send(new DeleteObjectCommand({ ...remove, IfMatch: ETag }));
        await denied(text(target, bucket, 'k'), 404, 'NoSuchKey');
      },
    },
    {
      name: 'of many deletes at once each is weighed by its own ETag',
      source: deletes,
      async run(target) {
        const bucket = await target.bucket();
        const { ETag } = await put(target, bucket, 'a', 'x');
        await put(target, bucket, 'b', 'x');
        const Objects = [
          { Key: 'a', ETag },
          { Key: 'b', ETag: '"other"' },
        ];
        const done = await target.s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
        same(
          'deleted',
          done.Deleted?.map(({ Key }) => Key),
          ['a'],
        );
        same(
          'refused',
          done.Errors?.map(({ Key, Code }) => [Key, Code]),
          [['b', 'PreconditionFailed']],
        );
      },
    },
  ],
};
