/** What the resources themselves let in: every policy on a bucket, key, topic and function of the templates, none left out. */
import { describe, expect, it } from 'vitest';
import { targets } from '../../infra/config.ts';
import { allOf, assemblyOf, readable } from './assembly.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const assemblies = { aws: assemblyOf('aws'), 'aws-cn': assemblyOf('aws-cn', { publicApi: true }) };

const list = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** `Deny s3:* to * → … [Bool aws:SecureTransport false]` */
function lineOf({
  Effect: effect,
  Principal: to,
  Action: actions,
  Resource: on,
  Condition: when,
}: Statement): string {
  const principal =
    typeof to === 'string'
      ? to
      : Object.values(to as Record<string, unknown>)
          .map(readable)
          .join(' ');
  const conditions = Object.entries(when ?? {}).flatMap(([operator, test]) =>
    Object.entries(test).map(([key, value]) => ` [${operator} ${key} ${list(value).map(readable).join()}]`),
  );
  return `${effect} ${list(actions).join(' ')} to ${principal} → ${list(on).map(readable).join(' ')}${conditions.join('')}`;
}

describe.each(targets)('resource policies (%s)', (target) => {
  const assembly = assemblies[target];
  const statementsOf = (type: string, property: string) =>
    allOf(assembly, type).map(({ id, Properties: properties }) => ({
      name: id.replace(/[0-9A-F]{8}$/, ''),
      lines: (properties[property] as { Statement: Statement[] }).Statement.map(lineOf),
    }));

  it('each bucket has one: by TLS 1.2 or newer alone; in the bucket of access logs S3 writes for our buckets', () => {
    const policies = allOf(assembly, 'AWS::S3::BucketPolicy').map(({ Properties: properties }) => ({
      bucket: readable(properties['Bucket']),
      lines: (properties['PolicyDocument'] as { Statement: Statement[] }).Statement.map(lineOf),
    }));
    const buckets = allOf(assembly, 'AWS::S3::Bucket').map(({ id }) => readable({ Ref: id }));
    expect(policies.map(({ bucket }) => bucket).toSorted()).toEqual(buckets.toSorted());
    for (const { bucket, lines } of policies) {
      const all = `${bucket} ${bucket}/*`;
      const secure = [
        `Deny s3:* to * → ${all} [Bool aws:SecureTransport false]`,
        `Deny s3:* to * → ${all} [NumericLessThan s3:TlsVersion 1.2]`,
      ];
      const logged = ['Quarantine', 'Clean', 'Ledger', 'Failures', 'Work'].map(
        (name) =>
          `Allow s3:PutObject to logging.s3.amazonaws.com → <AccessLogs>/${name.toLowerCase()}/*` +
          ` [ArnLike aws:SourceArn <${name}>] [StringEquals aws:SourceAccount <AccountId>]`,
      );
      expect(lines, bucket).toEqual(bucket === '<AccessLogs>' ? [...secure, ...logged] : secure);
    }
  });

  it('each bucket is closed to the public, whatever a policy says', () => {
    for (const { id, Properties: properties } of allOf(assembly, 'AWS::S3::Bucket'))
      expect(properties['PublicAccessBlockConfiguration'], id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
  });

  it('the keys of data leave it to the roles; the key of alarms also serves those who send them', () => {
    const roles = 'Allow kms:* to arn:<Partition>:iam::<AccountId>:root → *';
    expect(statementsOf('AWS::KMS::Key', 'KeyPolicy')).toEqual([
      { name: 'DataKey', lines: [roles] },
      { name: 'PersonalDataKey', lines: [roles] },
      { name: 'CertificateKey', lines: [roles] },
      {
        name: 'AlarmKey',
        lines: [
          roles,
          'Allow kms:Decrypt kms:GenerateDataKey to cloudwatch.amazonaws.com → * [StringEquals aws:SourceAccount <AccountId>]',
          // EventBridge gives no source that a condition could name here.
          'Allow kms:Decrypt kms:GenerateDataKey* to events.amazonaws.com → *',
        ],
      },
    ]);
  });

  it('the topic takes alarms of this account, and what EventBridge sends', () => {
    expect(statementsOf('AWS::SNS::TopicPolicy', 'PolicyDocument')).toEqual([
      {
        name: 'AlarmTopicPolicy',
        lines: [
          'Deny sns:Publish to * → <AlarmTopic> [Bool aws:SecureTransport false]',
          'Allow sns:Publish to cloudwatch.amazonaws.com → <AlarmTopic> [StringEquals aws:SourceAccount <AccountId>]',
          // Conditions are not supported for EventBridge here, either: the topic tells people, and decides nothing.
          'Allow sns:Publish to events.amazonaws.com → <AlarmTopic>',
        ],
      },
    ]);
  });

  it('each function is called by its API or its rules alone, each named', () => {
    const permissions = allOf(assembly, 'AWS::Lambda::Permission').map(({ Properties: properties }) => ({
      of: readable(properties['FunctionName']).replace(/Function>$/, '>'),
      by: String(properties['Principal']),
      from: readable(properties['SourceArn']).replace(/^arn:.*:</, '<'),
    }));
    const lines = permissions.map(({ of, by, from }) => `${of} by ${by.split('.')[0] ?? ''} from ${from}`);
    const api = (name: string, at: string) => `<${name}> by apigateway from <${at}>/*/*/*`;
    const rule = (name: string, from: string) => `<${name}> by events from <${from}>`;
    expect(lines.toSorted()).toEqual(
      [
        ...[
          'Queries',
          'Registers',
          'Commands',
          'Steering',
          'Documents',
          'Exports',
          'Prints',
          'Invitations',
          'Description',
        ].map((name) => api(name, 'InternalApi')),
        api('Public', 'OpenApi'),
        rule('Inspection', 'Uploaded'),
        ...(target === 'aws' ? [rule('Inspection', 'Scanned')] : []),
        ...['ReportsOrdered', 'MonthlyEvaluation', 'YearlyEvaluation'].map((from) => rule('Reports', from)),
        ...['DeliveryOrdered', 'DeliverDue'].map((from) => rule('Delivery', from)),
        ...['DailyRoot', 'Remind', 'Watch', 'WatchReviews', 'ExpireUploads', 'ExpireCertificates'].map(
          (from) => rule('Daily', from),
        ),
        rule('Certificates', 'CertificatesOrdered'),
      ].toSorted(),
    );
  });

  it('no other kind of resource has one', () => {
    const kinds = new Set(
      Object.values(assembly.stacks).flatMap(({ Resources: resources }) =>
        Object.values(resources).map(({ Type: type }) => type),
      ),
    );
    expect([...kinds].filter((type) => /Policy$|Permission$/.test(type)).toSorted()).toEqual([
      'AWS::Lambda::Permission',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
    ]);
  });
});
