/** What anyone may read, without sign-in. A stack of its own, so that a deployment can do without it. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { PublicEnv } from '../../functions/public/env.ts';
import { routes } from '../../functions/routes.ts';
import { readPublished } from '../constructs/grants.ts';
import { apiMemory, apiTimeout, RouteApi } from '../constructs/route-api.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import type { DataStack } from './data-stack.ts';

export interface PublicStackProps extends StackProps {
  readonly data: DataStack;
  readonly bundles: string;
}

export class PublicStack extends Stack {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { data, bundles, ...props }: PublicStackProps) {
    super(scope, id, props);
    const publicFunction = new ServiceFunction(this, 'Public', {
      name: 'public',
      bundles,
      env: PublicEnv,
      values: { TABLE: data.table.tableName },
      grants: [readPublished(data.arns)],
      dataKey: data.arns.dataKey,
      memory: apiMemory,
      timeout: apiTimeout,
    });
    const { api } = new RouteApi(this, 'Open', {
      name: 'anju-public-api',
      description: 'Anju: what is published, for anyone',
      routes: routes.filter((route) => route.function === 'public'),
      functions: { public: publicFunction.lambda },
      throttle: { rateLimit: 200, burstLimit: 400 },
    });
    this.api = api;
    new CfnOutput(this, 'PublicApiUrl', { value: api.apiEndpoint });
  }
}
