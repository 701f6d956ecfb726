import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { holds, same } from '../check.ts';
import { put } from './asking.ts';
import { fieldsOf, postForm } from './posting.ts';
import { oneUpload } from './uploading.ts';
import { guide, type ObjectsTheme, type SeenEvent } from './target.ts';

const source = guide('Using EventBridge, EventBridge event message structure');
const needs = ['events'];

const told = ({ detailType, detail }: SeenEvent) => [
  detailType,
  detail.object.key,
  detail.reason ?? null,
  detail['deletion-type'] ?? null,
];

export const events: ObjectsTheme = {
  title: 'Events',
  checks: [
    {
      name: 'a write is told with key, size, ETag, version and reason',
      source,
      needs,
      async run(target) {
        const bucket = await target.bucket({ versioning: true });
        const { VersionId } = await put(target, bucket, '计划 1.txt', 'plan');
        const [event, ...others] = target.events(bucket);
        same('how many more', others.length, 0);
        same('told', event && told(event), ['Object Created', '计划 1.txt', 'PutObject', null]);
        const { object } = event?.detail ?? {};
        const etag = createHash('md5').update('plan').digest('hex');
        same('object', [object?.size, object?.etag, object?.['version-id']], [4, etag, VersionId]);
      },
    },
    {
      name: 'each way of writing has its reason',
      source,
      needs,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'a', 'x');
        await target.s3.send(new CopyObjectCommand({ Bucket: bucket, Key: 'b', CopySource: `${bucket}/a` }));
        await oneUpload(target, bucket, 'c', ['x']);
        await postForm(target, bucket, await fieldsOf(target, bucket, { Key: 'd' }));
        same('told', target.events(bucket).map(told), [
          ['Object Created', 'a', 'PutObject', null],
          ['Object Created', 'b', 'CopyObject', null],
          ['Object Created', 'c', 'CompleteMultipartUpload', null],
          ['Object Created', 'd', 'POST Object', null],
        ]);
      },
    },
    {
      name: 'deletes are told, a marker from a version gone for good',
      source,
      needs,
      async run(target) {
        const bucket = await target.bucket({ versioning: true });
        const { VersionId } = await put(target, bucket, 'k', 'x');
        await target.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
        await target.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k', VersionId }));
        same('told', target.events(bucket).slice(1).map(told), [
          ['Object Deleted', 'k', 'DeleteObject', 'Delete Marker Created'],
          ['Object Deleted', 'k', 'DeleteObject', 'Permanently Deleted'],
        ]);
      },
    },
    {
      name: 'of two events of a key the later has the greater sequencer',
      source,
      needs,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'k', 'one');
        await put(target, bucket, 'k', 'two');
        const [first = '', second = ''] = target.events(bucket).map(({ detail }) => detail.object.sequencer);
        holds('the order', first.padStart(40, '0') < second.padStart(40, '0'));
      },
    },
    {
      name: 'what is refused is not told',
      source,
      needs,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'k', 'one');
        await put(target, bucket, 'k', 'two', { IfNoneMatch: '*' }).catch(() => undefined);
        same('how many', target.events(bucket).length, 1);
      },
    },
  ],
};
