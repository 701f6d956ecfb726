import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusal, serveEngine, type Served } from './testing.ts';

let served: Served;
let offset = 0;
const day = 24 * 3600_000;

beforeAll(async () => {
  served = await serveEngine({ now: () => Date.now() + offset });
  served.engine.createBucket('versioned', { versioning: true });
  served.engine.createBucket('ledger', {
    objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 30 } },
  });
  served.engine.createBucket('governed', {
    objectLock: { defaultRetention: { mode: 'GOVERNANCE', years: 1 } },
  });
  served.engine.createBucket('unlocked', { objectLock: {} });
});
beforeEach(() => {
  offset = 0;
});
afterAll(() => served.close());

async function put(Bucket: string, Key: string, Body: string, more: object = {}): Promise<string> {
  const { VersionId } = await served.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  return VersionId ?? '';
}

async function text(Bucket: string, Key: string, VersionId?: string): Promise<string> {
  const { Body } = await served.s3.send(
    new GetObjectCommand({ Bucket, Key, ...(VersionId && { VersionId }) }),
  );
  return (await Body?.transformToString()) ?? '';
}

function remove(Bucket: string, Key: string, VersionId?: string, bypass = false) {
  const input = {
    Bucket,
    Key,
    ...(VersionId && { VersionId }),
    ...(bypass && { BypassGovernanceRetention: true }),
  };
  return served.s3.send(new DeleteObjectCommand(input));
}

async function versions(Bucket: string, Prefix: string) {
  const { Versions = [], DeleteMarkers = [] } = await served.s3.send(
    new ListObjectVersionsCommand({ Bucket, Prefix }),
  );
  return {
    versions: Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
    markers: DeleteMarkers.length,
  };
}

describe('versions', () => {
  it('are all kept and read by name', async () => {
    const [first, second] = [await put('versioned', 'a', 'one'), await put('versioned', 'a', 'two')];
    expect(await text('versioned', 'a')).toBe('two');
    expect(await text('versioned', 'a', first)).toBe('one');
    expect(await versions('versioned', 'a')).toEqual({
      versions: [
        [second, true],
        [first, false],
      ],
      markers: 0,
    });
    await expect(text('versioned', 'a', 'unknown')).rejects.toMatchObject(refusal('NoSuchVersion', 404));
    expect((await served.engine.read('versioned', 'a', first)).toString()).toBe('one');
  });

  it('hide behind a delete marker, and come back when it goes', async () => {
    const version = await put('versioned', 'b', 'x');
    const marker = await remove('versioned', 'b');
    expect(marker).toMatchObject({ DeleteMarker: true });
    await expect(text('versioned', 'b')).rejects.toMatchObject(refusal('NoSuchKey', 404));
    await expect(text('versioned', 'b', marker.VersionId)).rejects.toMatchObject(
      refusal('MethodNotAllowed', 405),
    );
    expect(await text('versioned', 'b', version)).toBe('x');
    expect(await versions('versioned', 'b')).toEqual({ versions: [[version, false]], markers: 1 });
    expect(await remove('versioned', 'b', marker.VersionId)).toMatchObject({ DeleteMarker: true });
    expect(await text('versioned', 'b')).toBe('x');
  });

  it('are deleted for good by name, one and many', async () => {
    const [first, second] = [await put('versioned', 'c', 'one'), await put('versioned', 'c', 'two')];
    await remove('versioned', 'c', second);
    expect(await text('versioned', 'c')).toBe('one');
    const Objects = [{ Key: 'c', VersionId: first }, { Key: 'c' }];
    const answer = await served.s3.send(
      new DeleteObjectsCommand({ Bucket: 'versioned', Delete: { Objects } }),
    );
    expect(answer.Deleted).toMatchObject([{ VersionId: first }, { DeleteMarker: true }]);
    expect(await versions('versioned', 'c')).toEqual({ versions: [], markers: 1 });
  });

  it('are copied by name, and conditions look at the newest', async () => {
    const first = await put('versioned', 'd', 'clean');
    await put('versioned', 'd', 'swapped after the scan');
    const CopySource = `versioned/d?versionId=${first}`;
    const copied = await served.s3.send(new CopyObjectCommand({ Bucket: 'versioned', Key: 'e', CopySource }));
    expect(copied.CopySourceVersionId).toBe(first);
    expect(await text('versioned', 'e')).toBe('clean');
    const again = put('versioned', 'e', 'x', { IfNoneMatch: '*' });
    await expect(again).rejects.toMatchObject(refusal('PreconditionFailed', 412));
    await remove('versioned', 'e');
    await put('versioned', 'e', 'after the marker', { IfNoneMatch: '*' });
    await expect(
      served.s3.send(
        new CopyObjectCommand({ Bucket: 'versioned', Key: 'f', CopySource: 'versioned/d?versionId=none' }),
      ),
    ).rejects.toMatchObject(refusal('NoSuchVersion', 404));
  });

  it('are suspended, never forgotten, when the setting goes', async () => {
    served.engine.createBucket('suspended', {});
    await put('suspended', 'k', 'before');
    served.engine.createBucket('suspended', { versioning: true });
    const kept = await put('suspended', 'k', 'kept');
    served.engine.createBucket('suspended', {});
    expect((await served.s3.send(new GetBucketVersioningCommand({ Bucket: 'suspended' }))).Status).toBe(
      'Suspended',
    );
    expect(await text('suspended', 'k', 'null')).toBe('before');
    await put('suspended', 'k', 'replaces the one without a name');
    expect(await versions('suspended', 'k')).toEqual({
      versions: [
        ['null', true],
        [kept, false],
      ],
      markers: 0,
    });
    await remove('suspended', 'k');
    expect(await versions('suspended', 'k')).toEqual({ versions: [[kept, false]], markers: 1 });
    expect(await text('suspended', 'k', kept)).toBe('kept');
  });
});

