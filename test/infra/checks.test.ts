import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { acknowledgedIn, applyChecks, findingsOf, type Finding } from '../../infra/checks.ts';
import { targets } from '../../infra/config.ts';
import { acknowledgements } from '../../infra/constructs/acknowledgements.ts';
import { appOf, assemblyOf } from './assembly.ts';

const sorted = (findings: readonly Finding[]): string[] =>
  findings.map(({ rule, resource }) => `${resource}: ${rule}`).sort();

const assemblies = { aws: assemblyOf('aws'), 'aws-cn': assemblyOf('aws-cn') };

describe('the checks of AwsSolutions, Serverless and NIST 800-53 r5', () => {
  it.each(targets)('find exactly what is acknowledged (%s)', (target) => {
    const { app } = assemblies[target];
    expect(sorted(findingsOf(app))).toEqual(sorted(acknowledgedIn(app)));
  });

  it('know every acknowledged resource in one target at least', () => {
    const known = new Set(
      targets.flatMap((target) => acknowledgedIn(assemblies[target].app)).map(({ resource }) => resource),
    );
    const excused = acknowledgements.flatMap(({ resources }) => resources);
    expect(excused.filter((resource) => !known.has(resource))).toEqual([]);
  });

  it.each(targets)('let the app pass with its acknowledgements (%s)', (target) => {
    const app = appOf(target);
    applyChecks(app);
    expect(() => app.synth()).not.toThrow();
  });

  it('stop an app with a finding that is not acknowledged', () => {
    const app = appOf('aws');
    new Bucket(new Stack(app, 'Careless'), 'Open');
    applyChecks(app);
    expect(() => app.synth()).toThrow(/AwsSolutions-S10[^]*S3BucketReplicationEnabled/);
  });

  it('give each rule one reason', () => {
    const rules = acknowledgements.map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
    for (const { rule, reason } of acknowledgements) expect(reason.length, rule).toBeGreaterThan(30);
  });
});
