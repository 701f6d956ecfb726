/** What must never be lost: the table, the buckets, their keys. Nothing here goes away with the stack. */
import { CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, HttpMethods, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { tableSchema } from '../../shared/adapters/dynamodb/table.ts';
import type { Config } from '../config.ts';
import type { DataArns } from '../constructs/grants.ts';
import { privateBucket, safeBucket } from '../constructs/safe-bucket.ts';

/** 网络安全法 §21: logs are kept for at least six months; a year and a month leaves a margin for a yearly review. */
const recordsKept = Duration.days(400);
/** Long enough to see what was asked for, and to ask again. */
const ordersKept = Duration.days(30);
const quarantineKept = Duration.days(7);
const ledgerKept = Duration.days(3653);

export interface DataStackProps extends StackProps {
  readonly config: Config;
}

export class DataStack extends Stack {
  readonly dataKey: Key;
  readonly personalDataKey: Key;
  /** Signs certificates; only its public half leaves KMS. */
  readonly certificateKey: Key;
  readonly table: Table;
  readonly quarantine: Bucket;
  readonly clean: Bucket;
  readonly ledger: Bucket;
  readonly failures: Bucket;
  /** 交办: what an event asks of a desk. */
  readonly work: Bucket;
  /** For the grants. */
  readonly arns: DataArns;

  constructor(scope: Construct, id: string, { config, ...props }: DataStackProps) {
    super(scope, id, props);
    const uploadOrigins = new CfnParameter(this, 'UploadOrigins', {
      type: 'CommaDelimitedList',
      description:
        'Origins of the portal that may send files from the browser, such as https://anju.example.gov.cn',
    });

    this.dataKey = this.key('DataKey', 'anju-data', 'The table and the buckets');
    this.personalDataKey = this.key(
      'PersonalDataKey',
      'anju-personal-data',
      'Seals what identifies a person',
    );
    this.certificateKey = new Key(this, 'CertificateKey', {
      alias: 'anju-certificates',
      description: 'Signs certificates of projects',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = this.makeTable();

    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...privateBucket,
      // S3 delivers access logs only to buckets under its own key.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: recordsKept }],
    });
    const shared = { key: this.dataKey, accessLogs };
    this.quarantine = safeBucket(this, 'Quarantine', {
      ...shared,
      announces: true,
      cors: [
        {
          allowedMethods: [HttpMethods.POST],
          allowedOrigins: uploadOrigins.valueAsList,
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag', 'x-amz-version-id'],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        {
          expiration: quarantineKept,
          noncurrentVersionExpiration: quarantineKept,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { expiredObjectDeleteMarker: true },
      ],
    });
    this.clean = safeBucket(this, 'Clean', shared);
    this.ledger = safeBucket(this, 'Ledger', {
      ...shared,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        config.ledgerLock === 'compliance'
          ? ObjectLockRetention.compliance(ledgerKept)
          : ObjectLockRetention.governance(ledgerKept),
    });
    this.failures = safeBucket(this, 'Failures', {
      ...shared,
      announces: true,
      lifecycleRules: [{ expiration: recordsKept, noncurrentVersionExpiration: Duration.days(1) }],
    });

    this.work = safeBucket(this, 'Work', {
      ...shared,
      announces: true,
      lifecycleRules: [{ expiration: ordersKept, noncurrentVersionExpiration: Duration.days(1) }],
    });

    this.arns = this.arnsForGrants();
    this.output('TableName', this.table.tableName);
    this.output('QuarantineBucket', this.quarantine.bucketName);
    this.output('CleanBucket', this.clean.bucketName);
    this.output('LedgerBucket', this.ledger.bucketName);
    this.output('FailuresBucket', this.failures.bucketName);
    this.output('WorkBucket', this.work.bucketName);
  }

  private key(id: string, alias: string, description: string): Key {
    return new Key(this, id, {
      alias,
      description,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private makeTable(): Table {
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const table = new Table(this, 'Table', {
      partitionKey: text(tableSchema.partitionKey),
      sortKey: text(tableSchema.sortKey),
      timeToLiveAttribute: tableSchema.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.dataKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of Object.values(tableSchema.indexes)) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...index.include],
      });
    }
    return table;
  }

  private arnsForGrants(): DataArns {
    const stream = this.table.tableStreamArn;
    if (!stream) throw new Error('The table has no stream.');
    return {
      table: this.table.tableArn,
      indexes: Object.values(tableSchema.indexes).map(({ name }) => `${this.table.tableArn}/index/${name}`),
      stream,
      dataKey: this.dataKey.keyArn,
      personalDataKey: this.personalDataKey.keyArn,
      certificateKey: this.certificateKey.keyArn,
      quarantine: this.quarantine.bucketArn,
      clean: this.clean.bucketArn,
      ledger: this.ledger.bucketArn,
      failures: this.failures.bucketArn,
      work: this.work.bucketArn,
    };
  }

  private output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}
