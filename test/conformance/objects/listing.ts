import { ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { same } from '../check.ts';
import { put } from './asking.ts';
import { api, type ObjectsTheme, type Target } from './target.ts';
import { ask, saysNo, saysYes, tag } from './wire.ts';

const source = api('ListObjectsV2');

async function filled(target: Target, keys: readonly string[]): Promise<string> {
  const bucket = await target.bucket();
  for (const key of keys) await put(target, bucket, key, key);
  return bucket;
}

async function list({ s3 }: Target, Bucket: string, more: Partial<ListObjectsV2CommandInput> = {}) {
  const {
    Contents = [],
    CommonPrefixes = [],
    ...rest
  } = await s3.send(new ListObjectsV2Command({ Bucket, ...more }));
  return {
    ...rest,
    keys: Contents.map(({ Key }) => Key),
    prefixes: CommonPrefixes.map(({ Prefix }) => Prefix),
    contents: Contents,
  };
}

/** Everything on all pages, keys and prefixes in their order. */
async function pages(target: Target, bucket: string, more: Partial<ListObjectsV2CommandInput>) {
  const seen: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  for (let page = 0; page < 20; page++) {
    const listed = await list(target, bucket, {
      ...more,
      ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
    });
    seen.push(...[...listed.keys, ...listed.prefixes].sort());
    if (!listed.IsTruncated) return seen;
    ContinuationToken = listed.NextContinuationToken;
  }
  return seen;
}

const tree = ['a.txt', 'plans/2021/a', 'plans/2021/b', 'plans/2022/a', 'plans/read.me', 'z.txt'];

export const listing: ObjectsTheme = {
  title: 'Listing',
  checks: [
    {
      name: 'keys come in the order of their UTF-8 bytes',
      source: `${source}, General purpose bucket`,
      async run(target) {
        const keys = ['z', 'a', 'B', '￿', '😀', 'é', '安居', 'a/b', 'a-b', 'a b'];
        const bucket = await filled(target, keys);
        const sorted = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        same('keys', (await list(target, bucket)).keys, sorted);
      },
    },
    {
      name: 'each object is listed with size, ETag, time and class',
      source,
      async run(target) {
        const bucket = await filled(target, ['k']);
        const [object] = (await list(target, bucket)).contents;
        same(
          'told',
          [object?.Key, object?.Size, object?.ETag, object?.StorageClass],
          ['k', 1, '"8ce4b16b22b58894aa86c421e8759df3"', 'STANDARD'],
        );
        same('the time is now', Math.abs(Date.now() - Number(object?.LastModified)) < 60_000, true);
      },
    },
    {
      name: 'prefix and delimiter fold what lies deeper',
      source,
      async run(target) {
        const bucket = await filled(target, tree);
        const listed = await list(target, bucket, { Prefix: 'plans/', Delimiter: '/' });
        same('keys', listed.keys, ['plans/read.me']);
        same('prefixes', listed.prefixes, ['plans/2021/', 'plans/2022/']);
        same('count', listed.KeyCount, 3);
      },
    },
    {
      name: 'pages lose nothing and repeat nothing',
      source,
      async run(target) {
        const bucket = await filled(target, tree);
        same('seen', await pages(target, bucket, { MaxKeys: 2 }), tree);
      },
    },
    {
      name: 'folded pages lose nothing and repeat nothing',
      source,
      async run(target) {
        const bucket = await filled(target, tree);
        const seen = await pages(target, bucket, { MaxKeys: 1, Delimiter: '/' });
        same('seen', seen, ['a.txt', 'plans/', 'z.txt']);
      },
    },
    {
      name: 'a page that holds the last key is not truncated',
      source,
      async run(target) {
        const bucket = await filled(target, ['a', 'b']);
        const listed = await list(target, bucket, { MaxKeys: 2 });
        const told = [listed.keys, listed.IsTruncated, listed.NextContinuationToken];
        same('told', told, [['a', 'b'], false, undefined]);
      },
    },
    {
      name: 'start-after leaves out that key and all before it',
      source,
      async run(target) {
        const bucket = await filled(target, tree);
        const listed = await list(target, bucket, { StartAfter: 'plans/2021/b' });
        same('keys', listed.keys, tree.slice(3));
        same('echoed', listed.StartAfter, 'plans/2021/b');
      },
    },
    {
      name: 'no keys asked for, none given, and nothing truncated',
      source,
      async run(target) {
        const listed = await list(target, await filled(target, ['a']), { MaxKeys: 0 });
        same('told', [listed.keys, listed.IsTruncated, listed.KeyCount], [[], false, 0]);
      },
    },
    {
      name: 'more than a thousand asked for is a thousand',
      source,
      async run(target) {
        same('told', (await list(target, await filled(target, ['a']), { MaxKeys: 5000 })).MaxKeys, 1000);
      },
    },
    {
      name: 'encoding-type url shows keys encoded',
      source: `${source}, encoding-type: test_file(3).png`,
      async run(target) {
        const bucket = await filled(target, ['test_file(3).png', '安/居']);
        const listed = await list(target, bucket, { EncodingType: 'url' });
        same('keys', listed.keys, ['test_file%283%29.png', '%E5%AE%89/%E5%B1%85']);
        same('echoed', listed.EncodingType, 'url');
      },
    },
    {
      name: 'keys with characters of XML are listed as they are',
      source,
      async run(target) {
        const keys = ['<a>&"b"</a>', "it's"];
        same('keys', (await list(target, await filled(target, keys))).keys, keys);
      },
    },
    {
      name: 'an empty bucket lists nothing',
      source,
      async run(target) {
        const bucket = await target.bucket();
        const answer = await ask(target, { bucket, query: { 'list-type': '2' } });
        saysYes(answer);
        const told = [tag(answer, 'Name'), tag(answer, 'KeyCount'), tag(answer, 'IsTruncated')];
        same('told', told, [bucket, '0', 'false']);
      },
    },
    {
      name: 'a max-keys that is no number is refused',
      source: api('Error responses, InvalidArgument'),
      async run(target) {
        const query = { 'list-type': '2', 'max-keys': 'many' };
        saysNo(await ask(target, { bucket: await target.bucket(), query }), 400, 'InvalidArgument');
      },
    },
    {
      name: 'a continuation token of no page is refused',
      source: api('Error responses, InvalidArgument'),
      async run(target) {
        const query = { 'list-type': '2', 'continuation-token': '!' };
        saysNo(await ask(target, { bucket: await target.bucket(), query }), 400, 'InvalidArgument');
      },
    },
  ],
};