describe('object lock', () => {
  const soon = () => new Date(Date.now() + 10 * day);

  it('keeps a version for the default time, and not longer', async () => {
    const version = await put('ledger', 'root/1', 'x');
    const head = await served.s3.send(new HeadObjectCommand({ Bucket: 'ledger', Key: 'root/1' }));
    expect(head.ObjectLockMode).toBe('COMPLIANCE');
    await expect(remove('ledger', 'root/1', version)).rejects.toMatchObject(refusal('AccessDenied', 403));
    await expect(remove('ledger', 'root/1', version, true)).rejects.toMatchObject(
      refusal('AccessDenied', 403),
    );
    const Objects = [{ Key: 'root/1', VersionId: version }];
    const many = await served.s3.send(new DeleteObjectsCommand({ Bucket: 'ledger', Delete: { Objects } }));
    expect(many.Errors).toMatchObject([{ Key: 'root/1', Code: 'AccessDenied' }]);
    await remove('ledger', 'root/1');
    expect(await text('ledger', 'root/1', version)).toBe('x');
    offset = 30 * day + 60_000;
    await served
      .client({ systemClockOffset: offset })
      .send(new DeleteObjectCommand({ Bucket: 'ledger', Key: 'root/1', VersionId: version }));
    await expect(served.engine.read('ledger', 'root/1', version)).rejects.toMatchObject({
      code: 'NoSuchVersion',
    });
  });

  it('sets GOVERNANCE aside for who asks', async () => {
    const version = await put('governed', 'a', 'x');
    await expect(remove('governed', 'a', version)).rejects.toMatchObject(refusal('AccessDenied', 403));
    await remove('governed', 'a', version, true);
    await expect(text('governed', 'a')).rejects.toMatchObject(refusal('NoSuchKey', 404));
  });

  it('holds what is under legal hold, until it is lifted', async () => {
    const version = await put('unlocked', 'a', 'x');
    const place = { Bucket: 'unlocked', Key: 'a', VersionId: version };
    await expect(served.s3.send(new GetObjectLegalHoldCommand(place))).rejects.toMatchObject(
      refusal('NoSuchObjectLockConfiguration', 404),
    );
    await served.s3.send(new PutObjectLegalHoldCommand({ ...place, LegalHold: { Status: 'ON' } }));
    expect((await served.s3.send(new GetObjectLegalHoldCommand(place))).LegalHold?.Status).toBe('ON');
    await expect(remove('unlocked', 'a', version, true)).rejects.toMatchObject(refusal('AccessDenied', 403));
    await served.s3.send(new PutObjectLegalHoldCommand({ ...place, LegalHold: { Status: 'OFF' } }));
    await remove('unlocked', 'a', version);
  });

  it('lengthens a retention, and neither shortens nor lifts one', async () => {
    const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: soon() } as const;
    const version = await put('unlocked', 'b', 'x', lock);
    const place = { Bucket: 'unlocked', Key: 'b', VersionId: version };
    const retain = (Mode: 'COMPLIANCE' | 'GOVERNANCE', days: number) =>
      served.s3.send(
        new PutObjectRetentionCommand({
          ...place,
          Retention: { Mode, RetainUntilDate: new Date(Date.now() + days * day) },
        }),
      );
    await expect(retain('COMPLIANCE', 9)).rejects.toMatchObject(refusal('AccessDenied', 403));
    await expect(retain('GOVERNANCE', 20)).rejects.toMatchObject(refusal('AccessDenied', 403));
    await expect(retain('COMPLIANCE', -1)).rejects.toMatchObject(refusal('InvalidArgument', 400));
    await retain('COMPLIANCE', 20);
    const { Retention } = await served.s3.send(new GetObjectRetentionCommand(place));
    expect(Retention?.RetainUntilDate?.getTime()).toBeGreaterThan(Date.now() + 19 * day);
  });

  it('is for good, and described', async () => {
    expect(() => {
      served.engine.createBucket('ledger', { versioning: true });
    }).toThrow('Bucket ledger has Object Lock, which cannot be taken away.');
    const { ObjectLockConfiguration } = await served.s3.send(
      new GetObjectLockConfigurationCommand({ Bucket: 'ledger' }),
    );
    expect(ObjectLockConfiguration).toEqual({
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
    });
    await expect(
      served.s3.send(new GetObjectLockConfigurationCommand({ Bucket: 'versioned' })),
    ).rejects.toMatchObject(refusal('ObjectLockConfigurationNotFoundError', 404));
    await expect(
      served.s3.send(new GetObjectRetentionCommand({ Bucket: 'versioned', Key: 'a' })),
    ).rejects.toMatchObject(refusal('InvalidRequest', 400));
  });

  it('takes no bytes nobody vouches for, and locks what came in parts', async () => {
    const careless = served.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const bare = new PutObjectCommand({ Bucket: 'ledger', Key: 'bare', Body: 'x' });
    await expect(careless.send(bare)).rejects.toMatchObject(refusal('InvalidRequest', 400));
    const place = { Bucket: 'ledger', Key: 'parts' };
    const { UploadId } = await served.s3.send(new CreateMultipartUploadCommand(place));
    const { ETag } = await served.s3.send(
      new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: 'x' }),
    );
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const done = await served.s3.send(
      new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload }),
    );
    await expect(remove('ledger', 'parts', done.VersionId)).rejects.toMatchObject(
      refusal('AccessDenied', 403),
    );
  });
});
