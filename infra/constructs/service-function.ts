import { ArnFormat, RemovalPolicy, Stack, type Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type * as z from 'zod';
import { policyOf, writeLogs, type Grant } from './grants.ts';

/** The function's name in the account: known beforehand, so that log group and alarms need no reference to it. */
export function deployedName(name: string): string {
  return `anju-${name}`;
}

/** A value for each variable that the function's own schema asks for: one that is missing does not compile. */
export type EnvValues<Schema extends z.ZodObject> = {
  [Name in keyof z.input<Schema>]: z.input<Schema>[Name] & string;
};

export interface ServiceFunctionProps<Schema extends z.ZodObject> {
  /** The function's folder under `functions/`. */
  readonly name: string;
  /** The folder with the bundles. */
  readonly bundles: string;
  readonly env: Schema;
  readonly values: EnvValues<Schema>;
  readonly grants: readonly Grant[];
  /** ARN of the key that the table and the buckets are under. */
  readonly dataKey: string;
  /** MB. */
  readonly memory: number;
  readonly timeout: Duration;
}

/**
 * A function of the platform: its own role with the statements it was granted, its own log group.
 *
 * The log group is tied to the function by name, as `/aws/lambda/<function>`, not by the function's LoggingConfig: that
 * property came late to the China regions (aws-cdk issue 28919), and the name works everywhere. So the function has a
 * fixed name too.
 */
export class ServiceFunction<Schema extends z.ZodObject = z.ZodObject> extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Schema>) {
    super(scope, id);
    const functionName = deployedName(props.name);
    const logs = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const logGroupArn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `/aws/lambda/${functionName}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What the function ${functionName} may do`,
      inlinePolicies: { own: policyOf([writeLogs(logGroupArn), ...props.grants], props.dataKey) },
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleOf(props.bundles, props.name)),
      memorySize: props.memory,
      timeout: props.timeout,
      role,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: 'Anju',
        ...props.values,
      },
    });
    // Otherwise Lambda makes the group at the first call, without retention.
    this.lambda.node.addDependency(logs);
  }
}

function bundleOf(bundles: string, name: string): string {
  const folder = path.join(bundles, name);
  if (existsSync(path.join(folder, 'index.mjs'))) return folder;
  throw new Error(`The function ${name} has no bundle: functions/${name} needs an index.ts and an env.ts.`);
}
