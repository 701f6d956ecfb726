import { xmlReply, type Call, type Reply } from './call.ts';
import { S3Failure } from './failures.ts';
import { bucketOf } from './store.ts';
import type { XmlValue } from './xml.ts';

/** ListBuckets. */
export function listBuckets(call: Call): Reply {
  const buckets = call.store.catalog.buckets();
  const listed = buckets.map(({ name, created }) => ({
    Name: name,
    CreationDate: new Date(created).toISOString(),
  }));
  return xmlReply('ListAllMyBucketsResult', { Buckets: { Bucket: listed } });
}

/** HeadBucket. */
export function headBucket(call: Call): Reply {
  bucketOf(call.store, call.target.bucket);
  return { status: 200, headers: {} };
}

/** GetBucketVersioning: without a Status where versions were never kept. */
export function getVersioning(call: Call): Reply {
  const { versioning } = bucketOf(call.store, call.target.bucket);
  const status = { off: undefined, enabled: 'Enabled', suspended: 'Suspended' }[versioning];
  return xmlReply('VersioningConfiguration', { Status: status });
}

/** GetBucketCors. */
export function getCors(call: Call): Reply {
  const { cors = [] } = bucketOf(call.store, call.target.bucket).settings;
  if (cors.length === 0) {
    throw new S3Failure('NoSuchCORSConfiguration', 'The CORS configuration does not exist');
  }
  const rules = cors.map((rule) => ({
    AllowedOrigin: rule.allowedOrigins,
    AllowedMethod: rule.allowedMethods,
    AllowedHeader: rule.allowedHeaders,
    ExposeHeader: rule.exposedHeaders,
    MaxAgeSeconds: rule.maxAge,
  }));
  return xmlReply('CORSConfiguration', { CORSRule: rules });
}

/** GetObjectLockConfiguration. */
export function getObjectLock(call: Call): Reply {
  const { objectLock } = bucketOf(call.store, call.target.bucket).settings;
  if (objectLock === undefined) {
    const message = 'Object Lock configuration does not exist for this bucket';
    throw new S3Failure('ObjectLockConfigurationNotFoundError', message);
  }
  const retention = objectLock.defaultRetention;
  const rule: XmlValue = retention && {
    DefaultRetention: { Mode: retention.mode, Days: retention.days, Years: retention.years },
  };
  return xmlReply('ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled', Rule: rule });
}

/** GetBucketEncryption. */
export function getEncryption(call: Call): Reply {
  const { encryptionKey } = bucketOf(call.store, call.target.bucket).settings;
  const algorithm = encryptionKey === undefined ? 'AES256' : 'aws:kms';
  const byDefault = { SSEAlgorithm: algorithm, KMSMasterKeyID: encryptionKey };
  return xmlReply('ServerSideEncryptionConfiguration', {
    Rule: { ApplyServerSideEncryptionByDefault: byDefault },
  });
}
