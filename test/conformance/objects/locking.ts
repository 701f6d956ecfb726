import {
  DeleteObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  type ObjectLockRetentionMode,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { holds, same } from '../check.ts';
import { denied, head, put, text } from './asking.ts';
import { api, guide, type ObjectsTheme, type Target } from './target.ts';
import { ask, md5Of, saysNo } from './wire.ts';

const source = guide('Locking objects with Object Lock');
const modes = guide('Locking objects with Object Lock, Retention modes');
const day = 24 * 3600_000;
const inDays = (days: number): Date => new Date(Math.ceil(Date.now() / 1000) * 1000 + days * day);

interface Locked {
  readonly bucket: string;
  readonly VersionId: string;
}

async function locked(target: Target, more: Partial<PutObjectCommandInput>): Promise<Locked> {
  const bucket = await target.bucket({ objectLock: {} });
  const { VersionId = '' } = await put(target, bucket, 'k', 'kept', more);
  return { bucket, VersionId };
}

async function retained(target: Target, mode: ObjectLockRetentionMode): Promise<Locked> {
  return locked(target, { ObjectLockMode: mode, ObjectLockRetainUntilDate: inDays(2) });
}

async function remove({ s3 }: Target, { bucket, VersionId }: Locked, more: object = {}) {
  return s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k', VersionId, ...more }));
}

async function retain({ s3 }: Target, { bucket }: Locked, Mode: ObjectLockRetentionMode, days: number) {
  const Retention = { Mode, RetainUntilDate: inDays(days) };
  return s3.send(new PutObjectRetentionCommand({ Bucket: bucket, Key: 'k', Retention }));
}

async function hold({ s3 }: Target, { bucket }: Locked, Status: 'ON' | 'OFF') {
  return s3.send(new PutObjectLegalHoldCommand({ Bucket: bucket, Key: 'k', LegalHold: { Status } }));
}

export const locking: ObjectsTheme = {
  title: 'Object Lock',
  checks: [
    {
      name: 'a retained version cannot be deleted',
      source,
      async run(target) {
        const version = await retained(target, 'GOVERNANCE');
        await denied(remove(target, version), 403, 'AccessDenied');
        same('the object', await text(target, version.bucket, 'k'), 'kept');
      },
    },
    {
      name: 'a simple delete lays a marker over it, and the version stays',
      source: guide('Locking objects with Object Lock, How deletes work with Object Lock'),
      async run(target) {
        const { bucket, VersionId } = await retained(target, 'COMPLIANCE');
        const laid = await target.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
        same('told', laid.DeleteMarker, true);
        same('the version', await text(target, bucket, 'k', { VersionId }), 'kept');
      },
    },
    {
      name: 'GOVERNANCE is set aside by who asks for it',
      source: modes,
      async run(target) {
        const version = await retained(target, 'GOVERNANCE');
        await remove(target, version, { BypassGovernanceRetention: true });
        await denied(text(target, version.bucket, 'k'), 404, 'NoSuchKey');
      },
    },
    {
      name: 'COMPLIANCE is set aside by nobody',
      source: modes,
      async run(target) {
        const version = await retained(target, 'COMPLIANCE');
        await denied(remove(target, version, { BypassGovernanceRetention: true }), 403, 'AccessDenied');
      },
    },
    {
      name: 'COMPLIANCE can be lengthened, and neither shortened nor weakened',
      source: modes,
      async run(target) {
        const version = await retained(target, 'COMPLIANCE');
        await retain(target, version, 'COMPLIANCE', 3);
        await denied(retain(target, version, 'COMPLIANCE', 1), 403, 'AccessDenied');
        await denied(retain(target, version, 'GOVERNANCE', 4), 403, 'AccessDenied');
        const { ObjectLockMode, ObjectLockRetainUntilDate } = await head(target, version.bucket, 'k');
        same('mode', ObjectLockMode, 'COMPLIANCE');
        holds('the longer time stands', Number(ObjectLockRetainUntilDate) > inDays(2).getTime() + day / 2);
      },
    },
    {
      name: 'a legal hold keeps a version until it is lifted',
      source: guide('Locking objects with Object Lock, Legal holds'),
      async run(target) {
        const version = await locked(target, { ObjectLockLegalHoldStatus: 'ON' });
        await denied(remove(target, version, { BypassGovernanceRetention: true }), 403, 'AccessDenied');
        await hold(target, version, 'OFF');
        const asked = new GetObjectLegalHoldCommand({ Bucket: version.bucket, Key: 'k' });
        same('status', (await target.s3.send(asked)).LegalHold?.Status, 'OFF');
        await remove(target, version);
        await denied(text(target, version.bucket, 'k'), 404, 'NoSuchKey');
      },
    },
    {
      name: 'the default retention of the bucket binds what is written',
      source: guide('Configuring S3 Object Lock'),
      async run(target) {
        const defaultRetention = { mode: 'GOVERNANCE', days: 3 } as const;
        const bucket = await target.bucket({ objectLock: { defaultRetention } });
        const { VersionId = '' } = await put(target, bucket, 'k', 'kept');
        const { ObjectLockMode, ObjectLockRetainUntilDate } = await head(target, bucket, 'k');
        same('mode', ObjectLockMode, 'GOVERNANCE');
        const off = Math.abs(Number(ObjectLockRetainUntilDate) - inDays(3).getTime());
        holds('it ends three days after the write', off < 60_000);
        await denied(remove(target, { bucket, VersionId }), 403, 'AccessDenied');
      },
    },
    {
      name: 'the headers of an object tell its lock',
      source: api('HeadObject'),
      async run(target) {
        const until = inDays(2);
        const { bucket } = await locked(target, {
          ObjectLockMode: 'GOVERNANCE',
          ObjectLockRetainUntilDate: until,
          ObjectLockLegalHoldStatus: 'ON',
        });
        const told = await head(target, bucket, 'k');
        same('mode and hold', [told.ObjectLockMode, told.ObjectLockLegalHoldStatus], ['GOVERNANCE', 'ON']);
        same('until', told.ObjectLockRetainUntilDate?.getTime() === until.getTime(), true);
      },
    },
    {
      name: 'an object without a lock says so',
      source: api('GetObjectRetention'),
      async run(target) {
        const { bucket } = await locked(target, {});
        const asked = target.s3.send(new GetObjectRetentionCommand({ Bucket: bucket, Key: 'k' }));
        await denied(asked, 404, 'NoSuchObjectLockConfiguration');
      },
    },
    {
      name: 'the configuration of the bucket is told',
      source: api('GetObjectLockConfiguration'),
      async run(target) {
        const defaultRetention = { mode: 'COMPLIANCE', days: 9 } as const;
        const Bucket = await target.bucket({ objectLock: { defaultRetention } });
        const { ObjectLockConfiguration } = await target.s3.send(
          new GetObjectLockConfigurationCommand({ Bucket }),
        );
        same('configuration', ObjectLockConfiguration, {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 9 } },
        });
      },
    },
    {
      name: 'a bucket without Object Lock says so, and takes no locks',
      source: api('Error responses, ObjectLockConfigurationNotFoundError'),
      async run(target) {
        const Bucket = await target.bucket({ versioning: true });
        const asked = target.s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
        await denied(asked, 404, 'ObjectLockConfigurationNotFoundError');
        const written = put(target, Bucket, 'k', 'x', { ObjectLockLegalHoldStatus: 'ON' });
        await denied(written, 400, 'InvalidRequest');
      },
    },
    {
      name: 'a write under a lock must vouch for its bytes',
      source: api('PutObject, Content-MD5'),
      async run(target) {
        const bucket = await target.bucket({ objectLock: {} });
        const headers = { 'x-amz-object-lock-legal-hold': 'ON' };
        const answer = await ask(target, { method: 'PUT', bucket, key: 'k', headers, body: 'x' });
        saysNo(answer, 400, 'InvalidRequest');
      },
    },
    {
      name: 'a retention that is over before it begins is refused',
      source: api('PutObjectRetention'),
      async run(target) {
        await denied(retain(target, await locked(target, {}), 'GOVERNANCE', -1), 400, 'InvalidArgument');
      },
    },
    {
      name: 'a mode without an end, or an end without a mode, is refused',
      source: api('PutObject, x-amz-object-lock-retain-until-date'),
      async run(target) {
        await denied(locked(target, { ObjectLockMode: 'GOVERNANCE' }), 400, 'InvalidArgument');
        await denied(locked(target, { ObjectLockRetainUntilDate: inDays(1) }), 400, 'InvalidArgument');
      },
    },
    {
      name: 'a legal hold that is neither ON nor OFF is no such document',
      source: api('ObjectLockLegalHold, Valid Values'),
      async run(target) {
        const { bucket } = await locked(target, {});
        const body = '<LegalHold><Status>PERHAPS</Status></LegalHold>';
        const query = { 'legal-hold': '' };
        const answer = await ask(target, {
          method: 'PUT',
          bucket,
          key: 'k',
          query,
          body,
          headers: md5Of(body),
        });
        saysNo(answer, 400, 'MalformedXML');
      },
    },
    {
      name: 'a retention of another mode than the two is no such document',
      source: api('ObjectLockRetention, Valid Values'),
      async run(target) {
        const { bucket } = await locked(target, {});
        const until = inDays(1).toISOString();
        const body = `<Retention><Mode>FOREVER</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`;
        const query = { retention: '' };
        const answer = await ask(target, {
          method: 'PUT',
          bucket,
          key: 'k',
          query,
          body,
          headers: md5Of(body),
        });
        saysNo(answer, 400, 'MalformedXML');
      },
    },
  ],
};
