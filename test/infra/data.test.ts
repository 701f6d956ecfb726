import { describe, expect, it } from 'vitest';
import { targets } from '../../infra/config.ts';
import { allOf, assemblyOf, one, readable, resourcesOf, stackOf } from './assembly.ts';

const assemblies = { aws: assemblyOf('aws'), 'aws-cn': assemblyOf('aws-cn') };
const data = stackOf(assemblies.aws, 'AnjuData');
const bucket = (name: string) => one(data, 'AWS::S3::Bucket', name);

describe.each(targets)('what must not be lost (%s)', (target) => {
  const assembly = assemblies[target];

  it.each(['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Logs::LogGroup'])(
    '%s stays',
    (type) => {
      const found = allOf(assembly, type);
      expect(found.length).toBeGreaterThan(0);
      for (const resource of found) {
        expect(resource, resource.id).toMatchObject({
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
        });
      }
    },
  );

  it('keeps every log for at least 180 days', () => {
    for (const group of allOf(assembly, 'AWS::Logs::LogGroup')) {
      expect(group.Properties['RetentionInDays'], group.id).toBeGreaterThanOrEqual(180);
    }
  });

  it('names no partition', () => {
    expect(assembly.text).not.toMatch(/arn:aws/);
  });

  it('turns every key over but the one that signs: KMS turns over what encrypts alone', () => {
    const keys = allOf(assembly, 'AWS::KMS::Key');
    const signing = keys.filter(({ Properties: properties }) => properties['KeyUsage'] === 'SIGN_VERIFY');
    expect(signing.map(({ Properties: properties }) => properties)).toMatchObject([
      { KeySpec: 'ECC_NIST_P256' },
    ]);
    for (const key of keys.filter((one) => !signing.includes(one)))
      expect(key.Properties['EnableKeyRotation'], key.id).toBe(true);
  });

  it('keeps buckets private, encrypted, and for TLS only', () => {
    const template = stackOf(assembly, 'AnjuData');
    const policies = resourcesOf(template, 'AWS::S3::BucketPolicy');
    for (const { id, Properties: properties } of resourcesOf(template, 'AWS::S3::Bucket')) {
      expect(properties['PublicAccessBlockConfiguration'], id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      const key = id.startsWith('AccessLogs') ? '"SSEAlgorithm":"AES256"' : '"SSEAlgorithm":"aws:kms"';
      expect(JSON.stringify(properties['BucketEncryption']), id).toContain(key);
      const policy = policies.find(
        ({ Properties }) => readable(Properties['Bucket']) === readable({ Ref: id }),
      );
      expect(JSON.stringify(policy), id).toContain(
        '{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
      );
    }
  });
});

describe('the table', () => {
  const { Properties: properties } = one(data, 'AWS::DynamoDB::Table');

  it('is keyed, streamed, recoverable and protected', () => {
    expect(properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      KeySchema: [
        { AttributeName: 'PK', KeyType: 'HASH' },
        { AttributeName: 'SK', KeyType: 'RANGE' },
      ],
    });
  });

  it('has two indexes, which carry what their lists show', () => {
    expect(properties['GlobalSecondaryIndexes']).toEqual([
      {
        IndexName: 'by-owner',
        KeySchema: [
          { AttributeName: 'ownerPk', KeyType: 'HASH' },
          { AttributeName: 'ownerSk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['listed'] },
      },
      {
        IndexName: 'falls-due',
        KeySchema: [
          { AttributeName: 'duePk', KeyType: 'HASH' },
          { AttributeName: 'dueSk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['dueTask'] },
      },
    ]);
  });
});

describe('the buckets', () => {
  it.each(['Quarantine', 'Clean', 'Ledger', 'Failures'])('%s keeps versions and logs its readers', (name) => {
    expect(bucket(name).Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { LogFilePrefix: `${name.toLowerCase()}/` },
    });
  });

  it('empties quarantine after a week', () => {
    expect(bucket('Quarantine').Properties).toMatchObject({
      LifecycleConfiguration: {
        Rules: [
          { ExpirationInDays: 7, NoncurrentVersionExpiration: { NoncurrentDays: 7 }, Status: 'Enabled' },
          { ExpiredObjectDeleteMarker: true },
        ],
      },
    });
  });

  it('takes files from the origins that the deployer names, and by POST only', () => {
    expect(data.Parameters?.['UploadOrigins']).toMatchObject({ Type: 'CommaDelimitedList' });
    expect(bucket('Quarantine').Properties['CorsConfiguration']).toMatchObject({
      CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: { Ref: 'UploadOrigins' } }],
    });
  });

  it.each(['Quarantine', 'Failures'])('%s announces its objects, without a custom resource', (name) => {
    expect(bucket(name).Properties['NotificationConfiguration']).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    expect(assemblies.aws.text).not.toContain('Custom::');
  });

  it('lets nothing that was checked or recorded expire', () => {
    for (const name of ['Clean', 'Ledger'])
      expect(bucket(name).Properties).not.toHaveProperty('LifecycleConfiguration');
  });

  it.each([
    ['compliance', 'COMPLIANCE'],
    ['governance', 'GOVERNANCE'],
  ] as const)('locks the ledger for ten years (%s)', (ledgerLock, mode) => {
    const ledger = one(stackOf(assemblyOf('aws', { ledgerLock }), 'AnjuData'), 'AWS::S3::Bucket', 'Ledger');
    expect(ledger.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: mode, Days: 3653 } } },
    });
  });

  it('locks no other bucket: what is of people must be erasable', () => {
    for (const name of ['Quarantine', 'Clean', 'Failures']) {
      expect(bucket(name).Properties).not.toHaveProperty('ObjectLockEnabled');
    }
  });
});
