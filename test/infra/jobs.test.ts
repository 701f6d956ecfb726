import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../infra/config.ts';
import { allOf, assemblyOf, one, readable, resourcesOf, scannerUrl, stackOf } from './assembly.ts';

const aws = assemblyOf('aws');
const china = assemblyOf('aws-cn');
const jobs = stackOf(aws, 'AnjuJobs');

/** The rules of a stack: what each waits for, and whom it calls with what. */
function rulesOf(template: typeof jobs) {
  return Object.fromEntries(
    resourcesOf(template, 'AWS::Events::Rule').map(({ id, Properties: properties }) => {
      const [target] = properties['Targets'] as { Arn: unknown; Input?: string }[];
      return [
        readable({ Ref: id }),
        {
          waitsFor: properties['ScheduleExpression'] ?? properties['EventPattern'],
          calls: readable(target?.Arn),
          input: target?.Input,
        },
      ];
    }),
  );
}

describe('inspection', () => {
  it('is called for every upload and for every verdict of GuardDuty', () => {
    expect(rulesOf(jobs)).toMatchObject({
      '<Uploaded>': {
        waitsFor: { source: ['aws.s3'], 'detail-type': ['Object Created'] },
        calls: '<InspectionFunction>',
      },
      '<Scanned>': {
        waitsFor: {
          source: ['aws.guardduty'],
          'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
        },
        calls: '<InspectionFunction>',
      },
    });
    const buckets = resourcesOf(jobs, 'AWS::Events::Rule').flatMap(
      ({ Properties: { EventPattern: pattern } }) =>
        pattern
          ? [...JSON.stringify(pattern).matchAll(/ExportsOutputRef(\w+?)[0-9A-F]{16}/g)].map(
              ([, name]) => name,
            )
          : [],
    );
    expect(buckets).toEqual(['Quarantine', 'Quarantine', 'Work', 'Work', 'Work']);
    expect(rulesOf(jobs)).toMatchObject({
      '<ReportsOrdered>': {
        waitsFor: { detail: { object: { key: [{ prefix: 'reports/' }] } } },
        calls: '<ReportsFunction>',
      },
    });
  });

  it('has GuardDuty scan quarantine in aws', () => {
    const plan = one(jobs, 'AWS::GuardDuty::MalwareProtectionPlan').Properties;
    expect(
      readable((plan['ProtectedResource'] as { S3Bucket: { BucketName: unknown } }).S3Bucket.BucketName),
    ).toBe('<Quarantine>');
    expect(environmentOf(aws, 'Inspection')).toMatchObject({ SCANNER: 'event' });
  });

  it('asks the configured scanner in aws-cn, where nothing of GuardDuty is deployed', () => {
    expect(china.text).not.toMatch(/guardduty/i);
    expect(environmentOf(china, 'Inspection')).toMatchObject({ SCANNER: 'https', SCANNER_URL: scannerUrl });
    expect(rulesOf(stackOf(china, 'AnjuJobs'))).not.toHaveProperty('<Scanned>');
  });

  it('cannot be deployed to aws-cn without a scanner', () => {
    expect(() => assemblyOf('aws-cn', { scannerUrl: '' })).toThrow(ConfigError);
    expect(() => assemblyOf('aws-cn', { scannerUrl: '' })).toThrow(/give the address of a scanner/);
  });
});

describe('consumers of the audit stream', () => {
  it.each(['Journal', 'FollowUp'])('%s gets every new entry, in order, and loses none', (name) => {
    const { Properties: mapping } = one(jobs, 'AWS::Lambda::EventSourceMapping', name);
    expect(mapping).toMatchObject({
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 23 * 3600,
      MaximumRetryAttempts: 10,
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(readable(mapping['EventSourceArn'])).toBe('<Table.StreamArn>');
    expect(readable(destinationOf(mapping))).toBe('<Failures>');
    expect(filtersOf(mapping)).toEqual([
      { eventName: ['INSERT'], dynamodb: { Keys: { SK: { S: [{ prefix: 'AUD#' }] } } } },
    ]);
  });
});

describe('schedules', () => {
  it('takes the daily root just after midnight in Inner Mongolia, and looks for dead uploads hourly', () => {
    expect(rulesOf(jobs)).toMatchObject({
      '<DailyRoot>': {
        waitsFor: 'cron(10 16 * * ? *)',
        calls: '<DailyFunction>',
        input: '{"job":"daily-root"}',
      },
      '<ExpireUploads>': {
        waitsFor: 'cron(0 * * * ? *)',
        calls: '<DailyFunction>',
        input: '{"job":"expire-uploads"}',
      },
    });
  });
});

describe('functions', () => {
  it.each(['Inspection', 'Daily'])('%s tries an event three times, then keeps it', (name) => {
    const { Properties: config } = one(jobs, 'AWS::Lambda::EventInvokeConfig', name);
    expect(config).toMatchObject({ MaximumRetryAttempts: 2 });
    expect(readable(destinationOf(config))).toBe('<Failures>');
  });

  it('all run on Node 24 and arm64, each with its own log group, made before it', () => {
    const functions = allOf(aws, 'AWS::Lambda::Function');
    const groups = allOf(aws, 'AWS::Logs::LogGroup').map(({ id, Properties: properties }) => ({
      id,
      name: properties['LogGroupName'],
    }));
    expect(functions).toHaveLength(17);
    for (const { Properties: properties, ...rest } of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
      expect(properties['Environment']).toMatchObject({
        Variables: { NODE_OPTIONS: '--enable-source-maps' },
      });
      const group = groups.find(({ name }) => name === `/aws/lambda/${String(properties['FunctionName'])}`);
      expect((rest as { DependsOn?: string[] }).DependsOn).toContain(group?.id);
    }
  });

  it('get the memory and time that their work needs', () => {
    const sizes = allOf(aws, 'AWS::Lambda::Function').map(
      ({ Properties: { FunctionName, MemorySize, Timeout } }) => [FunctionName, MemorySize, Timeout],
    );
    expect(Object.fromEntries(sizes.map(([name, ...size]) => [name, size]))).toEqual({
      'anju-queries': [512, 10],
      'anju-registers': [512, 10],
      'anju-certificates': [1024, 120],
      'anju-exports': [1024, 29],
      'anju-prints': [1024, 29],
      'anju-invitations': [512, 10],
      'anju-reports': [1792, 300],
      'anju-delivery': [512, 120],
      'anju-commands': [512, 10],
      'anju-steering': [512, 10],
      'anju-documents': [512, 10],
      'anju-description': [512, 10],
      'anju-public': [512, 10],
      'anju-inspection': [1536, 120],
      'anju-journal': [512, 60],
      'anju-follow-up': [512, 60],
      'anju-daily': [1024, 300],
    });
  });
});

function environmentOf(assembly: typeof aws, start: string): unknown {
  const { Properties: properties } = one(stackOf(assembly, 'AnjuJobs'), 'AWS::Lambda::Function', start);
  return (properties['Environment'] as { Variables: unknown }).Variables;
}

function destinationOf(properties: Readonly<Record<string, unknown>>): unknown {
  return (properties['DestinationConfig'] as { OnFailure: { Destination: unknown } }).OnFailure.Destination;
}

function filtersOf(mapping: Readonly<Record<string, unknown>>): unknown[] {
  const { Filters: filters } = mapping['FilterCriteria'] as { Filters: { Pattern: string }[] };
  return filters.map(({ Pattern: pattern }) => JSON.parse(pattern) as unknown);
}
