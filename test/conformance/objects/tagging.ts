import {
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  PutObjectTaggingCommand,
  type Tag,
} from '@aws-sdk/client-s3';
import { same } from '../check.ts';
import { denied, get, head, put, text } from './asking.ts';
import { api, guide, type ObjectsTheme, type Target } from './target.ts';

const source = api('PutObjectTagging');
const limits = guide('Categorizing your objects using tags');

/** In the order of their keys: theirs is not promised. */
const tagsOf = async ({ s3 }: Target, Bucket: string, more: object = {}) =>
  (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k', ...more }))).TagSet?.sort((a, b) =>
    (a.Key ?? '') < (b.Key ?? '') ? -1 : 1,
  );

const setTags = async ({ s3 }: Target, Bucket: string, TagSet: Tag[], more: object = {}) =>
  s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet }, ...more }));

async function withObject(target: Target, versioning = false): Promise<string> {
  const bucket = await target.bucket({ versioning });
  await put(target, bucket, 'k', 'bytes', { ContentType: 'text/plain', Tagging: 'state=held&by=a%20b' });
  return bucket;
}

const tags = (count: number): Tag[] =>
  Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));

export const tagging: ObjectsTheme = {
  title: 'Tags',
  checks: [
    {
      name: 'tags given with the object are kept, and counted in its headers',
      source: api('PutObject, x-amz-tagging'),
      async run(target) {
        const bucket = await withObject(target);
        same('tags', await tagsOf(target, bucket), [
          { Key: 'by', Value: 'a b' },
          { Key: 'state', Value: 'held' },
        ]);
        same('count', (await get(target, bucket, 'k')).TagCount, 2);
      },
    },
    {
      name: 'new tags take the place of all the old ones',
      source,
      async run(target) {
        const bucket = await withObject(target);
        await setTags(target, bucket, [{ Key: 'state', Value: '合格' }]);
        same('tags', await tagsOf(target, bucket), [{ Key: 'state', Value: '合格' }]);
      },
    },
    {
      name: 'tagging leaves the bytes, the type and the ETag as they are',
      source,
      async run(target) {
        const bucket = await withObject(target);
        const before = await head(target, bucket, 'k');
        await setTags(target, bucket, tags(1));
        const after = await get(target, bucket, 'k');
        same('after', [after.text, after.ContentType, after.ETag], ['bytes', 'text/plain', before.ETag]);
      },
    },
    {
      name: 'tags are taken away',
      source: api('DeleteObjectTagging'),
      async run(target) {
        const bucket = await withObject(target);
        const command = new DeleteObjectTaggingCommand({ Bucket: bucket, Key: 'k' });
        same('status', (await target.s3.send(command)).$metadata.httpStatusCode, 204);
        same('tags', await tagsOf(target, bucket), []);
        same('the object', await text(target, bucket, 'k'), 'bytes');
      },
    },
    {
      name: 'each version has tags of its own',
      source,
      async run(target) {
        const bucket = await withObject(target, true);
        const { VersionId } = await head(target, bucket, 'k');
        await put(target, bucket, 'k', 'two');
        await setTags(target, bucket, tags(1), { VersionId });
        same('of the first', await tagsOf(target, bucket, { VersionId }), tags(1));
        same('of the newest', await tagsOf(target, bucket), []);
      },
    },
    {
      name: 'an object that is not there has no tags',
      source: api('GetObjectTagging'),
      async run(target) {
        await denied(tagsOf(target, await target.bucket()), 404, 'NoSuchKey');
      },
    },
    {
      name: 'ten tags are taken, and eleven refused',
      source: limits,
      async run(target) {
        const bucket = await withObject(target);
        await setTags(target, bucket, tags(10));
        await denied(setTags(target, bucket, tags(11)), 400, 'BadRequest');
        same('tags', (await tagsOf(target, bucket))?.length, 10);
      },
    },
    {
      name: 'two tags under one key are refused',
      source: limits,
      async run(target) {
        const bucket = await withObject(target);
        const twice = [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ];
        await denied(setTags(target, bucket, twice), 400, 'InvalidTag');
      },
    },
    {
      name: 'a key of more than 128 characters, or a value of more than 256, is refused',
      source: limits,
      async run(target) {
        const bucket = await withObject(target);
        await denied(setTags(target, bucket, [{ Key: 'k'.repeat(129), Value: 'v' }]), 400, 'InvalidTag');
        await denied(setTags(target, bucket, [{ Key: 'k', Value: 'v'.repeat(257) }]), 400, 'InvalidTag');
      },
    },
    {
      name: 'a tag with characters that are not allowed is refused',
      source: limits,
      async run(target) {
        const bucket = await withObject(target);
        await denied(setTags(target, bucket, [{ Key: 'a?b', Value: 'v' }]), 400, 'InvalidTag');
        await denied(setTags(target, bucket, [{ Key: 'a', Value: 'v&w' }]), 400, 'InvalidTag');
      },
    },
  ],
};
