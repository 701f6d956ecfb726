import { describe, expect, it } from 'vitest';
import { routes, type Route } from '../../functions/routes.ts';
import { assemblyOf, one, readable, resourcesOf, stackOf, type Template } from './assembly.ts';

const aws = assemblyOf('aws');
const china = assemblyOf('aws-cn');

interface DeployedRoute {
  readonly function: string;
  readonly authorization: unknown;
  readonly scopes: unknown;
}

/** What a template says of its routes: the function behind each, and what the token must hold. */
function deployedRoutes(template: Template): Record<string, DeployedRoute> {
  const handlers = new Map(
    resourcesOf(template, 'AWS::ApiGatewayV2::Integration').map(({ id, Properties: properties }) => [
      readable({ Ref: id }),
      readable(properties['IntegrationUri']),
    ]),
  );
  return Object.fromEntries(
    resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(({ Properties: properties }) => [
      String(properties['RouteKey']),
      {
        function: handlers.get(readable(properties['Target']).replace('integrations/', '')) ?? 'none',
        authorization: properties['AuthorizationType'],
        scopes: properties['AuthorizationScopes'],
      },
    ]),
  );
}

function expected(of: readonly Route[]): Record<string, DeployedRoute> {
  return Object.fromEntries(
    of.map(({ method, path, function: server, access }) => [
      `${method} ${path}`,
      {
        function: `<${server.charAt(0).toUpperCase()}${server.slice(1)}Function>`,
        authorization: access === 'anyone' ? 'NONE' : 'JWT',
        scopes: access === 'anyone' ? undefined : [access.scope],
      },
    ]),
  );
}

describe('routes', () => {
  const internal = expected(routes.filter((route) => route.function !== 'public'));

  it('gives every signed-in route its function and its scope, and no other route', () => {
    expect(Object.keys(internal)).not.toHaveLength(0);
    expect(deployedRoutes(stackOf(aws, 'AnjuApi'))).toEqual(internal);
    expect(deployedRoutes(stackOf(china, 'AnjuApi'))).toEqual(internal);
  });

  it('opens the public routes in a stack of their own', () => {
    const open = expected(routes.filter((route) => route.function === 'public'));
    expect(Object.keys(open)).not.toHaveLength(0);
    expect(deployedRoutes(stackOf(aws, 'AnjuPublic'))).toEqual(open);
    expect(resourcesOf(stackOf(aws, 'AnjuPublic'), 'AWS::ApiGatewayV2::Authorizer')).toEqual([]);
  });

  it('speaks payload version 2 to every function, which may be called by its own API only', () => {
    for (const name of ['AnjuApi', 'AnjuPublic']) {
      const template = stackOf(aws, name);
      const api = one(template, 'AWS::ApiGatewayV2::Api');
      for (const { Properties: properties } of resourcesOf(template, 'AWS::ApiGatewayV2::Integration')) {
        expect(properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
      }
      for (const { Properties: properties } of resourcesOf(template, 'AWS::Lambda::Permission')) {
        expect(readable(properties['SourceArn'])).toBe(
          `arn:<Partition>:execute-api:<Region>:<AccountId>:${readable({ Ref: api.id })}/*/*/*`,
        );
      }
    }
  });
});

describe('access', () => {
  const template = stackOf(aws, 'AnjuApi');

  it('takes tokens of the issuer and audience that the deployer names', () => {
    expect(Object.keys(template.Parameters ?? {})).toEqual(
      expect.arrayContaining(['OidcIssuer', 'OidcAudience']),
    );
    expect(one(template, 'AWS::ApiGatewayV2::Authorizer').Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: { Ref: 'OidcIssuer' }, Audience: [{ Ref: 'OidcAudience' }] },
    });
  });

  it.each(['AnjuApi', 'AnjuPublic'])('%s is throttled and logs who called what', (name) => {
    const { Properties: stage } = one(stackOf(aws, name), 'AWS::ApiGatewayV2::Stage');
    expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true });
    expect(stage['DefaultRouteSettings']).toMatchObject({
      ThrottlingRateLimit: expect.any(Number) as unknown,
      ThrottlingBurstLimit: expect.any(Number) as unknown,
    });
    expect(JSON.stringify(stage['AccessLogSettings'])).toMatch(/requestId.*sourceIp.*subject.*route.*status/);
  });
});

describe('the public API', () => {
  it('is left out of aws-cn unless asked for', () => {
    expect(china.stacks).not.toHaveProperty('AnjuPublic');
    expect(assemblyOf('aws-cn', { publicApi: true }).stacks).toHaveProperty('AnjuPublic');
  });

  it('can be left out of aws', () => {
    expect(assemblyOf('aws', { publicApi: false }).stacks).not.toHaveProperty('AnjuPublic');
  });
});
