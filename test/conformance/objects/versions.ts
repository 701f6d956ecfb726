import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  type DeleteObjectCommandInput,
} from '@aws-sdk/client-s3';
import { holds, same } from '../check.ts';
import { denied, get, head, put, text } from './asking.ts';
import { api, guide, type ObjectsTheme, type Target } from './target.ts';
import { ask, saysNo } from './wire.ts';

const source = guide('Working with versioning-enabled buckets');
const markers = guide('Working with delete markers');

async function remove(
  { s3 }: Target,
  Bucket: string,
  Key: string,
  more: Partial<DeleteObjectCommandInput> = {},
) {
  return s3.send(new DeleteObjectCommand({ Bucket, Key, ...more }));
}

/** A key with two versions. */
async function twice(target: Target): Promise<{ bucket: string; ids: [string, string] }> {
  const bucket = await target.bucket({ versioning: true });
  const first = await put(target, bucket, 'k', 'one');
  const second = await put(target, bucket, 'k', 'two');
  return { bucket, ids: [first.VersionId ?? '', second.VersionId ?? ''] };
}

export const versions: ObjectsTheme = {
  title: 'Versions',
  checks: [
    {
      name: 'each write gets an id of its own, and the earlier version stays readable',
      source,
      async run(target) {
        const { bucket, ids } = await twice(target);
        holds('two ids', ids[0] !== '' && ids[1] !== '' && ids[0] !== ids[1]);
        same('the newest', await text(target, bucket, 'k'), 'two');
        same('the first', await text(target, bucket, 'k', { VersionId: ids[0] }), 'one');
        holds('its id is told', (await head(target, bucket, 'k')).VersionId === ids[1]);
      },
    },
    {
      name: 'a bucket that never kept versions answers without an id',
      source: guide('How S3 Versioning works'),
      async run(target) {
        const bucket = await target.bucket();
        same('of the write', (await put(target, bucket, 'k', 'x')).VersionId, undefined);
        same('of the read', (await head(target, bucket, 'k')).VersionId, undefined);
      },
    },
    {
      name: 'a simple delete lays a marker and says so',
      source: markers,
      async run(target) {
        const { bucket, ids } = await twice(target);
        const laid = await remove(target, bucket, 'k');
        same('told', laid.DeleteMarker, true);
        holds(
          'the marker has an id of its own',
          laid.VersionId !== undefined && !ids.includes(laid.VersionId),
        );
        same('what lies under it', await text(target, bucket, 'k', { VersionId: ids[1] }), 'two');
      },
    },
    {
      name: 'an object under a marker reads as gone, with x-amz-delete-marker',
      source: markers,
      async run(target) {
        const { bucket } = await twice(target);
        await remove(target, bucket, 'k');
        const answer = await ask(target, { bucket, key: 'k' });
        saysNo(answer, 404, 'NoSuchKey');
        same('told', answer.headers['x-amz-delete-marker'], 'true');
      },
    },
    {
      name: 'a marker asked for by its id is refused with 405',
      source: markers,
      async run(target) {
        const { bucket } = await twice(target);
        const { VersionId = '' } = await remove(target, bucket, 'k');
        const answer = await ask(target, { bucket, key: 'k', query: { versionId: VersionId } });
        saysNo(answer, 405, 'MethodNotAllowed');
        same('allowed', answer.headers['allow'], 'DELETE');
      },
    },
    {
      name: 'taking the marker away brings the object back',
      source: guide('Managing delete markers'),
      async run(target) {
        const { bucket } = await twice(target);
        const { VersionId } = await remove(target, bucket, 'k');
        const taken = await remove(target, bucket, 'k', { VersionId });
        same('told', [taken.DeleteMarker, taken.VersionId === VersionId], [true, true]);
        same('the object', await text(target, bucket, 'k'), 'two');
      },
    },
    {
      name: 'a version deleted by its id is gone for good, and the one before is the newest',
      source: guide('Deleting object versions from a versioning-enabled bucket'),
      async run(target) {
        const { bucket, ids } = await twice(target);
        await remove(target, bucket, 'k', { VersionId: ids[1] });
        same('the newest', await text(target, bucket, 'k'), 'one');
        await denied(text(target, bucket, 'k', { VersionId: ids[1] }), 404, 'NoSuchVersion');
      },
    },
    {
      name: 'deleting what is not there lays a marker all the same',
      source: guide('Deleting object versions from a versioning-enabled bucket'),
      async run(target) {
        const bucket = await target.bucket({ versioning: true });
        same('told', (await remove(target, bucket, 'never')).DeleteMarker, true);
      },
    },
    {
      name: 'all versions are listed, the newest first, with markers',
      source: api('ListObjectVersions'),
      async run(target) {
        const { bucket, ids } = await twice(target);
        const { VersionId } = await remove(target, bucket, 'k');
        const listed = await target.s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
        same(
          'versions',
          listed.Versions?.map((version) => [version.VersionId, version.IsLatest, version.Size]),
          [
            [ids[1], false, 3],
            [ids[0], false, 3],
          ],
        );
        same(
          'markers',
          listed.DeleteMarkers?.map((marker) => [marker.VersionId, marker.IsLatest]),
          [[VersionId, true]],
        );
      },
    },
    {
      name: 'versions are listed page by page, none lost, none twice',
      source: api('ListObjectVersions, key-marker and version-id-marker'),
      async run(target) {
        const { bucket, ids } = await twice(target);
        const { VersionId = '' } = await put(target, bucket, 'l', 'three');
        const seen: unknown[] = [];
        let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
        for (let page = 0; from !== undefined && page < 9; page++) {
          const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({
            Bucket: bucket,
            MaxKeys: 1,
            ...from,
          });
          const listed = await target.s3.send(command);
          seen.push(...(listed.Versions ?? []).map((version) => version.VersionId));
          from = listed.IsTruncated
            ? {
                ...(listed.NextKeyMarker === undefined ? {} : { KeyMarker: listed.NextKeyMarker }),
                ...(listed.NextVersionIdMarker === undefined
                  ? {}
                  : { VersionIdMarker: listed.NextVersionIdMarker }),
              }
            : undefined;
        }
        same('seen', seen, [ids[1], ids[0], VersionId]);
      },
    },
    {
      name: 'objects under a marker are not listed',
      source: api('ListObjectsV2'),
      async run(target) {
        const { bucket } = await twice(target);
        await put(target, bucket, 'stays', 'x');
        await remove(target, bucket, 'k');
        const { Contents } = await target.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
        same(
          'listed',
          Contents?.map(({ Key }) => Key),
          ['stays'],
        );
      },
    },
    {
      name: 'where versions are suspended a write takes the place of the null version only',
      source: guide('Adding objects to versioning-suspended buckets'),
      async run(target) {
        const { bucket, ids } = await twice(target);
        await target.suspend(bucket);
        await put(target, bucket, 'k', 'three');
        await put(target, bucket, 'k', 'four');
        same('the newest', await text(target, bucket, 'k'), 'four');
        same('by the id null', await text(target, bucket, 'k', { VersionId: 'null' }), 'four');
        same('an earlier one', await text(target, bucket, 'k', { VersionId: ids[1] }), 'two');
        const { Versions } = await target.s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
        same(
          'listed',
          Versions?.map(({ VersionId }) => VersionId),
          ['null', ids[1], ids[0]],
        );
      },
    },
    {
      name: 'where versions are suspended a delete lays a marker under the id null',
      source: guide('Deleting objects from versioning-suspended buckets'),
      async run(target) {
        const { bucket, ids } = await twice(target);
        await target.suspend(bucket);
        await put(target, bucket, 'k', 'three');
        same('told', (await remove(target, bucket, 'k')).DeleteMarker, true);
        const listed = await target.s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
        same(
          'markers',
          listed.DeleteMarkers?.map(({ VersionId }) => VersionId),
          ['null'],
        );
        same(
          'versions',
          listed.Versions?.map(({ VersionId }) => VersionId),
          [ids[1], ids[0]],
        );
        await denied(get(target, bucket, 'k'), 404, 'NoSuchKey');
      },
    },
  ],
};
