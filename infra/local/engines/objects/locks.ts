import type { Bucket } from './bucket-settings.ts';
import { retainedUntil } from './bucket-settings.ts';
import type { Retention, Version } from './catalog.ts';
import { S3Failure } from './failures.ts';
import type { Fields } from './target.ts';

/** The lock a new version gets: what its writer asks, or the bucket's default. */
export function lockOf(
  fields: Fields,
  bucket: Bucket,
  now: number,
): { retention?: Retention; legalHold?: boolean } {
  const mode = fields.get('x-amz-object-lock-mode');
  const until = fields.get('x-amz-object-lock-retain-until-date');
  const hold = fields.get('x-amz-object-lock-legal-hold');
  const asked = mode !== undefined || until !== undefined || hold !== undefined;
  if (asked) requireLock(bucket);
  if ((mode === undefined) !== (until === undefined)) {
    const message = 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied';
    throw new S3Failure('InvalidArgument', message);
  }
  const byDefault = bucket.settings.objectLock?.defaultRetention;
  const retention =
    mode !== undefined
      ? retentionOf(mode, until, now)
      : byDefault && { mode: byDefault.mode, until: retainedUntil(byDefault, now) };
  return {
    ...(retention === undefined ? {} : { retention }),
    ...(hold === undefined ? {} : { legalHold: holdOf(hold) }),
  };
}

/** Reads a retention off the wire. Throws S3Failure InvalidArgument when it is malformed or already over. */
export function retentionOf(mode: string | undefined, until: string | undefined, now: number): Retention {
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE')
    throw new S3Failure('InvalidArgument', 'Unknown wormMode directive.');
  const end = Date.parse(until ?? '');
  if (Number.isNaN(end)) throw new S3Failure('InvalidArgument', 'The retain until date is not a date.');
  if (end <= now) throw new S3Failure('InvalidArgument', 'The retain until date must be in the future!');
  return { mode, until: end };
}

/** Reads ON or OFF. */
export function holdOf(status: string | undefined): boolean {
  if (status !== 'ON' && status !== 'OFF')
    throw new S3Failure('InvalidArgument', 'Legal Hold must be either of ON or OFF');
  return status === 'ON';
}

/** @throws S3Failure InvalidRequest when the bucket has no Object Lock */
export function requireLock(bucket: Bucket): void {
  if (bucket.settings.objectLock !== undefined) return;
  throw new S3Failure('InvalidRequest', 'Bucket is missing Object Lock Configuration');
}

/**
 * Refuses to delete a version that is held or retained.
 * @param bypass whether the caller set aside GOVERNANCE; nobody sets aside COMPLIANCE or a legal hold
 */
export function checkDeletable(version: Version, bypass: boolean, now: number): void {
  const retained = version.retention !== undefined && version.retention.until > now;
  const held = version.legalHold === true;
  if (held || (retained && !(bypass && version.retention.mode === 'GOVERNANCE'))) throw lockedAway();
}

/** Refuses to shorten, weaken or lift a retention that runs, unless it is GOVERNANCE and set aside. */
export function checkRetentionChange(
  before: Retention | undefined,
  after: Retention | undefined,
  bypass: boolean,
  now: number,
): void {
  if (before === undefined || before.until <= now) return;
  const weaker =
    after === undefined ||
    after.until < before.until ||
    (before.mode === 'COMPLIANCE' && after.mode !== before.mode);
  if (weaker && !(bypass && before.mode === 'GOVERNANCE')) throw lockedAway();
}

/** Whether the request sets GOVERNANCE aside. */
export function bypassesGovernance(fields: Fields): boolean {
  return fields.get('x-amz-bypass-governance-retention')?.toLowerCase() === 'true';
}

function lockedAway(): S3Failure {
  return new S3Failure('AccessDenied', 'Access Denied because object protected by object lock.');
}
