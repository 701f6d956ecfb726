import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  type CopyObjectCommandInput,
} from '@aws-sdk/client-s3';
import { holds, same } from '../check.ts';
import { denied, get, put, text } from './asking.ts';
import { api, type ObjectsTheme, type Target } from './target.ts';
import { ask, saysNo } from './wire.ts';

const source = api('CopyObject');
const hour = 3600_000;

async function withSource(target: Target): Promise<{ bucket: string; etag: string }> {
  const bucket = await target.bucket({ versioning: true });
  const more = { ContentType: 'text/csv', Metadata: { owner: 'a' }, Tagging: 'state=held' };
  const { ETag = '' } = await put(target, bucket, 'from', 'one', more);
  return { bucket, etag: ETag };
}

async function copy({ s3 }: Target, Bucket: string, more: Partial<CopyObjectCommandInput> = {}) {
  return s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/from`, ...more }));
}

async function tagsOf({ s3 }: Target, Bucket: string, Key: string) {
  return (await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;
}

export const copying: ObjectsTheme = {
  title: 'Copies',
  checks: [
    {
      name: 'a copy has the bytes, type, metadata and tags of its source',
      source,
      async run(target) {
        const { bucket, etag } = await withSource(target);
        same('ETag', (await copy(target, bucket)).CopyObjectResult?.ETag, etag);
        const { text: bytes, ContentType, Metadata } = await get(target, bucket, 'to');
        same('copied', [bytes, ContentType, Metadata], ['one', 'text/csv', { owner: 'a' }]);
        same('tags', await tagsOf(target, bucket, 'to'), [{ Key: 'state', Value: 'held' }]);
      },
    },
    {
      name: 'REPLACE gives it metadata and tags of its own',
      source: api('CopyObject, x-amz-metadata-directive and x-amz-tagging-directive'),
      async run(target) {
        const { bucket } = await withSource(target);
        await copy(target, bucket, {
          MetadataDirective: 'REPLACE',
          ContentType: 'text/plain',
          Metadata: { clerk: 'b' },
          TaggingDirective: 'REPLACE',
          Tagging: 'state=clean',
        });
        const { ContentType, Metadata } = await get(target, bucket, 'to');
        same('replaced', [ContentType, Metadata], ['text/plain', { clerk: 'b' }]);
        same('tags', await tagsOf(target, bucket, 'to'), [{ Key: 'state', Value: 'clean' }]);
      },
    },
    {
      name: 'an earlier version is copied by its id, which is told',
      source: api('CopyObject, x-amz-copy-source'),
      async run(target) {
        const { bucket } = await withSource(target);
        const { VersionId } = await get(target, bucket, 'from');
        await put(target, bucket, 'from', 'two');
        const done = await copy(target, bucket, { CopySource: `${bucket}/from?versionId=${VersionId}` });
        holds('the version copied is told', done.CopySourceVersionId === VersionId);
        same('the bytes', await text(target, bucket, 'to'), 'one');
      },
    },
    {
      name: 'a source whose key needs encoding is found',
      source: api('CopyObject, x-amz-copy-source'),
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, '计划/a+b c.txt', 'one');
        await copy(target, bucket, { CopySource: encodeURIComponent(`${bucket}/计划/a+b c.txt`) });
        same('the bytes', await text(target, bucket, 'to'), 'one');
      },
    },
    {
      name: 'a copy onto itself that changes nothing is refused',
      source,
      async run(target) {
        const { bucket } = await withSource(target);
        await denied(copy(target, bucket, { Key: 'from' }), 400, 'InvalidRequest');
      },
    },
    {
      name: 'a copy onto itself with other metadata is made',
      source,
      async run(target) {
        const { bucket } = await withSource(target);
        await copy(target, bucket, { Key: 'from', MetadataDirective: 'REPLACE', Metadata: { owner: 'b' } });
        const { text: bytes, Metadata } = await get(target, bucket, 'from');
        same('read', [bytes, Metadata], ['one', { owner: 'b' }]);
      },
    },
    {
      name: 'a source that is not there, or lies under a delete marker, is refused',
      source,
      async run(target) {
        const { bucket } = await withSource(target);
        await denied(copy(target, bucket, { CopySource: `${bucket}/never` }), 404, 'NoSuchKey');
        await target.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'from' }));
        await denied(copy(target, bucket), 404, 'NoSuchKey');
      },
    },
    {
      name: 'a source that is no bucket and key is refused',
      source: api('CopyObject, x-amz-copy-source'),
      async run(target) {
        const bucket = await target.bucket();
        const headers = { 'x-amz-copy-source': 'nothing' };
        saysNo(await ask(target, { method: 'PUT', bucket, key: 'to', headers }), 400, 'InvalidArgument');
      },
    },
    {
      name: 'If-Match and If-None-Match of the source are weighed',
      source: api('CopyObject, x-amz-copy-source-if-match and -if-none-match'),
      async run(target) {
        const { bucket, etag } = await withSource(target);
        await denied(copy(target, bucket, { CopySourceIfMatch: '"other"' }), 412, 'PreconditionFailed');
        await denied(copy(target, bucket, { CopySourceIfNoneMatch: etag }), 412, 'PreconditionFailed');
        await copy(target, bucket, { CopySourceIfMatch: etag, CopySourceIfNoneMatch: '"other"' });
        same('the bytes', await text(target, bucket, 'to'), 'one');
      },
    },
    {
      name: 'the times of the source are weighed',
      source: api('CopyObject, x-amz-copy-source-if-modified-since and -if-unmodified-since'),
      async run(target) {
        const { bucket } = await withSource(target);
        const { LastModified: written = new Date(0) } = await get(target, bucket, 'from');
        const before = new Date(Date.now() - hour);
        await denied(copy(target, bucket, { CopySourceIfModifiedSince: written }), 412);
        await denied(copy(target, bucket, { CopySourceIfUnmodifiedSince: before }), 412);
        await copy(target, bucket, {
          CopySourceIfModifiedSince: before,
          CopySourceIfUnmodifiedSince: written,
        });
        same('the bytes', await text(target, bucket, 'to'), 'one');
      },
    },
    {
      name: 'If-Match of the source that holds outweighs its If-Unmodified-Since that does not',
      source: api('CopyObject, x-amz-copy-source-if-match'),
      async run(target) {
        const { bucket, etag } = await withSource(target);
        const before = new Date(Date.now() - hour);
        await copy(target, bucket, { CopySourceIfMatch: etag, CopySourceIfUnmodifiedSince: before });
        same('the bytes', await text(target, bucket, 'to'), 'one');
      },
    },
    {
      name: 'If-None-Match of the source that does not hold outweighs its If-Modified-Since that does',
      source: api('CopyObject, x-amz-copy-source-if-none-match'),
      async run(target) {
        const { bucket, etag } = await withSource(target);
        const both = { CopySourceIfNoneMatch: etag, CopySourceIfModifiedSince: new Date(Date.now() - hour) };
        await denied(copy(target, bucket, both), 412, 'PreconditionFailed');
      },
    },
  ],
};
