/** The API for those who sign in: eight functions, split by what they may touch. */
import { CfnOutput, CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { CommandsEnv } from '../../functions/commands/env.ts';
import { DescriptionEnv } from '../../functions/description/env.ts';
import { ExportsEnv } from '../../functions/exports/env.ts';
import { InvitationsEnv } from '../../functions/invitations/env.ts';
import { DocumentsEnv } from '../../functions/documents/env.ts';
import { PrintsEnv } from '../../functions/prints/env.ts';
import { QueriesEnv } from '../../functions/queries/env.ts';
import { RegistersEnv } from '../../functions/registers/env.ts';
import { routes } from '../../functions/routes.ts';
import { SteeringEnv } from '../../functions/steering/env.ts';
import {
  commitToTable,
  downloadClean,
  readEvaluations,
  readPrints,
  readTable,
  sealPersonalData,
  uploadToQuarantine,
} from '../constructs/grants.ts';
import { apiMemory, apiTimeout, RouteApi } from '../constructs/route-api.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import type { DataStack } from './data-stack.ts';

export interface ApiStackProps extends StackProps {
  readonly data: DataStack;
  readonly bundles: string;
}

export class ApiStack extends Stack {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { data, bundles, ...props }: ApiStackProps) {
    super(scope, id, props);
    const issuer = new CfnParameter(this, 'OidcIssuer', {
      description: 'Issuer of the sign-in tokens (OpenID Connect), exactly as their claim iss says it',
      minLength: 1,
    });
    const audience = new CfnParameter(this, 'OidcAudience', {
      description: 'Audience that the tokens are made for (claim aud)',
      default: 'anju',
    });

    const table = data.table.tableName;
    const common = { bundles, dataKey: data.arns.dataKey, memory: apiMemory, timeout: apiTimeout };
    const queries = new ServiceFunction(this, 'Queries', {
      ...common,
      name: 'queries',
      env: QueriesEnv,
      values: { TABLE: table },
      grants: [readTable(data.arns)],
    });
    const registers = new ServiceFunction(this, 'Registers', {
      ...common,
      name: 'registers',
      env: RegistersEnv,
      values: { TABLE: table },
      grants: [readTable(data.arns)],
    });
    const commands = new ServiceFunction(this, 'Commands', {
      ...common,
      name: 'commands',
      env: CommandsEnv,
      values: { TABLE: table, PERSONAL_DATA_KEY: data.arns.personalDataKey },
      grants: [
        ...commitToTable(data.arns, {
          reads: ['GetItem', 'BatchGetItem', 'Query'],
          writes: ['PutItem', 'DeleteItem', 'ConditionCheckItem'],
        }),
        sealPersonalData(data.arns),
      ],
    });
    const steering = new ServiceFunction(this, 'Steering', {
      ...common,
      name: 'steering',
      env: SteeringEnv,
      values: { TABLE: table },
      grants: commitToTable(data.arns, {
        reads: ['GetItem', 'BatchGetItem', 'Query'],
        // A sealed print rests on its document, a paper's number on its county's counter.
        writes: ['PutItem', 'DeleteItem', 'ConditionCheckItem'],
      }),
    });
    const documents = new ServiceFunction(this, 'Documents', {
      ...common,
      name: 'documents',
      env: DocumentsEnv,
      values: {
        TABLE: table,
        QUARANTINE_BUCKET: data.quarantine.bucketName,
        CLEAN_BUCKET: data.clean.bucketName,
        LEDGER_BUCKET: data.ledger.bucketName,
      },
      grants: [
        ...commitToTable(data.arns, {
          reads: ['GetItem', 'BatchGetItem', 'Query'],
          writes: ['PutItem', 'ConditionCheckItem'],
        }),
        uploadToQuarantine(data.arns),
        downloadClean(data.arns),
        readEvaluations(data.arns),
        readPrints(data.arns),
      ],
    });

    const exports = new ServiceFunction(this, 'Exports', {
      ...common,
      name: 'exports',
      env: ExportsEnv,
      values: { TABLE: table },
      grants: [readTable(data.arns)],
      // Ten thousand rows are read a hundred at a time, and a workbook is held whole.
      memory: 1024,
      timeout: Duration.seconds(29),
    });

    const prints = new ServiceFunction(this, 'Prints', {
      ...common,
      name: 'prints',
      env: PrintsEnv,
      values: { TABLE: table },
      grants: [readTable(data.arns)],
      // The Chinese fonts are read whole before the first page is set.
      memory: 1024,
      timeout: Duration.seconds(29),
    });

    // What it opens to who has no account stands behind a link and a code; so it has no more than these.
    const invitations = new ServiceFunction(this, 'Invitations', {
      ...common,
      name: 'invitations',
      env: InvitationsEnv,
      values: {
        TABLE: table,
        PERSONAL_DATA_KEY: data.arns.personalDataKey,
        CLEAN_BUCKET: data.clean.bucketName,
      },
      grants: [
        ...commitToTable(data.arns, {
          reads: ['GetItem', 'BatchGetItem', 'Query'],
          writes: ['PutItem', 'DeleteItem', 'ConditionCheckItem'],
        }),
        sealPersonalData(data.arns),
        downloadClean(data.arns),
      ],
    });

    const description = new ServiceFunction(this, 'Description', {
      ...common,
      name: 'description',
      env: DescriptionEnv,
      values: {},
      grants: [],
    });

    const { api } = new RouteApi(this, 'Internal', {
      name: 'anju-api',
      description: 'Anju: the API for those who sign in',
      routes: routes.filter((route) => route.function !== 'public'),
      functions: {
        queries: queries.lambda,
        registers: registers.lambda,
        commands: commands.lambda,
        steering: steering.lambda,
        documents: documents.lambda,
        exports: exports.lambda,
        prints: prints.lambda,
        invitations: invitations.lambda,
        description: description.lambda,
      },
      authorizer: new HttpJwtAuthorizer('Tokens', issuer.valueAsString, {
        jwtAudience: [audience.valueAsString],
      }),
      throttle: { rateLimit: 500, burstLimit: 1000 },
    });
    this.api = api;
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
  }
}
