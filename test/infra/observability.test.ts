import { describe, expect, it } from 'vitest';
import { targets } from '../../infra/config.ts';
import { allOf, assemblyOf, one, readable, resourcesOf, stackOf } from './assembly.ts';

const assemblies = { aws: assemblyOf('aws'), 'aws-cn': assemblyOf('aws-cn') };

describe.each(targets)('alarms (%s)', (target) => {
  const assembly = assemblies[target];
  const template = stackOf(assembly, 'AnjuObservability');
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
  const topic = one(template, 'AWS::SNS::Topic');
  const metricsOf = (dimension: string, value: string) =>
    alarms
      .filter(({ Properties: { Dimensions: dimensions } }) =>
        ((dimensions ?? []) as { Name: string; Value: unknown }[]).some(
          ({ Name: name, Value: of }) => name === dimension && readable(of) === value,
        ),
      )
      .map(({ Properties: { MetricName } }) => MetricName)
      .sort();

  it('watches every function for errors and throttles', () => {
    for (const { Properties: properties } of allOf(assembly, 'AWS::Lambda::Function')) {
      const name = String(properties['FunctionName']);
      expect(metricsOf('FunctionName', name), name).toEqual(expect.arrayContaining(['Errors', 'Throttles']));
    }
  });

  it('watches that consumers keep up, that failures are kept, and that schedules fire', () => {
    for (const name of ['anju-journal', 'anju-follow-up']) {
      expect(metricsOf('FunctionName', name)).toEqual([
        'DestinationDeliveryFailures',
        'Errors',
        'IteratorAge',
        'Throttles',
      ]);
    }
    expect(metricsOf('FunctionName', 'anju-inspection')).toContain('DestinationDeliveryFailures');
    expect(metricsOf('FunctionName', 'anju-daily')).toEqual([
      'DestinationDeliveryFailures',
      'Errors',
      'Invocations',
      'Throttles',
    ]);
  });

  it('watches the APIs and the table', () => {
    expect(metricsOf('ApiId', '<InternalApi>')).toEqual(['5xx', 'Latency']);
    expect(metricsOf('ApiId', '<OpenApi>')).toEqual(target === 'aws' ? ['5xx', 'Latency'] : []);
    expect(metricsOf('TableName', '<Table>')).toEqual(['ReadThrottleEvents', 'WriteThrottleEvents']);
  });

  it('sends every alarm to the one topic', () => {
    for (const { Properties: properties } of alarms)
      expect(properties['AlarmActions']).toEqual([{ Ref: topic.id }]);
  });

  it('tells of every event that was given up', () => {
    const { Properties: rule } = one(template, 'AWS::Events::Rule');
    expect(JSON.stringify(rule['EventPattern'])).toMatch(/Object Created.*ExportsOutputRefFailures/);
    expect(rule['Targets']).toMatchObject([{ Arn: { Ref: topic.id } }]);
  });

  it('encrypts the topic with a key that its publishers may use', () => {
    const key = one(template, 'AWS::KMS::Key');
    expect(readable(topic.Properties['KmsMasterKeyId'])).toBe(readable({ Ref: key.id }));
    const policy = JSON.stringify(key.Properties['KeyPolicy']);
    for (const service of ['cloudwatch', 'events']) expect(policy).toContain(`${service}.amazonaws.com`);
  });
});
