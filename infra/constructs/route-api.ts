import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName, Route } from '../../functions/routes.ts';

export interface RouteApiProps {
  readonly name: string;
  readonly description: string;
  readonly routes: readonly Route[];
  readonly functions: Readonly<Partial<Record<FunctionName, LambdaFunction>>>;
  /** Asked on every route but those for anyone. An API without one refuses other routes. */
  readonly authorizer?: IHttpRouteAuthorizer;
  /** Requests a second over the whole API, and the burst above it. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
}

/** An HTTP API made of entries of the route table: one integration a function, one route an entry. */
export class RouteApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: RouteApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: props.name,
      description: props.description,
      createDefaultStage: false,
    });
    this.addStage(props);
    const integrations = new Map<FunctionName, HttpLambdaIntegration>();
    for (const route of props.routes) {
      const integration = integrations.get(route.function) ?? this.integrationOf(route, props);
      integrations.set(route.function, integration);
      this.api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration,
        ...accessOf(route, props.authorizer),
      });
    }
  }

  private integrationOf(route: Route, { functions }: RouteApiProps): HttpLambdaIntegration {
    const handler = functions[route.function];
    if (!handler)
      throw new Error(
        `${route.method} ${route.path} names the function ${route.function}, which this API has not.`,
      );
    return new HttpLambdaIntegration(route.function, handler, {
      // One permission a function: with one a route, the function's policy would outgrow its 20 KB.
      scopePermissionToRoute: false,
    });
  }

  private addStage({ name, throttle }: RouteApiProps): void {
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      // This prefix keeps the account's log delivery policy short.
      logGroupName: `/aws/vendedlogs/${name}`,
      retention: RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      detailedMetricsEnabled: true,
      accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: accessLogFormat },
    });
  }
}

/** Who, what, when and how it ended. The path itself is left out: it names records; the function logs those. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    sourceIp: '$context.identity.sourceIp',
    subject: '$context.authorizer.claims.sub',
    route: '$context.routeKey',
    status: '$context.status',
    length: '$context.responseLength',
    latency: '$context.responseLatency',
    integrationLatency: '$context.integrationLatency',
    integrationError: '$context.integrationErrorMessage',
    authorizerError: '$context.authorizer.error',
  }),
);

function accessOf(route: Route, authorizer: IHttpRouteAuthorizer | undefined) {
  if (route.access === 'anyone') return {};
  if (!authorizer)
    throw new Error(`${route.method} ${route.path} asks for a token, and its API has no authorizer.`);
  return { authorizer, authorizationScopes: [route.access.scope] };
}

/** How long an API function may take. The gateway itself gives up after 30 s. */
export const apiTimeout = Duration.seconds(10);
/** MB. */
export const apiMemory = 512;
