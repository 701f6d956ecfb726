import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type BucketProps,
  type CfnBucket,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface SafeBucketProps extends Pick<
  BucketProps,
  'lifecycleRules' | 'cors' | 'objectLockEnabled' | 'objectLockDefaultRetention'
> {
  readonly key: IKey;
  readonly accessLogs: Bucket;
  /** Tell EventBridge of every object. */
  readonly announces?: boolean;
}

/** A bucket as all of ours are: private, encrypted with our key, TLS only, versioned, logged, and it outlives the stack. */
export function safeBucket(scope: Construct, id: string, props: SafeBucketProps): Bucket {
  const { key, accessLogs, announces, ...own } = props;
  const bucket = new Bucket(scope, id, {
    ...own,
    ...privateBucket,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    versioned: true,
    // A Bucket is an IBucket but for how the CDK spells an absent policy.
    serverAccessLogsBucket: accessLogs as IBucket,
    serverAccessLogsPrefix: `${id.toLowerCase()}/`,
  });
  if (announces) {
    // The construct's own switch brings a custom resource in Python; the plain property needs none.
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  }
  return bucket;
}

export const privateBucket = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies BucketProps;
