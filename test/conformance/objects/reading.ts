import { createHash } from 'node:crypto';
import { same } from '../check.ts';
import { denied, get, head, put, text } from './asking.ts';
import { api, type ObjectsTheme, type Target } from './target.ts';
import { ask, saysNo } from './wire.ts';

const source = api('GetObject');
const range = api('GetObject, Range');
const hour = 3600_000;

async function digits(target: Target): Promise<{ bucket: string; etag: string }> {
  const bucket = await target.bucket();
  const { ETag = '' } = await put(target, bucket, 'k', '0123456789');
  return { bucket, etag: ETag };
}

export const reading: ObjectsTheme = {
  title: 'Reading',
  checks: [
    {
      name: 'the ETag of an object sent at once is the MD5 of its bytes, in quotes',
      source: api('Object, ETag'),
      async run(target) {
        const { bucket, etag } = await digits(target);
        const md5 = `"${createHash('md5').update('0123456789').digest('hex')}"`;
        same('told', [etag, (await head(target, bucket, 'k')).ETag], [md5, md5]);
      },
    },
    {
      name: 'system headers and metadata come back as they were given',
      source: api('PutObject'),
      async run(target) {
        const bucket = await target.bucket();
        const given = {
          ContentType: 'text/csv',
          ContentEncoding: 'identity',
          ContentLanguage: 'zh-CN',
          ContentDisposition: 'attachment; filename="a.csv"',
          CacheControl: 'max-age=60',
          Metadata: { owner: 'hohhot', 'two-words': 'a b' },
        };
        await put(target, bucket, 'k', 'x', given);
        const read = await get(target, bucket, 'k');
        for (const name of Object.keys(given) as (keyof typeof given)[]) same(name, read[name], given[name]);
      },
    },
    {
      name: 'names of metadata are kept in lower case',
      source: api('PutObject, User-defined metadata'),
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'k', 'x', { Metadata: { OwnerName: 'Hohhot' } });
        same('metadata', (await head(target, bucket, 'k')).Metadata, { ownername: 'Hohhot' });
      },
    },
    {
      name: 'an object without a type is binary/octet-stream',
      source: api('PutObject, Content-Type'),
      async run(target) {
        const bucket = await target.bucket();
        await ask(target, { method: 'PUT', bucket, key: 'k', body: 'x' });
        same('type', (await head(target, bucket, 'k')).ContentType, 'binary/octet-stream');
      },
    },
    {
      name: 'an empty object is kept',
      source,
      async run(target) {
        const bucket = await target.bucket();
        await put(target, bucket, 'k', '', { ContentLength: 0 });
        const read = await get(target, bucket, 'k');
        same('read', [read.text, read.ContentLength], ['', 0]);
      },
    },
    {
      name: 'HEAD tells what GET would, without the bytes',
      source: api('HeadObject'),
      async run(target) {
        const { bucket } = await digits(target);
        const answer = await ask(target, { method: 'HEAD', bucket, key: 'k' });
        same('told', [answer.status, answer.headers['content-length'], answer.bytes.length], [200, '10', 0]);
      },
    },
    ...(
      [
        ['from the beginning', 'bytes=0-3', '0123', 'bytes 0-3/10'],
        ['in the middle', 'bytes=2-4', '234', 'bytes 2-4/10'],
        ['to the end', 'bytes=7-', '789', 'bytes 7-9/10'],
        ['of the last bytes', 'bytes=-3', '789', 'bytes 7-9/10'],
        ['beyond the end', 'bytes=8-99', '89', 'bytes 8-9/10'],
        ['of more last bytes than there are', 'bytes=-99', '0123456789', 'bytes 0-9/10'],
      ] as const
    ).map(([what, Range, bytes, shown]) => ({
      name: `a range ${what} is answered with its bytes`,
      source: range,
      async run(target: Target) {
        const { bucket } = await digits(target);
        const read = await get(target, bucket, 'k', { Range });
        same('read', [read.text, read.ContentRange], [bytes, shown]);
        same('status', read.$metadata.httpStatusCode, 206);
      },
    })),
    {
      name: 'a range behind the end is refused',
      source: api('Error responses, InvalidRange'),
      async run(target) {
        const { bucket } = await digits(target);
        const answer = await ask(target, { bucket, key: 'k', headers: { range: 'bytes=10-' } });
        saysNo(answer, 416, 'InvalidRange');
      },
    },
    {
      name: 'If-Match of another ETag is refused',
      source,
      async run(target) {
        const { bucket, etag } = await digits(target);
        await denied(text(target, bucket, 'k', { IfMatch: '"other"' }), 412, 'PreconditionFailed');
        same('of the same', await text(target, bucket, 'k', { IfMatch: etag }), '0123456789');
      },
    },
    {
      name: 'If-None-Match of the same ETag is answered with 304',
      source,
      async run(target) {
        const { bucket, etag } = await digits(target);
        const answer = await ask(target, { bucket, key: 'k', headers: { 'if-none-match': etag } });
        same('answer', [answer.status, answer.text, answer.headers['etag']], [304, '', etag]);
        same('of another', await text(target, bucket, 'k', { IfNoneMatch: '"other"' }), '0123456789');
      },
    },
    {
      name: 'If-Modified-Since a later time is answered with 304',
      source,
      async run(target) {
        const { bucket } = await digits(target);
        const written = (await head(target, bucket, 'k')).LastModified ?? new Date(0);
        await denied(text(target, bucket, 'k', { IfModifiedSince: written }), 304);
        const before = new Date(written.getTime() - hour);
        same('since before', await text(target, bucket, 'k', { IfModifiedSince: before }), '0123456789');
      },
    },
    {
      name: 'If-Unmodified-Since an earlier time is refused',
      source,
      async run(target) {
        const { bucket } = await digits(target);
        const before = new Date(Date.now() - hour);
        await denied(text(target, bucket, 'k', { IfUnmodifiedSince: before }), 412);
        const after = new Date(Date.now() + hour);
        same('since after', await text(target, bucket, 'k', { IfUnmodifiedSince: after }), '0123456789');
      },
    },
    {
      name: 'If-Match that holds outweighs If-Unmodified-Since that does not',
      source: api('GetObject, If-Match'),
      async run(target) {
        const { bucket, etag } = await digits(target);
        const both = { IfMatch: etag, IfUnmodifiedSince: new Date(Date.now() - hour) };
        same('read', await text(target, bucket, 'k', both), '0123456789');
      },
    },
    {
      name: 'If-None-Match that does not hold outweighs If-Modified-Since that does',
      source: api('GetObject, If-None-Match'),
      async run(target) {
        const { bucket, etag } = await digits(target);
        const both = { IfNoneMatch: etag, IfModifiedSince: new Date(Date.now() - hour) };
        await denied(text(target, bucket, 'k', both), 304);
      },
    },
  ],
};
