import {
  ListObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveEngine, type Served } from './testing.ts';

let served: Served;
const Bucket = 'journal';
const keys = [
  'a',
  'a/',
  'a/1',
  'a/2/x',
  'a/2/y',
  'a/3',
  'b/1',
  'c',
  '\u{1F3E0}',
  '\uFFFD',
  '住/房',
  'with\u0001control',
  '<&>',
];
const inOrder = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

beforeAll(async () => {
  served = await serveEngine();
  served.engine.createBucket(Bucket, { versioning: true });
  for (const Key of keys)
    for (const Body of ['1', '2']) await served.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
});
afterAll(() => served.close());

async function allPages(more: object, MaxKeys: number) {
  const found: string[] = [];
  const prefixes: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await served.s3.send(
      new ListObjectsV2Command({ Bucket, MaxKeys, ...more, ...(ContinuationToken && { ContinuationToken }) }),
    );
    expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
    found.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    prefixes.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
    ContinuationToken = page.NextContinuationToken;
    expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
  } while (ContinuationToken !== undefined);
  return { found, prefixes };
}

describe('ListObjectsV2', () => {
  it('gives every key once, in byte order, on pages of any size', async () => {
    for (const size of [1, 2, 5, 1000]) expect((await allPages({}, size)).found).toEqual(inOrder);
  });

  it('narrows to a prefix, begins after a key, folds at a delimiter', async () => {
    expect((await allPages({ Prefix: 'a/' }, 2)).found).toEqual(['a/', 'a/1', 'a/2/x', 'a/2/y', 'a/3']);
    expect((await allPages({ StartAfter: 'b/1' }, 1000)).found).toEqual(
      inOrder.filter((key) => Buffer.compare(Buffer.from(key), Buffer.from('b/1')) > 0),
    );
    for (const size of [1, 2, 1000]) {
      expect(await allPages({ Prefix: 'a/', Delimiter: '/' }, size)).toEqual({
        found: ['a/', 'a/1', 'a/3'],
        prefixes: ['a/2/'],
      });
    }
    expect((await allPages({ Delimiter: '/' }, 1)).prefixes).toEqual(['a/', 'b/', '住/']);
  });

  it('encodes keys on demand, and takes no token it did not give', async () => {
    const { Contents } = await served.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: '住', EncodingType: 'url' }),
    );
    expect(Contents?.[0]?.Key).toBe('%E4%BD%8F/%E6%88%BF');
    const forged = new ListObjectsV2Command({ Bucket, ContinuationToken: '!' });
    await expect(served.s3.send(forged)).rejects.toMatchObject(refusal('InvalidArgument', 400));
    await expect(served.s3.send(new ListObjectsCommand({ Bucket }))).rejects.toMatchObject(
      refusal('NotImplemented', 501),
    );
  });

  it('agrees with a plain filter, whatever is asked', async () => {
    const piece = fc.constantFrom('', 'a', 'a/', 'a/2', 'b', '住', 'z');
    await fc.assert(
      fc.asyncProperty(piece, piece, fc.integer({ min: 1, max: 4 }), async (Prefix, StartAfter, size) => {
        const after = Buffer.from(StartAfter);
        const expected = inOrder.filter(
          (key) => key.startsWith(Prefix) && Buffer.compare(Buffer.from(key), after) > 0,
        );
        expect((await allPages({ Prefix, ...(StartAfter && { StartAfter }) }, size)).found).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});

it('ListObjectVersions gives every version once, the newest of a key first', async () => {
  const found: string[] = [];
  let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (marker !== undefined) {
    const page: ListObjectVersionsCommandOutput = await served.s3.send(
      new ListObjectVersionsCommand({ Bucket, MaxKeys: 3, ...marker }),
    );
    found.push(...(page.Versions ?? []).map(({ Key, IsLatest }) => `${Key} ${IsLatest}`));
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    marker =
      KeyMarker === undefined || VersionIdMarker === undefined ? undefined : { KeyMarker, VersionIdMarker };
  }
  expect(found).toEqual(inOrder.flatMap((key) => [`${key} true`, `${key} false`]));
});
